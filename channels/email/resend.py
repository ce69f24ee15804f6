"""Sends letters by Resend (POST /emails).

Resend knows an idempotency key for 24 hours: ours is the message's id, the same at every attempt.
So a request that was left without an answer is asked once more at once, and is uncertain only if
that stays unanswered, too. Headers of ours reach the recipient, save Message-ID, which is Resend's.
Our id travels as a tag, which webhooks give back.
Sources: https://resend.com/docs/api-reference/emails/send-email, …/api-reference/errors,
https://resend.com/docs/dashboard/emails/idempotency-keys.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from channels.base import BadAddress, Letter
from channels.email.letter_api import (
    MESSAGE_KEY,
    decode,
    gate_files,
    gate_headers,
    read_id,
    show_mailbox,
    write_json,
)
from channels.http_client import Answer
from channels.provider_api import ApiCall, Meaning, Refusal, read_object
from channels.provider_url import parse_provider_url, read_base, read_key
from channels.target import parse_target

_API: Final = "https://api.resend.com"
_FORM: Final = "resend://API_KEY"
_MEANINGS: Final = {
    "missing_api_key": Meaning.US,
    "restricted_api_key": Meaning.US,
    "invalid_api_key": Meaning.US,
    "invalid_permission": Meaning.US,
    "security_error": Meaning.US,
    "rate_limit_exceeded": Meaning.BUSY,
    "daily_quota_exceeded": Meaning.BUSY,
    "monthly_quota_exceeded": Meaning.BUSY,
    "concurrent_idempotent_requests": Meaning.UNSURE,  # one with this key is under way
    "invalid_idempotent_request": Meaning.UNSURE,  # this key went out with another content
}
_BAD_KEY: Final = re.compile(r"api key is invalid|domain is not verified", re.IGNORECASE)
_BAD_RECIPIENT: Final = re.compile(r"invalid [`'\"]?to[`'\"]? (?:field|address)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResendAccount:
    """Whose account."""

    key: str = field(repr=False)
    base: str = _API


def read_resend_url(url: str) -> ResendAccount:
    """Return the account that ``resend://API_KEY`` means.

    Raises:
        BadAddress: a part is missing or malformed.
    """
    parts = parse_provider_url(url, frozenset({"base"}))
    if parts.user is not None or parts.port:
        raise BadAddress(f"the address is written {_FORM}")
    return ResendAccount(read_key(parts.host, _FORM), read_base(parts.options, _API))


class Resend:
    """Resend."""

    name = "resend"
    knows_repetitions = True

    def __init__(self, account: ResendAccount) -> None:
        self._authorization = ("Authorization", f"Bearer {account.key}")
        self.secrets: tuple[str, ...] = (account.key,)
        self.target = parse_target(f"{account.base}/emails")

    def write(self, letter: Letter, *, now: datetime) -> ApiCall:  # noqa: ARG002
        """Return the request: see `channels.email.letter_api.Dialect`."""
        asked: dict[str, Any] = {
            "from": show_mailbox(letter.sender),
            "to": [show_mailbox(letter.recipient)],
            "subject": letter.subject,
            "text": decode(letter.text),
            "headers": dict(gate_headers(letter)),
            "tags": [{"name": MESSAGE_KEY, "value": str(letter.id)}],
        }
        if letter.html is not None:
            asked["html"] = decode(letter.html)
        if letter.reply_to is not None:
            asked["reply_to"] = show_mailbox(letter.reply_to)
        if letter.attachments:
            asked["attachments"] = [
                {"filename": name, "content": content, "content_type": kind}
                for name, kind, content in gate_files(letter)
            ]
        call = write_json(self._authorization, asked)
        return ApiCall((*call.headers, ("Idempotency-Key", str(letter.id))), call.body)

    def read_acceptance(self, answer: Answer) -> str | None:
        """Return the id of the letter."""
        return read_id(read_object(answer).get("id"))

    def read_refusal(self, answer: Answer, *, now: datetime) -> Refusal:  # noqa: ARG002
        """Return what the error's name says."""
        said = read_object(answer)
        named, words = said.get("name"), said.get("message") or ""
        kind = named if isinstance(named, str) else ""
        meaning = _MEANINGS.get(kind)
        if meaning is None and _BAD_KEY.search(str(words)):
            meaning = Meaning.US
        elif meaning is None and _BAD_RECIPIENT.search(str(words)):
            meaning = Meaning.DEAD
        return Refusal(kind, words, meaning)
