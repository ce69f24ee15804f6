"""Reads reports that come by mail: bounces (RFC 3464) and complaints (RFC 5965, ARF).

Such a mail is not signed: anybody may write one. What it says is to be believed of a message only
whose id it gives back, which nobody but its recipient and its servers has seen.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email import policy
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import Final
from uuid import UUID

from channels.email.bounces import classify, find_code
from channels.email.feedback.reading import find_uid, make, read_uid
from channels.feedback import Feedback, FeedbackKind

MAXIMUM_OCTETS: Final = 1 << 20  # what comes after is not looked at: the letter itself, sent back
_MOST_CONTAINERS: Final = 12
_MOST_PARTS: Final = 30
_MOST_RECIPIENTS: Final = 50
_LONGEST_FIELD: Final = 4_000
_CONTAINER: Final = re.compile(rb"content-type\s*:\s*(?:multipart|message)/", re.IGNORECASE)
_ACTIONS: Final = {
    "failed": FeedbackKind.BOUNCED,
    "delayed": FeedbackKind.DEFERRED,
    "delivered": FeedbackKind.DELIVERED,
}
_COMPLAINTS: Final = {
    "abuse": FeedbackKind.COMPLAINED,
    "fraud": FeedbackKind.COMPLAINED,
    "opt-out": FeedbackKind.UNSUBSCRIBED,
    "opt-out-list": FeedbackKind.UNSUBSCRIBED,
}
#: A return path with our message's id in it, such as ``bounces+0196…@shop.example`` (VERP).
_RETURN_PATH: Final = re.compile(
    r"[+=]([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})@", re.IGNORECASE
)
_RETURN_HEADERS: Final = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


def read_report(raw: bytes, *, now: datetime) -> Sequence[Feedback]:
    """Return what a mail reports of our letters; nothing if it is no report.

    Args:
        raw: the mail as it came.
        now: aware, UTC; for reports that name no time.
    """
    raw = raw[:MAXIMUM_OCTETS]
    if len(_CONTAINER.findall(raw)) > _MOST_CONTAINERS:  # nested mail: nobody reports so
        return []
    mail = BytesParser(policy=policy.compat32).parsebytes(raw)
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return []
    parts = [part for part in mail.get_payload() if isinstance(part, Message)][:_MOST_PARTS]
    stem = _read_field(mail, "Message-ID").strip("<>") or hashlib.sha256(raw).hexdigest()
    uid = _find_returned(parts) or _find_return_path(mail, parts)
    found: list[Feedback | None] = []
    for part in parts:
        match part.get_content_type():
            case "message/delivery-status" | "message/global-delivery-status":
                found += _read_status(part, mail, stem, uid, now=now)
            case "message/feedback-report":
                found.append(_read_complaint(part, parts, mail, stem, uid, now=now))
    return [each for each in found if each is not None]


def _read_status(
    part: Message, mail: Message, stem: str, uid: UUID | None, *, now: datetime
) -> Iterator[Feedback | None]:
    """Read the fields of each recipient (RFC 3464 2.3); the first block is of the mail itself."""
    blocks = _list_blocks(part)
    for number, block in enumerate(blocks[1 : 1 + _MOST_RECIPIENTS]):
        kind = _ACTIONS.get(_read_field(block, "Action").lower())
        if kind is None:
            continue
        diagnostic = _read_field(block, "Diagnostic-Code")
        code = find_code(_read_field(block, "Status"), diagnostic)
        bounce = classify(code, diagnostic) if kind is FeedbackKind.BOUNCED else None
        recipient = _read_field(block, "Original-Recipient") or _read_field(
            block, "Final-Recipient"
        )
        yield make(
            f"{stem}:{number}",
            kind,
            _read_date(block, "Last-Attempt-Date") or _read_date(mail, "Date") or now,
            message_uid=uid or _find_envelope(blocks[0]),
            recipient=recipient.partition(";")[2].strip().strip("<>"),
            bounce=bounce,
            code=code,
            texts=(diagnostic.partition(";")[2], diagnostic),
        )


def _read_complaint(
    part: Message,
    parts: Sequence[Message],
    mail: Message,
    stem: str,
    uid: UUID | None,
    *,
    now: datetime,
) -> Feedback | None:
    blocks = _list_blocks(part)
    if not blocks:
        return None
    kind = _COMPLAINTS.get(_read_field(blocks[0], "Feedback-Type").lower())
    if kind is None:
        return None
    recipient = _read_field(blocks[0], "Original-Rcpt-To")
    if not recipient:
        returned = _find_letter(parts)
        recipient = _read_field(returned, "To") if returned is not None else ""
        recipient = recipient.rpartition("<")[2]
    return make(
        f"{stem}:complaint",
        kind,
        _read_date(blocks[0], "Arrival-Date") or _read_date(mail, "Date") or now,
        message_uid=uid,
        recipient=recipient.strip().strip("<>"),
        texts=(f"reported as {_read_field(blocks[0], 'Feedback-Type').lower()}",),
    )


def _list_blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _find_letter(parts: Sequence[Message]) -> Message | None:
    """Return the headers of the letter that came back."""
    for part in parts:
        match part.get_content_type():
            case "message/rfc822" | "message/global":
                return next(iter(_list_blocks(part)), None)
            case "text/rfc822-headers" | "message/global-headers":
                payload = part.get_payload(decode=True)
                octets = payload if isinstance(payload, bytes) else b""
                return BytesParser(policy=policy.compat32).parsebytes(octets, headersonly=True)
    return None


def _find_returned(parts: Sequence[Message]) -> UUID | None:
    returned = _find_letter(parts)
    return None if returned is None else find_uid(_read_field(returned, "Message-ID"))


def _find_return_path(mail: Message, parts: Sequence[Message]) -> UUID | None:
    """Return the id in the address to which the report came, or which it names as the sender's."""
    places = [(mail, name) for name in _RETURN_HEADERS]
    for part in parts:
        places += [(block, "Original-Mail-From") for block in _list_blocks(part)[:1]]
    for place, name in places:
        if found := _RETURN_PATH.search(_read_field(place, name)):
            return UUID(found[1])
    return None


def _find_envelope(block: Message) -> UUID | None:
    return read_uid(_read_field(block, "Original-Envelope-Id"))


def _read_field(message: Message, name: str) -> str:
    """Return a header as one line; "" where there is none, or where it is not ASCII."""
    value = message.get(name)
    if not isinstance(value, str):
        return ""
    return " ".join(value[:_LONGEST_FIELD].split())


def _read_date(message: Message, name: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(_read_field(message, name)[:100])
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
