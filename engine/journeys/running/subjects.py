"""Loads what journeys are about besides contacts: tickets, deals, carts, a chunk at a time."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.events.arrivals import RECORD, Subject
from engine.journeys.deciding.known_record import KnownRecord, describe_values
from engine.models.record import Record
from engine.triggers.record import RecordTimes


def load_records(
    session: Session, subjects: Iterable[Subject | None]
) -> dict[Subject, KnownRecord]:
    """Return the records among these subjects; one that is gone is left out."""
    ids = {subject[1] for subject in subjects if subject is not None and subject[0] == RECORD}
    if not ids:
        return {}
    rows = session.scalars(select(Record).where(is_any(session, Record.id, ids)))
    return {(RECORD, row.id): _read(row) for row in rows}


def load_records_of(
    session: Session, contact_ids: Iterable[int], type_: str
) -> dict[Subject, KnownRecord]:
    """Return these contacts' records of a type, the oldest first."""
    rows = session.scalars(
        select(Record)
        .where(is_any(session, Record.contact_id, set(contact_ids)), Record.type == type_)
        .order_by(Record.id)
    )
    return {(RECORD, row.id): _read(row) for row in rows}


def _read(row: Record) -> KnownRecord:
    times = RecordTimes(row.state, row.created_at, row.updated_at, row.state_since)
    values = describe_values(row.type, row.key, row.state, row.fields)
    return KnownRecord(row.key, row.contact_id, times, values)
