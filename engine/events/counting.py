"""What is counted of each contact: one row, read and written once a chunk."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.bulk import is_any, put_rows
from engine.contacts.merge import Merge
from engine.events.arrivals import Arrived
from engine.models.contact import ContactState
from engine.rules.counters import Counter, Event, PackedHistory, Sums
from engine.rules.history import dump_history, load_history

MOST_NAMES: Final = 1_000
"""Of different events of one contact that are counted; nobody means more, and a page could."""


class Counting:
    """The counters of a chunk's contacts."""

    def __init__(self, session: Session, contact_ids: Collection[int]) -> None:
        self._session = session
        self._histories: dict[int, PackedHistory] = {}
        self._active: dict[int, datetime | None] = {}
        self._changed: set[int] = set()
        rows = session.execute(
            select(ContactState.contact_id, ContactState.counters, ContactState.active_at).where(
                is_any(session, ContactState.contact_id, contact_ids)
            )
        )
        for contact_id, counters, active_at in rows:
            self._histories[contact_id] = load_history(counters)
            self._active[contact_id] = active_at

    def count(self, event: Arrived) -> None:
        """Count one event."""
        history = self._histories.setdefault(event.contact_id, PackedHistory())
        if (event.name, "") in history.counters or len(history.counters) < MOST_NAMES:
            history.add(Event(event.name, event.occurred_at, {}))
        self._changed.add(event.contact_id)
        if event.is_activity or (event.actor == "contact" and event.mode == "history"):
            before = self._active.get(event.contact_id)
            at = event.occurred_at
            self._active[event.contact_id] = at if before is None else max(before, at)

    def join(self, merges: Sequence[Merge]) -> None:
        """Count for the contacts that stay what was counted for lost ones, too."""
        for loser, winner in merges:
            lost = self._histories.pop(loser, PackedHistory())
            kept = self._histories.setdefault(winner, PackedHistory())
            for key, counter in lost.counters.items():
                kept.counters[key] = merge_counters(kept.counters.get(key) or Counter(), counter)
            instants = [self._active.pop(loser, None), self._active.get(winner)]
            self._active[winner] = max(_known(*instants), default=None)
            self._changed.add(winner)
        gone = [loser for loser, _ in merges]
        self._session.execute(
            delete(ContactState).where(is_any(self._session, ContactState.contact_id, gone))
        )

    def write(self) -> None:
        """Write what changed."""
        put_rows(
            self._session,
            ContactState,
            [
                {
                    "contact_id": contact_id,
                    "counters": dump_history(self._histories[contact_id]),
                    "active_at": self._active.get(contact_id),
                }
                for contact_id in sorted(self._changed)
            ],
            replacing=("counters", "active_at"),
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
