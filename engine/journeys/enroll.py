"""Who may enter a journey, and their enrollment.

Callers hold the contacts' rows (`engine.db.lock_contacts`), so what is read here stays true until
the transaction ends; the unique index on active enrollments guards that (rules 12 and 13).
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.journeys.facts import Person
from engine.journeys.gates import Candidate, Past, Refusal, find_refusal
from engine.journeys.plan import WHOLE, Plan
from engine.journeys.states import ACTIVE, EnrollmentStatus
from engine.journeys.tallies import ENTERED, TallyKey, add_tallies, name_exit, name_refusal
from engine.journeys.walk import Asker
from engine.models.journey import Enrollment, Journey, JourneyEntry
from engine.tasks import Lane, ring

SUBJECT: Final = "contact"


@dataclass(slots=True)
class Newcomer:
    """An enrollment about to be written; may be ended again before it is."""

    plan: Plan
    candidate: Candidate
    status: EnrollmentStatus = EnrollmentStatus.DUE
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
        self._asker = Asker(now=now, default_zone=default_zone)
        self._newcomers: list[Newcomer] = []
        self._counts: Counter[TallyKey] = Counter()
        self._rooms = {plan.journey_id: _find_room(session, plan) for plan in plans}
        journeys = list(self._rooms)
        self._entered = _load_entries(session, journeys, contact_ids)
        self._inside = _load_inside(session, journeys, contact_ids)

    def ask(self, plan: Plan, person: Person, candidate: Candidate) -> Newcomer | Refusal:
        """Return the newcomer, or the first gate's refusal, which is counted."""
        refusal = self._find_refusal(plan, person, candidate)
        if refusal is not None:
            self._counts[plan.version_id, WHOLE, name_refusal(refusal)] += 1
            return refusal
        newcomer = Newcomer(plan, candidate)
        self._newcomers.append(newcomer)
        key = (plan.journey_id, candidate.contact_id, newcomer.entry_key)
        self._entered[key] = self._now
        self._inside.add(key)
        if (room := self._rooms[plan.journey_id]) is not None:
            self._rooms[plan.journey_id] = room - 1
        return newcomer

    def let_out(self, newcomer: Newcomer, reason: str) -> None:
        """End a newcomer before it is written: an exit came right behind its trigger."""
        newcomer.status, newcomer.reason = EnrollmentStatus.EXITED, reason
        key = (newcomer.plan.journey_id, newcomer.candidate.contact_id, newcomer.entry_key)
        self._inside.discard(key)

    def note_left(self, journey_id: int, contact_id: int, entry_key: str) -> None:
        """Take note that an enrollment of before has ended in this transaction."""
        self._inside.discard((journey_id, contact_id, entry_key))

    def write(self) -> int:
        """Write the newcomers and the counts; answer how many entered."""
        session = self._session
        if self._newcomers:
            self._write_entries()
            self._write_enrollments()
            ring(session, Lane.ADVANCE)
        add_tallies(session, self._counts)
        written = len(self._newcomers)
        self._newcomers, self._counts = [], Counter()
        return written

    def _find_refusal(self, plan: Plan, person: Person, candidate: Candidate) -> Refusal | None:
        state = person.state_with(trigger=candidate.trigger)
        key = (plan.journey_id, candidate.contact_id, candidate.entry_key or "")
        past = Past(key in self._inside, self._entered.get(key), self._rooms[plan.journey_id])
        return find_refusal(
            plan,
            candidate,
            past,
            holds=lambda condition: self._asker.holds(condition, state),
            now=self._now,
        )

    def _write_entries(self) -> None:
        latest: dict[tuple[int, int, str], dict[str, Any]] = {
            (new.plan.journey_id, new.candidate.contact_id, new.entry_key): {
                "journey_id": new.plan.journey_id,
                "subject_kind": SUBJECT,
                "subject_id": new.candidate.contact_id,
                "entry_key": new.entry_key,
                "entered_at": self._now,
                "entries": 0,
            }
            for new in self._newcomers
        }
        for new in self._newcomers:
            key = (new.plan.journey_id, new.candidate.contact_id, new.entry_key)
            latest[key]["entries"] += 1
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
            is_over = new.status is EnrollmentStatus.EXITED
            version = new.plan.version_id
            for place in (WHOLE, new.plan.start):
                self._counts[version, place, ENTERED] += 1
                if is_over:
                    self._counts[version, place, name_exit(new.reason or "")] += 1
            rows.append(
                {
                    "journey_id": new.plan.journey_id,
                    "version_id": version,
                    "contact_id": new.candidate.contact_id,
                    "subject_kind": SUBJECT,
                    "subject_id": new.candidate.contact_id,
                    "entry_key": new.entry_key,
                    "status": new.status,
                    "node": new.plan.start,
                    "seq": 0,
                    "entered_at": self._now,
                    "arrived_at": self._now,
                    "wake_at": None if is_over else self._now,
                    "ended_at": self._now if is_over else None,
                    "reason": new.reason,
                    "signal": None,
                    "data": _write_data(new.candidate),
                }
            )
        self._session.execute(insert_into(self._session, Enrollment), rows)


def _write_data(candidate: Candidate) -> dict[str, Any]:
    cause = candidate.cause
    data: dict[str, Any] = {"trigger": dict(candidate.trigger)} if candidate.trigger else {}
    if cause.event_id is not None:
        data["cause"] = [cause.event_id, cause.root_id or cause.event_id, cause.depth]
    return data


def _find_room(session: Session, plan: Plan) -> int | None:
    """Return how many may still enter; None without a cap. Holds the journey's row (rule 20)."""
    cap = plan.document.entry.at_most
    if cap is None:
        return None
    session.execute(
        select(Journey.id).where(Journey.id == plan.journey_id).with_for_update(key_share=True)
    )
    entries = session.scalar(
        select(func.coalesce(func.sum(JourneyEntry.entries), 0)).where(
            JourneyEntry.journey_id == plan.journey_id
        )
    )
    return cap - int(entries or 0)


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
