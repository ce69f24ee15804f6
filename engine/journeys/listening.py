"""Silences being listened to: what events begin, end and put off, and when one is long enough. Pure.

For absence the events keep a watch (rule 139); for inactivity it is looked at when due, and put off
if there was activity since (rule 140).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.events.arrivals import Arrived
from engine.journeys.gates import Candidate, Cause
from engine.journeys.matching import describe
from engine.journeys.person import Person
from engine.journeys.plan import Plan
from engine.rules.counters import Ask
from engine.triggers.absence import AbsenceTrigger, begins, ends, find_ended
from engine.triggers.inactivity import InactivityTrigger, counts
from engine.when.silences import derive_absence

WatchKey = tuple[int, int, str]
"""(journey id, contact id, key)."""


@dataclass(frozen=True, slots=True)
class Due:
    """A watch, as it is to be kept.

    Attributes:
        at: when the silence is long enough.
        data: of absence: the event that began it, and its cause.
    """

    at: datetime
    data: Mapping[str, Any] | None = None


SINCE: Final = "since"
"""Where a spent silence keeps since when its contact was silent as it was let in."""


@dataclass(frozen=True, slots=True)
class Ripe:
    """A silence is long enough.

    Attributes:
        candidate: who is to be let in; None: this silence has let its contact in before.
        spent: what the watch keeps as it stays, without an instant, until activity begins it anew;
            None: the watch is over.
    """

    candidate: Candidate | None
    spent: Mapping[str, Any] | None = None


class Listening:
    """Notes what a chunk's events do to watches.

    Attributes:
        begun: watches that begin, anew if they run already.
        ended: watches that end.
        all_ended: (journey id, contact id) of which every watch ends that is not begun after.
        broken: silences that an activity broke: a running watch stays, a spent one begins again.
        silent: contacts whose silence is listened to from their creation on, if it is not yet.
    """

    def __init__(
        self, plans: Collection[Plan], *, now: datetime, closed: Collection[int] = ()
    ) -> None:
        """Begin to note.

        Args:
            plans: whose triggers wait.
            now: the present instant.
            closed: journeys that let nobody in now: an absence ends, and none begins.
        """
        self._now = now
        self._closed = frozenset(closed)
        triggers = [(plan.journey_id, plan.document.trigger) for plan in plans]
        self._absences = [(key, one) for key, one in triggers if isinstance(one, AbsenceTrigger)]
        self._silences = [(key, one) for key, one in triggers if isinstance(one, InactivityTrigger)]
        self.begun: dict[WatchKey, Due] = {}
        self.ended: set[WatchKey] = set()
        self.all_ended: set[tuple[int, int]] = set()
        self.broken: dict[WatchKey, Due] = {}
        self.silent: dict[WatchKey, Due] = {}

    def note(self, event: Arrived) -> None:
        """Note what an event begins and ends; the last one of a key decides."""
        for journey_id, trigger in self._absences:
            if ends(trigger, event):
                self._end(journey_id, event.contact_id, find_ended(trigger, event))
            may_begin = event.may_trigger and journey_id not in self._closed
            key = begins(trigger, event) if may_begin else None
            if key is not None:
                self._begin(journey_id, trigger, event, key)
        for journey_id, silence in self._silences:
            if counts(silence, event) and event.mode == "live":
                watch = (journey_id, event.contact_id, "")
                due_at = event.occurred_at + silence.silent_for
                known = self.broken.get(watch)
                if known is None or known.at < due_at:
                    self.broken[watch] = Due(due_at)

    def note_contact(self, person: Person) -> None:
        """Listen to a contact that may have done nothing yet: its silence begins at creation."""
        for journey_id, silence in self._silences:
            watch = (journey_id, person.contact_id, "")
            due_at = find_quiet_since(person, silence) + silence.silent_for
            if watch not in self.broken and due_at > self._now:
                self.silent[watch] = Due(due_at)

    def _begin(self, journey_id: int, trigger: AbsenceTrigger, event: Arrived, key: str) -> None:
        silence = derive_absence(event.occurred_at, within=trigger.within, entry_key=key)
        watch = (journey_id, event.contact_id, key)
        self.ended.discard(watch)
        cause = [event.id, event.root_id or event.id, event.depth]
        self.begun[watch] = Due(silence.due_at, {"trigger": describe(event), "cause": cause})

    def _end(self, journey_id: int, contact_id: int, key: str | None) -> None:
        """End the watch of a key; an event that names none is about all of them."""
        if key is not None:
            watch = (journey_id, contact_id, key)
            self.begun.pop(watch, None)
            self.ended.add(watch)
            return
        self.all_ended.add((journey_id, contact_id))
        for watch in [w for w in self.begun if w[:2] == (journey_id, contact_id)]:
            del self.begun[watch]


def find_quiet_since(person: Person, trigger: InactivityTrigger) -> datetime:
    """Return since when a contact has been silent: its last such event, or its creation."""
    if trigger.no == "any":
        return person.active_at or person.created_at
    tallies = [person.state.history.tally(Ask(name, needs="last")) for name in trigger.no]
    instants = [tally.last_at for tally in tallies if tally.last_at is not None]
    return max(instants, default=person.created_at)


def look_at(
    plan: Plan, person: Person, key: str, data: Mapping[str, Any] | None, *, now: datetime
) -> Ripe | datetime | None:
    """Return what is to become of a watch that is due.

    Returns:
        The candidate it lets in; or the instant it is put off to; or None: nobody listens any more.
    """
    match plan.document.trigger:
        case AbsenceTrigger():
            kept = data or {}
            cause = Cause(*(kept.get("cause") or [None, None, 0]))
            candidate = Candidate(person.contact_id, key, kept.get("trigger") or {}, cause)
            return Ripe(candidate)
        case InactivityTrigger() as silence:
            since = find_quiet_since(person, silence)
            if since + silence.silent_for > now:
                return since + silence.silent_for
            at = since.isoformat().replace("+00:00", "Z")
            spent = {SINCE: at}
            if (data or {}).get(SINCE) == at:
                return Ripe(None, spent)  # woken by something that turned out to lie before it
            return Ripe(Candidate(person.contact_id, "", {"occurred_at": at}), spent)
        case _:
            return None
