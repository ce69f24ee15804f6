"""Times as people write them in tests and on command lines. Pure."""

from datetime import UTC, datetime
from typing import Final

from engine.document.durations import Span, parse_span
from engine.parts.times import add_span
from engine.when.local import resolve_wall
from engine.when.zones import Zone

WORDS: Final = (
    "write +P1D after the first thing given, 2026-03-27T10:00 on the contact's own clock, "
    "or an instant such as 2026-03-27T10:00:00Z"
)


def check_time_text(text: str) -> str:
    """Return the text unchanged.

    Raises:
        ValueError: it names no time.
    """
    _read(text)
    return text


def resolve_time(text: str, *, base: datetime | None, zone: Zone) -> datetime:
    """Return the instant that a text names, UTC.

    Args:
        text: checked by `check_time_text`.
        base: what offsets count from.
        zone: on whose clock times without an offset stand.

    Raises:
        ValueError: it names no time, or one that counts from nothing.
    """
    found = _read(text)
    if isinstance(found, datetime):
        return resolve_wall(found, zone) if found.tzinfo is None else found.astimezone(UTC)
    if base is None:
        raise ValueError(f"{text} counts from nothing: {WORDS}")
    return add_span(base, found, zone)


def _read(text: str) -> datetime | Span:
    try:
        if text.startswith("+"):
            return parse_span(text[1:])
        if text.startswith("-"):
            return parse_span(text)
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no time: {WORDS}") from None
