"""Loads what deciding needs: a chunk of contacts at a time, and of each only what is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.journeys.deciding.person import Person
from engine.journeys.deciding.reads import JourneyReads
from engine.messages.tracking.readings import load_readings
from engine.models.contact import Contact
from engine.models.journey import Assignment
from engine.models.message import Message
from engine.segments.states import MARK_COLUMNS, load_states, name_marks


def merge_reads(reads: Iterable[JourneyReads]) -> JourneyReads:
    """Return what all of them need together."""
    merged = JourneyReads()
    for one in reads:
        merged.add(one)
    return merged


def load_people(
    session: Session, contact_ids: Collection[int], reads: JourneyReads
) -> dict[int, Person]:
    """Return the contacts by id, with what `reads` names."""
    if not contact_ids:
        return {}
    ids = list(contact_ids)
    states = load_states(session, ids, reads)
    arms = _load_arms(session, ids, reads)
    readings = load_readings(session, ids) if reads.best_hours else {}
    rows = session.execute(
        select(
            Contact.id,
            Contact.uid,
            Contact.created_at,
            Contact.email,
            Contact.phone,
            Contact.attribute_times,
            Contact.is_held_out,
        ).where(Contact.id.in_(ids))
    )
    return {
        row.id: Person(
            contact_id=row.id,
            uid=row.uid,
            created_at=row.created_at,
            email=row.email,
            phone=row.phone,
            attribute_times=row.attribute_times,
            active_at=states[row.id].active_at,
            events=tuple(states[row.id].events),
            arms=arms.get(row.id, {}),
            is_held_out=row.is_held_out,
            state=states[row.id].state,
            reading=readings.get(row.id),
        )
        for row in rows
    }


def load_node_messages(
    session: Session, enrollment_ids: Collection[int]
) -> dict[int, dict[str, dict[str, datetime]]]:
    """Return the marks of the latest message of each node, by enrollment and node key."""
    if not enrollment_ids:
        return {}
    rows = session.execute(
        select(Message.enrollment_id, Message.node, *MARK_COLUMNS)
        .where(Message.enrollment_id.in_(list(enrollment_ids)), Message.channel != "webhook")
        .order_by(Message.id)
    )
    found: dict[int, dict[str, dict[str, datetime]]] = defaultdict(dict)
    for enrollment_id, node, *marks in rows:
        found[enrollment_id][node] = name_marks(marks)
    return found


def _load_arms(
    session: Session, ids: list[int], reads: JourneyReads
) -> Mapping[int, dict[str, str]]:
    if not reads.salts:
        return {}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = session.execute(
        select(Assignment.contact_id, Assignment.salt, Assignment.label).where(
            Assignment.contact_id.in_(ids), Assignment.salt.in_(sorted(reads.salts))
        )
    )
    for contact, salt, label in rows:
        found[contact][salt] = label
    return found
