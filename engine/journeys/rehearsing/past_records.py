"""Tickets, deals and carts for a replay, as they were when it begins. Reads only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.events.arrivals import RECORD, RECORD_CHANGED, RECORD_CREATED, Arrived, Subject
from engine.journeys.deciding.known_record import KnownRecord, describe_values, follow
from engine.journeys.records import CONTACT_NAME
from engine.journeys.running.subjects import load_records_of
from engine.journeys.simulation.persona import Persona
from engine.models.event import Event as EventRow
from engine.triggers.record import STATE, RecordTimes

NAMES: Final = (RECORD_CREATED, RECORD_CHANGED)


def recall_records(
    session: Session, known: Mapping[int, Persona], type_: str, *, begins_at: datetime
) -> int:
    """Let these contacts have the records of a type that they had at an instant.

    A record that has been of two contacts since is left out: what went on for it would have gone
    over to the other one.

    Returns:
        How many were left out.
    """
    told: dict[Subject, list[Arrived]] = {}
    for event in _list_told(session, known):
        if event.subject is not None and event.properties["type"] == type_:
            told.setdefault(event.subject, []).append(event)
    now = load_records_of(session, known, type_)
    strange = frozenset(
        subject
        for subject, events in told.items()
        if _has_moved([one for one in events if one.occurred_at >= begins_at], now.get(subject))
    )
    for persona in known.values():
        persona.strange = strange
    for subject, record in now.items():
        before = _take_back(record, told.get(subject, ()), begins_at)
        if before is not None and subject not in strange:
            known[record.contact_id].records[subject] = before
    return len(strange)


def _has_moved(events: Sequence[Arrived], record: KnownRecord | None) -> bool:
    """Return whether a record of which these events tell is of another contact since.

    Args:
        record: as it is now; None if it is of none of the contacts that are replayed.
    """
    if not events:
        return False
    is_handed_over = any(CONTACT_NAME in event.properties["changes"] for event in events)
    return is_handed_over or record is None or record.contact_id != events[-1].contact_id


def _take_back(
    record: KnownRecord, events: Sequence[Arrived], begins_at: datetime
) -> KnownRecord | None:
    """Return a record as it was at an instant; None if it was made later.

    Args:
        record: as it is now.
        events: about it that are kept, the oldest first.
    """
    created_at = record.times.created_at
    if created_at >= begins_at:
        return None
    if record.times.updated_at < begins_at:
        return record
    before: KnownRecord | None = None
    for event in events:
        if event.occurred_at >= begins_at:
            return before or _undo(event, created_at)
        before = follow(before, event)
        before = replace(before, times=replace(before.times, created_at=created_at))
    return before or record


def _undo(event: Arrived, created_at: datetime) -> KnownRecord:
    """Return a record as it was before an event; of what was earlier nothing is kept any more."""
    about, changes = event.properties, event.properties["changes"]
    state = changes[STATE][0] if STATE in changes else about["state"]
    fields = {name: value for name, value in about["fields"].items() if name not in changes}
    fields |= {
        name: pair[0] for name, pair in changes.items() if name != STATE and pair[0] is not None
    }
    times = RecordTimes(state, created_at, updated_at=created_at, state_since=created_at)
    values = describe_values(about["type"], about["key"], state, fields)
    return KnownRecord(about["key"], event.contact_id, times, values)


def _list_told(session: Session, known: Mapping[int, Persona]) -> Iterator[Arrived]:
    """Yield the events about records of these contacts, the oldest first."""
    rows = session.execute(
        select(
            EventRow.id,
            EventRow.contact_id,
            EventRow.name,
            EventRow.occurred_at,
            EventRow.properties,
            EventRow.subject_id,
        )
        .where(
            is_any(session, EventRow.contact_id, known),
            EventRow.subject_kind == RECORD,
            EventRow.name.in_(NAMES),
        )
        .order_by(EventRow.occurred_at, EventRow.id)
    )
    yield from map(_read, rows)


def _read(row: Row[Any]) -> Arrived:
    return Arrived(
        id=row.id,
        contact_id=row.contact_id,
        name=row.name,
        occurred_at=row.occurred_at,
        received_at=row.occurred_at,
        properties=row.properties,
        subject=(RECORD, row.subject_id),
    )
