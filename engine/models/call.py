"""Rows about webhooks: how each target fares, and every attempt at a call."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json
from engine.models.message import Message


class CallTarget(Base):
    """Whom calls go to, an endpoint or the server of a bare URL, and how it has fared lately.

    All workers read and write it, so what one of them learns of a target holds for all.
    """

    __tablename__ = "call_target"

    target: Mapped[str] = mapped_column(String(300), primary_key=True)
    endpoint: Mapped[str | None] = mapped_column(String(128))  # key; None: a bare URL's server
    served_at: Mapped[datetime] = mapped_column(Instant)  # its last turn
    # The columns of `engine.messages.carriers.breaker.Breaker`, of which `closed_until` is also when the
    # target itself wants to be called again.
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    failures: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    opened_at: Mapped[datetime | None] = mapped_column(Instant)  # since when it is let alone
    recovering_since: Mapped[datetime | None] = mapped_column(Instant)  # it answers again
    closed_until: Mapped[datetime | None] = mapped_column(Instant)  # no call before
    silences: Mapped[int] = mapped_column(Integer, default=0, server_default="0")  # in a row
    failing_since: Mapped[datetime | None] = mapped_column(Instant)  # no success since


class CallAttempt(Base):
    """One try of a call: what was asked, and what came of it. Kept for some weeks."""

    __tablename__ = "call_attempt"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id, ondelete="CASCADE"), index=True)
    target: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(Instant)  # when it was settled
    took_ms: Mapped[int | None] = mapped_column(Integer)
    attempt: Mapped[int] = mapped_column(SmallInteger)
    verdict: Mapped[str] = mapped_column(String(20))  # channels.base.Verdict
    is_good: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[int | None] = mapped_column(SmallInteger)
    words: Mapped[str] = mapped_column(String(300), default="")
    next_at: Mapped[datetime | None] = mapped_column(Instant)  # None: no further try
    url: Mapped[str | None] = mapped_column(String(2000))
    # As they were sent; of an endpoint's own ones the names alone.
    headers: Mapped[list[list[str]]] = mapped_column(Json, default=list)
    answer: Mapped[str] = mapped_column(Text, default="")  # its beginning

    __table_args__ = (
        Index("ix_call_attempt_target", "target", "id"),
        Index("ix_call_attempt_fate", "target", "is_good", "id"),
    )
