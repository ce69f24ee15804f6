"""Rows of files that bring contacts in by the app: how far each has come, and what is in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from engine.models.base import Base, Id, Instant, WrittenJson


class ContactImport(Base):
    """A file that somebody brings in, from its upload to the report."""

    __tablename__ = "contact_import"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))  # of the file
    by: Mapped[str] = mapped_column(String(40))  # as the audit names callers
    state: Mapped[str] = mapped_column(String(12))  # engine.events.imports.State
    turn: Mapped[int | None] = mapped_column(SmallInteger, unique=True)  # 1: it is the one at work
    revision: Mapped[int] = mapped_column(Integer, default=1)  # of its plan
    encoding: Mapped[str] = mapped_column(String(16))
    delimiter: Mapped[str] = mapped_column(String(1))
    header: Mapped[list[str]] = mapped_column(WrittenJson)
    sample: Mapped[list[list[str]]] = mapped_column(WrittenJson)  # its first rows, cut
    rows: Mapped[int] = mapped_column(Integer, default=0)
    pieces: Mapped[int] = mapped_column(Integer, default=0)
    plan: Mapped[dict[str, Any] | None] = mapped_column(WrittenJson)  # what its columns are
    position: Mapped[int] = mapped_column(Integer, default=0)  # of the next piece
    done: Mapped[int] = mapped_column(Integer, default=0)  # rows of the pieces before it
    counts: Mapped[dict[str, Any]] = mapped_column(WrittenJson)  # what the check found
    began_at: Mapped[datetime | None] = mapped_column(Instant)  # from when on what it says is true
    created_at: Mapped[datetime] = mapped_column(Instant)
    heard_at: Mapped[datetime] = mapped_column(Instant)


class ImportPiece(Base):
    """Some rows of such a file, in their order; compressed JSON."""

    __tablename__ = "import_piece"

    import_id: Mapped[int] = mapped_column(
        ForeignKey(ContactImport.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    rows: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))  # [[line, cells], …]
    people: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))  # digests of who is new
    refused: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))  # [[line, why, cells], …]
