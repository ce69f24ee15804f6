"""Who enters in a chunk: asked one after the other, each answer seen by the next. Pure."""

from dataclasses import dataclass
from datetime import datetime

from engine.events.arrivals import Subject
from engine.journeys.gates import Candidate, Past, Refusal, find_refusal
from engine.journeys.held import Held
from engine.journeys.person import Person
from engine.journeys.plan import Plan
from engine.journeys.states import EnrollmentStatus
from engine.journeys.walk import Asker, PartGone

SubjectKey = tuple[int, Subject, str]
"""(journey id, subject, entry key): where there is one active enrollment at most."""


@dataclass(slots=True)
class Newcomer:
    """An enrollment about to be made; may be ended again before it is."""

    plan: Plan
    candidate: Candidate
    status: EnrollmentStatus = EnrollmentStatus.DUE
    reason: str | None = None

    @property
    def entry_key(self) -> str:
        """The entry key, which a newcomer has."""
        return self.candidate.entry_key or ""

    @property
    def subject(self) -> SubjectKey:
        """What its enrollment is about, in which journey."""
        return self.plan.journey_id, self.candidate.subject, self.entry_key


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that a gate said no to."""

    plan: Plan
    candidate: Candidate
    refusal: Refusal


class Admission:
    """Asks the gates for a chunk of contacts, and keeps who may enter.

    Args:
        now: the present instant.
        default_zone: of contacts that have none.
        rooms: how many may still enter, by journey; None without a cap. Kept up.
        entered: when a subject entered last. Kept up.
        inside: subjects under way. Kept up.
        gone: what conditions name, and is there no more (engine.journeys.walk.Asker).
    """

    def __init__(
        self,
        *,
        now: datetime,
        default_zone: str,
        rooms: dict[int, int | None],
        entered: dict[SubjectKey, datetime],
        inside: set[SubjectKey],
        gone: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._now = now
        self._asker = Asker(now=now, default_zone=default_zone, gone=gone)
        self._rooms = rooms
        self._entered = entered
        self._inside = inside
        self.newcomers: list[Newcomer] = []
        self.refused: list[Refused] = []

    def ask(self, plan: Plan, person: Person, candidate: Candidate) -> Newcomer | Refusal:
        """Return the newcomer, or the first gate's refusal; both are kept."""
        refusal = self._find_refusal(plan, person, candidate)
        if refusal is not None:
            self.refused.append(Refused(plan, candidate, refusal))
            return refusal
        newcomer = Newcomer(plan, candidate)
        self.newcomers.append(newcomer)
        self._entered[newcomer.subject] = self._now
        self._inside.add(newcomer.subject)
        if (room := self._rooms[plan.journey_id]) is not None:
            self._rooms[plan.journey_id] = room - 1
        return newcomer

    def let_out(self, newcomer: Newcomer, reason: str) -> None:
        """End a newcomer before it is made: an exit came right behind its trigger."""
        newcomer.status, newcomer.reason = EnrollmentStatus.EXITED, reason
        self._inside.discard(newcomer.subject)

    def note_left(self, held: Held) -> None:
        """Take note that an enrollment of before has ended in this chunk."""
        self._inside.discard((held.plan.journey_id, held.subject, held.entry_key))

    def _find_refusal(self, plan: Plan, person: Person, candidate: Candidate) -> Refusal | None:
        state = person.state_with(trigger=candidate.trigger, subject=candidate.values)
        key = (plan.journey_id, candidate.subject, candidate.entry_key or "")
        past = Past(key in self._inside, self._entered.get(key), self._rooms[plan.journey_id])
        try:
            return find_refusal(
                plan,
                candidate,
                past,
                holds=lambda condition: self._asker.holds(condition, state),
                now=self._now,
            )
        except PartGone:
            return Refusal.GONE
