"""From raw batches to events: drop duplicates, know the contact, keep what was said, count.

One consumer at a time, a chunk a transaction, in the order of arrival; no round trip per event.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from engine.db import insert_into, is_postgresql, lock_contacts
from engine.events.arrivals import Arrived
from engine.events.chunk import Chunk, Entry
from engine.events.incoming import Incoming, Trust
from engine.ids import derive_digest
from engine.models.event import EVENT_IDS, Event, EventBatch, EventSeen

CONSUMER: Final = 0x50_0A_11
"""Key of the advisory lock that lets one consumer in at a time."""
MOST_BATCHES: Final = 1_000
MOST_ATTEMPTS: Final = 5
REMEMBERED: Final = timedelta(days=7)
"""For so long an event sent twice counts once (promise P2)."""
_BROKEN: Final = (DataError, IntegrityError, ValueError, TypeError, LookupError, zlib.error)


def ingest_pending(
    session: Session, *, now: datetime, limit: int, trigger_age: timedelta
) -> list[Arrived]:
    """Process waiting batches of up to about `limit` items; answer the events, in order.

    A batch that cannot be processed is tried again alone, and set aside in the end; it holds up no
    other. Answers nothing while another process has the turn.
    """
    if is_postgresql(session) and not session.scalar(
        text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": CONSUMER}
    ):
        return []
    batches = _take(session, limit)
    if not batches:
        return []
    try:
        with session.begin_nested():
            arrived = _process(session, batches, now=now, trigger_age=trigger_age)
    except _BROKEN:
        arrived = _process_one_by_one(session, batches, now=now, trigger_age=trigger_age)
    return arrived


def prune_seen(session: Session, *, now: datetime) -> int:
    """Forget message ids that are older than a repetition can be; answer how many."""
    result = session.execute(delete(EventSeen).where(EventSeen.seen_at < now - REMEMBERED))
    return int(getattr(result, "rowcount", 0))


def replay_batches(session: Session, ids: Sequence[int]) -> int:
    """Let batches that were set aside be tried again; answer how many."""
    result = session.execute(
        update(EventBatch)
        .where(EventBatch.id.in_(list(ids)), EventBatch.set_aside_at.is_not(None))
        .values(set_aside_at=None, attempts=0, error=None)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))


@dataclass(frozen=True, slots=True)
class _Batch:
    id: int
    source: str
    trust: Trust
    received_at: datetime
    body: bytes


def _take(session: Session, limit: int) -> list[_Batch]:
    rows = session.execute(
        select(
            EventBatch.id,
            EventBatch.source,
            EventBatch.trust,
            EventBatch.received_at,
            EventBatch.items,
            EventBatch.body,
        )
        .where(EventBatch.set_aside_at.is_(None))
        .order_by(EventBatch.id)
        .limit(min(limit, MOST_BATCHES))
    )
    taken: list[_Batch] = []
    items = 0
    for row in rows:
        if taken and items + row.items > limit:
            break
        items += row.items
        taken.append(_Batch(row.id, row.source, Trust(row.trust), row.received_at, row.body))
    return taken


def _process_one_by_one(
    session: Session, batches: Sequence[_Batch], *, now: datetime, trigger_age: timedelta
) -> list[Arrived]:
    arrived: list[Arrived] = []
    for batch in batches:
        try:
            with session.begin_nested():
                arrived += _process(session, [batch], now=now, trigger_age=trigger_age)
        except _BROKEN as error:
            _note_failure(session, batch, error, now=now)
    return arrived


def _note_failure(session: Session, batch: _Batch, error: Exception, *, now: datetime) -> None:
    attempts = 1 + int(
        session.scalar(select(EventBatch.attempts).where(EventBatch.id == batch.id)) or 0
    )
    session.execute(
        update(EventBatch)
        .where(EventBatch.id == batch.id)
        .values(
            attempts=attempts,
            error=f"{type(error).__name__}"[:200],
            set_aside_at=now if attempts >= MOST_ATTEMPTS else None,
        )
        .execution_options(synchronize_session=False)
    )


def _process(
    session: Session, batches: Sequence[_Batch], *, now: datetime, trigger_age: timedelta
) -> list[Arrived]:
    entries = _drop_duplicates(session, [e for batch in batches for e in _read(batch)], now=now)
    arrived: list[Arrived] = []
    if entries:
        chunk = Chunk(session, entries, now=now)
        contact_ids = chunk.identify()
        lock_contacts(session, contact_ids)
        chunk.load(contact_ids)
        ids = _allocate_ids(session, len(entries))
        arrived = chunk.apply(ids, trigger_age=trigger_age)
        chunk.write()
        _write_events(session, arrived, entries)
    session.execute(
        delete(EventBatch)
        .where(EventBatch.id.in_([batch.id for batch in batches]))
        .execution_options(synchronize_session=False)
    )
    return arrived


def _read(batch: _Batch) -> list[Entry]:
    rows: list[dict[str, Any]] = orjson.loads(zlib.decompress(batch.body))
    return [
        Entry(
            source=batch.source,
            trust=batch.trust,
            received_at=batch.received_at,
            message_id=row["i"],
            own=row if "own" in row else None,
            call=None if "own" in row else Incoming.from_json(row),
        )
        for row in rows
    ]


def _drop_duplicates(session: Session, entries: list[Entry], *, now: datetime) -> list[Entry]:
    """Return the entries that were not seen before; those without an id always are new."""
    digests = {
        place: derive_digest(entry.source, entry.message_id)
        for place, entry in enumerate(entries)
        if entry.message_id is not None
    }
    if not digests:
        return entries
    seen = set(
        session.scalars(select(EventSeen.digest).where(EventSeen.digest.in_(digests.values())))
    )
    fresh: list[Entry] = []
    added: list[dict[str, Any]] = []
    for place, entry in enumerate(entries):
        digest = digests.get(place)
        if digest is not None:
            if digest in seen:
                continue
            seen.add(digest)
            added.append({"digest": digest, "seen_at": now})
        fresh.append(entry)
    if added:
        session.execute(insert_into(session, EventSeen), added)
    return fresh


def _allocate_ids(session: Session, count: int) -> list[int]:
    if is_postgresql(session):
        statement = select(EVENT_IDS.next_value()).select_from(
            func.generate_series(1, bindparam("count")).alias("n")
        )
        return list(session.scalars(statement, {"count": count}))
    highest = session.scalar(select(func.max(Event.id))) or 0
    return list(range(highest + 1, highest + 1 + count))


def _write_events(session: Session, arrived: Sequence[Arrived], entries: Sequence[Entry]) -> None:
    session.execute(
        insert_into(session, Event),
        [
            {
                "id": event.id,
                "received_at": event.received_at,
                "contact_id": event.contact_id,
                "subject_kind": "contact",
                "subject_id": event.contact_id,
                "name": event.name,
                "occurred_at": event.occurred_at,
                "message_id": entry.message_id,
                "properties": event.properties,
                "context": event.context or None,
                "actor": event.actor,
                "channel": event.channel,
                "mode": event.mode,
                "cause_id": event.cause_id,
                "root_id": event.root_id,
                "depth": event.depth,
            }
            for event, entry in zip(arrived, entries, strict=True)
        ],
    )
