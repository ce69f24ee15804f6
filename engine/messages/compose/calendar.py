"""How a language writes dates and amounts, as the renderer knows it. Pure; its words come from outside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

FORMS: Final = ("long", "short", "weekday")
"""Forms of a date whose words a language has."""

Pattern = Sequence[tuple[bool, str]]
"""A date's parts in their order: whether it is a field, and its name or the text itself."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A language's words and orders.

    Attributes:
        months, short_months: January first.
        weekdays: Monday first.
        patterns: of each of `FORMS`.
        decimal: between whole units and their parts.
    """

    months: Sequence[str]
    short_months: Sequence[str]
    weekdays: Sequence[str]
    patterns: Mapping[str, Pattern]
    decimal: str

    def write(self, form: str, day: datetime) -> str:
        """Return a date in one of `FORMS`."""
        return "".join(
            FIELDS[text](self, day) if is_field else text for is_field, text in self.patterns[form]
        )


FIELDS: Final[Mapping[str, Callable[[Calendar, datetime], str]]] = {
    "d": lambda _, day: str(day.day),
    "dd": lambda _, day: f"{day.day:02}",
    "M": lambda _, day: str(day.month),
    "MM": lambda _, day: f"{day.month:02}",
    "MMM": lambda words, day: words.short_months[day.month - 1],
    "MMMM": lambda words, day: words.months[day.month - 1],
    "y": lambda _, day: str(day.year),
    "yy": lambda _, day: f"{day.year % 100:02}",
    "EEEE": lambda words, day: words.weekdays[day.weekday()],
}
"""What stands for a field. Source: Unicode Technical Standard 35, part 4, Date Format Patterns."""

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip
_DAY: Final = ((True, "d"), (False, " "), (True, "MMMM"))
ENGLISH: Final = Calendar(
    months=_MONTHS,
    short_months=tuple(month[:3] for month in _MONTHS),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    patterns={
        "long": (*_DAY, (False, " "), (True, "y")),
        "short": ((True, "d"), (False, " "), (True, "MMM"), (False, " "), (True, "y")),
        "weekday": ((True, "EEEE"), (False, ", "), *_DAY),
    },
    decimal=".",
)
"""Of letters that name no language, too."""
