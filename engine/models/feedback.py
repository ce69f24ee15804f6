"""Rows of what providers say of messages afterwards, and of what is counted and decided from it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json
from engine.models.message import Message

IS_BOUNCE = "kind = 'bounced'"
IS_SOFT = "bounce = 'soft'"


class Saying(Base):
    """One thing that a provider said of one message of ours; kept for some weeks.

    Said twice it is one row, by which it counts once. The words hold no address.
    """

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(String(64))
    said_id: Mapped[str] = mapped_column(String(200))  # the provider's; or a digest of it
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))  # of all that it says
    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id, ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))  # channels.feedback.FeedbackKind
    bounce: Mapped[str | None] = mapped_column(String(6))  # channels.feedback.BounceKind
    code: Mapped[str | None] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text, default="")
    domain: Mapped[str] = mapped_column(String(253), default="")  # of the recipient
    # Keyed, as suppressions are: by it soft bounces of one address are counted.
    address_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant, index=True)

    __table_args__ = (
        UniqueConstraint("account", "said_id"),
        Index(
            "ix_feedback_soft",
            "address_hash",
            "occurred_at",
            postgresql_where=text(IS_SOFT),
            sqlite_where=text(IS_SOFT),
        ),
        Index(
            "ix_feedback_bounced",
            "id",
            postgresql_where=text(IS_BOUNCE),
            sqlite_where=text(IS_BOUNCE),
        ),
    )


class FeedbackSource(Base):
    """A provider's account that speaks to us, and how much of it meant something."""

    __tablename__ = "feedback_source"

    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(Instant)
    taken: Mapped[int] = mapped_column(BigInteger, default=0)  # sayings that counted
    strays: Mapped[int] = mapped_column(BigInteger, default=0)  # of messages that we do not know
    conflicts: Mapped[int] = mapped_column(BigInteger, default=0)  # said otherwise under one id


class DomainDay(Base):
    """What became of the letters to one domain that left on one day (UTC), counted from 1970-01-01.

    In several rows, by `shard`, so that workers do not queue for one; what counts is their sum.
    """

    __tablename__ = "domain_day"

    domain: Mapped[str] = mapped_column(String(253), primary_key=True)
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    shard: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    sent: Mapped[int] = mapped_column(BigInteger, default=0)
    delivered: Mapped[int] = mapped_column(BigInteger, default=0)
    hard: Mapped[int] = mapped_column(BigInteger, default=0)
    soft: Mapped[int] = mapped_column(BigInteger, default=0)
    policy: Mapped[int] = mapped_column(BigInteger, default=0)
    complained: Mapped[int] = mapped_column(BigInteger, default=0)

    __table_args__ = (Index("ix_domain_day_day", "day"),)


class Stream(Base):
    """The messages of one class over one channel: whether a brake holds them back (rule 110)."""

    __tablename__ = "stream"

    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    message_class: Mapped[str] = mapped_column(String(13), primary_key=True)
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    why: Mapped[str | None] = mapped_column(String(12))  # bounces or complaints
    figures: Mapped[dict[str, Any] | None] = mapped_column(Json)  # sends, bounces, complaints
    resumed_at: Mapped[datetime | None] = mapped_column(Instant)  # figures count from here on


class SenderDomain(Base):
    """What the domain name system said of a domain that letters come from, when last asked."""

    __tablename__ = "sender_domain"

    domain: Mapped[str] = mapped_column(String(253), primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(Instant)
    is_aligned: Mapped[bool] = mapped_column()
    checks: Mapped[list[dict[str, Any]]] = mapped_column(Json)
