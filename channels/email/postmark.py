"""Sends letters by Postmark (POST /email).

Postmark knows no idempotency key, and takes parts rather than MIME. Headers of ours reach the
recipient; X-PM-KeepID asks that Message-ID stay. A broadcast stream adds an unsubscribe
link and a List-Unsubscribe of Postmark's own, unless they have switched that off for you. Our id
travels as metadata, which webhooks give back. Its tracking is switched off for each letter.
Sources: https://postmarkapp.com/developer/api/email-api, …/api/overview#error-codes.
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
from channels.email.mime import derive_message_id
from channels.http_client import Answer
from channels.provider_api import ApiCall, Meaning, Refusal, read_object
from channels.provider_url import parse_provider_url, read_base, read_key
from channels.target import parse_target

_API: Final = "https://api.postmarkapp.com"
_FORM: Final = "postmark://SERVER_TOKEN?stream=outbound"
_STREAM: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")
_INACTIVE: Final = 406
_INVALID: Final = 300
_BUSY: Final = frozenset({100, 429})  # maintenance, too many
#: Token, sender signature, credits, approval.
_OF_US: Final = frozenset({10, 400, 401, 405, 412, 413})
_STREAM_REFUSED: Final = re.compile(r"message ?stream", re.IGNORECASE)
_BAD_RECIPIENT: Final = re.compile(r"invalid ['\"]?to['\"]?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PostmarkAccount:
    """Whose server at Postmark, and by which of its streams."""

    token: str = field(repr=False)
    stream: str = "outbound"
    base: str = _API


def read_postmark_url(url: str) -> PostmarkAccount:
    """Return the account that ``postmark://SERVER_TOKEN?stream=outbound`` means.

    Raises:
        BadAddress: a part is missing or malformed.
    """
    parts = parse_provider_url(url, frozenset({"stream", "base"}))
    stream = parts.options.get("stream", "outbound")
    if parts.user is not None or parts.port or not _STREAM.fullmatch(stream):
        raise BadAddress(f"the address is written {_FORM}")
    return PostmarkAccount(read_key(parts.host, _FORM), stream, read_base(parts.options, _API))


class Postmark:
    """Postmark."""

    name = "postmark"
    knows_repetitions = False

    def __init__(self, account: PostmarkAccount) -> None:
        self._authorization = ("X-Postmark-Server-Token", account.token)
        self._stream = account.stream
        self.secrets: tuple[str, ...] = (account.token,)
        self.target = parse_target(f"{account.base}/email")

    def write(self, letter: Letter, *, now: datetime) -> ApiCall:  # noqa: ARG002
        """Return the request: see `channels.email.letter_api.Dialect`."""
        headers = gate_headers(letter)
        headers.append(("Message-ID", f"<{derive_message_id(letter)}>"))
        headers.append(("X-PM-KeepID", "true"))
        asked: dict[str, Any] = {
            "From": show_mailbox(letter.sender),
            "To": show_mailbox(letter.recipient),
            "Subject": letter.subject,
            "TextBody": decode(letter.text),
            "Headers": [{"Name": name, "Value": value} for name, value in headers],
            "Metadata": {MESSAGE_KEY: str(letter.id)},
            "MessageStream": self._stream,
            "TrackOpens": False,
            "TrackLinks": "None",
        }
        if letter.html is not None:
            asked["HtmlBody"] = decode(letter.html)
        if letter.reply_to is not None:
            asked["ReplyTo"] = show_mailbox(letter.reply_to)
        if letter.attachments:
            asked["Attachments"] = [
                {"Name": name, "Content": content, "ContentType": kind}
                for name, kind, content in gate_files(letter)
            ]
        return write_json(self._authorization, asked)

    def read_acceptance(self, answer: Answer) -> str | None:
        """Return the MessageID; a yes has the error code 0."""
        said = read_object(answer)
        is_good = type(said.get("ErrorCode")) is int and said["ErrorCode"] == 0
        return read_id(said.get("MessageID")) if is_good else None

    def read_refusal(self, answer: Answer, *, now: datetime) -> Refusal:  # noqa: ARG002
        """Return what the error code says."""
        said = read_object(answer)
        number, words = said.get("ErrorCode"), said.get("Message") or ""
        if not isinstance(number, int):
            return Refusal("", words)
        meaning = None
        if number == _INACTIVE or (number == _INVALID and _BAD_RECIPIENT.search(str(words))):
            meaning = Meaning.DEAD
        elif number in _OF_US or _STREAM_REFUSED.search(str(words)):
            meaning = Meaning.US
        elif number in _BUSY:
            meaning = Meaning.BUSY
        return Refusal(str(number), words, meaning)
