"""Who may enter a journey, and their enrollment.

Callers hold the contacts' rows (`engine.db.lock_contacts`), so what is read here stays true until
the transaction ends; the unique index on active enrollments guards that (rules 12 and 13).
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.events.arrivals import Arrived
from engine.journeys.caps import Rooms
from engine.journeys.facts import Person
from engine.journeys.gates import Candidate, Past, Refusal, find_refusal, lacks_filter_alone
from engine.journeys.late import Late, LateEntries
from engine.journeys.matching import find_exit
from engine.journeys.plan import WHOLE, Plan
from engine.journeys.refusals import Refused, write_refusals
from engine.journeys.states import ACTIVE, EnrollmentStatus
from engine.journeys.tallies import ENTERED, TallyKey, add_tallies, name_exit, name_refusal
from engine.journeys.walk import Asker
from engine.models.journey import Enrollment, JourneyEntry
from engine.rules.conditions import Condition
from engine.tasks import Lane, ring

SUBJECT: Final = "contact"


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
    """An enrollment about to be written; may be ended again before it is."""

    plan: Plan
    candidate: Candidate
    placement: Placement
    reason: str | None = None

    @property
    def entry_key(self) -> str:
        """The entry key, which a newcomer has."""
        return self.candidate.entry_key or ""


class Entrance:
    """Asks the gates for a chunk of contacts, then writes who may enter, set-wise."""

    def __init__(
        self,
        session: Session,
        plans: Collection[Plan],
        contact_ids: Collection[int],
        *,
        now: datetime,
        default_zone: str,
    ) -> None:
        self._session = session
        self._now = now
        self._default_zone = default_zone
        self._asker = Asker(now=now, default_zone=default_zone)
        self._newcomers: list[Newcomer] = []
        self._refused: list[Refused] = []
        self._counts: Counter[TallyKey] = Counter()
        self._rooms = Rooms(session, plans)
        self._late = LateEntries(session, plans, contact_ids)
        journeys = [plan.journey_id for plan in plans]
        self._entered = _load_entries(session, journeys, contact_ids)
        self._inside = _load_inside(session, journeys, contact_ids)

    def ask(
        self,
        plan: Plan,
        person: Person,
        candidate: Candidate,
        *,
        placement: Placement | None = None,
    ) -> Newcomer | Refusal:
        """Return the newcomer, or the first gate's refusal, which is counted and kept.

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
        if (
            grace is not None
            and placement is None
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
        """Count and keep a refusal; a candidate that waits to enter late waits no more."""
        self._counts[plan.version_id, WHOLE, name_refusal(refusal)] += 1
        self._late.drop(_name(plan, candidate))
        past = self._find_past(plan, candidate)
        self._refused.append(Refused(plan, person, candidate, past, refusal))
        return refusal

    def find_entered(self, plan: Plan, candidate: Candidate) -> datetime | None:
        """Return when the candidate's subject entered last under this key; None if never."""
        return self._find_past(plan, candidate).entered_at

    def let_out(self, newcomer: Newcomer, reason: str) -> None:
        """End a newcomer before it is written: an exit came right behind its trigger."""
        newcomer.reason = reason
        self._inside.discard(_name(newcomer.plan, newcomer.candidate))

    def note_left(self, journey_id: int, contact_id: int, entry_key: str) -> None:
        """Take note that an enrollment of before has ended in this transaction."""
        self._inside.discard((journey_id, contact_id, entry_key))

    def write(self) -> int:
        """Write newcomers, late entries, refusals and counts; answer how many entered."""
        session = self._session
        if self._newcomers:
            self._write_entries()
            self._write_enrollments()
            ring(session, Lane.ADVANCE)
        self._late.write()
        write_refusals(session, self._refused, now=self._now, default_zone=self._default_zone)
        add_tallies(session, self._counts)
        written = len(self._newcomers)
        self._newcomers, self._refused, self._counts = [], [], Counter()
        return written

    def _find_past(self, plan: Plan, candidate: Candidate) -> Past:
        key = _name(plan, candidate)
        return Past(key in self._inside, self._entered.get(key))

    def _find_refusal(
        self, plan: Plan, person: Person, candidate: Candidate, past: Past
    ) -> Refusal | None:
        """Ask the gates; the cap, which others wait for, only if all the rest say yes."""

        def holds(condition: Condition) -> bool:
            return self._asker.holds(condition, person.state_with(trigger=candidate.trigger))

        refusal = find_refusal(plan, candidate, past, holds=holds, now=self._now)
        if refusal is not None or plan.document.entry.at_most is None:
            return refusal
        past = replace(past, room=self._rooms.find(plan))
        return find_refusal(plan, candidate, past, holds=holds, now=self._now)

    def _admit(self, plan: Plan, candidate: Candidate, placement: Placement | None) -> Newcomer:
        begins = placement or Placement.at_start(plan, now=self._now)
        newcomer = Newcomer(plan, candidate, begins)
        self._newcomers.append(newcomer)
        key = _name(plan, candidate)
        self._entered[key] = begins.entered_at
        self._inside.add(key)
        self._late.drop(key)
        self._rooms.take(plan)
        return newcomer

    def _write_entries(self) -> None:
        latest: dict[tuple[int, int, str], dict[str, Any]] = {
            _name(new.plan, new.candidate): {
                "journey_id": new.plan.journey_id,
                "subject_kind": SUBJECT,
                "subject_id": new.candidate.contact_id,
                "entry_key": new.entry_key,
                "entered_at": new.placement.entered_at,
                "entries": 0,
            }
            for new in self._newcomers
        }
        for new in self._newcomers:
            latest[_name(new.plan, new.candidate)]["entries"] += 1
        statement = insert_into(self._session, JourneyEntry)
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=[
                    JourneyEntry.journey_id,
                    JourneyEntry.subject_kind,
                    JourneyEntry.subject_id,
                    JourneyEntry.entry_key,
                ],
                set_={
                    "entered_at": statement.excluded.entered_at,
                    "entries": JourneyEntry.entries + statement.excluded.entries,
                },
            ),
            list(latest.values()),
        )

    def _write_enrollments(self) -> None:
        rows = []
        for new in self._newcomers:
            begins, is_over = new.placement, new.reason is not None
            version = new.plan.version_id
            self._counts[version, WHOLE, ENTERED] += 1
            if new.reason is not None:
                self._counts[version, WHOLE, name_exit(new.reason)] += 1
            elif begins.status is EnrollmentStatus.WAITING:
                self._counts[version, begins.node, ENTERED] += 1  # it arrived there long ago
            rows.append(
                {
                    "journey_id": new.plan.journey_id,
                    "version_id": version,
                    "contact_id": new.candidate.contact_id,
                    "subject_kind": SUBJECT,
                    "subject_id": new.candidate.contact_id,
                    "entry_key": new.entry_key,
                    "status": EnrollmentStatus.EXITED if is_over else begins.status,
                    "node": begins.node,
                    "seq": 0,
                    "entered_at": begins.entered_at,
                    "arrived_at": begins.arrived_at,
                    "wake_at": None if is_over else begins.wake_at,
                    "ended_at": self._now if is_over else None,
                    "reason": new.reason,
                    "signal": None,
                    "data": _write_data(new),
                }
            )
        self._session.execute(insert_into(self._session, Enrollment), rows)


