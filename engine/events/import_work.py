"""The work on a file that brings contacts in: a piece of it checked, or taken, in one transaction."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.accounts import audit
from engine.contacts import suppression
from engine.events import imports
from engine.events.accepting import accept
from engine.events.import_checks import check_calls, check_listed
from engine.events.import_plans import (
    Plan,
    list_address_columns,
    list_columns,
    read_listed,
    read_row,
)
from engine.events.importing import BadRow
from engine.events.imports import AT_WORK, State
from engine.events.incoming import Incoming, Trust
from engine.models.event import EventBatch
from engine.models.importing import ContactImport, ImportPiece

MOST_WAITING: Final = 8
"""Pieces that wait to be processed: so a file never stands in the way of what happens now for long."""


def name_source(row: ContactImport) -> str:
    """Return what an import's calls are known by; SQLite may give an id again."""
    return f"import:{row.id}-{int(row.created_at.timestamp())}"


def work(session: Session, *, now: datetime, wall: datetime) -> int:
    """Do the next piece of the import that is at work; answer how many rows that were.

    Args:
        now: the product's time, at which contacts are changed.
        wall: the machine's.
    """
    row = session.scalar(
        select(ContactImport)
        .where(ContactImport.turn == 1, ContactImport.state.in_(AT_WORK))
        .with_for_update(skip_locked=True)
    )
    if row is None or row.plan is None:
        return 0
    plan = Plan.from_json(row.plan)
    if row.state == State.CHECKING:
        return _check(session, row, plan, now=now, wall=wall)
    return _take(session, row, plan, now=now, wall=wall)


def count_waiting(session: Session, row: ContactImport) -> tuple[int, int]:
    """Return how many rows wait to be processed, and how many could not be and are set aside."""
    is_aside = EventBatch.set_aside_at.is_not(None)
    asked = (
        select(is_aside, func.sum(EventBatch.items))
        .where(EventBatch.source == name_source(row))
        .group_by(is_aside)
    )
    found = {bool(aside): int(n) for aside, n in session.execute(asked)}
    return found.get(False, 0), found.get(True, 0)


def _check(
    session: Session, row: ContactImport, plan: Plan, *, now: datetime, wall: datetime
) -> int:
    if (piece := _next_piece(session, row)) is None:
        row.state, row.heard_at = State.CHECKED, wall
        return 0
    counts: dict[str, Any] = deepcopy(row.counts)
    before = _load_people(session, row)
    if plan.mode == "contacts":
        calls, refused = _read(row, plan, piece, now=now)
        piece.people = check_calls(session, calls, before, counts, now=now)
    else:
        listed, refused = _read_list(plan, piece)
        piece.people = check_listed(session, listed, before, counts)
    for one, _ in refused:
        imports.count_reason(counts, one.words)
    counts["refused"] = counts.get("refused", 0) + len(refused)
    piece.refused = imports.pack_refused(refused)
    row.counts = counts
    return _go_on(row, piece, wall)


def _take(
    session: Session, row: ContactImport, plan: Plan, *, now: datetime, wall: datetime
) -> int:
    waiting, aside = count_waiting(session, row)
    piece = _next_piece(session, row)
    if piece is None:
        if waiting:
            return 0
        row.counts = {**row.counts, "aside": aside}
        imports.finish(session, row, State.DONE, wall=wall)
        _record(session, row, plan, wall=wall)
        return 1
    if waiting >= MOST_WAITING * piece.rows:
        return 0
    if plan.mode == "contacts":
        calls, _ = _read(row, plan, piece, now=row.began_at or now)
        accept(session, calls, source=name_source(row), trust=Trust.WRITE, now=now)
    else:
        listed, _ = _read_list(plan, piece)
        addresses = [one for several in listed for one in several]
        suppression.suppress_all(session, addresses, reason=plan.because, now=now)
    return _go_on(row, piece, wall)


def _go_on(row: ContactImport, piece: ImportPiece, wall: datetime) -> int:
    row.position, row.done, row.heard_at = row.position + 1, row.done + piece.rows, wall
    return piece.rows


def _next_piece(session: Session, row: ContactImport) -> ImportPiece | None:
    return session.get(ImportPiece, (row.id, row.position))


def _load_people(session: Session, row: ContactImport) -> set[bytes]:
    """Return the digests of who is new in the pieces before."""
    packed = session.scalars(
        select(ImportPiece.people).where(
            ImportPiece.import_id == row.id, ImportPiece.number < row.position
        )
    )
    size = 8
    return {body[at : at + size] for body in packed if body for at in range(0, len(body), size)}


Refused = list[tuple[BadRow, list[str]]]


def _read(
    row: ContactImport, plan: Plan, piece: ImportPiece, *, now: datetime
) -> tuple[list[Incoming], Refused]:
    columns, source = list_columns(plan), name_source(row)
    calls: list[Incoming] = []
    refused: Refused = []
    for line, cells in _open(piece):
        match read_row(cells, plan, columns, line=line, source=source, now=now):
            case BadRow() as one:
                refused.append((one, cells))
            case call:
                calls.append(call)
    return calls, refused


def _read_list(
    plan: Plan, piece: ImportPiece
) -> tuple[list[Sequence[suppression.Address]], Refused]:
    columns = list_address_columns(plan)
    listed: list[Sequence[suppression.Address]] = []
    refused: Refused = []
    for line, cells in _open(piece):
        match read_listed(cells, columns, line=line):
            case BadRow() as one:
                refused.append((one, cells))
            case found:
                listed.append(found)
    return listed, refused


def _open(piece: ImportPiece) -> list[tuple[int, list[str]]]:
    return imports.unpack(piece.body) if piece.body else []


def _record(session: Session, row: ContactImport, plan: Plan, *, wall: datetime) -> None:
    refused = row.counts.get("refused", 0)
    audit.record(
        session,
        actor=row.by,
        action="contacts.imported" if plan.mode == "contacts" else "contacts.suppressed",
        target=name_source(row),
        details={"taken": row.done - refused, "refused": refused}
        | ({"because": plan.because} if plan.because else {}),
        now=wall,
    )
