"""Calendar durations, and how they move dates and instants.

Elapsed: so many seconds on a stopwatch (`timedelta`). Calendar: so many leaves of a calendar
(`Period`), the clock on the wall showing the same time afterwards. `P1D` may mean either; the field
it stands in decides, never its text.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from engine.errors import InvalidTime
from engine.when.local import local_wall, resolve_wall
from engine.when.zones import Zone

LONGEST: Final = timedelta(days=3660)
"""No wait is longer than ten years: what is meant beyond that is a mistake in a unit."""


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar duration. Weeks are seven days. Negative values count back.

    Attributes:
        months: whole months; a year is twelve.
        days: whole days, added after the months.
    """

    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if abs(self.months) * 31 + abs(self.days) > LONGEST.days + 60:
            msg = "a calendar duration is at most ten years"
            raise InvalidTime(msg)

    def __bool__(self) -> bool:
        return bool(self.months or self.days)


def shift_date(day: date, period: Period) -> date:
    """Return the date so many months, then so many days, from another.

    A day the month lacks becomes its last: 31 January + 1 month is 28 or 29 February (rule 35).

    Raises:
        InvalidTime: the result lies outside the years 1 to 9999.
    """
    try:
        if not period.months:
            return day + timedelta(days=period.days)
        months = day.year * 12 + day.month - 1 + period.months
        year, month = months // 12, months % 12 + 1
        landed = date(year, month, 1)
        return landed.replace(day=min(day.day, monthrange(year, month)[1])) + timedelta(
            days=period.days
        )
    except (ValueError, OverflowError) as error:
        msg = f"{day} is too far from any date we know"
        raise InvalidTime(msg) from error


def shift_instant(instant: datetime, period: Period, zone: Zone) -> datetime:
    """Return the instant a calendar duration later, the wall clock showing the same time (rule 24).

    Days are 23 to 25 hours long where the clock changes between. No duration is no change, also
    within a repeated hour.
    """
    if not period:
        return instant
    wall = local_wall(instant, zone)
    return resolve_wall(datetime.combine(shift_date(wall.date(), period), wall.time()), zone)
