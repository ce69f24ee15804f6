"""Which providers there are: the only file that names them."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from channels.base import BadAddress, EmailProvider, PushProvider, SmsProvider, WebhookProvider
from channels.chat.targets import read_chats
from channels.chat.telling import Chats
from channels.email.feedback.mailgun import MailgunFeedback
from channels.email.feedback.postmark import PostmarkFeedback
from channels.email.feedback.resend import ResendFeedback
from channels.email.feedback.sendgrid import SendGridFeedback
from channels.email.feedback.ses import SesFeedback
from channels.email.feedback.sns import confirm
from channels.email.letter_api import ApiEmail
from channels.email.mailgun import Mailgun, read_mailgun_url
from channels.email.postmark import Postmark, read_postmark_url
from channels.email.resend import Resend, read_resend_url
from channels.email.sendgrid import SendGrid, read_sendgrid_url
from channels.email.ses import Ses, read_ses_url
from channels.email.smtp import SmtpEmail
from channels.email.smtp_settings import read_smtp_url
from channels.feedback import FeedbackReader, SubscribeAsked
from channels.mailbox import Mailbox, keep_call, keep_letter, keep_push, keep_text
from channels.push.services import PushServices
from channels.push.web import WebPush
from channels.sms.inbound import InboundReader
from channels.sms.messagebird import MessageBird
from channels.sms.messagebird_account import read_messagebird_url
from channels.sms.messagebird_hooks import MessageBirdFeedback, MessageBirdInbound
from channels.sms.text_api import ApiSms
from channels.sms.twilio import Twilio
from channels.sms.twilio_account import read_twilio_url
from channels.sms.twilio_hooks import TwilioFeedback, TwilioInbound
from channels.sms.vonage import Vonage
from channels.sms.vonage_account import read_vonage_url
from channels.sms.vonage_hooks import VonageFeedback, VonageInbound
from channels.webhook.fetching import HttpFetcher
from channels.webhook.guard import Guard
from channels.webhook.http import HttpWebhooks

_Provider = TypeVar("_Provider")

EMAIL: Final[Mapping[str, Callable[[str], EmailProvider]]] = {
    "mailbox": lambda _: Mailbox(keep_letter),
    "smtp": lambda url: SmtpEmail(read_smtp_url(url)),
    "smtps": lambda url: SmtpEmail(read_smtp_url(url)),
    "ses": lambda url: ApiEmail(Ses(read_ses_url(url))),
    "sendgrid": lambda url: ApiEmail(SendGrid(read_sendgrid_url(url))),
    "mailgun": lambda url: ApiEmail(Mailgun(read_mailgun_url(url))),
    "postmark": lambda url: ApiEmail(Postmark(read_postmark_url(url))),
    "resend": lambda url: ApiEmail(Resend(read_resend_url(url))),
}
FEEDBACK: Final[Mapping[str, Callable[[str], FeedbackReader]]] = {
    "ses": SesFeedback,
    "sendgrid": SendGridFeedback,
    "mailgun": MailgunFeedback,
    "postmark": PostmarkFeedback,
    "resend": ResendFeedback,
}
"""Who reads the webhook of a provider, by the scheme of its address; made with the secret."""
SMS: Final[Mapping[str, Callable[[str], SmsProvider]]] = {
    "mailbox": lambda _: Mailbox(keep_text),
    "twilio": lambda url: ApiSms(Twilio(read_twilio_url(url))),
    "vonage": lambda url: ApiSms(Vonage(read_vonage_url(url))),
    "messagebird": lambda url: ApiSms(MessageBird(read_messagebird_url(url))),
}
SMS_FEEDBACK: Final[Mapping[str, Callable[[str], FeedbackReader]]] = {
    "twilio": lambda url: TwilioFeedback(read_twilio_url(url)),
    "vonage": lambda url: VonageFeedback(read_vonage_url(url)),
    "messagebird": lambda url: MessageBirdFeedback(read_messagebird_url(url)),
}
"""Who reads delivery receipts; an account's own address holds the secret they are signed with."""
INBOUND_SMS: Final[Mapping[str, Callable[[str], InboundReader]]] = {
    "twilio": lambda url: TwilioInbound(read_twilio_url(url)),
    "vonage": lambda url: VonageInbound(read_vonage_url(url)),
    "messagebird": lambda url: MessageBirdInbound(read_messagebird_url(url)),
}


