"""Enrollments and messages of a simulation, as rows would keep them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from engine.decision import Signal
from engine.events.arrivals import CONTACT, Subject
from engine.journeys.deciding.admission import Newcomer, SubjectKey
from engine.journeys.deciding.gates import Cause
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.known_record import KnownRecord, read_values
from engine.journeys.deciding.matching import Reached
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.deciding.walk import Passage, Traveller
from engine.messages.states import OPEN, MessageState

ENDED: Final = (EnrollmentStatus.COMPLETED, EnrollmentStatus.EXITED, EnrollmentStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Leg:
    """A node that was gone through, or is stayed at.

    Attributes:
        at: when it was decided.
        way: the place of the way taken; None where it stayed or left early.
        noted: what was read there, and decided by (engine.journeys.deciding.notes).
    """

    at: datetime
    node: int
    way: int | None
    noted: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Intended:
    """One message or call.

    Attributes:
        gates: how its journey wants it judged (engine.journeys.deciding.intents).
        waits: the node waits to be told what became of it.
        tried: channels by which the node has tried before it in this visit.
        settled_at: when it was handed over, skipped, or failed.
        marks: instants of what became of it.
        held_since: when a sending limit first held it.
    """

    stay: "Stay"
    node: str
    visit: int
    channel: str
    created_at: datetime
    due_at: datetime
    template: str | None = None
    topic: str | None = None
    message_class: str = "transactional"
    data: Mapping[str, Any] = field(default_factory=dict)
    gates: Mapping[str, Any] = field(default_factory=dict)
    waits: bool = False
    exits_on_error: bool = False
    tried: tuple[str, ...] = ()
    expires_at: datetime | None = None
    state: MessageState = MessageState.QUEUED
    reason: str = ""
    settled_at: datetime | None = None
    marks: dict[str, datetime] = field(default_factory=dict)
    held_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it may still leave."""
        return self.state in OPEN

    def settle(self, state: MessageState, reason: str, *, now: datetime) -> None:
        """Note what became of it."""
        self.state, self.reason, self.settled_at = state, reason, now


@dataclass(slots=True)
class Stay:
    """An enrollment.

    Attributes:
        record: the ticket, deal or cart that it is about; None if about the contact.
        ticket: its place in the line of the throttle it stands at (engine.journeys.deciding.turns).
        legs: what was gone through, in order.
        arrivals: places arrived at.
        goals: reached, by name.
        notices: what colleagues were told: when, who, and what.
    """

    number: int
    plan: Plan
    contact_id: int
    entry_key: str
    entered_at: datetime
    arrived_at: datetime
    node: int
    trigger: Mapping[str, Any]
    cause: Cause
    record: Subject | None = None
    status: EnrollmentStatus = EnrollmentStatus.DUE
    wake_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    is_recalled: bool = False
    signal: Signal | None = None
    seq: int = 0
    ticket: int | None = None
    context: dict[str, Any] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)
    legs: list[Leg] = field(default_factory=list)
    arrivals: list[int] = field(default_factory=list)
    messages: list[Intended] = field(default_factory=list)
    goals: dict[str, Reached] = field(default_factory=dict)
    notices: list[tuple[datetime, str, str]] = field(default_factory=list)

    @property
    def is_active(self) -> bool:
        """Whether it is still inside."""
        return self.status in ACTIVE

    @property
    def has_letters(self) -> bool:
        """Whether letters of it have not left yet."""
        return any(message.is_open for message in self.messages)

    @property
    def subject(self) -> SubjectKey:
        """What it is about, in which journey."""
        return self.plan.journey_id, self.record or (CONTACT, self.contact_id), self.entry_key

    def hold(self, records: Mapping[Subject, KnownRecord]) -> Held:
        """Return it as events are held against it."""
        return Held(
            enrollment_id=self.number,
            plan=self.plan,
            contact_id=self.contact_id,
            entry_key=self.entry_key,
            status=self.status,
            node=self.node,
            entered_at=self.entered_at,
            arrived_at=self.arrived_at,
            wake_at=self.wake_at,
            has_signal=self.signal is not None,
            trigger=self.trigger,
            context=self.context,
            record=self.record,
            values=read_values(records, self.record),
            visits=self.visits,
        )

    def set_out(self, person: Person, records: Mapping[Subject, KnownRecord]) -> Traveller:
        """Return it as it is walked."""
        context = dict(self.context)
        marks = {
            message.node: message.marks for message in self.messages if message.channel != "webhook"
        }
        return Traveller(
            enrollment_id=self.number,
            plan=self.plan,
            contact_id=self.contact_id,
            contact_uid=str(person.uid),
            status=self.status,
            node=self.node,
            seq=self.seq,
            entered_at=self.entered_at,
            arrived_at=self.arrived_at,
            state=person.state_with(
                trigger=self.trigger,
                context=context,
                node_messages=marks,
                subject=read_values(records, self.record),
            ),
            context=context,
            visits=dict(self.visits),
            signal=self.signal,
            arms=person.arms,
            past_events=person.events,
            entry_key=self.entry_key,
            contact=person.describe(),
            reading=person.reading,
            ticket=self.ticket,
        )

    def arrive(self, passage: Passage, *, now: datetime) -> None:
        """Take on what a pass came to."""
        self.seq += 1
        self.status, self.node = passage.status, passage.node
        self.arrived_at, self.wake_at = passage.arrived_at, passage.wake_at
        self.reason, self.signal = passage.reason, None
        self.is_recalled = passage.is_recalled
        self.ended_at = now if passage.status in ENDED else None
        self.context, self.visits = passage.traveller.context, passage.traveller.visits
        self.ticket = passage.traveller.ticket
        noted = passage.notes.places
        self.legs += [Leg(now, node, way, noted.get(node, {})) for node, way in passage.steps]
        self.arrivals += passage.arrivals

    def wake(self, signal: Signal, *, now: datetime) -> None:
        """End its wait."""
        self.status, self.wake_at, self.signal = EnrollmentStatus.DUE, now, signal

    def leave(self, reason: str, *, now: datetime) -> None:
        """Leave early; what has not left yet is cancelled (rule 80)."""
        self.status, self.reason, self.ended_at = EnrollmentStatus.EXITED, reason, now
        self.wake_at = self.signal = None
        self.recall(now=now)

    def recall(self, *, now: datetime) -> None:
        """Take back what has not left."""
        self.is_recalled = True
        for message in self.messages:
            if message.is_open:
                message.settle(MessageState.CANCELLED, "left", now=now)


def begin_stay(newcomer: Newcomer, number: int, *, now: datetime) -> Stay:
    """Return the enrollment of a newcomer; over already if an exit came right behind its trigger."""
    is_over = newcomer.status is EnrollmentStatus.EXITED
    return Stay(
        number=number,
        plan=newcomer.plan,
        contact_id=newcomer.candidate.contact_id,
        entry_key=newcomer.entry_key,
        entered_at=now,
        arrived_at=now,
        node=newcomer.placement.node,
        trigger=dict(newcomer.candidate.trigger),
        cause=newcomer.candidate.cause,
        record=newcomer.candidate.record,
        status=newcomer.status,
        wake_at=None if is_over else now,
        ended_at=now if is_over else None,
        reason=newcomer.reason,
        arrivals=[newcomer.placement.node],
    )
