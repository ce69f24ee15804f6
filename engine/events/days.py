"""What happened on each day (UTC): counted as it happens, so that nobody counts rows for a page."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.models.operation import DayCount

EPOCH: Final = date(1970, 1, 1)
SHARDS: Final = 16


class Counted(StrEnum):
    """What is counted."""

    EVENTS = "events"  # that came in; not the product's own
    EMAIL = "email"  # letters that a provider took
    SMS = "sms"
    PUSH = "push"


def add_to_day(session: Session, what: Counted, n: int, *, now: datetime, shard: int = 0) -> None:
    """Add to what happened today.

    Whoever counts the same thing in the same shard waits until the transaction ends.

    Args:
        shard: any number; those of workers that count side by side should differ mostly.
    """
    if not n:
        return
    day = (now.astimezone(UTC).date() - EPOCH).days
    statement = insert_into(session, DayCount).values(
        what=what.value, day=day, shard=shard % SHARDS, n=n
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[DayCount.what, DayCount.day, DayCount.shard],
            set_={"n": DayCount.n + statement.excluded.n},
        )
    )


def count_by_day(session: Session, first: date, last: date) -> dict[Counted, dict[date, int]]:
    """Return what happened on each of these days, both included; days without any are absent."""
    rows = session.execute(
        select(DayCount.what, DayCount.day, func.sum(DayCount.n))
        .where(
            DayCount.what.in_([what.value for what in Counted]),
            DayCount.day.between((first - EPOCH).days, (last - EPOCH).days),
        )
        .group_by(DayCount.what, DayCount.day)
    )
    found: dict[Counted, dict[date, int]] = {what: {} for what in Counted}
    for what, day, n in rows:
        found[Counted(what)][EPOCH + timedelta(days=day)] = int(n)
    return found


def has_happened(session: Session, *several: Counted) -> bool:
    """Return whether any of it ever happened."""
    asked = select(DayCount.n).where(DayCount.what.in_([what.value for what in several])).limit(1)
    return session.scalar(asked) is not None