def open_email(url: str = "mailbox:") -> EmailProvider:
    """Return the provider of e-mail that a setting names. Nothing is connected to yet.

    Raises:
        BadAddress: unknown or malformed; the message shows no secret.
    """
    return _open(EMAIL, url)


def open_feedback(url: str, secret: str) -> FeedbackReader:
    """Return who reads the webhook of the account that sends by this address.

    Args:
        url: the account's address, or its scheme alone.
        secret: by which the webhook is known to come from there: the topic's ARN (SES), the
            verification key (SendGrid), the signing key (Mailgun), ``user:password`` (Postmark),
            ``whsec_…`` (Resend). Of no use for texts, whose account's address holds it.

    Raises:
        BadAddress: a provider without such a webhook; a secret that is none. It shows no secret.
    """
    scheme = url.strip().partition(":")[0]
    if scheme in SMS_FEEDBACK:
        return SMS_FEEDBACK[scheme](url)
    if scheme not in FEEDBACK:
        raise BadAddress(f"webhooks are read of {', '.join((*FEEDBACK, *SMS_FEEDBACK))}")
    return FEEDBACK[scheme](secret.strip())


def confirm_subscription(asked: SubscribeAsked) -> None:
    """Tell the provider that its feedback may come.

    Raises:
        FeedbackPutOff: it did not take the answer.
        FeedbackRefused: the URL is not the provider's, or is out of date.
    """
    confirm(asked.url)


def open_sms(url: str = "mailbox:") -> SmsProvider:
    """Return the provider of SMS that a setting names. Nothing is connected to yet.

    Raises:
        BadAddress: unknown or malformed; the message shows no secret.
    """
    return _open(SMS, url)


def open_inbound_sms(url: str) -> InboundReader:
    """Return who reads the texts that come in for the account that sends by this address.

    Raises:
        BadAddress: no provider that takes texts in, or no secret to check their signature by.
    """
    return _open(INBOUND_SMS, url)


def open_push(url: str = "webpush:", services: str = "", allowed: str = "") -> PushProvider:
    """Return the provider of pushes that a setting names. Nothing is connected to yet.

    Args:
        url: ``webpush:`` or ``mailbox:``.
        services: hosts of push services beside those of the browsers: see
            `channels.push.services.PushServices`.
        allowed: networks beyond the public Internet: see `channels.webhook.guard.Guard`.

    Raises:
        BadAddress: unknown or malformed.
    """
    table: Mapping[str, Callable[[str], PushProvider]] = {
        "webpush": lambda _: WebPush(PushServices(services), Guard(allowed)),
        "mailbox": lambda _: Mailbox(keep_push),
    }
    return _open(table, url)


def open_chats(setting: str, allowed: str = "") -> Chats:
    """Return who tells the chats that a setting names.

    Args:
        setting: ``ops=slack://… sales=tgram://…``
        allowed: networks beyond the public Internet: see `channels.webhook.guard.Guard`.

    Raises:
        BadAddress: a name or an address cannot be; the message shows no secret.
    """
    return Chats(read_chats(setting), Guard(allowed))


def open_webhooks(allowed: str = "") -> WebhookProvider:
    """Return the provider that calls endpoints with a URL.

    Args:
        allowed: networks beyond the public Internet: see `channels.webhook.guard.Guard`.

    Raises:
        BadAddress: an entry of the list is malformed.
    """
    return HttpWebhooks(Guard(allowed))


def open_fetcher(allowed: str = "") -> HttpFetcher:
    """Return who fetches content; `allowed` as `open_webhooks` takes it.

    Raises:
        BadAddress: an entry of the list is malformed.
    """
    return HttpFetcher(Guard(allowed))


def open_webhook_mailbox() -> WebhookProvider:
    """Return the provider for endpoints without a URL, which keeps every call."""
    return Mailbox(keep_call)


def _open(table: Mapping[str, Callable[[str], _Provider]], url: str) -> _Provider:
    scheme = url.strip().partition(":")[0]
    if scheme not in table:
        known = ", ".join(f"{name}:" for name in table)
        raise BadAddress(f"the address begins with none of {known}")
    return table[scheme](url)
