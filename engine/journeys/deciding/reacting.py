"""What events do to one contact's enrollments, decided in memory. Pure.

For each event exits, goals and waits come before triggers, so that an event which ends one
enrollment may let the subject in again (rules 13 and 81). The engine and the simulator go through
the same.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from engine.events.arrivals import RECORD, Arrived, Subject
from engine.journeys.deciding.admission import Admission, Newcomer
from engine.journeys.deciding.asking import Asker, PartGone
from engine.journeys.deciding.gates import Candidate, Cause
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.known_record import KnownRecord
from engine.journeys.deciding.matching import describe, find_exit, find_failure, find_wake
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan, find_moved_anchor, find_state_exit
from engine.parts.entering import read_entry_key
from engine.segments.judging import Transition
from engine.triggers import attribute, event, journey, message, record, segment


class Listener(Protocol):
    """What keeps watches: silences, dates, clocks of records."""

    def note(self, event: Arrived) -> None:
        """Note what an event begins and ends."""

    def note_contact(self, person: Person) -> None:
        """Note what is to be listened to of a contact, after all of its events."""


class Reaction:
    """Goes through what happened, contact by contact.

    Args:
        plans: what lets subjects in now.
        admission: asked whether they may enter.
        listening: told of what triggers that wait may wait for.
        records: that the events are about.
        note_goal: told of every event and enrollment whose goals it may reach.
        asker: answers conditions, now.
    """

    def __init__(
        self,
        plans: Sequence[Plan],
        admission: Admission,
        listening: Listener,
        *,
        records: Mapping[Subject, KnownRecord],
        note_goal: Callable[[Held, Arrived], None],
        asker: Asker,
    ) -> None:
        self._plans = plans
        self._admission = admission
        self._listening = listening
        self._records = records
        self._note_goal = note_goal
        self._asker = asker

    @property
    def _now(self) -> datetime:
        return self._asker.now

    def react(
        self,
        person: Person,
        events: Sequence[Arrived],
        transitions: Sequence[Transition],
        *,
        held: Sequence[Held],
        ended: Sequence[Held],
        outgoing: Sequence[Held],
    ) -> None:
        """Go through what happened to a contact, in order.

        Args:
            person: the contact as it is after all of it.
            events: of this chunk.
            transitions: of segments, in this chunk.
            held: its active enrollments.
            ended: its enrollments that are over, and whose goals may still be reached.
            outgoing: its enrollments that are over, and have letters that have not left.
        """
        newcomers: list[Newcomer] = []
        for one in events:
            for enrollment in held:
                self._touch(enrollment, one)
            for enrollment in ended:
                if one.concerns(enrollment.subject):
                    self._note_goal(enrollment, one)
            for enrollment in outgoing:
                enrollment.is_recalled |= _takes_out(one, enrollment)
            for newcomer in newcomers:
                self._touch_newcomer(newcomer, one)
            self._admission.touch_late(person, one)
            self._listening.note(one)
            if one.may_trigger:
                newcomers += self._let_in_by_event(person, one)
        for transition in transitions:
            self._let_in_by_transition(person, transition, _find_mover(events))
        self._admission.ask_late(person)
        self._listening.note_contact(person)
        for enrollment in held:
            self._leave_if(person, enrollment)

    def _touch(self, held: Held, one: Arrived) -> None:
        """Apply an event to an enrollment of before this chunk."""
        if not one.concerns(held.subject):
            return
        self._note_goal(held, one)
        if not held.is_active:
            return
        reason = find_failure(one, held) or _find_exit(one, held)
        if reason is not None:
            held.leave(reason)
            self._admission.note_left(held)
        elif held.is_waiting and (wake := find_wake(one, held)) is not None:
            held.wake(wake.signal, rank=wake.rank)

    def _touch_newcomer(self, newcomer: Newcomer, one: Arrived) -> None:
        """Apply an event to an enrollment that an earlier event of this chunk made."""
        if newcomer.reason is not None or not one.concerns(newcomer.candidate.subject):
            return
        reason = find_exit(
            one,
            newcomer.plan,
            newcomer.entry_key,
            trigger=newcomer.candidate.trigger,
            entered_at=self._now,
        )
        if reason is not None:
            self._admission.let_out(newcomer, reason)

    def _leave_if(self, person: Person, held: Held) -> None:
        """Take an enrollment out if an exit condition has become true, or its date is another."""
        if not held.is_active:
            return
        state = person.state_with(trigger=held.trigger, context=held.context, subject=held.values)
        try:
            reason = find_moved_anchor(held.plan, state) or find_state_exit(
                held.plan, partial(self._asker.test, state)
            )
        except PartGone:
            return  # its next pass sets it aside
        if reason is not None:
            held.leave(reason)

    def _let_in_by_event(self, person: Person, one: Arrived) -> list[Newcomer]:
        found: list[Newcomer] = []
        for plan in self._plans:
            told = find_told(plan, one)
            candidate = None if told is None else self._build_candidate(plan, told)
            if candidate is None:
                continue
            asked = self._admission.ask(plan, person, candidate)
            if isinstance(asked, Newcomer):
                found.append(asked)
        return found

    def _build_candidate(self, plan: Plan, one: Arrived) -> Candidate | None:
        """Return what an event lets in; None if that is a record which is gone."""
        cause = Cause.of(one)
        if plan.document.subject != RECORD:
            key = read_entry_key(plan.entry_place, one)
            return Candidate(one.contact_id, key, describe(one), cause)
        known = self._records.get(one.subject) if one.subject else None
        if known is None:
            return None
        return Candidate(one.contact_id, known.key, describe(one), cause, one.subject, known.values)

    def _let_in_by_transition(self, person: Person, transition: Transition, cause: Cause) -> None:
        for plan in self._plans:
            trigger = plan.document.trigger
            if isinstance(trigger, segment.SegmentTrigger) and segment.matches(
                trigger, transition.segment, transition.change
            ):
                at = self._now.isoformat().replace("+00:00", "Z")
                data = {"occurred_at": at, "segment": transition.segment}
                candidate = Candidate(person.contact_id, "", data, cause)
                self._admission.ask(plan, person, candidate)


def _takes_out(one: Arrived, held: Held) -> bool:
    return one.concerns(held.subject) and _find_exit(one, held) is not None


def _find_exit(one: Arrived, held: Held) -> str | None:
    return find_exit(
        one,
        held.plan,
        held.entry_key,
        trigger=held.trigger,
        entered_at=held.entered_at,
        enrollment_id=held.enrollment_id,
    )


def find_told(plan: Plan, one: Arrived) -> Arrived | None:
    """Return what an event tells a journey that it lets somebody into; None if it does not."""
    if isinstance(plan.document.trigger, journey.JourneyTrigger):
        return journey.find_call(plan.document.trigger, plan.key, one)
    return one if is_triggered(plan, one) else None


def is_triggered(plan: Plan, one: Arrived) -> bool:
    """Return whether an event is what the journey's trigger asks for."""
    match plan.document.trigger:
        case event.EventTrigger() as trigger:
            return event.matches(trigger, one)
        case attribute.AttributeTrigger() as trigger:
            return bool(one.changes) and attribute.matches(trigger, one.changes)
        case message.MessageTrigger() as trigger:
            return message.matches(trigger, one, one.channel)
        case record.RecordTrigger() as trigger:
            return one.subject is not None and record.matches(trigger, one)
        case _:
            return False


def _find_mover(events: Sequence[Arrived]) -> Cause:
    """Return what moved a contact from one segment to another: of these events the least deep.

    Where the contact did something itself, that is taken for the cause; only what journeys did
    among themselves goes on with their chain (rule 108).
    """
    return Cause.of(min(events, key=lambda one: one.depth)) if events else Cause()
