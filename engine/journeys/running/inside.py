"""Loads the enrollments that a chunk of events may touch, and writes what it did to them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.db import lock_contacts, table_of
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.known_record import read_record, read_values
from engine.journeys.deciding.plan import WHOLE
from engine.journeys.deciding.signals import write_signal
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.running.live import load_plans
from engine.journeys.running.questions import close_questions, is_asking
from engine.journeys.running.subjects import load_records
from engine.journeys.running.tallies import TallyKey, add_tallies, name_exit
from engine.messages.handover.outbox import cancel
from engine.messages.states import CancelReason
from engine.models.journey import Enrollment, JourneyVersion
from engine.tasks import Lane, ring


def load_held(session: Session, contact_ids: Iterable[int]) -> dict[int, list[Held]]:
    """Return the active enrollments of these contacts. The caller holds the contacts' rows."""
    return _load(
        session, Enrollment.contact_id.in_(list(contact_ids)), Enrollment.status.in_(ACTIVE)
    )


def hold_inside(session: Session, journey_id: int, *others: int) -> set[int]:
    """Take the affairs of everybody inside a journey into this transaction; answer the contacts.

    To be called before the journey's own row is held: who lets people in holds them first, too.

    Args:
        others: contacts to hold besides.
    """
    contacts = session.scalars(
        select(Enrollment.contact_id)
        .where(Enrollment.journey_id == journey_id, Enrollment.status.in_(ACTIVE))
        .distinct()
    )
    return set(lock_contacts(session, (*contacts, *others)))


def load_enrolled(session: Session, ids: Collection[int]) -> list[Held]:
    """Return these enrollments, as far as they are active. The caller holds the contacts' rows."""
    found = _load(session, is_any(session, Enrollment.id, ids), Enrollment.status.in_(ACTIVE))
    return [held for several in found.values() for held in several]


def load_ended(
    session: Session, contact_ids: Collection[int], journey_ids: Collection[int], since: datetime
) -> dict[int, list[Held]]:
    """Return enrollments of these journeys that ended, and entered since: goals still count."""
    if not journey_ids or not contact_ids:
        return {}
    versions = select(JourneyVersion.id).where(JourneyVersion.journey_id.in_(list(journey_ids)))
    return load_over(
        session,
        Enrollment.contact_id.in_(list(contact_ids)),
        Enrollment.version_id.in_(versions),
        Enrollment.entered_at >= since,
    )


def load_over(session: Session, *conditions: ColumnElement[bool]) -> dict[int, list[Held]]:
    """Return, by contact, the enrollments that are over and of which all of this holds."""
    return _load(session, Enrollment.status.not_in(ACTIVE), *conditions)


def _load(session: Session, *conditions: ColumnElement[bool]) -> dict[int, list[Held]]:
    rows = session.execute(
        select(
            Enrollment.id,
            Enrollment.version_id,
            Enrollment.contact_id,
            Enrollment.subject_kind,
            Enrollment.subject_id,
            Enrollment.entry_key,
            Enrollment.status,
            Enrollment.node,
            Enrollment.entered_at,
            Enrollment.arrived_at,
            Enrollment.wake_at,
            Enrollment.signal,
            Enrollment.data,
        )
        .where(*conditions)
        .order_by(Enrollment.id)
    ).all()
    plans = load_plans(session, {row.version_id for row in rows})
    abouts = {row.id: read_record(row.subject_kind, row.subject_id) for row in rows}
    records = load_records(session, abouts.values())
    found: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        found[row.contact_id].append(
            Held(
                enrollment_id=row.id,
                plan=plans[row.version_id],
                contact_id=row.contact_id,
                entry_key=row.entry_key,
                status=EnrollmentStatus(row.status),
                node=row.node,
                entered_at=row.entered_at,
                arrived_at=row.arrived_at,
                wake_at=row.wake_at,
                has_signal=row.signal is not None,
                trigger=row.data.get("trigger") or {},
                context=row.data.get("context") or {},
                record=abouts[row.id],
                values=read_values(records, abouts[row.id]),
                visits=row.data.get("visits") or {},
            )
        )
    return found


def write_held(session: Session, several: Collection[Held], *, now: datetime) -> None:
    """Write who left and who was woken."""
    left = [held for held in several if held.reason is not None]
    woken = [held for held in several if held.reason is None and held.signal is not None]
    end_enrollments(session, left, now=now)
    if not woken:
        return
    enrollment = table_of(Enrollment)
    session.connection().execute(
        update(enrollment)
        .where(enrollment.c.id == bindparam("the_id"))
        .values(status=EnrollmentStatus.DUE, wake_at=now, signal=bindparam("sign")),
        [
            {"the_id": held.enrollment_id, "sign": write_signal(held.signal)}
            for held in woken
            if held.signal is not None
        ],
    )
    ring(session, Lane.ADVANCE)


def end_enrollments(session: Session, left: Collection[Held], *, now: datetime) -> None:
    """End these enrollments for their reasons, count that, stop their messages, and ask no more."""
    if not left:
        return
    counts: Counter[TallyKey] = Counter()
    by_reason: dict[str, list[int]] = defaultdict(list)
    for held in left:
        reason = held.reason or ""
        by_reason[reason].append(held.enrollment_id)
        for place in (WHOLE, held.node):
            counts[held.plan.version_id, place, name_exit(reason)] += 1
    for reason, ids in by_reason.items():
        session.execute(
            update(Enrollment)
            .where(Enrollment.id.in_(ids), Enrollment.status.in_(ACTIVE))
            .values(
                status=EnrollmentStatus.EXITED,
                reason=reason,
                is_recalled=True,
                ended_at=now,
                wake_at=None,
                signal=None,
            )
            .execution_options(synchronize_session=False)
        )
    add_tallies(session, counts, now=now)
    cancel(session, [held.enrollment_id for held in left], reason=CancelReason.LEFT)
    asking = [held.enrollment_id for held in left if is_asking(held.plan, held.node)]
    close_questions(session, asking, now=now)
