"""What all readers of feedback share: JSON, instants and ids from a stranger, made safe."""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson

from channels.email.letter_api import MESSAGE_KEY
from channels.email.one_line import to_one_line
from channels.feedback import BounceKind, Feedback, FeedbackKind, FeedbackRefused

AHEAD: Final = timedelta(minutes=5)
"""How far a provider's clock may be ahead of ours."""

_SECONDS: Final = re.compile(r"[0-9]{1,11}")
_UID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FRACTION: Final = re.compile(r"(\.\d{6})\d+")
_LONGEST: Final = 200
_LONGEST_ADDRESS: Final = 320
_LONGEST_SIGNATURE: Final = 1_000


def load_json(body: bytes) -> Any:
    """Return the JSON value.

    Raises:
        FeedbackRefused: it is none.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise FeedbackRefused("the body is not JSON") from None


def as_object(value: object) -> dict[str, Any]:
    """Return the JSON object; an empty one where there is another value."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """Return the JSON array; an empty one where there is another value."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """Return the text; "" where there is another value."""
    return value if isinstance(value, str) else ""


def check_time(written: str, *, now: datetime, oldest: timedelta) -> None:
    """Judge the time at which something was signed, in seconds since 1970.

    Raises:
        FeedbackRefused: no time, or too far from now.
    """
    if not _SECONDS.fullmatch(written):
        raise FeedbackRefused("the time of the signature is none")
    check_age(datetime.fromtimestamp(int(written), UTC), now=now, oldest=oldest)


def check_age(signed_at: datetime, *, now: datetime, oldest: timedelta) -> None:
    """Judge the time at which something was signed.

    Raises:
        FeedbackRefused: too far from now.
    """
    if not -AHEAD <= now - signed_at <= oldest:
        raise FeedbackRefused("it was signed too long ago, or ahead of time")


def decode_signature(written: str) -> bytes:
    """Return the octets of a signature in base64, of which there is one spelling only.

    Raises:
        FeedbackRefused: another alphabet, other padding, trailing characters, too long.
    """
    if len(written) <= _LONGEST_SIGNATURE:
        try:
            octets = b64decode(written, validate=True)
        except (binascii.Error, ValueError):
            octets = b""
        if octets and b64encode(octets).decode("ascii") == written:
            return octets
    raise FeedbackRefused("the signature is none")


def read_instant(value: object) -> datetime | None:
    """Return an instant in ISO 8601 or seconds since 1970; None where it is none."""
    if isinstance(value, str) and not _SECONDS.fullmatch(value):
        return _read_iso(value)
    if not isinstance(value, int | float | str) or isinstance(value, bool):
        return None
    try:
        return datetime.fromtimestamp(float(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _read_iso(written: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(_FRACTION.sub(r"\1", written[:40]))
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_uid(value: object) -> UUID | None:
    """Return our message's id, as it was sent along."""
    return UUID(value) if isinstance(value, str) and _UID.fullmatch(value) else None


def find_uid(message_id: object) -> UUID | None:
    """Return our message's id from its Message-ID: see `channels.email.mime.derive_message_id`."""
    return read_uid(as_text(message_id).strip().strip("<>").partition("@")[0])


def read_given(mapping: object) -> UUID | None:
    """Return our message's id from what was sent along, in an object or in named pairs."""
    given = as_object(mapping).get(MESSAGE_KEY)
    for pair in as_list(mapping):
        if as_object(pair).get("name") == MESSAGE_KEY:
            given = as_object(pair).get("value")
    return read_uid(given[0] if isinstance(given, list) and given else given)


def make(  # noqa: PLR0913 - a feedback has nine facts
    id_: object,
    kind: FeedbackKind,
    occurred_at: datetime,
    *,
    message_uid: UUID | None = None,
    provider_id: object = None,
    recipient: object = "",
    bounce: BounceKind | None = None,
    code: str | None = None,
    texts: Iterable[object] = (),
) -> Feedback | None:
    """Return a feedback with everything in it bounded; None where it has no id.

    Args:
        texts: the first that says something is taken.
    """
    own = _tidy(str(id_) if isinstance(id_, int) else as_text(id_), _LONGEST)
    if not own:
        return None
    return Feedback(
        id=own,
        kind=kind,
        occurred_at=occurred_at,
        message_uid=message_uid,
        provider_id=_tidy(as_text(provider_id), _LONGEST) or None,
        recipient=_tidy(as_text(recipient), _LONGEST_ADDRESS),
        bounce=bounce,
        code=code,
        text=next(filter(None, map(to_one_line, texts)), ""),
    )


def _tidy(text: str, longest: int) -> str:
    return "".join(sign for sign in text[:longest] if sign.isprintable()).strip()
