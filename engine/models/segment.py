"""Rows of segments: saved conditions, and for whom they are true now."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json
from engine.models.contact import Contact


class Segment(Base):
    """A saved condition."""

    __tablename__ = "segment"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    condition: Mapped[dict[str, Any]] = mapped_column(Json)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    refreshed_at: Mapped[datetime | None] = mapped_column(Instant)  # None: a full refresh is due
    size: Mapped[int] = mapped_column(Id, default=0)


class SegmentDay(Base):
    """How many were in a segment at the end of a day (UTC), or are by now. No row: as before."""

    __tablename__ = "segment_day"

    segment: Mapped[str] = mapped_column(
        ForeignKey(Segment.key, ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)  # since 1970
    size: Mapped[int] = mapped_column(BigInteger)


class SegmentMember(Base):
    """A contact for whom the segment's condition is true."""

    __tablename__ = "segment_member"

    segment: Mapped[str] = mapped_column(
        ForeignKey(Segment.key, ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int] = mapped_column(
        ForeignKey(Contact.id, ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index(None, "contact_id"),)


class SegmentRecheck(Base):
    """When a contact's membership may change by time alone."""

    __tablename__ = "segment_recheck"

    segment: Mapped[str] = mapped_column(
        ForeignKey(Segment.key, ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int] = mapped_column(
        ForeignKey(Contact.id, ondelete="CASCADE"), primary_key=True
    )
    due_at: Mapped[datetime] = mapped_column(Instant, index=True)
