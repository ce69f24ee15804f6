"""From raw batches to events: drop duplicates, know the contact, keep what was said, count.

One consumer at a time, a chunk a transaction, in the order of arrival; no round trip per event.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.exc import DataError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from engine.bulk import copy_rows, is_any
from engine.contacts.merge import Merge
from engine.db import change_rows, is_postgresql
from engine.events.arrivals import CONTACT, SYSTEM, Arrived
from engine.events.chunk import Chunk
from engine.events.days import Counted, add_to_day
from engine.events.entries import Entry, read_entries
from engine.events.incoming import Trust
from engine.ids import derive_digest
from engine.models.event import EVENT_IDS, Event, EventBatch, EventSeen

CONSUMER: Final = 0x50_0A_11
"""Key of the advisory lock that lets one consumer in at a time."""
MOST_BATCHES: Final = 1_000
MOST_ATTEMPTS: Final = 5
LONGEST_ERROR: Final = 200
REMEMBERED: Final = timedelta(days=7)
"""For so long an event sent twice counts once (promise P2)."""
_BROKEN: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    zlib.error,
    DataError,
    IntegrityError,
)
"""What is wrong with a batch, and not with the world around it."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a chunk.

    Attributes:
        arrived: its events, in order.
        merges: contacts that turned out to be others; higher rooms move what is theirs.
    """

    arrived: list[Arrived] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)

    def add(self, other: "Ingested") -> None:
        """Take what became of a later chunk."""
        self.arrived.extend(other.arrived)
        self.merges.extend(other.merges)


def ingest_pending(
    session: Session, *, now: datetime, limit: int, trigger_age: timedelta
) -> Ingested:
    """Process waiting batches of up to about `limit` items, in the order of arrival.

    A batch that cannot be processed is tried again alone, and set aside in the end; it holds up no
    other. Nothing is done while another process has the turn.
    """
    if is_postgresql(session) and not session.scalar(
        text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": CONSUMER}
    ):
        return Ingested()
    batches = _take(session, limit)
    if not batches:
        return Ingested()
    try:
        with session.begin_nested():
            return _process(session, batches, now=now, trigger_age=trigger_age)
    except _BROKEN:
        return _process_one_by_one(session, batches, now=now, trigger_age=trigger_age)


def take_turn(session: Session) -> None:
    """Wait until nobody ingests, and let nobody begin to before this transaction is over.

    To be called before anything else is held. On SQLite the transaction itself is the turn.
    """
    if is_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CONSUMER})


def prune_seen(session: Session, *, now: datetime) -> int:
    """Forget message ids that are older than a repetition can be; answer how many."""
    return change_rows(session, delete(EventSeen).where(EventSeen.seen_at < now - REMEMBERED))


def replay_batches(session: Session, ids: Sequence[int]) -> int:
    """Let batches that were set aside be tried again; answer how many."""
    return change_rows(
        session,
        update(EventBatch)
        .where(EventBatch.id.in_(list(ids)), EventBatch.set_aside_at.is_not(None))
        .values(set_aside_at=None, attempts=0, error=None),
    )


@dataclass(frozen=True, slots=True)
class _Batch:
    id: int
    source: str
    trust: Trust
    received_at: datetime
    body: bytes


def _take(session: Session, limit: int) -> list[_Batch]:
    """Return the oldest waiting batches; their bodies are read only of those that are taken."""
    waiting = session.execute(
        select(EventBatch.id, EventBatch.items)
        .where(EventBatch.set_aside_at.is_(None))
        .order_by(EventBatch.id)
        .limit(min(limit, MOST_BATCHES))
    )
    taken: list[int] = []
    items = 0
    for batch_id, count in waiting:
        if taken and items + count > limit:
            break
        items += count
        taken.append(batch_id)
    if not taken:
        return []
    rows = session.execute(
        select(
            EventBatch.id,
            EventBatch.source,
            EventBatch.trust,
            EventBatch.received_at,
            EventBatch.body,
        )
        .where(is_any(session, EventBatch.id, taken))
        .order_by(EventBatch.id)
    )
    return [_Batch(row.id, row.source, Trust(row.trust), row.received_at, row.body) for row in rows]


def _process_one_by_one(
    session: Session, batches: Sequence[_Batch], *, now: datetime, trigger_age: timedelta
) -> Ingested:
    ingested = Ingested()
    for batch in batches:
        try:
            with session.begin_nested():
                ingested.add(_process(session, [batch], now=now, trigger_age=trigger_age))
        except _BROKEN as error:
            _note_failure(session, batch, error, now=now)
    return ingested


def _note_failure(session: Session, batch: _Batch, error: Exception, *, now: datetime) -> None:
    attempts = 1 + int(
        session.scalar(select(EventBatch.attempts).where(EventBatch.id == batch.id)) or 0
    )
    change_rows(
        session,
        update(EventBatch)
        .where(EventBatch.id == batch.id)
        .values(
            attempts=attempts,
            error=_describe(error),
            set_aside_at=now if attempts >= MOST_ATTEMPTS else None,
        ),
    )


def _describe(error: Exception) -> str:
    """Return what to show of an error: its kind, and of our own errors the words, never values."""
    words = "" if isinstance(error, StatementError) else f": {error}"
    return f"{type(error).__name__}{words}"[:LONGEST_ERROR]


def _process(
    session: Session, batches: Sequence[_Batch], *, now: datetime, trigger_age: timedelta
) -> Ingested:
    entries = [entry for batch in batches for entry in _read(batch)]
    fresh = _drop_duplicates(session, entries, now=now)
    ingested = Ingested()
    if fresh:
        chunk = Chunk(session, fresh, now=now)
        ids = _allocate_ids(session, len(chunk.entries))
        ingested = Ingested(chunk.apply(ids, trigger_age=trigger_age), chunk.merges)
        chunk.write()
        _write_events(session, ingested.arrived, chunk.entries)
        told = sum(event.actor != SYSTEM for event in ingested.arrived)
        add_to_day(session, Counted.EVENTS, told, now=now)
    ids = [batch.id for batch in batches]
    change_rows(session, delete(EventBatch).where(is_any(session, EventBatch.id, ids)))
    return ingested


def _read(batch: _Batch) -> list[Entry]:
    return read_entries(
        zlib.decompress(batch.body),
        source=batch.source,
        trust=batch.trust,
        received_at=batch.received_at,
    )


def _drop_duplicates(session: Session, entries: list[Entry], *, now: datetime) -> list[Entry]:
    """Return the entries that were not seen before; those without an id always are new."""
    digests = [
        None if entry.message_id is None else derive_digest(entry.source, entry.message_id)
        for entry in entries
    ]
    asked = {digest for digest in digests if digest is not None}
    seen = set(
        session.scalars(select(EventSeen.digest).where(is_any(session, EventSeen.digest, asked)))
        if asked
        else ()
    )
    fresh: list[Entry] = []
    added: list[bytes] = []
    for entry, digest in zip(entries, digests, strict=True):
        if digest is not None:
            if digest in seen:
                continue
            seen.add(digest)
            added.append(digest)
        fresh.append(entry)
    copy_rows(session, EventSeen, [{"digest": digest, "seen_at": now} for digest in added])
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
    rows: list[dict[str, Any]] = [
        {
            "id": event.id,
            "received_at": event.received_at,
            "contact_id": event.contact_id,
            "subject_kind": event.subject[0] if event.subject else CONTACT,
            "subject_id": event.subject[1] if event.subject else event.contact_id,
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
    ]
    copy_rows(session, Event, rows)
