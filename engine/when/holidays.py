"""Public holidays, and days that an organisation adds: dates on which no window opens.

Source of the public ones: the package `holidays`, by ISO 3166 country and region.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from holidays import country_holidays

from engine.errors import InvalidTime
from engine.language.say import say

NOBODYS: Final[frozenset[date]] = frozenset()


@dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """Local dates on which nothing opens.

    Attributes:
        code: a country, or country and region, such as `DE` or `DE-BY`; None: no public ones.
        dates: further days.
    """

    code: str | None = None
    dates: frozenset[date] = NOBODYS

    def __contains__(self, day: date) -> bool:
        return day in self.dates or day in _list_public(self.code, day.year)

    def list_between(self, first: date, last: date) -> frozenset[date]:
        """Return the holidays from the first to the last date, both included."""
        years = range(first.year, last.year + 1)
        known = self.dates.union(*(_list_public(self.code, year) for year in years))
        return frozenset(day for day in known if first <= day <= last)


NO_HOLIDAYS: Final = HolidayCalendar()


def check_code(code: str) -> None:
    """Check that a country's or region's public holidays are known.

    Raises:
        InvalidTime: they are not.
    """
    _list_public(code, 2025)


@cache
def _list_public(code: str | None, year: int) -> frozenset[date]:
    if code is None:
        return NOBODYS
    country, _, region = code.partition("-")
    try:
        return frozenset(country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        msg = say("there is no calendar of public holidays called {code!r}", code=code)
        raise InvalidTime(msg) from None
