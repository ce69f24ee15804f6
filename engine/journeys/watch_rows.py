"""Rows of watches: what each kind of trigger that waits keeps, noted in memory, written set-wise."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import delete, tuple_
from sqlalchemy.orm import Session

from engine.bulk import put_rows
from engine.events.arrivals import Arrived
from engine.journeys.gates import Candidate
from engine.journeys.person import Person
from engine.models.journey import Watch
from engine.tasks import Lane, ring

WatchKey: TypeAlias = tuple[int, int, str]
"""(journey id, contact id, key)."""
Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Due:
    """A watch whose instant has come."""

    journey_id: int
    contact_id: int
    key: str
    due_at: datetime
    data: Mapping[str, Any]

    @property
    def watch(self) -> WatchKey:
        """What tells it from others."""
        return (self.journey_id, self.contact_id, self.key)


@dataclass(frozen=True, slots=True)
class Look:
    """What looking at a due watch comes to.

    Attributes:
        candidate: who is to be let in; None: nobody, or not yet.
        row: the watch as it goes on; None: it is over.
    """

    candidate: Candidate | None = None
    row: Row | None = None


class Keeper:
    """Notes what a chunk does to the watches of one kind of trigger, then writes it set-wise."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self._session = session
        self._now = now
        self._begun: dict[WatchKey, Row] = {}
        self._ended: set[WatchKey] = set()

    def note(self, event: Arrived) -> None:
        """Note what an event begins and ends; the last one of a key decides."""

    def note_contact(self, person: Person) -> None:
        """Note what is to be listened to of a contact, after all of its events."""

    def write(self) -> None:
        """Write what was noted."""
        drop_watches(self._session, self._ended)
        put_watches(self._session, list(self._begun.values()))
        self._ring_if_due(self._begun.values())

    def expect(self, row: Row) -> None:
        """Listen from now on, or anew."""
        watch = (row["journey_id"], row["contact_id"], row["key"])
        self._ended.discard(watch)
        self._begun[watch] = row

    def end(self, watch: WatchKey) -> None:
        """Listen no longer."""
        self._begun.pop(watch, None)
        self._ended.add(watch)

    def _ring_if_due(self, rows: Collection[Row]) -> None:
        if any(row["due_at"] is not None and row["due_at"] <= self._now for row in rows):
            ring(self._session, Lane.SEGMENTS)


def write_watch(
    watch: WatchKey, due_at: datetime | None, data: Mapping[str, Any] | None = None
) -> Row:
    """Return the row of a watch.

    Args:
        watch: what tells it from others.
        due_at: when to look; None: this one has let its contact in.
        data: what its kind of trigger keeps of it.
    """
    journey_id, contact_id, key = watch
    return {
        "journey_id": journey_id,
        "contact_id": contact_id,
        "key": key,
        "due_at": due_at,
        "data": data,
    }


def put_watches(session: Session, rows: Collection[Row]) -> None:
    """Write watches, each in the place of one that is there."""
    put_rows(session, Watch, list(rows), replacing=("due_at", "data"))


def drop_watches(session: Session, watches: Collection[WatchKey]) -> None:
    """Drop these watches."""
    if watches:
        session.execute(
            delete(Watch).where(
                tuple_(Watch.journey_id, Watch.contact_id, Watch.key).in_(list(watches))
            )
        )
