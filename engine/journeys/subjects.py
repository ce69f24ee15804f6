"""Loads what journeys are about besides contacts: tickets, deals, carts, a chunk at a time."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.events.arrivals import RECORD, Subject
from engine.journeys.known_record import KnownRecord
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


def describe_record(record: Record) -> dict[str, Any]:
    """Return a record as conditions see it: its fields, and what it is."""
    own = {"type": record.type, "key": record.key}
    state = {} if record.state is None else {"state": record.state}
    return {**record.fields, **own, **state}


def _read(row: Record) -> KnownRecord:
    times = RecordTimes(row.state, row.created_at, row.updated_at, row.state_since)
    return KnownRecord(row.key, row.contact_id, times, describe_record(row))
