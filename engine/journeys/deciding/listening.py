"""Silences being listened to: what events begin, end and put off, and when one is long enough. Pure.

For absence the events keep a watch (rule 139); for inactivity it is looked at when due, and put off
if there was activity since (rule 140).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from typing_extensions import override

from engine.events.arrivals import Arrived
from engine.journeys.deciding.gates import Candidate, Cause
from engine.journeys.deciding.matching import describe
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.watch_notes import Due, Look, Row, WatchKey, WatchNotes, write_watch
from engine.rules.counters import Ask
from engine.triggers.absence import AbsenceTrigger, begins, ends, find_ended
from engine.triggers.inactivity import InactivityTrigger, counts
from engine.when.silences import derive_absence

SINCE: Final = "since"
"""Where a spent silence keeps since when its contact was silent as it was let in."""


class Listening(WatchNotes):
    """Notes what a chunk's events do to silences.

    Attributes:
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
        super().__init__()
        self._now = now
        self._closed = frozenset(closed)
        triggers = [(plan.journey_id, plan.document.trigger) for plan in plans]
        self._absences = [(key, one) for key, one in triggers if isinstance(one, AbsenceTrigger)]
        self._silences = [(key, one) for key, one in triggers if isinstance(one, InactivityTrigger)]
        self.all_ended: set[tuple[int, int]] = set()
        self.broken: dict[WatchKey, Row] = {}
        self.silent: dict[WatchKey, Row] = {}

    @override
    def note(self, event: Arrived) -> None:
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
                if known is None or known["due_at"] < due_at:
                    self.broken[watch] = write_watch(watch, due_at)

    @override
    def note_contact(self, person: Person) -> None:
        """Listen to a contact that may have done nothing yet: its silence begins at creation."""
        for journey_id, silence in self._silences:
            watch = (journey_id, person.contact_id, "")
            due_at = find_quiet_since(person, silence) + silence.silent_for
            if watch not in self.broken and due_at > self._now:
                self.silent[watch] = write_watch(watch, due_at)

    def _begin(self, journey_id: int, trigger: AbsenceTrigger, event: Arrived, key: str) -> None:
        silence = derive_absence(event.occurred_at, within=trigger.within, entry_key=key)
        watch = (journey_id, event.contact_id, key)
        cause = [event.id, event.root_id or event.id, event.depth]
        data = {"trigger": describe(event), "cause": cause}
        self.expect(write_watch(watch, silence.due_at, data))

    def _end(self, journey_id: int, contact_id: int, key: str | None) -> None:
        """End the watch of a key; an event that names none is about all of them."""
        if key is not None:
            self.end((journey_id, contact_id, key))
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


def look_at_silence(due: Due, plan: Plan, person: Person, *, now: datetime) -> Look:
    """Return whom a watch lets in, and how it goes on: put off, spent, or over.

    A silence that has let its contact in stays spent until activity begins it anew.
    """
    match plan.document.trigger:
        case AbsenceTrigger():
            cause = Cause(*(due.data.get("cause") or [None, None, 0]))
            trigger = due.data.get("trigger") or {}
            return Look(Candidate(person.contact_id, due.key, trigger, cause))
        case InactivityTrigger() as silence:
            since = find_quiet_since(person, silence)
            if since + silence.silent_for > now:
                return Look(row=write_watch(due.watch, since + silence.silent_for, due.data))
            at = since.isoformat().replace("+00:00", "Z")
            spent = write_watch(due.watch, None, {SINCE: at})
            if due.data.get(SINCE) == at:
                return Look(row=spent)  # woken by something that turned out to lie before it
            return Look(Candidate(person.contact_id, "", {"occurred_at": at}), spent)
        case _:
            return Look()  # the journey has another trigger by now
