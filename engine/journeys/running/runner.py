"""Moves due enrollments on: claim → load → decide → perform → write, a chunk a transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from engine.bulk import copy_rows, is_among
from engine.db import table_of
from engine.decision import AssignArm
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.groups import give_group, list_salts
from engine.journeys.deciding.known_record import read_record, read_values
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import WHOLE, Plan, write_path
from engine.journeys.deciding.signals import read_signal
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.deciding.walk import Passage, Traveller, walk
from engine.journeys.running.effects import perform
from engine.journeys.running.experiments import load_winners
from engine.journeys.running.facts import load_node_messages, load_people, merge_reads
from engine.journeys.running.holdouts import record_groups
from engine.journeys.running.live import find_gone, list_paused, load_plans
from engine.journeys.running.questions import close_questions, is_asking
from engine.journeys.running.subjects import load_records
from engine.journeys.running.tallies import (
    COMPLETED,
    ENTERED,
    SET_ASIDE,
    TallyKey,
    add_tallies,
    name_exit,
    name_reassigned,
    name_way,
)
from engine.journeys.running.throttles import give_turns
from engine.messages.handover.outbox import cancel
from engine.messages.states import CancelReason
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Pass
from engine.rules.evaluate import ContactState

ENDED: Final = (EnrollmentStatus.COMPLETED, EnrollmentStatus.EXITED, EnrollmentStatus.FAILED)
TRAVELLER_COLUMNS: Final = (
    Enrollment.id,
    Enrollment.version_id,
    Enrollment.contact_id,
    Enrollment.subject_kind,
    Enrollment.subject_id,
    Enrollment.entry_key,
    Enrollment.status,
    Enrollment.node,
    Enrollment.seq,
    Enrollment.entered_at,
    Enrollment.arrived_at,
    Enrollment.signal,
    Enrollment.data,
)
"""What `load_travellers` reads of an enrollment's row."""


def advance_due(
    session: Session,
    *,
    now: datetime,
    limit: int,
    default_zone: str,
    holdout_percent: int = 0,
    only: int | None = None,
) -> int:
    """Move up to `limit` due enrollments on, and answer how many were taken.

    One enrollment a contact and chunk, under the contact's lock: all that happens to one contact
    happens one at a time. A row that is locked elsewhere is left for the next look.

    Args:
        holdout_percent: of all contacts, who get no marketing from any journey.
        only: take this enrollment and no other.
    """
    rows = _claim(session, now=now, limit=limit, only=only)
    if not rows:
        return 0
    plans = load_plans(session, {row.version_id for row in rows})
    loaded = load_travellers(session, rows, plans, holdout_percent=holdout_percent)
    people = loaded.people
    give_turns(session, loaded.travellers, now=now)
    asker = Asker(now=now, default_zone=default_zone, gone=loaded.gone)
    passages = [walk(traveller, asker) for traveller in loaded.travellers]
    causes = {row.id: row.data["cause"] for row in rows if "cause" in row.data}
    _write_enrollments(session, rows, passages, now=now)
    _write_log(session, passages, now=now)
    perform(session, passages, people, causes, now=now)
    record_groups(session, passages, people)
    left = [p.traveller for p in passages if p.status is EnrollmentStatus.EXITED]
    recalled = [p.traveller.enrollment_id for p in passages if p.is_recalled]
    cancel(session, recalled, reason=CancelReason.LEFT)
    asking = [one.enrollment_id for one in left if is_asking(one.plan, one.node)]
    close_questions(session, asking, now=now)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Travelling:
    """Enrollments with all that deciding may look at.

    Attributes:
        travellers: in the order of their rows.
        people: their contacts, by id.
        gone: what their conditions name, and is there no more (engine.journeys.deciding.walk.Asker).
    """

    travellers: list[Traveller]
    people: dict[int, Person]
    gone: frozenset[tuple[str, str]]


