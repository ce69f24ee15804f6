"""What people want of a catalog, counted per day from the event that its settings name."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.bulk import copy_rows
from engine.catalogs.items import read_values
from engine.models.catalog import Catalog, CatalogInterest
from engine.models.event import Event

DAYS: Final = 30
"""So many days are counted."""
MOST_EVENTS: Final = 50_000
"""Of one day; of more the last count."""
MOST_KEYS: Final = 2_000
"""Of one day: the most wanted."""
AGAIN: Final = timedelta(minutes=10)
"""After so long today and yesterday are counted again, and some days of the past."""
IN_TURN: Final = 2
"""Days of the past that are counted again each time."""
_EPOCH: Final = date(1970, 1, 1)
_MOST_AT_ONCE: Final = 200_000


@dataclass(frozen=True, slots=True)
class DayRead:
    """How many people wanted which item on one day."""

    catalog_id: int
    day: int
    people: dict[str, int]


def read_due(session: Session, *, now: datetime) -> list[DayRead]:
    """Return the days that are due to be counted, the oldest first; a long past in several steps."""
    asked = select(Catalog).where(Catalog.interest_event.is_not(None))
    read: list[DayRead] = []
    events = 0
    for row in session.scalars(asked):
        for day in list_due(row.counted_day, row.counted_at, now=now):
            if events >= _MOST_AT_ONCE:
                break
            people, n = _count_day(session, row, day)
            events += n
            read.append(DayRead(row.id, day, people))
    return read


def list_due(counted_day: int | None, counted_at: datetime | None, *, now: datetime) -> list[int]:
    """Return the days that are due, as numbers since 1970. Pure.

    Of the past each time a few days in turn: events of then may come in now, from a file or another system.

    Args:
        counted_day: the last that was counted.
        counted_at: when it was.
        now: the present instant.
    """
    today = number_day(now)
    first = today - DAYS + 1
    if counted_day is None or counted_at is None:
        return list(range(first, today + 1))
    if counted_day >= today and now - counted_at < AGAIN:
        return []
    since = max(first, min(counted_day, today - 1))
    turn = int(now.timestamp() // AGAIN.total_seconds()) * IN_TURN
    past = [first + (turn + step) % (DAYS - 2) for step in range(IN_TURN)]
    return [*range(since, today + 1), *(day for day in past if day < since)]


def number_day(now: datetime) -> int:
    """Return a day's number since 1970, by UTC. Pure."""
    return (now.astimezone(UTC).date() - _EPOCH).days


def keep(session: Session, read: Sequence[DayRead], *, now: datetime) -> None:
    """Write what was counted, each day in the place of what was known of it."""
    first = number_day(now) - DAYS + 1
    by_catalog: dict[int, list[DayRead]] = defaultdict(list)
    for one in read:
        by_catalog[one.catalog_id].append(one)
    for catalog_id, days in by_catalog.items():
        row = session.get(Catalog, catalog_id, with_for_update=True)
        if row is None:
            continue
        counted = [one.day for one in days]
        session.execute(
            delete(CatalogInterest).where(
                CatalogInterest.catalog_id == catalog_id,
                CatalogInterest.day.in_(counted) | (CatalogInterest.day < first),
            )
        )
        rows = [
            {"catalog_id": catalog_id, "day": one.day, "key": key, "people": people}
            for one in days
            for key, people in one.people.items()
        ]
        copy_rows(session, CatalogInterest, rows)
        row.counted_at = now
        if any(
            one.people for one in days
        ):  # else they may be about to come: all is looked at again
            row.counted_day = max(counted)


def _count_day(session: Session, row: Catalog, day: int) -> tuple[dict[str, int], int]:
    begin = datetime.combine(_EPOCH + timedelta(days=day), datetime.min.time(), tzinfo=UTC)
    asked = (
        select(Event.contact_id, Event.properties)
        .where(
            Event.name == row.interest_event,
            Event.occurred_at >= begin,
            Event.occurred_at < begin + timedelta(days=1),
        )
        .order_by(Event.occurred_at.desc())
        .limit(MOST_EVENTS)
    )
    n = 0
    seen: set[tuple[str, int]] = set()
    for contact_id, properties in session.execute(asked):
        n += 1
        for key in read_values(properties or {}, row.interest_property or ""):
            seen.add((key, contact_id))
    people = Counter(key for key, _ in seen)
    return dict(people.most_common(MOST_KEYS)), n


def sum_interest(
    session: Session, row: Catalog, *, limit: int, now: datetime
) -> list[tuple[str, int]]:
    """Return the most wanted keys, and by how many people in all, a person once a day."""
    people = func.sum(CatalogInterest.people)
    asked = (
        select(CatalogInterest.key, people)
        .where(CatalogInterest.catalog_id == row.id, CatalogInterest.day > number_day(now) - DAYS)
        .group_by(CatalogInterest.key)
        .order_by(people.desc(), CatalogInterest.key)
        .limit(limit)
    )
    return [(key, int(n)) for key, n in session.execute(asked)]
