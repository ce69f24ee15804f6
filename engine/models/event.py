"""Rows of events: the raw batches as accepted, the events, and what was seen already."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    LargeBinary,
    Sequence,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json

EVENT_IDS = Sequence("event_id_seq", metadata=Base.metadata)
"""PostgreSQL's; on SQLite the one writer counts on from the highest id."""


class EventBatch(Base):
    """What was accepted, as it came: durable before the answer, gone once it is processed.

    `body` is compressed JSON, a list of the items in the form `engine.events.incoming` writes.
    """

    __tablename__ = "event_batch"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    received_at: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(String(40))  # key:ID, or who speaks inside the product
    trust: Mapped[str] = mapped_column(String(10))  # see engine.events.incoming.Trust
    items: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    set_aside_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index(
            "ix_event_batch_waiting",
            "id",
            postgresql_where=text("set_aside_at IS NULL"),
            sqlite_where=text("set_aside_at IS NULL"),
        ),
    )


class RefusedCall(Base):
    """A tracking call that was not taken, and why: the last few, for whoever puts tracking in.

    Nothing that the call said of anybody is kept.
    """

    __tablename__ = "refused_call"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    path: Mapped[str] = mapped_column(String(40))
    status: Mapped[int] = mapped_column(SmallInteger)  # as it was answered; 200: others were taken
    code: Mapped[str] = mapped_column(String(40))
    message: Mapped[str] = mapped_column(String(300))
    key: Mapped[str | None] = mapped_column(String(120))  # the name of the key
    origin: Mapped[str | None] = mapped_column(String(200))  # of the page
    event: Mapped[str | None] = mapped_column(String(128))
    message_id: Mapped[str | None] = mapped_column(String(128))
    unsaid: Mapped[int] = mapped_column(Integer, default=0)  # others, of which there is no row


class EventSeen(Base):
    """Digests of (source, message id) seen in the last days: sent twice counts once."""

    __tablename__ = "event_seen"

    digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Event(Base):
    """Something that happened to a subject, once, at a time. Append-only; cut by month.

    No foreign keys: rows are pruned by partition, and contacts are erased on their own way.
    """

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    # Part of the key because PostgreSQL cuts the table by it.
    received_at: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    contact_id: Mapped[int] = mapped_column(BigInteger)
    subject_kind: Mapped[str] = mapped_column(String(12), default="contact")
    subject_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(128))
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    message_id: Mapped[str | None] = mapped_column(String(128))  # the sender's id of this event
    properties: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    context: Mapped[dict[str, Any] | None] = mapped_column(Json)
    actor: Mapped[str] = mapped_column(
        String(10), default="contact"
    )  # contact system user provider
    channel: Mapped[str | None] = mapped_column(String(10))
    mode: Mapped[str] = mapped_column(String(8), default="live")  # live or history (rule 138)
    cause_id: Mapped[int | None] = mapped_column(BigInteger)  # the event that led to this one
    root_id: Mapped[int | None] = mapped_column(BigInteger)  # the first of the chain
    depth: Mapped[int] = mapped_column(SmallInteger, default=0)

    __table_args__ = (
        Index("ix_event_contact", "contact_id", "name", "occurred_at"),
        Index("ix_event_name_at", "name", "occurred_at", "contact_id"),
        {"postgresql_partition_by": "RANGE (received_at)"},
    )