def load_travellers(
    session: Session,
    rows: Sequence[Row[Any]],
    plans: Mapping[int, Plan],
    *,
    holdout_percent: int = 0,
    place: int | None = None,
) -> Travelling:
    """Return these enrollments with all that deciding may look at, and their contacts.

    Args:
        rows: of `TRAVELLER_COLUMNS`.
        plans: by version id.
        holdout_percent: of all contacts, who get no marketing from any journey.
        place: of the node in their plan at which all of them are; None: where their rows say.
    """
    reads = merge_reads(plan.reads for plan in plans.values())
    reads.salts |= list_salts(plans.values(), holdout_percent)
    winners = load_winners(session, plans.values())
    people = load_people(session, [row.contact_id for row in rows], reads)
    marks = load_node_messages(session, [row.id for row in rows]) if reads.node_messages else {}
    abouts = {row.id: read_record(row.subject_kind, row.subject_id) for row in rows}
    records = load_records(session, abouts.values())
    travellers = [
        _build_traveller(
            row,
            plans[row.version_id],
            people[row.contact_id],
            _build_state(
                row,
                people[row.contact_id],
                marks.get(row.id, {}),
                read_values(records, abouts[row.id]),
            ),
            place=row.node if place is None else place,
            arms=give_group(plans[row.version_id], people[row.contact_id], holdout_percent),
            winners=winners.get(plans[row.version_id].journey_id, {}),
        )
        for row in rows
    ]
    return Travelling(travellers, people, find_gone(session, reads))


def _claim(session: Session, *, now: datetime, limit: int, only: int | None) -> list[Row[Any]]:
    """Take due enrollments, the longest due first, at most one of each contact."""
    due = (
        select(*TRAVELLER_COLUMNS)
        .join(Contact, Contact.id == Enrollment.contact_id)
        .where(is_among(Enrollment.status, ACTIVE), Enrollment.wake_at <= now)
        .order_by(Enrollment.wake_at)
        .limit(limit)
        .with_for_update(of=(Enrollment, Contact), skip_locked=True, key_share=True)
    )
    if only is not None:
        due = due.where(Enrollment.id == only)
    if paused := list_paused(session):
        due = due.where(Enrollment.journey_id.not_in(paused))
    first_of: dict[int, Row[Any]] = {}
    rows: Sequence[Any] = session.execute(due).all()
    for row in rows:
        first_of.setdefault(row.contact_id, row)
    return list(first_of.values())


def _build_state(
    row: Row[Any],
    person: Person,
    marks: Mapping[str, Mapping[str, datetime]],
    subject: Mapping[str, Any],
) -> ContactState:
    return person.state_with(
        trigger=row.data.get("trigger"),
        context=dict(row.data.get("context") or {}),
        node_messages=marks,
        subject=subject,
    )


def _build_traveller(
    row: Row[Any],
    plan: Plan,
    person: Person,
    state: ContactState,
    *,
    place: int,
    arms: Mapping[str, str],
    winners: Mapping[str, str],
) -> Traveller:
    data = row.data
    standing_at, ticket = data.get("ticket") or (None, None)
    return Traveller(
        enrollment_id=row.id,
        plan=plan,
        contact_id=row.contact_id,
        contact_uid=str(person.uid),
        status=EnrollmentStatus(row.status),
        node=place,
        seq=row.seq,
        entered_at=row.entered_at,
        arrived_at=row.arrived_at,
        state=state,
        context=dict(data.get("context") or {}),
        visits=dict(data.get("visits") or {}),
        signal=read_signal(row.signal),
        arms=arms,
        winners=winners,
        past_events=person.events,
        entry_key=row.entry_key,
        contact=person.describe(),
        reading=person.reading,
        ticket=ticket if standing_at == plan.keys[place] else None,
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
            "recalled": passage.is_recalled,
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
            is_recalled=bindparam("recalled"),
            data=bindparam("new_data"),
            signal=None,
        ),
        values,
    )


def _write_data(data: Mapping[str, Any], traveller: Traveller) -> dict[str, Any]:
    changed = {name: value for name, value in data.items() if name != "ticket"}
    plan, ticket = traveller.plan, traveller.ticket
    learned: dict[str, Any] = {
        "context": traveller.context,
        "visits": traveller.visits,
        "ticket": None if ticket is None else [plan.keys[traveller.node], ticket],
    }
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
        for intent in passage.intents:
            if isinstance(intent.effect, AssignArm) and intent.effect.instead_of is not None:
                counts[version, intent.node, name_reassigned(intent.effect.instead_of)] += 1
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
    copy_rows(
        session,
        Pass,
        [
            {
                "enrollment_id": passage.traveller.enrollment_id,
                "seq": passage.traveller.seq + 1,
                "at": now,
                "version_id": passage.traveller.plan.version_id,
                "path": write_path(passage.steps),
                "notes": passage.notes.to_json(),
            }
            for passage in passages
        ],
    )
    add_tallies(session, counts, now=now)
