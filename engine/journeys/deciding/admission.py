"""Who enters in a chunk: asked one after the other, each answer seen by the next. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from engine.events.arrivals import Arrived, Subject
from engine.journeys.deciding.asking import Asker, PartGone
from engine.journeys.deciding.gates import (
    Candidate,
    Past,
    Refusal,
    find_refusal,
    lacks_filter_alone,
)
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.lateness import Late, LateBook
from engine.journeys.deciding.matching import find_exit
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.states import EnrollmentStatus
from engine.rules.conditions import Condition

SubjectKey = tuple[int, Subject, str]
"""(journey id, subject, entry key): where there is one active enrollment at most."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a newcomer begins: at the start, or as if it had entered earlier (rule 113).

    Attributes:
        entered_at: when it would have entered.
        status: due, or waiting until `wake_at`.
    """

    entered_at: datetime
    status: EnrollmentStatus
    node: int
    arrived_at: datetime
    wake_at: datetime
    context: Mapping[str, Any] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def at_start(cls, plan: Plan, *, now: datetime) -> "Placement":
        """Return where everybody begins."""
        return cls(now, EnrollmentStatus.DUE, plan.start, now, now)


@dataclass(slots=True)
class Newcomer:
    """An enrollment about to be made; may be ended again before it is."""

    plan: Plan
    candidate: Candidate
    placement: Placement
    reason: str | None = None

    @property
    def entry_key(self) -> str:
        """The entry key, which a newcomer has."""
        return self.candidate.entry_key or ""

    @property
    def status(self) -> EnrollmentStatus:
        """Where it stands as it is made."""
        return EnrollmentStatus.EXITED if self.reason is not None else self.placement.status

    @property
    def subject(self) -> SubjectKey:
        """What its enrollment is about, in which journey."""
        return name_subject(self.plan, self.candidate)


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that was not let in, and by what."""

    plan: Plan
    person: Person
    candidate: Candidate
    past: Past
    refusal: Refusal


class Rooms(Protocol):
    """How many may still enter journeys that let in so many and no more (rule 20)."""

    def find(self, plan: Plan) -> int | None:
        """Return how many may still enter; None without a cap."""

    def take(self, plan: Plan) -> None:
        """Note that one more has entered."""


