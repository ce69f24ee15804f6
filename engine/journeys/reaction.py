"""What events do to journeys: end enrollments, wake those that wait, and let subjects in.

One chunk a transaction, each contact's events in order. Everything is decided in memory, then
written set-wise. For each event exits, goals and waits come before triggers, so that an event which
ends one enrollment may let the subject in again (rules 13 and 81).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from engine.events.arrivals import Arrived
from engine.events.ingest import ingest_pending
from engine.journeys.enroll import Entrance, Newcomer
from engine.journeys.facts import Person, load_people, merge_reads
from engine.journeys.forgetting import forget_asked
from engine.journeys.gates import Candidate, Cause
from engine.journeys.goals import GoalKeeper, find_goal_window
from engine.journeys.held import Held
from engine.journeys.inside import load_ended, load_held, write_held
from engine.journeys.joining import join_journeys
from engine.journeys.live import load_live
from engine.journeys.matching import describe, find_exit, find_failure, find_wake
from engine.journeys.plan import Plan, find_state_exit
from engine.journeys.walk import Asker
from engine.journeys.watches import Watcher
from engine.parts.entering import read_entry_key
from engine.segments.membership import Transition, update_members
from engine.triggers import attribute, event, segment


@dataclass(frozen=True, slots=True)
class Moment:
    """When, and under which settings, a chunk is processed.

    Attributes:
        trigger_age: events older than this are counted, and let nobody in (rule 5).
    """

    now: datetime
    default_zone: str
    trigger_age: timedelta


def react_to_events(session: Session, moment: Moment, *, limit: int) -> int:
    """Process a chunk of accepted events to the end, and answer how many there were."""
    ingested = ingest_pending(session, now=moment.now, limit=limit, trigger_age=moment.trigger_age)
    join_journeys(session, ingested.merges, now=moment.now)
    arrived = ingested.arrived
    if not arrived:
        return 0
    by_contact: dict[int, list[Arrived]] = defaultdict(list)
    for one in arrived:
        by_contact[one.contact_id].append(one)
    transitions = update_members(
        session, list(by_contact), now=moment.now, default_zone=moment.default_zone
    )
    _Reaction(session, moment, by_contact, transitions).run()
    forget_asked(session, arrived, now=moment.now)
    return len(arrived)


def react_to_transitions(
    session: Session, transitions: Sequence[Transition], moment: Moment
) -> None:
    """Let in those whose membership changed by time alone, or by a refresh.

    The caller holds the contacts' rows.
    """
    if transitions:
        nothing: dict[int, list[Arrived]] = {one.contact_id: [] for one in transitions}
        _Reaction(session, moment, nothing, transitions).run()


class _Reaction:
    """One chunk: its parts are asked for each event of each contact, then write set-wise."""

    def __init__(
        self,
        session: Session,
        moment: Moment,
        by_contact: Mapping[int, list[Arrived]],
        transitions: Sequence[Transition],
    ) -> None:
        self._session = session
        self._moment = moment
        self._by_contact = by_contact
        self._transitions: dict[int, list[Transition]] = defaultdict(list)
        for transition in transitions:
            self._transitions[transition.contact_id].append(transition)
        self._plans = list(load_live(session).values())
        self._held = load_held(session, by_contact)
        self._ended = self._load_ended()
        inside = [held.plan for several in self._held.values() for held in several]
        reads = merge_reads(plan.reads for plan in (*self._plans, *inside))
        self._people = load_people(session, list(by_contact), reads)
        self._asker = Asker(now=moment.now, default_zone=moment.default_zone)
        self._entrance = Entrance(
            session,
            self._plans,
            list(by_contact),
            now=moment.now,
            default_zone=moment.default_zone,
        )
        self._watcher = Watcher(session, self._plans, now=moment.now)
        self._goals = GoalKeeper(session)

    def run(self) -> None:
        """Decide for each contact, in order of its events, then write."""
        for contact_id, events in self._by_contact.items():
            person = self._people.get(contact_id)
            if person is not None:
                self._react(person, events)
        # Who left goes first: it may have entered again under the same key.
        touched = [held for several in self._held.values() for held in several]
        write_held(self._session, touched, now=self._moment.now)
        self._entrance.write()
        self._watcher.write()
        self._goals.write()

    def _load_ended(self) -> Mapping[int, list[Held]]:
        """Load enrollments that are over, and whose goals these events may still reach."""
        names = {one.name for events in self._by_contact.values() for one in events}
        windows = find_goal_window(self._plans, names)
        if not windows:
            return {}
        since = self._moment.now - max(windows.values())
        return load_ended(self._session, list(self._by_contact), list(windows), since)

    def _react(self, person: Person, events: Sequence[Arrived]) -> None:
        held = self._held.get(person.contact_id, [])
        ended = self._ended.get(person.contact_id, [])
        newcomers: list[Newcomer] = []
        for one in events:
            for enrollment in held:
                self._touch(person, enrollment, one)
            for enrollment in ended:
                self._goals.note(enrollment, one)
            for newcomer in newcomers:
                self._touch_newcomer(newcomer, one)
            self._watcher.note(one)
            if one.may_trigger:
                newcomers += self._let_in_by_event(person, one)
        for transition in self._transitions[person.contact_id]:
            self._let_in_by_transition(person, transition)
        self._watcher.note_contact(person)
        for enrollment in held:
            self._leave_if(person, enrollment)

    def _touch(self, person: Person, held: Held, one: Arrived) -> None:
        """Apply an event to an enrollment of before this chunk."""
        self._goals.note(held, one)
        if not held.is_active:
            return
        reason = find_failure(one, held) or find_exit(
            one, held.plan, held.entry_key, trigger=held.trigger, entered_at=held.entered_at
        )
        if reason is not None:
            held.leave(reason)
            self._entrance.note_left(held.plan.journey_id, person.contact_id, held.entry_key)
        elif held.is_waiting and (wake := find_wake(one, held)) is not None:
            held.wake(wake.signal, rank=wake.rank)

    def _touch_newcomer(self, newcomer: Newcomer, one: Arrived) -> None:
        """Apply an event to an enrollment that an earlier event of this chunk made."""
        if newcomer.reason is not None:
            return
        reason = find_exit(
            one,
            newcomer.plan,
            newcomer.entry_key,
            trigger=newcomer.candidate.trigger,
            entered_at=self._moment.now,
        )
        if reason is not None:
            self._entrance.let_out(newcomer, reason)

    def _leave_if(self, person: Person, held: Held) -> None:
        """Take an enrollment out if an exit condition has become true."""
        if not held.is_active:
            return
        state = person.state_with(trigger=held.trigger, context=held.context)
        reason = find_state_exit(held.plan, lambda condition: self._asker.holds(condition, state))
        if reason is not None:
            held.leave(reason)

    def _let_in_by_event(self, person: Person, one: Arrived) -> list[Newcomer]:
        found: list[Newcomer] = []
        for plan in self._plans:
            if not _is_triggered(plan, one):
                continue
            candidate = Candidate(
                contact_id=person.contact_id,
                entry_key=read_entry_key(plan.entry_place, one),
                trigger=describe(one),
                cause=Cause(
                    one.id, one.root_id or one.id, one.depth, one.context.get("journey_id")
                ),
            )
            asked = self._entrance.ask(plan, person, candidate)
            if isinstance(asked, Newcomer):
                found.append(asked)
        return found

    def _let_in_by_transition(self, person: Person, transition: Transition) -> None:
        for plan in self._plans:
            trigger = plan.document.trigger
            if isinstance(trigger, segment.SegmentTrigger) and segment.matches(
                trigger, transition.segment, transition.change
            ):
                at = self._moment.now.isoformat().replace("+00:00", "Z")
                data = {"occurred_at": at, "segment": transition.segment}
                self._entrance.ask(plan, person, Candidate(person.contact_id, "", data))


def _is_triggered(plan: Plan, one: Arrived) -> bool:
    match plan.document.trigger:
        case event.EventTrigger() as trigger:
            return event.matches(trigger, one)
        case attribute.AttributeTrigger() as trigger:
            return bool(one.changes) and attribute.matches(trigger, one.changes)
        case _:
            return False
