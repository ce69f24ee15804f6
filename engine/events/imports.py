"""Files that bring contacts in by the app: uploaded, checked, worked in piece by piece.

One is at work at a time (`turn` is unique). A piece is done in one transaction with the place it leads
to, so whoever dies in between has done nothing, and any worker goes on.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import orjson
from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.db import change_rows, check_revision
from engine.errors import Conflict, NotFound
from engine.events.import_plans import Plan, check_plan
from engine.events.importing import BadRow
from engine.language.say import Sentence, load_sentence, say
from engine.models.contact import Topic
from engine.models.importing import ContactImport, ImportPiece
from engine.tasks import Lane, ring

MOST_FILE: Final = 50 * 1024 * 1024
MOST_ROWS: Final = 200_000
SAMPLED: Final = 20
SAMPLE_CUT: Final = 200
"""Characters of a cell that are shown."""
FORGOTTEN: Final = timedelta(days=7)
"""For so long a report, and the rows that were refused, are kept."""
ABANDONED: Final = timedelta(hours=2)
"""A file that is not gone on with for so long gives its turn away."""
LOST: Final = timedelta(minutes=2)
"""An upload of which nothing was heard for so long is over."""
MOST_LISTED: Final = 10
Row = tuple[int, list[str]]
"""(line, cells)."""


class State(StrEnum):
    """How far a file has come."""

    COMING = "coming"
    READY = "ready"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


AT_WORK: Final = (State.CHECKING, State.RUNNING)


def begin(
    session: Session, *, name: str, by: str, encoding: str, delimiter: str, wall: datetime
) -> int:
    """Begin to take a file; whatever the same person had prepared before makes room.

    Raises:
        Conflict: somebody else brings a file in just now.
    """
    for other in session.scalars(
        select(ContactImport).where(ContactImport.turn == 1).with_for_update()
    ):
        is_idle = other.state in (State.READY, State.CHECKING, State.CHECKED, State.COMING)
        quiet = wall - other.heard_at
        is_over = quiet > (LOST if other.state == State.COMING else ABANDONED)
        if not is_idle or not (other.by == by or is_over):
            raise Conflict(say("another import is under way: wait until it is done, or cancel it"))
        session.delete(other)
        session.flush()
    row = ContactImport(
        name=name, by=by, state=State.COMING, turn=1, revision=1, encoding=encoding,
        delimiter=delimiter, header=[], sample=[], rows=0, pieces=0, position=0, done=0, counts={},
        created_at=wall, heard_at=wall,
    )  # fmt: skip
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise Conflict(
            say("another import is under way: wait until it is done, or cancel it")
        ) from None
    return row.id


def add_pieces(
    session: Session, import_id: int, pieces: Sequence[Sequence[Row]], *, wall: datetime
) -> None:
    """Keep rows of a file.

    Raises:
        Conflict: it was given up meanwhile.
    """
    row = _lock(session, import_id)
    if row is None or row.state != State.COMING:
        raise Conflict(say("this import was given up meanwhile"))
    for rows in pieces:
        session.add(
            ImportPiece(import_id=row.id, number=row.pieces, rows=len(rows), body=pack(rows))
        )
        row.pieces += 1
        row.rows += len(rows)
    row.heard_at = wall


def finish_upload(
    session: Session, import_id: int, header: list[str], sample: Sequence[Row], *, wall: datetime
) -> None:
    """Take note that all of a file is there.

    Raises:
        Conflict: it was given up meanwhile.
    """
    row = _lock(session, import_id)
    if row is None or row.state != State.COMING:
        raise Conflict(say("this import was given up meanwhile"))
    row.header, row.state, row.heard_at = header, State.READY, wall
    row.sample = [[cell[:SAMPLE_CUT] for cell in cells] for _, cells in sample[:SAMPLED]]


def abandon(session: Session, import_id: int) -> None:
    """Forget a file of which not all came."""
    row = _lock(session, import_id)
    if row is not None and row.state == State.COMING:
        session.delete(row)


def plan(
    session: Session, import_id: int, given: Plan, *, by: str, revision: int, wall: datetime
) -> ContactImport:
    """Say what the columns are, and have it checked.

    Raises:
        Conflict: it is not in the state for it, or somebody else's.
        Invalid: it cannot be done.
    """
    row = _get_own(session, import_id, by)
    check_revision(row.revision, edited=revision)
    if row.state not in (State.READY, State.CHECKING, State.CHECKED):
        raise Conflict(say("this import has begun, or is over"))
    topics = frozenset(session.scalars(select(Topic.key)))
    check_plan(given, row.header, topics)
    change_rows(
        session,
        update(ImportPiece)
        .where(ImportPiece.import_id == row.id)
        .values(people=None, refused=None)
        .execution_options(synchronize_session=False),
    )
    row.plan, row.state, row.revision = asdict(given), State.CHECKING, row.revision + 1
    row.position, row.done, row.counts, row.heard_at = 0, 0, {}, wall
    ring(session, Lane.SEGMENTS)
    return row


def start(
    session: Session, import_id: int, *, by: str, revision: int, now: datetime, wall: datetime
) -> ContactImport:
    """Work in what was checked.

    Raises:
        Conflict: it is not checked, or somebody else's.
    """
    row = _get_own(session, import_id, by)
    check_revision(row.revision, edited=revision)
    if row.state != State.CHECKED:
        raise Conflict(say("only what has been checked can be brought in"))
    row.state, row.position, row.done = State.RUNNING, 0, 0
    row.began_at, row.heard_at = now, wall
    ring(session, Lane.SEGMENTS)
    return row


def cancel(session: Session, import_id: int, *, wall: datetime) -> ContactImport | None:
    """Stop one; what is in stays. One that changed nothing yet is forgotten: answers None.

    Raises:
        Conflict: it is over.
    """
    row = get(session, import_id, locks=True)
    if row.turn is None:
        raise Conflict(say("this import is over already"))
    if row.state != State.RUNNING:
        session.delete(row)
        return None
    finish(session, row, State.CANCELLED, wall=wall)
    return row


def finish(session: Session, row: ContactImport, state: State, *, wall: datetime) -> None:
    """End one: of its rows only those that were refused are kept, for its report."""
    row.state, row.turn, row.heard_at, row.sample = state, None, wall, []
    session.flush()
    pieces = ImportPiece.import_id == row.id
    change_rows(session, delete(ImportPiece).where(pieces, ImportPiece.refused.is_(None)))
    change_rows(
        session,
        update(ImportPiece)
        .where(pieces)
        .values(body=None, people=None)
        .execution_options(synchronize_session=False),
    )


def get(session: Session, import_id: int, *, locks: bool = False) -> ContactImport:
    """Return an import.

    Raises:
        NotFound: there is none of this id.
    """
    row = _lock(session, import_id) if locks else session.get(ContactImport, import_id)
    if row is None:
        raise NotFound(say("there is no such import"))
    return row


def is_at_work(session: Session) -> bool:
    """Return whether there is something to do."""
    asked = select(ContactImport.id).where(
        ContactImport.turn == 1, ContactImport.state.in_(AT_WORK)
    )
    return session.scalar(asked) is not None


def list_latest(session: Session) -> Sequence[ContactImport]:
    """Return the latest imports, the newest first."""
    asked = select(ContactImport).order_by(ContactImport.id.desc()).limit(MOST_LISTED)
    return session.scalars(asked).all()


def list_refused(
    session: Session, import_id: int, *, after: int, limit: int
) -> tuple[list[tuple[BadRow, list[str]]], int | None]:
    """Return refused rows, each with its cells, of pieces from one on; and the piece to go on with.

    Args:
        limit: once there are as many, no further piece is read.
    """
    asked = (
        select(ImportPiece.number, ImportPiece.refused)
        .where(
            ImportPiece.import_id == import_id,
            ImportPiece.number >= after,
            ImportPiece.refused.is_not(None),
        )
        .order_by(ImportPiece.number)
        .limit(50)
    )
    found: list[tuple[BadRow, list[str]]] = []
    for number, packed in session.execute(asked).all():
        for line, words, cells in unpack(packed or pack([])):
            found.append((BadRow(line, load_sentence(words)), cells))
        if len(found) >= limit:
            return found, number + 1
    return found, None


def prune(session: Session, *, wall: datetime) -> int:
    """Forget reports that are old, and files that nobody went on with."""
    is_old = (ContactImport.turn.is_(None)) & (ContactImport.heard_at < wall - FORGOTTEN)
    is_left = ContactImport.state.not_in((State.RUNNING, State.CHECKING)) & (
        ContactImport.heard_at < wall - timedelta(days=1)
    )
    return change_rows(
        session,
        delete(ContactImport).where(or_(is_old, is_left & ContactImport.turn.is_not(None))),
    )


def pack(value: Any) -> bytes:
    """Return JSON, compressed."""
    return zlib.compress(orjson.dumps(value), 1)


def unpack(body: bytes) -> Any:
    """Return what `pack` was given, tuples as lists."""
    return orjson.loads(zlib.decompress(body))


def pack_refused(refused: Iterable[tuple[BadRow, list[str]]]) -> bytes | None:
    """Return refused rows as a piece keeps them."""
    rows = [[one.line, one.words.dump(), cells] for one, cells in refused]
    return pack(rows) if rows else None


def count_reason(counts: dict[str, Any], words: Sentence, most: int = 30) -> None:
    """Count why a row was refused; of very many reasons only the first ones by name."""
    reasons: list[list[Any]] = counts.setdefault("reasons", [])
    dumped = words.dump()
    mine = json.dumps(dumped)
    for reason in reasons:
        if json.dumps(reason[0]) == mine:
            reason[1] += 1
            return
    if len(reasons) < most:
        reasons.append([dumped, 1])


def _lock(session: Session, import_id: int) -> ContactImport | None:
    return session.get(ContactImport, import_id, with_for_update=True)


def _get_own(session: Session, import_id: int, by: str) -> ContactImport:
    row = get(session, import_id, locks=True)
    if row.by != by:
        raise Conflict(say("somebody else prepares this import"))
    return row
