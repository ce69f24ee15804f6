"""What came in last, for whoever wants to see that it does."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.models.contact import Contact
from engine.models.event import Event

MOST_COUNTED: Final = 10_000
"""Of one name: beyond that it is "at least so many"."""


def list_recent(
    session: Session,
    *,
    name: str | None,
    contact_id: int | None,
    after: int | None = None,
    limit: int,
) -> list[tuple[Event, Contact | None]]:
    """Return the events that came last, the newest first, each with its contact.

    Args:
        name: only events of this name, by when they happened.
        contact_id: only those of one contact, by when they happened.
        after: only those that came in after the event of this id.
    """
    asked = select(Event, Contact).join(Contact, Contact.id == Event.contact_id, isouter=True)
    if name is not None:
        asked = asked.where(Event.name == name)
    if contact_id is not None:
        asked = asked.where(Event.contact_id == contact_id)
    if after is not None:
        asked = asked.where(Event.id > after)
    if after is not None or (name is None and contact_id is None):
        asked = asked.order_by(Event.id.desc())
    else:
        asked = asked.order_by(Event.occurred_at.desc(), Event.id.desc())
    return [(event, contact) for event, contact in session.execute(asked.limit(limit))]


def count_recent(session: Session, name: str, *, now: datetime, within: timedelta) -> int:
    """Return how often an event happened lately, up to `MOST_COUNTED`."""
    some = (
        select(Event.id)
        .where(Event.name == name, Event.occurred_at > now - within, Event.occurred_at <= now)
        .limit(MOST_COUNTED)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(some)) or 0
