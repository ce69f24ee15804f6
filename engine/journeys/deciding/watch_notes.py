"""What triggers wait for, noted in memory while a chunk of events is gone through. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from engine.events.arrivals import Arrived
from engine.journeys.deciding.gates import Candidate
from engine.journeys.deciding.person import Person

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


class WatchNotes:
    """Notes what a chunk does to the watches of one kind of trigger.

    Attributes:
        begun: rows of watches that begin, anew if they run already.
        ended: watches that end.
    """

    def __init__(self) -> None:
        self.begun: dict[WatchKey, Row] = {}
        self.ended: set[WatchKey] = set()

    def note(self, event: Arrived) -> None:
        """Note what an event begins and ends; the last one of a key decides."""

    def note_contact(self, person: Person) -> None:
        """Note what is to be listened to of a contact, after all of its events."""

    def expect(self, row: Row) -> None:
        """Listen from now on, or anew."""
        watch = name_row(row)
        self.ended.discard(watch)
        self.begun[watch] = row

    def end(self, watch: WatchKey) -> None:
        """Listen no longer."""
        self.begun.pop(watch, None)
        self.ended.add(watch)


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


def name_row(row: Row) -> WatchKey:
    """Return what tells a watch's row from others."""
    return (row["journey_id"], row["contact_id"], row["key"])
