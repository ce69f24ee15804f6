"""Events of the past, read again as they reached journeys."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.events.arrivals import Arrived, derive_activity
from engine.models.event import Event


def list_stored(
    session: Session,
    contact_ids: Collection[int],
    *,
    names: Collection[str] | None,
    since: datetime | None = None,
) -> Iterator[Arrived]:
    """Yield these contacts' events, contact by contact, each one's oldest first.

    What was told as history is given as if it had been live: whoever reads the past wants it.

    Args:
        names: None: all events.
        since: the earliest instant at which they occurred; None: as far back as they are kept.
    """
    if not contact_ids or (names is not None and not names):
        return
    wanted = (
        select(Event)
        .where(is_any(session, Event.contact_id, contact_ids))
        .order_by(Event.contact_id, Event.occurred_at, Event.id)
        .execution_options(yield_per=1_000)
    )
    if names is not None:
        wanted = wanted.where(Event.name.in_(sorted(names)))
    if since is not None:
        wanted = wanted.where(Event.occurred_at >= since)
    for row in session.execute(wanted.with_only_columns(*Event.__table__.columns)):
        yield read_stored(row, mode="live")


def read_stored(row: Event | Row[Any], *, mode: str) -> Arrived:
    """Return an event from its row.

    Args:
        row: all of its columns.
        mode: how it is to be read: as it was told, or `live` whatever it was.
    """
    return Arrived(
        id=row.id,
        contact_id=row.contact_id,
        name=row.name,
        occurred_at=row.occurred_at,
        received_at=row.received_at,
        properties=row.properties,
        context=row.context or {},
        actor=row.actor,
        channel=row.channel,
        mode=mode,
        cause_id=row.cause_id,
        root_id=row.root_id,
        depth=row.depth,
        is_activity=derive_activity(row.name, actor=row.actor, mode=mode),
    )
