"""Rows of who is to enter, who waits to, and who was refused."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json
from engine.models.contact import Contact
from engine.models.journey import Journey, JourneyVersion


class EntryRefusal(Base):
    """The last time a journey did not let a contact in, and why; one row however often.

    Written when the reason or the version changes, and else at most once an hour, so that a busy
    trigger costs no write a time (`engine.journeys.entering.refusals`).
    """

    __tablename__ = "entry_refusal"

    journey_id: Mapped[int] = mapped_column(
        ForeignKey(Journey.id, ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int] = mapped_column(
        ForeignKey(Contact.id, ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(Instant)
    version_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(40))  # engine.journeys.deciding.gates.Refusal
    event_id: Mapped[int | None] = mapped_column(BigInteger)
    entry_key: Mapped[str] = mapped_column(String(200), default="")
    details: Mapped[dict[str, Any] | None] = mapped_column(Json)  # what the filter saw
    times: Mapped[int] = mapped_column(Integer, default=1)  # so often noted, not refused


class LateEntry(Base):
    """A trigger whose filter was not true yet: asked again until its grace is over (rule 16)."""

    __tablename__ = "late_entry"

    journey_id: Mapped[int] = mapped_column(
        ForeignKey(Journey.id, ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int] = mapped_column(
        ForeignKey(Contact.id, ondelete="CASCADE"), primary_key=True
    )
    entry_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    until: Mapped[datetime] = mapped_column(Instant, index=True)
    data: Mapped[dict[str, Any]] = mapped_column(
        Json
    )  # as engine.journeys.deciding.gates.Candidate.write


class Backfill(Base):
    """People who qualified before a journey was published, let in chunk by chunk (rules 112-114).

    Its cursor makes it restartable after a crash; whom it lets in passes the gates of entry, so
    that nobody enters twice.
    """

    __tablename__ = "backfill"
    __table_args__ = (
        Index(
            "ix_backfill_open",
            "journey_id",
            unique=True,
            postgresql_where=text("done_at IS NULL"),
            sqlite_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey(Journey.id, ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey(JourneyVersion.id, ondelete="CASCADE"))
    mode: Mapped[str] = mapped_column(String(8))  # now or by_age
    per_minute: Mapped[int | None] = mapped_column(Integer)  # None: as fast as it goes
    since: Mapped[datetime | None] = mapped_column(Instant)  # who qualified earlier is left out
    started_at: Mapped[datetime] = mapped_column(Instant)
    started_by: Mapped[str] = mapped_column(String(120))
    due_at: Mapped[datetime] = mapped_column(Instant)  # when the next chunk may be let in
    cursor: Mapped[int] = mapped_column(BigInteger, default=0)  # contacts up to here were asked
    asked: Mapped[int] = mapped_column(Integer, default=0)
    entered: Mapped[int] = mapped_column(Integer, default=0)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    cancelled_by: Mapped[str | None] = mapped_column(String(120))
