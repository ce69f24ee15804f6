"""Counts of versions and their nodes: summed per chunk, added with one statement.

Whoever writes an enrollment's node counts its arrival there, and whoever takes it away counts why:
so the books balance at every commit (rule 127, `engine.invariants`).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.db import insert_into, is_postgresql
from engine.journeys.deciding.plan import WHOLE
from engine.models.journey import JourneyVersion, Tally, TallyDay

EPOCH: Final = date(1970, 1, 1)

TallyKey = tuple[int, int, str]
"""(version id, place of the node or -1 for the whole version, label)."""

ENTERED = "entered"
COMPLETED = "completed"
MOVED_IN = "moved_in"
"""From an older version, by a migration; `moved_out` is counted there."""
MOVED_OUT = "moved_out"
EXITED = "exited:"
REFUSED = "refused:"
REASSIGNED = "reassigned:"
"""What a reason, or the label of an arm, stands behind."""
SET_ASIDE = "set_aside"
"""Those that are set aside now: one that is replayed is taken off again."""


def name_exit(reason: str) -> str:
    """Return the label under which leaving early for a reason is counted."""
    return f"{EXITED}{reason}"[:80]


def name_way(way: int) -> str:
    """Return the label under which a way out is counted, by its place."""
    return f"way:{way}"


def name_refusal(reason: str) -> str:
    """Return the label under which a refused entry is counted (rule 11)."""
    return f"{REFUSED}{reason}"[:80]


def name_reassigned(label: str) -> str:
    """Return the label under which holders of an arm that is gone are counted (rule 60)."""
    return f"{REASSIGNED}{label}"[:80]


def name_goal(goal: str) -> str:
    """Return the label under which a goal is counted once its enrollments are gone."""
    return f"goal:{goal}"[:80]


def add_tallies(session: Session, counts: Mapping[TallyKey, int], *, now: datetime | None) -> None:
    """Add these counts. Rows are taken in one order, so that two workers never wait in a circle.

    Args:
        now: on which day they are counted; None: on none, since they only change their place.
    """
    rows: list[dict[str, Any]] = [
        {"version_id": version, "node": node, "label": label, "n": n}
        for (version, node, label), n in sorted(counts.items())
        if n
    ]
    if not rows:
        return
    _add(session, Tally, (Tally.version_id, Tally.node, Tally.label), rows)
    if now is not None:
        day = number_day(now)
        key = TallyDay.version_id, TallyDay.day, TallyDay.node, TallyDay.label
        _add(session, TallyDay, key, [{**row, "day": day} for row in rows])


def _add(
    session: Session,
    table: type[Tally | TallyDay],
    key: Sequence[InstrumentedAttribute[Any]],
    rows: list[dict[str, Any]],
) -> None:
    statement = insert_into(session, table)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=list(key), set_={"n": table.n + statement.excluded.n}
        ),
        rows,
    )


def number_day(at: datetime) -> int:
    """Return the number of an instant's day in UTC, as days are counted: since 1970."""
    return (at.astimezone(UTC).date() - EPOCH).days


def day_of(session: Session, at: Any) -> ColumnElement[Any]:
    """Return the day of a column's instants in UTC."""
    return func.date(func.timezone("UTC", at)) if is_postgresql(session) else func.date(at)


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included, in UTC."""

    first: date
    last: date

    def number(self) -> tuple[int, int]:
        """Return both as days are counted."""
        return (self.first - EPOCH).days, (self.last - EPOCH).days

    def bound(self) -> tuple[datetime, datetime]:
        """Return the instant at which the first begins, and the one at which the last is over."""
        begins_at = datetime(self.first.year, self.first.month, self.first.day, tzinfo=UTC)
        return begins_at, begins_at + timedelta(days=(self.last - self.first).days + 1)


def load_tallies(
    session: Session, version_ids: Collection[int], days: Days | None = None
) -> dict[int, dict[int, Counter[str]]]:
    """Return the counts of versions, by version, node and label: all, or what these days added."""
    asked = select(Tally.version_id, Tally.node, Tally.label, Tally.n).where(
        Tally.version_id.in_(list(version_ids))
    )
    if days is not None:
        place = TallyDay.version_id, TallyDay.node, TallyDay.label
        asked = (
            select(*place, func.sum(TallyDay.n))
            .where(TallyDay.version_id.in_(list(version_ids)), TallyDay.day.between(*days.number()))
            .group_by(*place)
        )
    found: dict[int, dict[int, Counter[str]]] = {}
    for version_id, node, label, n in session.execute(asked):
        found.setdefault(version_id, {}).setdefault(node, Counter())[label] = int(n)
    return found


def count_entries(session: Session, days: Days) -> dict[int, dict[date, int]]:
    """Return how many entered each journey on each of these days, by journey id; all versions."""
    found: dict[int, dict[date, int]] = {}
    rows = session.execute(
        select(JourneyVersion.journey_id, TallyDay.day, func.sum(TallyDay.n))
        .join(JourneyVersion, JourneyVersion.id == TallyDay.version_id)
        .where(
            TallyDay.node == WHOLE,
            TallyDay.label == ENTERED,
            TallyDay.day.between(*days.number()),
        )
        .group_by(JourneyVersion.journey_id, TallyDay.day)
    )
    for journey_id, day, n in rows:
        found.setdefault(journey_id, {})[EPOCH + timedelta(days=day)] = int(n)
    return found


def list_days(
    session: Session, version_ids: Collection[int], days: Days
) -> dict[date, Counter[str]]:
    """Return what each of these days added to the counts of versions as wholes, together."""
    found: dict[date, Counter[str]] = {}
    rows = session.execute(
        select(TallyDay.day, TallyDay.label, func.sum(TallyDay.n))
        .where(
            TallyDay.version_id.in_(list(version_ids)),
            TallyDay.node == WHOLE,
            TallyDay.day.between(*days.number()),
        )
        .group_by(TallyDay.day, TallyDay.label)
    )
    for day, label, n in rows:
        found.setdefault(EPOCH + timedelta(days=day), Counter())[label] = int(n)
    return found


def find_first_day(session: Session, version_ids: Collection[int]) -> date | None:
    """Return the first day on which anything of these versions was counted; None if none was."""
    first = session.scalar(
        select(func.min(TallyDay.day)).where(TallyDay.version_id.in_(list(version_ids)))
    )
    return None if first is None else EPOCH + timedelta(days=first)
