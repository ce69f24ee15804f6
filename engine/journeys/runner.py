"""Moves due enrollments on: claim → load → decide → perform → write, a chunk a transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from engine.db import insert_into, table_of
from engine.journeys.effects import perform
from engine.journeys.facts import Person, load_node_messages, load_people, merge_reads
from engine.journeys.live import list_paused, load_plans
from engine.journeys.plan import WHOLE, Plan, write_path
from engine.journeys.signals import read_signal
from engine.journeys.states import ACTIVE, EnrollmentStatus
from engine.journeys.tallies import (
    COMPLETED,
    ENTERED,
    SET_ASIDE,
    TallyKey,
    add_tallies,
    name_exit,
    name_way,
)
from engine.journeys.walk import Asker, Passage, Traveller, walk
from engine.messages.outbox import cancel
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Pass

ENDED: Final = (EnrollmentStatus.COMPLETED, EnrollmentStatus.EXITED, EnrollmentStatus.FAILED)


def advance_due(session: Session, *, now: datetime, limit: int, default_zone: str) -> int:
    """Move up to `limit` due enrollments on, and answer how many were taken.

    One enrollment a contact and chunk, under the contact's lock: all that happens to one contact
    happens one at a time. A row that is locked elsewhere is left for the next look.
    """
    rows = _claim(session, now=now, limit=limit)
    if not rows:
        return 0
    plans = load_plans(session, {row.version_id for row in rows})
    reads = merge_reads(plan.reads for plan in plans.values())
    people = load_people(session, [row.contact_id for row in rows], reads)
    marks = load_node_messages(session, [row.id for row in rows]) if reads.node_messages else {}
    asker = Asker(now=now, default_zone=default_zone)
    passages = [
        walk(
            _build_traveller(
                row, plans[row.version_id], people[row.contact_id], marks.get(row.id, {})
            ),
            asker,
        )
        for row in rows
    ]
    causes = {row.id: row.data["cause"] for row in rows if "cause" in row.data}
    _write_enrollments(session, rows, passages, now=now)
    _write_log(session, passages, now=now)
    perform(session, passages, people, causes, now=now)
    left = [p.traveller.enrollment_id for p in passages if p.status is EnrollmentStatus.EXITED]
    cancel(session, left, reason="left")
    return len(rows)


def _claim(session: Session, *, now: datetime, limit: int) -> list[Row[Any]]:
    """Take due enrollments, the longest due first, at most one of each contact."""
    due = (
        select(
            Enrollment.id,
            Enrollment.version_id,
            Enrollment.contact_id,
            Enrollment.entry_key,
            Enrollment.status,
            Enrollment.node,
            Enrollment.seq,
            Enrollment.entered_at,
            Enrollment.arrived_at,
            Enrollment.signal,
            Enrollment.data,
        )
        .join(Contact, Contact.id == Enrollment.contact_id)
        .where(Enrollment.status.in_(ACTIVE), Enrollment.wake_at <= now)
        .order_by(Enrollment.wake_at)
        .limit(limit)
        .with_for_update(of=(Enrollment, Contact), skip_locked=True, key_share=True)
    )
    if paused := list_paused(session):
        due = due.where(Enrollment.journey_id.not_in(paused))
    first_of: dict[int, Row[Any]] = {}
    for row in session.execute(due):
        first_of.setdefault(row.contact_id, row)
    return list(first_of.values())


def _build_traveller(
    row: Row[Any], plan: Plan, person: Person, marks: Mapping[str, Mapping[str, datetime]]
) -> Traveller:
    data = row.data
    context = dict(data.get("context") or {})
    return Traveller(
        enrollment_id=row.id,
        plan=plan,
        contact_id=row.contact_id,
        contact_uid=str(person.uid),
        status=EnrollmentStatus(row.status),
        node=row.node,
        seq=row.seq,
        entered_at=row.entered_at,
        arrived_at=row.arrived_at,
        state=person.state_with(trigger=data.get("trigger"), context=context, node_messages=marks),
        context=context,
        visits=dict(data.get("visits") or {}),
        signal=read_signal(row.signal),
        arms=person.arms,
        past_events=person.events,
        entry_key=row.entry_key,
        contact=person.describe(),
    )


def _write_enrollments(
    session: Session, rows: Sequence[Row[Any]], passages: Sequence[Passage], *, now: datetime
) -> None:
    values = [
        {
            "the_id": row.id,
            "the_seq": row.seq,
            "new_seq": row.seq + 1,
            "new_status": passage.status,
            "new_node": passage.node,
            "arrived": passage.arrived_at,
            "wake": passage.wake_at,
            "ended": now if passage.status in ENDED else None,
            "why": passage.reason,
            "new_data": _write_data(row.data, passage.traveller),
        }
        for row, passage in zip(rows, passages, strict=True)
    ]
    enrollment = table_of(Enrollment)
    session.connection().execute(
        update(enrollment)
        .where(enrollment.c.id == bindparam("the_id"), enrollment.c.seq == bindparam("the_seq"))
        .values(
            seq=bindparam("new_seq"),
            status=bindparam("new_status"),
            node=bindparam("new_node"),
            arrived_at=bindparam("arrived"),
            wake_at=bindparam("wake"),
            ended_at=bindparam("ended"),
            reason=bindparam("why"),
            data=bindparam("new_data"),
            signal=None,
        ),
        values,
    )


def _write_data(data: Mapping[str, Any], traveller: Traveller) -> dict[str, Any]:
    changed = dict(data)
    learned = {"context": traveller.context, "visits": traveller.visits}
    return changed | {name: value for name, value in learned.items() if value}


def _write_log(session: Session, passages: Sequence[Passage], *, now: datetime) -> None:
    """Write one row a pass, and add to the counts of nodes and ways."""
    counts: Counter[TallyKey] = Counter()
    for passage in passages:
        version = passage.traveller.plan.version_id
        for place in passage.arrivals:
            counts[version, place, ENTERED] += 1
        for place, way in passage.steps:
            if way is not None:
                counts[version, place, name_way(way)] += 1
        match passage.status:
            case EnrollmentStatus.COMPLETED:
                counts[version, WHOLE, COMPLETED] += 1
                if passage.steps[-1][1] is None:  # by no way that is drawn
                    counts[version, passage.node, COMPLETED] += 1
            case EnrollmentStatus.EXITED:
                counts[version, WHOLE, name_exit(passage.reason or "")] += 1
                counts[version, passage.node, name_exit(passage.reason or "")] += 1
            case EnrollmentStatus.FAILED:
                counts[version, WHOLE, SET_ASIDE] += 1
            case _:
                pass
    session.execute(
        insert_into(session, Pass),
        [
            {
                "enrollment_id": passage.traveller.enrollment_id,
                "seq": passage.traveller.seq + 1,
                "at": now,
                "version_id": passage.traveller.plan.version_id,
                "path": write_path(passage.steps),
            }
            for passage in passages
        ],
    )
    add_tallies(session, counts)
