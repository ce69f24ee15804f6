"""Times and lengths of time as documents write them."""

import re
from datetime import datetime, time, timedelta
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema
from typing_extensions import TypeAliasType

from engine.document.durations import Span
from engine.language.say import say
from engine.when.local import Weekday as LocalWeekday
from engine.when.periods import shift_instant
from engine.when.zones import Zone

_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
LONGEST_WAIT: Final = timedelta(days=5 * 366)
LONGEST_MONTHS: Final = 60


def _bounded(span: Span) -> Span:
    """Refuse a wait that is no wait, or longer than five years."""
    if not span.is_positive or span.shortest > LONGEST_WAIT or span.months > LONGEST_MONTHS:
        msg = say("a wait is longer than nothing and at most five years")
        raise ValueError(msg)
    return span


def _near(span: Span) -> Span:
    if abs(span.shortest) > LONGEST_WAIT or abs(span.months) > LONGEST_MONTHS:
        msg = say("an offset is at most five years")
        raise ValueError(msg)
    return span


Wait = Annotated[Span, AfterValidator(_bounded)]
"""How long to wait."""
Offset = Annotated[Span, AfterValidator(_near)]
"""How far before (-P7D) or after a date."""


def add_span(instant: datetime, span: Span, zone: Zone) -> datetime:
    """Return the instant a span later: first on the zone's calendar, then on a stopwatch."""
    return shift_instant(instant, span.to_period(), zone) + span.elapsed


def _parse_local_time(value: object) -> time:
    """Read `HH:MM`.

    Raises:
        ValueError: anything else, 24:00 included.
    """
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or _TIME.fullmatch(value) is None:
        msg = say("write a time of day as HH:MM, such as 09:00")
        raise ValueError(msg)
    return time.fromisoformat(value)


LocalTime = TypeAliasType(
    "LocalTime",
    Annotated[
        time,
        BeforeValidator(_parse_local_time),
        PlainSerializer(lambda value: value.strftime("%H:%M"), return_type=str),
        WithJsonSchema(
            {
                "type": "string",
                "pattern": f"^{_TIME.pattern}$",
                "description": "Local time of day, HH:MM.",
            }
        ),
    ],
)
Weekday = TypeAliasType("Weekday", Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_weekdays(names: tuple[Weekday, ...] | None) -> frozenset[LocalWeekday]:
    """Return the weekdays a document names; all of them where it names none."""
    if names is None:
        return frozenset(LocalWeekday)
    return frozenset(LocalWeekday(_NAMES.index(name)) for name in names)
