"""The way in: what was said is durable before it is answered. One insert a request."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.errors import TooMuch
from engine.events.arrivals import Subject
from engine.events.incoming import Incoming, Trust
from engine.models.event import EventBatch
from engine.tasks import Lane, ring

OWN_SOURCE: Final = "sojourn"
BUSY_PAUSE: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event that the product itself records of a contact.

    Attributes:
        message_id: derived from what it is about, so that it counts once.
        cause_id, root_id, depth: the chain of events that led to it (rule 137).
        subject: what it is about besides the contact: one ticket, one deal, one cart.
    """

    contact_id: int
    name: str
    occurred_at: datetime
    message_id: str
    properties: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    actor: str = "system"
    channel: str | None = None
    cause_id: int | None = None
    root_id: int | None = None
    depth: int = 0
    subject: Subject | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as a batch's body keeps it."""
        return {
            "own": self.contact_id,
            "n": self.name,
            "t": self.occurred_at.isoformat(),
            "i": self.message_id,
            "d": self.properties,
            "c": self.context,
            "w": self.actor,
            "ch": self.channel,
            "ca": self.cause_id,
            "ro": self.root_id,
            "de": self.depth,
            "su": self.subject,
        }


def accept(
    session: Session,
    items: Sequence[Incoming],
    *,
    source: str,
    trust: Trust,
    now: datetime,
) -> None:
    """Store these calls as one raw batch, and ring for them to be processed.

    The caller answers "accepted" once its transaction has committed, and not before.
    """
    _append(session, [item.to_json() for item in items], source=source, trust=trust, now=now)


def append_own(session: Session, events: Sequence[OwnEvent], *, now: datetime) -> None:
    """Record events of the product itself; they take the same way in as all others."""
    rows = [event.to_json() for event in events]
    _append(session, rows, source=OWN_SOURCE, trust=Trust.SYSTEM, now=now)


def refuse_backlog(session: Session, *, limit: int) -> None:
    """Ask senders to come back later when more waits than can be promised to be soon done.

    Raises:
        TooMuch: that many batches wait already.
    """
    # From the ends of the index: counting a long backlog would make it longer.
    span = func.max(EventBatch.id) - func.min(EventBatch.id)
    waiting = session.scalar(select(span).where(EventBatch.set_aside_at.is_(None)))
    if waiting is not None and waiting >= limit:
        msg = "too many events wait to be processed; send again a little later"
        raise TooMuch(msg, retry_after=BUSY_PAUSE)


def _append(
    session: Session, rows: list[dict[str, Any]], *, source: str, trust: Trust, now: datetime
) -> None:
    if not rows:
        return
    session.execute(
        insert_into(session, EventBatch),
        [
            {
                "received_at": now,
                "source": source,
                "trust": trust.value,
                "items": len(rows),
                "body": zlib.compress(orjson.dumps(rows), 1),
                "attempts": 0,
            }
        ],
    )
    ring(session, Lane.INGEST)
