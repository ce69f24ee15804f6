"""How segments grow: their sizes at the end of each day, kept as they change."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, literal, select
from sqlalchemy.orm import Session

from engine.db import change_rows, insert_into
from engine.models.segment import Segment, SegmentDay

KEPT: Final = 400
"""Days for which sizes are kept."""
_FIRST: Final = date(1970, 1, 1)


def note_sizes(session: Session, keys: Collection[str], *, now: datetime) -> None:
    """Keep what these segments' sizes are by now as those of today."""
    if not keys:
        return
    today = _number(now)
    sizes = (
        select(Segment.key, literal(today), Segment.size)
        .where(Segment.key.in_(list(keys)))
        .order_by(Segment.key)
    )
    statement = insert_into(session, SegmentDay).from_select(["segment", "day", "size"], sizes)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[SegmentDay.segment, SegmentDay.day],
            set_={"size": statement.excluded.size},
        )
    )


def list_sizes(
    session: Session, keys: Sequence[str], *, days: int, now: datetime
) -> dict[str, list[int | None]]:
    """Return, of each segment, its size at the end of each of the last days, the last is today.

    A day on which nobody came or went has the size of the day before; None before the first.
    """
    today = _number(now)
    begin = today - days + 1
    rows = session.execute(
        select(SegmentDay.segment, SegmentDay.day, SegmentDay.size).where(
            SegmentDay.segment.in_(keys), SegmentDay.day >= begin
        )
    )
    known: dict[str, dict[int, int]] = {key: {} for key in keys}
    for key, day, n in rows:
        known[key][day] = n
    before = _load_before(session, keys, begin)
    found: dict[str, list[int | None]] = {}
    for key in keys:
        size: int | None = before.get(key)
        found[key] = []
        for day in range(begin, today + 1):
            size = known[key].get(day, size)
            found[key].append(size)
    return found


def prune_sizes(session: Session, *, now: datetime) -> int:
    """Forget sizes of long ago, save the last of each segment; answer how many."""
    last = (
        select(func.max(SegmentDay.day))
        .where(SegmentDay.segment == Segment.key)
        .correlate(Segment)
        .scalar_subquery()
    )
    newest = select(Segment.key, last.label("day")).subquery()
    kept = select(newest.c.day).where(newest.c.key == SegmentDay.segment).scalar_subquery()
    old = SegmentDay.day < _number(now - timedelta(days=KEPT))
    return change_rows(session, delete(SegmentDay).where(old, SegmentDay.day < kept))


def _load_before(session: Session, keys: Sequence[str], begin: int) -> dict[str, int]:
    """Return the sizes as they were when the first day began."""
    last = (
        select(SegmentDay.segment, func.max(SegmentDay.day).label("day"))
        .where(SegmentDay.segment.in_(keys), SegmentDay.day < begin)
        .group_by(SegmentDay.segment)
        .subquery()
    )
    rows = session.execute(
        select(SegmentDay.segment, SegmentDay.size).join(
            last, (last.c.segment == SegmentDay.segment) & (last.c.day == SegmentDay.day)
        )
    )
    return dict(rows.all())


def _number(now: datetime) -> int:
    return (now.astimezone(UTC).date() - _FIRST).days
