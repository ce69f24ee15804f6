"""What the nodes of a pass read and decided by, as its row keeps it for "why?" (ADR 0006). Pure.

Of a condition only what cannot be known later is kept: each leaf's verdict and what was found, in
few words. What was asked stands in the version, which never changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from engine.decision import EventArrived, GoOn, MessageSettled, Recheck, Signal
from engine.when.zones import ResolvedZone

MOST_LEAVES: Final = 40
"""Leaves noted in one pass; of conditions beyond it the verdict alone."""
LONGEST_ERROR: Final = 300

ASKED: Final = "asked"
WAIT: Final = "wait"
SIGNAL: Final = "signal"
ERROR: Final = "error"

Leaves = Sequence[Sequence[Any]]
"""For each leaf of a condition, in the order written: its verdict, then what was found."""


@dataclass(slots=True)
class Notes:
    """The notes of one pass: place of the node → name → value."""

    places: dict[int, dict[str, Any]] = field(default_factory=dict)
    leaves: int = 0

    def at(self, place: int) -> dict[str, Any]:
        """Return the notes of one node, to write into."""
        return self.places.setdefault(place, {})

    def note_asked(self, place: int, number: int, *, holds: bool, leaves: Leaves) -> None:
        """Keep how a condition was answered.

        Args:
            number: of the condition, as the plan counts them.
            holds: the verdict of the whole.
            leaves: of its parts.
        """
        self.leaves += len(leaves)
        kept = leaves if self.leaves <= MOST_LEAVES else ()
        asked = self.at(place).setdefault(ASKED, {})
        asked[str(number)] = [holds, *kept]

    def note_signal(self, place: int, signal: Signal) -> None:
        """Keep what ended a wait before its time."""
        match signal:
            case EventArrived(path, event):
                about = {name: event.get(name) for name in ("id", "event", "occurred_at")}
                self.at(place)[SIGNAL] = {"kind": "event", "path": path, **about}
            case MessageSettled(fate, reason):
                self.at(place)[SIGNAL] = {"kind": "message", "fate": fate, "reason": reason}
            case GoOn():
                self.at(place)[SIGNAL] = {"kind": "go_on"}
            case Recheck():
                self.at(place)[SIGNAL] = {"kind": "recheck"}

    def note_wait(self, place: int, until: datetime, zone: ResolvedZone) -> None:
        """Keep until when it waits, and by which zone that was found (rule 22)."""
        self.at(place)[WAIT] = (until.isoformat(), zone.zone.key, zone.source.value)

    def note_error(self, place: int, error: Exception) -> None:
        """Keep why a node could not be decided."""
        self.at(place)[ERROR] = str(error)[:LONGEST_ERROR]

    def to_json(self) -> dict[str, Any] | None:
        """Return the column's value; None where there is nothing to tell."""
        return {str(place): noted for place, noted in self.places.items() if noted} or None


def read_wait(noted: Mapping[str, Any]) -> tuple[datetime, str, str] | None:
    """Return until when a node waits, its zone, and whose zone that is; None if it does not."""
    if WAIT not in noted:
        return None
    until, zone, source = noted[WAIT]
    return datetime.fromisoformat(until), zone, source


def read_asked(noted: Mapping[str, Any]) -> dict[int, tuple[bool, Leaves]]:
    """Return the conditions that a node asked, by number: the verdict, and of its leaves."""
    return {
        int(number): (holds, leaves)
        for number, (holds, *leaves) in (noted.get(ASKED) or {}).items()
    }
