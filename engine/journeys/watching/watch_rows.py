"""Rows of watches, written set-wise."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, tuple_
from sqlalchemy.orm import Session

from engine.bulk import put_rows
from engine.journeys.deciding.watch_notes import Row, WatchKey, WatchNotes
from engine.models.journey import Watch
from engine.tasks import Lane, ring


def write_noted(session: Session, notes: WatchNotes, *, now: datetime) -> None:
    """Write which watches end and begin; ask for a look where one is due already."""
    drop_watches(session, notes.ended)
    put_watches(session, list(notes.begun.values()))
    ring_if_due(session, notes.begun.values(), now=now)


def put_watches(session: Session, rows: Collection[Row]) -> None:
    """Write watches, each in the place of one that is there."""
    put_rows(session, Watch, list(rows), replacing=("due_at", "data"))


def drop_watches(session: Session, watches: Collection[WatchKey]) -> None:
    """Drop these watches."""
    if watches:
        session.execute(
            delete(Watch).where(
                tuple_(Watch.journey_id, Watch.contact_id, Watch.key).in_(list(watches))
            )
        )


def ring_if_due(session: Session, rows: Collection[Row], *, now: datetime) -> None:
    """Ask for a look at watches if one of these is due."""
    if any(row["due_at"] is not None and row["due_at"] <= now for row in rows):
        ring(session, Lane.SEGMENTS)
