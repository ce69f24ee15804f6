"""What is counted of each contact: one row, read and written once a chunk."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.events.arrivals import Arrived
from engine.models.contact import ContactState
from engine.rules.counters import Counter, Event, PackedHistory, Sums
from engine.rules.history import dump_history, load_history


class Counting:
    """The counters of a chunk's contacts."""

    def __init__(self, session: Session, contact_ids: Collection[int]) -> None:
        self._session = session
        self._histories: dict[int, PackedHistory] = {}
        self._active: dict[int, datetime | None] = {}
        self._changed: set[int] = set()
        rows = session.execute(
            select(ContactState.contact_id, ContactState.counters, ContactState.active_at).where(
                ContactState.contact_id.in_(list(contact_ids))
            )
        )
        for contact_id, counters, active_at in rows:
            self._histories[contact_id] = load_history(counters)
            self._active[contact_id] = active_at

    def count(self, event: Arrived) -> None:
        """Count one event."""
        history = self._histories.setdefault(event.contact_id, PackedHistory())
        history.add(Event(event.name, event.occurred_at, {}))
        self._changed.add(event.contact_id)
        if event.is_activity or (event.actor == "contact" and event.mode == "history"):
            before = self._active.get(event.contact_id)
            at = event.occurred_at
            self._active[event.contact_id] = at if before is None else max(before, at)

    def join(self, loser: int, winner: int) -> None:
        """Count for one contact what was counted for another, too."""
        lost = self._histories.pop(loser, None)
        mine = self._histories.setdefault(winner, PackedHistory())
        if lost is not None:
            for key, counter in lost.counters.items():
                mine.counters[key] = merge_counters(mine.counters.get(key) or Counter(), counter)
        instants = [at for at in (self._active.pop(loser, None), self._active.get(winner)) if at]
        self._active[winner] = max(instants, default=None)
        self._changed.discard(loser)
        self._changed.add(winner)
        self._session.execute(delete(ContactState).where(ContactState.contact_id == loser))

    def write(self) -> None:
        """Write what changed."""
        rows: list[Mapping[str, Any]] = [
            {
                "contact_id": contact_id,
                "counters": dump_history(self._histories[contact_id]),
                "active_at": self._active.get(contact_id),
            }
            for contact_id in sorted(self._changed)
        ]
        if not rows:
            return
        statement = insert_into(self._session, ContactState)
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=[ContactState.contact_id],
                set_={
                    "counters": statement.excluded.counters,
                    "active_at": statement.excluded.active_at,
                },
            ),
            rows,
        )


def merge_counters(one: Counter, other: Counter) -> Counter:
    """Return the counter that has counted what both did. Pure."""
    merged = Counter(
        count=one.count + other.count,
        first_at=min(_known(one.first_at, other.first_at), default=None),
        last_at=max(_known(one.last_at, other.last_at), default=None),
        kept_from=max(one.kept_from, other.kept_from),
    )
    for counter in (one, other):
        _merge_sums(merged.sums, counter.sums)
        for day, (count, sums) in counter.days.items():
            before, held = merged.days.get(day, (0, {}))
            _merge_sums(held, sums)
            merged.days[day] = (before + count, held)
    return merged


def _known(*instants: datetime | None) -> Iterable[datetime]:
    return [at for at in instants if at is not None]


def _merge_sums(into: dict[str, Sums], sums: Mapping[str, Sums]) -> None:
    for path, held in sums.items():
        into.setdefault(path, Sums()).merge(held)
