"""Loads what journeys are about besides contacts: tickets, deals, carts, a chunk at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.events.arrivals import RECORD, Subject
from engine.models.record import Record
from engine.triggers.record import RecordTimes

OWN_NAMES: Final = ("type", "key", "state")
"""What conditions see of a record besides its fields; no field may be called so."""


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record as a chunk looks at it.

    Attributes:
        contact_id: who is written to.
        values: what conditions see under `subject`: its fields, and what it is.
    """

    key: str
    contact_id: int
    times: RecordTimes
    values: Mapping[str, Any]

    def describe(self) -> dict[str, Any]:
        """Return it as conditions see it under `trigger.properties`."""
        own = {name: self.values.get(name) for name in OWN_NAMES}
        fields = {name: value for name, value in self.values.items() if name not in own}
        return {**own, "fields": fields}


def load_records(
    session: Session, subjects: Iterable[Subject | None]
) -> dict[Subject, KnownRecord]:
    """Return the records among these subjects; one that is gone is left out."""
    ids = {subject[1] for subject in subjects if subject is not None and subject[0] == RECORD}
    if not ids:
        return {}
    rows = session.scalars(select(Record).where(is_any(session, Record.id, ids)))
    return {(RECORD, row.id): _read(row) for row in rows}


def read_values(
    records: Mapping[Subject, KnownRecord], subject: Subject | None
) -> Mapping[str, Any]:
    """Return what conditions see of a subject under `subject`; nothing of a contact."""
    known = None if subject is None else records.get(subject)
    return {} if known is None else known.values


def read_record(kind: str, subject_id: int) -> Subject | None:
    """Return what an enrollment's row is about besides its contact."""
    return (kind, subject_id) if kind == RECORD else None


def describe_record(record: Record) -> dict[str, Any]:
    """Return a record as conditions see it: its fields, and what it is."""
    own = {"type": record.type, "key": record.key}
    state = {} if record.state is None else {"state": record.state}
    return {**record.fields, **own, **state}


def _read(row: Record) -> KnownRecord:
    times = RecordTimes(row.state, row.created_at, row.updated_at, row.state_since)
    return KnownRecord(row.key, row.contact_id, times, describe_record(row))
