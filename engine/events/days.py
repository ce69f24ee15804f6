"""How many events came in on each day (UTC): counted as they come, so nobody counts the events."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.models.event import EventDay

EPOCH: Final = date(1970, 1, 1)


def add_events(session: Session, n: int, *, now: datetime) -> None:
    """Add to the events of today. One consumer at a time brings them in, so nobody waits here."""
    if not n:
        return
    day = (now.astimezone(UTC).date() - EPOCH).days
    statement = insert_into(session, EventDay).values(day=day, n=n)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[EventDay.day], set_={"n": EventDay.n + statement.excluded.n}
        )
    )


def count_events(session: Session, first: date, last: date) -> dict[date, int]:
    """Return how many came in on each of these days, both included; days without any are absent."""
    rows = session.execute(
        select(EventDay.day, EventDay.n).where(
            EventDay.day.between((first - EPOCH).days, (last - EPOCH).days)
        )
    )
    return {EPOCH + timedelta(days=day): n for day, n in rows}
