"""Lengths of time as a journey writes them: ISO 8601, in two kinds that never mix by accident.

* `Elapsed` is a `timedelta`: exact seconds. A day in it is 24 hours. It measures looking back
  (`within`, `not_within`), time-outs of calls and windows of statistics. Years and months are refused.
* `Span` is a step on the calendar and a step on the clock. What stands before the `T` keeps the wall clock
  (`P1D`: tomorrow at this local time, be it 23 or 25 hours away; `P1M`: the same day next month, clamped to its
  last day). What stands after the `T` is elapsed time (`PT24H`: 24 hours on a stopwatch). The calendar step is
  taken first. It measures looking forward: waits, time-outs of waits, offsets from a date.

So `P1D` and `PT24H` are different values of the same field and nobody needs a second one to say which is meant.
Source: ISO 8601-1:2019, 5.5.2; the same split as java.time's Period and Duration.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypeAliasType, override

from engine.when.periods import LONGEST, Period

_PATTERN = (
    r"^-?P(?=.)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?"
    r"(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$"
)
_ISO = re.compile(_PATTERN, re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """A step forward or back: first `months` and `days` on the local calendar, then `elapsed` on the clock.

    All parts have the same sign. Weeks are seven days and years twelve months, as everywhere.
    """

    months: int = 0
    days: int = 0
    elapsed: timedelta = timedelta()

    @property
    def shortest(self) -> timedelta:
        """The least time it can take anywhere: a month of 28 days, a day of 23 hours."""
        return timedelta(days=28 * self.months, hours=23 * self.days) + self.elapsed

    @property
    def is_positive(self) -> bool:
        """Whether it leads forward."""
        return self.shortest > timedelta()

    def to_period(self) -> Period:
        """Return the calendar step, as `engine.when` takes it."""
        return Period(self.months, self.days)

    @override
    def __str__(self) -> str:
        """ISO 8601, shortest form; parsing it again gives an equal span."""
        sign = "-" if self.months < 0 or self.days < 0 or self.elapsed < timedelta() else ""
        years, months = divmod(abs(self.months), 12)
        calendar = _join(((years, "Y"), (months, "M"), (abs(self.days), "D")))
        clock = _clock(int(abs(self.elapsed).total_seconds()))
        return f"{sign}P{calendar}{clock}" if calendar or clock else "PT0S"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read from and written as a string."""
        return core_schema.no_info_plain_validator_function(
            parse_span, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Tell editors what to type."""
        return {
            "type": "string",
            "format": "duration",
            "pattern": _SCHEMA_PATTERN,
            "description": "ISO 8601. Before the T: calendar (P1D: tomorrow at this time). After it: elapsed (PT24H).",
            "examples": ["P1D", "PT24H", "P1M", "PT30M"],
        }


_SCHEMA_PATTERN = r"^-?P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$"


def parse_span(text: object) -> Span:
    """Read an ISO 8601 duration, keeping calendar and clock apart.

    Raises:
        ValueError: The text is not a duration in whole numbers.
    """
    if isinstance(text, Span):
        return text
    found = _ISO.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError(
            "write a duration such as P1D (calendar) or PT24H (elapsed), in whole numbers"
        )
    years, months, weeks, days, hours, minutes, seconds = (
        int(part or 0) for part in found.groups()
    )
    sign = -1 if found.string.startswith("-") else 1
    elapsed = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return Span(sign * (12 * years + months), sign * (7 * weeks + days), sign * elapsed)


def parse_elapsed(text: object) -> timedelta:
    """Read an ISO 8601 duration as exact seconds; a day is 24 hours.

    Raises:
        ValueError: Not a duration, negative, over ten years, or with years or months, whose length
            nobody knows.
    """
    if isinstance(text, timedelta):
        return text
    span = parse_span(text)
    if span.months:
        raise ValueError("months and years have no fixed length here; write days, such as P30D")
    if not span.is_positive:
        raise ValueError("this duration must be longer than nothing")
    elapsed = timedelta(days=span.days) + span.elapsed
    if elapsed > LONGEST:
        raise ValueError("this duration is longer than ten years")
    return elapsed


def format_elapsed(value: timedelta) -> str:
    """ISO 8601, shortest form, days of 24 hours."""
    return f"P{_join(((value.days, 'D'),))}{_clock(value.seconds)}"


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = _join(((hours, "H"), (minutes, "M"), (left, "S")))
    return f"T{parts}" if parts else ""


def _join(parts: tuple[tuple[int, str], ...]) -> str:
    return "".join(f"{number}{unit}" for number, unit in parts if number)


Elapsed = TypeAliasType(
    "Elapsed",
    Annotated[
        timedelta,
        BeforeValidator(parse_elapsed),
        PlainSerializer(format_elapsed, return_type=str),
        WithJsonSchema(
            {
                "type": "string",
                "format": "duration",
                "pattern": r"^P(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$",
                "description": "ISO 8601, exact time; a day is 24 hours. No months or years.",
                "examples": ["PT1H", "P7D", "P30D"],
            }
        ),
    ],
)
