"""Which providers there are: the only file that names them."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from channels.base import BadAddress, EmailProvider, SmsProvider, WebhookProvider
from channels.email.mailbox import MailboxEmail
from channels.email.smtp import SmtpEmail
from channels.email.smtp_settings import read_smtp_url
from channels.sms.mailbox import MailboxSms
from channels.sms.twilio import TwilioSms, read_twilio_url
from channels.webhook.guard import Guard
from channels.webhook.http import HttpWebhooks
from channels.webhook.mailbox import MailboxWebhooks

_Provider = TypeVar("_Provider")

EMAIL: Final[Mapping[str, Callable[[str], EmailProvider]]] = {
    "mailbox": lambda _: MailboxEmail(),
    "smtp": lambda url: SmtpEmail(read_smtp_url(url)),
    "smtps": lambda url: SmtpEmail(read_smtp_url(url)),
}
SMS: Final[Mapping[str, Callable[[str], SmsProvider]]] = {
    "mailbox": lambda _: MailboxSms(),
    "twilio": lambda url: TwilioSms(read_twilio_url(url)),
}


def open_email(url: str = "mailbox:") -> EmailProvider:
    """Return the provider of e-mail that a setting names. Nothing is connected to yet.

    Raises:
        BadAddress: unknown or malformed; the message shows no secret.
    """
    return _open(EMAIL, url)


def open_sms(url: str = "mailbox:") -> SmsProvider:
    """Return the provider of SMS that a setting names. Nothing is connected to yet.

    Raises:
        BadAddress: unknown or malformed; the message shows no secret.
    """
    return _open(SMS, url)


def open_webhooks(allowed: str = "") -> WebhookProvider:
    """Return the provider that calls endpoints with a URL.

    Args:
        allowed: networks beyond the public Internet: see `channels.webhook.guard.Guard`.

    Raises:
        BadAddress: an entry of the list is malformed.
    """
    return HttpWebhooks(Guard(allowed))


def open_webhook_mailbox() -> WebhookProvider:
    """Return the provider for endpoints without a URL, which keeps every call."""
    return MailboxWebhooks()


def _open(table: Mapping[str, Callable[[str], _Provider]], url: str) -> _Provider:
    scheme = url.strip().partition(":")[0]
    if scheme not in table:
        known = ", ".join(f"{name}:" for name in table)
        raise BadAddress(f"the address begins with none of {known}")
    return table[scheme](url)