def _name(plan: Plan, candidate: Candidate) -> tuple[int, int, str]:
    return plan.journey_id, candidate.contact_id, candidate.entry_key or ""


def _write_data(new: Newcomer) -> dict[str, Any]:
    learned = {"context": dict(new.placement.context), "visits": dict(new.placement.visits)}
    return new.candidate.write() | {name: value for name, value in learned.items() if value}


def _load_entries(
    session: Session, journeys: list[int], contact_ids: Collection[int]
) -> dict[tuple[int, int, str], datetime]:
    if not journeys or not contact_ids:
        return {}
    rows = session.execute(
        select(
            JourneyEntry.journey_id,
            JourneyEntry.subject_id,
            JourneyEntry.entry_key,
            JourneyEntry.entered_at,
        ).where(
            JourneyEntry.journey_id.in_(journeys),
            JourneyEntry.subject_kind == SUBJECT,
            JourneyEntry.subject_id.in_(list(contact_ids)),
        )
    )
    return {(journey, subject, key): at for journey, subject, key, at in rows}


def _load_inside(
    session: Session, journeys: list[int], contact_ids: Collection[int]
) -> set[tuple[int, int, str]]:
    if not journeys or not contact_ids:
        return set()
    rows = session.execute(
        select(Enrollment.journey_id, Enrollment.subject_id, Enrollment.entry_key).where(
            Enrollment.contact_id.in_(list(contact_ids)),
            Enrollment.journey_id.in_(journeys),
            Enrollment.status.in_(ACTIVE),
        )
    )
    return {(journey, subject, key) for journey, subject, key in rows}
