"""At which hour somebody is likely to read: by the hours at which letters were read before. Pure.

The hours of a clock are a circle, and a reader is not punctual: each hour counts with half of its
two neighbours.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final, Literal

from engine.when.local import local_wall
from engine.when.zones import Zone, resolve_zone

HOURS: Final = 24
EVERY_HOUR: Final = frozenset(range(HOURS))
OWN_LEAST: Final = 5
"""Letters that somebody has read, from which on its own hour is known."""
ALL_LEAST: Final = 50
"""Letters that anybody has read, from which on the hour of all is known."""
SPAN: Final = timedelta(days=90)
"""Older readings of a contact say nothing: habits change."""

Counts = Sequence[int]
"""How many letters were read in each hour of the reader's day, from midnight."""


@dataclass(frozen=True, slots=True)
class BestHour:
    """An hour to send at, and by what it was found.

    Attributes:
        at: when it begins.
        of: whose habit it is; none's: the setting's.
        read: of `letters`, those read within an hour of it, before or after.
    """

    at: time
    of: Literal["contact", "everybody", "fallback"]
    read: int = 0
    letters: int = 0


class Everybody:
    """What all contacts read of late: each reading with the reader's zone, if it is known."""

    def __init__(self, readings: Iterable[tuple[datetime, str | None]] = ()) -> None:
        self._readings = tuple(readings)
        self._counts: dict[str, Counts] = {}

    def count_hours(self, default_zone: str) -> Counts:
        """Return the readings by hour, each by its reader's clock; counted once."""
        if default_zone not in self._counts:
            counts = [0] * HOURS
            for at, zone in self._readings:
                counts[
                    local_wall(at, resolve_zone(contact=zone, instance=default_zone).zone).hour
                ] += 1
            self._counts[default_zone] = tuple(counts)
        return self._counts[default_zone]


NOBODY: Final = Everybody()


@dataclass(frozen=True, slots=True)
class Reading:
    """When somebody read letters, the newest of each once; and when all did.

    Attributes:
        default_zone: of readers that have none.
    """

    own: tuple[datetime, ...] = ()
    everybody: Everybody = field(default=NOBODY)
    default_zone: str = "UTC"

    def by(self, default_zone: str) -> "Reading":
        """Return the same, as read on an instance."""
        return replace(self, default_zone=default_zone)


NO_READING: Final = Reading()


def count_hours(instants: Iterable[datetime], zone: Zone) -> Counts:
    """Return how many of the instants lie in each hour of a clock in the zone."""
    counts = [0] * HOURS
    for instant in instants:
        counts[local_wall(instant, zone).hour] += 1
    return tuple(counts)


def choose_hour(counts: Counts, allowed: Collection[int], *, least: int) -> int | None:
    """Return the allowed hour at which most is read; None if too little is known to say so.

    Among equals the hour with more readings of its own, then the earliest.

    Args:
        counts: of readings, by hour.
        allowed: hours to choose among.
        least: readings that are needed, at whatever hour.
    """
    if sum(counts) < least:
        return None
    best = max(sorted(allowed), key=lambda hour: (weigh(counts, hour), counts[hour]), default=None)
    return None if best is None or weigh(counts, best) == 0 else best


def weigh(counts: Counts, hour: int) -> int:
    """Return the weight of an hour: twice what was read in it, and what in its neighbours."""
    return counts[hour - 1] + 2 * counts[hour] + counts[(hour + 1) % HOURS]


def count_around(counts: Counts, hour: int) -> int:
    """Return what was read in an hour and in its neighbours."""
    return counts[hour - 1] + counts[hour] + counts[(hour + 1) % HOURS]


def list_whole_hours(opens: time, closes: time) -> frozenset[int]:
    """Return the hours that lie wholly in a window, which may span midnight."""
    start = opens.hour + (opens > time(opens.hour))
    end = closes.hour + (HOURS if closes <= opens else 0)
    return frozenset(hour % HOURS for hour in range(start, end))


def find_best_hour(
    reading: Reading,
    *,
    own: bool,
    allowed: Collection[int],
    fallback: time,
    zone: Zone,
    now: datetime,
) -> BestHour:
    """Return the contact's best hour; of too few readings that of all, else the fallback.

    Args:
        reading: of the contact, and of all.
        own: whether the contact's own readings are asked at all.
        allowed: hours to choose among.
        fallback: where nobody knows.
        zone: the contact's.
        now: readings longer ago than `SPAN` are left out.
    """
    if own:
        counts = count_hours((at for at in reading.own if at > now - SPAN), zone)
        hour = choose_hour(counts, allowed, least=OWN_LEAST)
        if hour is not None:
            return BestHour(time(hour), "contact", count_around(counts, hour), sum(counts))
    counts = reading.everybody.count_hours(reading.default_zone)
    hour = choose_hour(counts, allowed, least=ALL_LEAST)
    if hour is not None:
        return BestHour(time(hour), "everybody", count_around(counts, hour), sum(counts))
    return BestHour(fallback, "fallback")