class Admission:
    """Asks the gates for a chunk of contacts, and keeps who may enter.

    Args:
        now: the present instant.
        default_zone: of contacts that have none.
        rooms: asked only for who passes all other gates. Kept up.
        entered: when a subject entered last. Kept up.
        inside: subjects under way. Kept up.
        late: candidates whose filter is asked again (rule 16). Kept up.
        gone: what conditions name, and is there no more (engine.journeys.deciding.walk.Asker).
    """

    def __init__(
        self,
        *,
        now: datetime,
        default_zone: str,
        rooms: Rooms,
        entered: dict[SubjectKey, datetime],
        inside: set[SubjectKey],
        late: LateBook,
        gone: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._now = now
        self._default_zone = default_zone
        self._asker = Asker(now=now, default_zone=default_zone, gone=gone)
        self._rooms = rooms
        self._entered = entered
        self._inside = inside
        self._late = late
        self.newcomers: list[Newcomer] = []
        self.refused: list[Refused] = []

    def ask(
        self,
        plan: Plan,
        person: Person,
        candidate: Candidate,
        *,
        placement: Placement | None = None,
    ) -> Newcomer | Refusal:
        """Return the newcomer, or the first gate's refusal; both are kept.

        With `entry.grace` a candidate that lacks the filter alone is `not_yet` refused.

        Args:
            placement: where one begins that a backfill lets in, without grace; None: now, at the
                journey's start.
        """
        past = self._find_past(plan, candidate)
        refusal = self._find_refusal(plan, person, candidate, past)
        if refusal is None:
            return self._admit(plan, candidate, placement)
        grace = plan.document.entry.grace
        may_come = placement is None and candidate.record is None
        if (
            grace is not None
            and may_come
            and lacks_filter_alone(plan, candidate, past, refusal, now=self._now)
        ):
            self._late.keep(Late(plan, candidate, self._now + grace))
            return Refusal.NOT_YET
        return self.refuse(plan, person, candidate, refusal)

    def ask_late(self, person: Person) -> None:
        """Ask again for a contact whose filter was not true at the trigger (rule 16)."""
        for late in self._late.list_of(person.contact_id):
            past = self._find_past(late.plan, late.candidate)
            refusal = self._find_refusal(late.plan, person, late.candidate, past)
            if refusal is None:
                self._admit(late.plan, late.candidate, None)
            elif refusal is not Refusal.FILTER or late.until <= self._now:
                self.refuse(late.plan, person, late.candidate, refusal)

    def touch_late(self, person: Person, event: Arrived) -> None:
        """Let nobody in late whom this event would have taken out again."""
        for late in self._late.list_of(person.contact_id):
            candidate = late.candidate
            reason = find_exit(
                event,
                late.plan,
                candidate.entry_key or "",
                trigger=candidate.trigger,
                entered_at=self._now,
            )
            if reason is not None:
                self.refuse(late.plan, person, candidate, Refusal.EXIT)

    def refuse(self, plan: Plan, person: Person, candidate: Candidate, refusal: Refusal) -> Refusal:
        """Keep a refusal; a candidate that waits to enter late waits no more."""
        self._late.drop((plan.journey_id, candidate.contact_id, candidate.entry_key or ""))
        past = self._find_past(plan, candidate)
        self.refused.append(Refused(plan, person, candidate, past, refusal))
        return refusal

    def find_entered(self, plan: Plan, candidate: Candidate) -> datetime | None:
        """Return when the candidate's subject entered last under this key; None if never."""
        return self._find_past(plan, candidate).entered_at

    def let_out(self, newcomer: Newcomer, reason: str) -> None:
        """End a newcomer before it is made: an exit came right behind its trigger."""
        newcomer.reason = reason
        self._inside.discard(newcomer.subject)

    def note_left(self, held: Held) -> None:
        """Take note that an enrollment of before has ended in this chunk."""
        self._inside.discard((held.plan.journey_id, held.subject, held.entry_key))

    def _find_past(self, plan: Plan, candidate: Candidate) -> Past:
        key = name_subject(plan, candidate)
        return Past(key in self._inside, self._entered.get(key))

    def _find_refusal(
        self, plan: Plan, person: Person, candidate: Candidate, past: Past
    ) -> Refusal | None:
        """Ask the gates; the cap, which others wait for, only if all the rest say yes."""
        state = person.state_with(trigger=candidate.trigger, subject=candidate.values)

        def holds(condition: Condition) -> bool:
            return self._asker.holds(condition, state)

        try:
            refusal = find_refusal(plan, candidate, past, holds=holds, now=self._now)
            if refusal is not None or plan.document.entry.at_most is None:
                return refusal
            past = replace(past, room=self._rooms.find(plan))
            return find_refusal(plan, candidate, past, holds=holds, now=self._now)
        except PartGone:
            return Refusal.GONE

    def _admit(self, plan: Plan, candidate: Candidate, placement: Placement | None) -> Newcomer:
        begins = placement or Placement.at_start(plan, now=self._now)
        newcomer = Newcomer(plan, candidate, begins)
        self.newcomers.append(newcomer)
        self._entered[newcomer.subject] = begins.entered_at
        self._inside.add(newcomer.subject)
        self._late.drop((plan.journey_id, candidate.contact_id, newcomer.entry_key))
        self._rooms.take(plan)
        return newcomer


def name_subject(plan: Plan, candidate: Candidate) -> SubjectKey:
    """Return what a candidate's enrollment would be about, in which journey."""
    return plan.journey_id, candidate.subject, candidate.entry_key or ""
