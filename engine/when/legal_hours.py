"""The hours in which law, or the operators' own rules, let advertising by text reach a number (rule 124).

Few entries, each with its source; a region that is not here has no hours of its own. As of
November 2026:

- United States: 47 CFR 64.1200(c)(1): not before 8 a.m. or after 9 p.m. at the called party's
  location. Its territories are of it: 47 U.S.C. 153 (58).
- Florida, Fla. Stat. 501.616(6)(a); Maryland, Md. Code, Com. Law 14-4502 (whose solicitation "by
  telephone" counts texts: three calls or texts a day); Oklahoma, 15 Okla. Stat. 775C.4; Washington,
  RCW 80.36.390: from 8 a.m. to 8 p.m.
- Connecticut, Conn. Gen. Stat. 42-288a(c), of texts since P.A. 23-98: from 9 a.m. to 8 p.m.
- Texas, Tex. Bus. & Com. Code 301.051, of texts since S.B. 140 of 2025: from 9 a.m. to 9 p.m., on
  Sundays from noon. That it exempts who asked for the text, or is a customer, is not relied on.
- France: the operators' terms for commercial texts, as carriers tell them: from 8 o'clock, on Mondays
  to Saturdays, and not on public holidays; until 20:30 by most, until 22 by some. The stricter holds.
  https://ops.esendex.fr/?p=5396

Where a number's area code does not tell where it is, every zone and state that it may be in counts:
the text waits for an instant that all of them allow. Not here, since it is not clear that their hours
are those of texts: Alabama, Kentucky, Louisiana, Mississippi, Rhode Island.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

import phonenumbers

from engine.when.area_codes import ALL_ZONES, AREA_ZONES, STATE_OF, TERRITORIES
from engine.when.holidays import HolidayCalendar
from engine.when.local import Weekday
from engine.when.windows import EVERY_DAY, OpeningHours, Window, next_allowed
from engine.when.zones import get_zone

_REMEMBERED: Final = 10_000
_NORTH_AMERICA: Final = 1
_AREA: Final = slice(0, 3)


@dataclass(frozen=True, slots=True)
class LegalHours:
    """What a region allows.

    Attributes:
        weekdays: on which it is allowed at all.
        holidays: a country's public ones are shut; None: they are as other days.
        opens_on_sundays: None: as on other days.
    """

    closes: time
    opens: time = time(8)
    weekdays: frozenset[Weekday] = EVERY_DAY
    holidays: str | None = None
    opens_on_sundays: time | None = None

    @property
    def windows(self) -> tuple[Window, ...]:
        """When it is allowed, holidays aside."""
        if self.opens_on_sundays is None:
            return (Window(self.opens, self.closes, self.weekdays),)
        return (
            Window(self.opens, self.closes, self.weekdays - _SUNDAY),
            Window(self.opens_on_sundays, self.closes, _SUNDAY),
        )


_SUNDAY: Final = frozenset({Weekday.SUNDAY})
_WORKDAYS: Final = EVERY_DAY - _SUNDAY
_STRICT: Final = LegalHours(time(20))
_NINE: Final = time(9)
_NOON: Final = time(12)
RULES: Final[dict[str, LegalHours]] = {
    "US": LegalHours(time(21)),
    "US-CT": LegalHours(time(20), _NINE),
    "US-FL": _STRICT,
    "US-MD": _STRICT,
    "US-OK": _STRICT,
    "US-TX": LegalHours(time(21), _NINE, opens_on_sundays=_NOON),
    "US-WA": _STRICT,
    "FR": LegalHours(time(20, 30), weekdays=_WORKDAYS, holidays="FR"),
}
_STRICTEST: Final = LegalHours(time(20), _NINE, opens_on_sundays=_NOON)
"""What every state of the country allows."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The hours of a number, and every zone in which it may be."""

    hours: LegalHours
    zones: tuple[str, ...]


def find_permitted(number: str, now: datetime) -> datetime | None:
    """Return the first instant from `now` on at which advertising may reach a number.

    `now` itself where no hours bind the number; None if there is no such instant within years.
    """
    bound = find_bound(number)
    if bound is None:
        return now
    hours = _build(bound.hours, now.year)
    return next_allowed(now, inside=[(hours, get_zone(zone)) for zone in bound.zones])


@lru_cache(maxsize=_REMEMBERED)
def find_bound(number: str) -> Bound | None:
    """Return which hours bind a number in E.164; None where none do."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(parsed)
    if region == "FR":
        return Bound(RULES["FR"], ("Europe/Paris",))
    area = str(parsed.national_number)[_AREA]
    if parsed.country_code == _NORTH_AMERICA and area in TERRITORIES:
        return Bound(RULES["US"], TERRITORIES[area])
    if parsed.country_code != _NORTH_AMERICA or region not in {None, "US"}:
        return None
    if area not in AREA_ZONES:  # it may be anywhere, the strict states among them
        return Bound(_STRICTEST, ALL_ZONES)
    state = STATE_OF.get(area)
    return Bound(RULES[f"US-{state}" if state else "US"], AREA_ZONES[area])


@lru_cache(maxsize=32)
def _build(hours: LegalHours, year: int) -> OpeningHours:
    calendar = HolidayCalendar(hours.holidays)
    shut = calendar.list_between(date(year, 1, 1), date(year + 1, 12, 31))
    return OpeningHours(hours.windows, shut)
