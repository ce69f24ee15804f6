"""Rows of sending limits: how much marketing one contact gets, and what counts towards it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant
from engine.models.contact import Contact
from engine.models.message import Message


class SendingLimit(Base):
    """So many messages and no more, to one contact within a window; for the whole instance."""

    __tablename__ = "sending_limit"
    __table_args__ = (CheckConstraint("policy IN ('skip', 'hold')", name="policy"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    channel: Mapped[str | None] = mapped_column(String(10))  # NULL: any
    topic: Mapped[str | None] = mapped_column(String(64))  # NULL: any
    most: Mapped[int | None] = mapped_column(Integer)  # NULL: no limit; 0: never (rule 90)
    window: Mapped[str] = mapped_column(String(40))  # day, week, or an exact duration, ISO 8601
    policy: Mapped[str] = mapped_column(String(4))
    hold_for: Mapped[str | None] = mapped_column(String(40))  # of hold: at most so long
    counts_transactional: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(Instant)


class SendingUse(Base):
    """A message that counts towards sending limits, from right before its hand-over on.

    It is the reservation: written under the contact's lock, taken back where the message did not
    leave after all.
    """

    __tablename__ = "sending_use"

    message_id: Mapped[int] = mapped_column(
        ForeignKey(Message.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id, ondelete="CASCADE"))
    channel: Mapped[str] = mapped_column(String(10))
    topic: Mapped[str | None] = mapped_column(String(64))
    is_transactional: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Instant, index=True)

    __table_args__ = (Index("ix_sending_use_contact", "contact_id", "at"),)
