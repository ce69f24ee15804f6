"""For how many contacts a condition is true now, answered within a moment whatever it asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.db import OutOfTime, limited
from engine.models.contact import Contact
from engine.rules.compile_sql import compile_condition
from engine.rules.conditions import Condition
from engine.rules.reads import list_reads

WHOLE: Final = timedelta(seconds=1.5)
"""How long everybody is asked about at once."""
SLICE: Final = 2_000
SLICES: Final = 5
"""How many contacts are asked about at a time where that takes too long, and how often."""
SLICE_TIME: Final = timedelta(seconds=0.4)
SAMPLE: Final = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """For how many contacts a condition is true.

    Attributes:
        count: so many; at least so many where `exact` is false.
        exact: whether everybody was asked about.
        looked_at: about how many it was asked, if not everybody.
        of: how many contacts there are; None if counting them takes too long.
        sample: ids of the newest for whom it is true, at most `SAMPLE`.
    """

    count: int
    exact: bool
    looked_at: int | None
    of: int | None
    sample: list[int]


def list_private(condition: Condition) -> list[str]:
    """Return what the condition reads that only an enrollment knows, so that nobody can be counted."""
    reads = list_reads(condition)
    private = {
        "trigger": reads.trigger,
        "context": reads.context,
        "subject": reads.subject,
        "message": reads.node_messages,
    }
    return [name for name, found in private.items() if found]


def count_contacts(
    session: Session,
    condition: Condition,
    *,
    now: datetime,
    default_zone: str,
    whole: timedelta = WHOLE,
) -> Counted:
    """Count the contacts for whom the condition is true now.

    Args:
        session: for reading.
        condition: one that reads no enrollment (`list_private`).
        now: the present instant.
        default_zone: of contacts that have none.
        whole: how long everybody may be asked about at once; then the newest are, slice by slice.
    """
    asking = _Asking(session, condition, now, default_zone)
    of = _count_everybody(session, whole)
    try:
        with limited(session, whole):
            count, sample = asking.ask()
    except OutOfTime:
        return _count_newest(asking, of)
    return Counted(count, exact=True, looked_at=None, of=of, sample=sample)


@dataclass(frozen=True, slots=True)
class _Asking:
    session: Session
    condition: Condition
    now: datetime
    default_zone: str

    def ask(self, only: list[int] | None = None) -> tuple[int, list[int]]:
        """Return for how many it is true, and the newest of them."""
        dialect: Any = self.session.get_bind().dialect.name
        found = compile_condition(
            self.condition,
            now=self.now,
            dialect=dialect,
            default_zone=self.default_zone,
            only=only,
        ).subquery()
        statement = select(found.c.id, func.count().over()).order_by(found.c.id.desc())
        rows = self.session.execute(statement.limit(SAMPLE)).all()
        return (rows[0][1] if rows else 0), [row[0] for row in rows]


def _count_newest(asking: _Asking, of: int | None) -> Counted:
    """Ask about the newest contacts, slice by slice, as long as it goes quickly."""
    count = looked_at = 0
    sample: list[int] = []
    before: int | None = None
    for _ in range(SLICES):
        ids = _list_newest(asking.session, before)
        if not ids:
            return Counted(count, exact=True, looked_at=None, of=of, sample=sample)
        try:
            with limited(asking.session, SLICE_TIME):
                found, newest = asking.ask(ids)
        except OutOfTime:
            break
        count, looked_at, before = count + found, looked_at + len(ids), ids[-1]
        sample = (sample + newest)[:SAMPLE]
    return Counted(count, exact=False, looked_at=looked_at, of=of, sample=sample)


def _list_newest(session: Session, before: int | None) -> list[int]:
    asked = select(Contact.id).where(*is_there()).order_by(Contact.id.desc()).limit(SLICE)
    return list(session.scalars(asked if before is None else asked.where(Contact.id < before)))


def _count_everybody(session: Session, limit: timedelta) -> int | None:
    try:
        with limited(session, limit):
            return session.scalar(select(func.count()).select_from(Contact).where(*is_there()))
    except OutOfTime:
        return None


def is_there() -> tuple[Any, ...]:
    """Return the conditions that a contact has neither been merged nor erased."""
    return Contact.merged_into.is_(None), Contact.erased_at.is_(None)
