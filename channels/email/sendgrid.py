"""Sends letters by Twilio SendGrid (Web API v3, Mail Send).

SendGrid knows no idempotency key. All headers of ours reach the recipient, Message-ID with them. Our
id travels as a custom argument, which its events give back. Its own tracking of opens, clicks and
unsubscribing is switched off for each letter: links and List-Unsubscribe stay as they are.
Sources: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send, …/errors.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from channels.base import BadAddress, EmailAddress, Letter
from channels.email.header_gates import encode_address
from channels.email.letter_api import (
    MESSAGE_KEY,
    decode,
    gate_files,
    gate_headers,
    read_id,
    write_json,
)
from channels.email.mime import derive_message_id
from channels.http_client import Answer
from channels.provider_api import ApiCall, Meaning, Refusal, read_object
from channels.provider_url import parse_provider_url, read_base, read_key
from channels.retry_after import LONGEST
from channels.target import parse_target

_APIS: Final = {"global": "https://api.sendgrid.com", "eu": "https://api.eu.sendgrid.com"}
_FORM: Final = "sendgrid://API_KEY?region=eu"
_ACCEPTED: Final = 202
_TO: Final = re.compile(r"personalizations\.\d+\.to(?:\.|$)")
_INSTANT: Final = re.compile(r"[0-9]{9,11}")
_OFF: Final = {"enable": False}
_TRACKING: Final = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": _OFF,
    "subscription_tracking": _OFF,
    "ganalytics": _OFF,
}


@dataclass(frozen=True, slots=True)
class SendGridAccount:
    """Whose account, and where."""

    key: str = field(repr=False)
    base: str = _APIS["global"]


def read_sendgrid_url(url: str) -> SendGridAccount:
    """Return the account that ``sendgrid://API_KEY?region=eu`` means.

    Raises:
        BadAddress: a part is missing or malformed.
    """
    parts = parse_provider_url(url, frozenset({"region", "base"}))
    region = parts.options.get("region", "global")
    if parts.user is not None or parts.port or region not in _APIS:
        raise BadAddress(f"the address is written {_FORM}")
    base = read_base(parts.options, _APIS[region])
    return SendGridAccount(read_key(parts.host, _FORM), base)


class SendGrid:
    """Twilio SendGrid."""

    name = "sendgrid"
    knows_repetitions = False

    def __init__(self, account: SendGridAccount) -> None:
        self._authorization = ("Authorization", f"Bearer {account.key}")
        self.secrets: tuple[str, ...] = (account.key,)
        self.target = parse_target(f"{account.base}/v3/mail/send")

    def write(self, letter: Letter, *, now: datetime) -> ApiCall:  # noqa: ARG002
        """Return the request: see `channels.email.letter_api.Dialect`."""
        headers = dict(gate_headers(letter))
        headers["Message-ID"] = f"<{derive_message_id(letter)}>"
        content = [{"type": "text/plain", "value": decode(letter.text) or " "}]
        if letter.html:
            content.append({"type": "text/html", "value": decode(letter.html)})
        asked: dict[str, Any] = {
            "personalizations": [
                {
                    "to": [_write_mailbox(_without_commas(letter.recipient))],
                    "custom_args": {MESSAGE_KEY: str(letter.id)},
                }
            ],
            "from": _write_mailbox(letter.sender),
            "subject": letter.subject,
            "content": content,
            "headers": headers,
            "tracking_settings": _TRACKING,
        }
        if letter.reply_to is not None:
            asked["reply_to"] = _write_mailbox(letter.reply_to)
        if letter.attachments:
            asked["attachments"] = [
                {"content": content, "type": kind, "filename": name, "disposition": "attachment"}
                for name, kind, content in gate_files(letter)
            ]
        return write_json(self._authorization, asked)

    def read_acceptance(self, answer: Answer) -> str | None:
        """Return X-Message-Id; a yes is 202 without a body."""
        if answer.status != _ACCEPTED or answer.body.strip():
            return None
        return read_id(answer.headers.get("x-message-id"))

    def read_refusal(self, answer: Answer, *, now: datetime) -> Refusal:
        """Return what the first error says."""
        errors = read_object(answer).get("errors")
        error = errors[0] if isinstance(errors, list) and errors else None
        said = error if isinstance(error, dict) else {}
        named = said.get("field")
        where = named if isinstance(named, str) else ""
        words = said.get("message") or ""
        meaning = None
        if _TO.match(where) and "valid address" in str(words):
            meaning = Meaning.DEAD
        wait = _read_reset(answer.headers.get("x-ratelimit-reset"), now=now)
        return Refusal(where, words, meaning, wait)


def _without_commas(recipient: EmailAddress) -> EmailAddress:
    """Return a recipient whose name has no comma or semicolon, by which SendGrid parts addresses."""
    return replace(recipient, name=" ".join(re.sub("[,;]", " ", recipient.name).split()))


def _write_mailbox(mailbox: EmailAddress) -> dict[str, str]:
    address = {"email": encode_address(mailbox.address)}
    return {**address, "name": mailbox.name} if mailbox.name else address


def _read_reset(written: str | None, *, now: datetime) -> timedelta | None:
    """Return how long until an instant in seconds since 1970, at most an hour."""
    if not written or not _INSTANT.fullmatch(written):
        return None
    wait = datetime.fromtimestamp(int(written), UTC) - now
    return min(wait, LONGEST) if wait > timedelta() else None
