"""Rows of what readers of letters do: where changing links lead, and each open and click as it came."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json
from engine.models.message import Message

UNJUDGED = "due_at IS NOT NULL"
"""Touches of which nobody has said yet whether a human or a machine made them."""


class MessageLinks(Base):
    """Where the links of one letter lead that differ by contact; fixed ones are in its version."""

    __tablename__ = "message_links"

    message_id: Mapped[int] = mapped_column(
        ForeignKey(Message.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    targets: Mapped[dict[str, str]] = mapped_column(Json)  # address by the key in the letter


class Touch(Base):
    """An open or a click as it came in: one insert. Judged a moment later, and kept some months."""

    __tablename__ = "touch"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id, ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(5))  # open or click
    link: Mapped[str | None] = mapped_column(String(40))  # of a click: the key in the letter
    at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)  # when to judge it; NULL: judged
    agent: Mapped[str] = mapped_column(String(200))
    network: Mapped[str] = mapped_column(String(45))  # the address, cut to /24 or /48
    hints: Mapped[int] = mapped_column(SmallInteger)  # engine.messages.tracking.touches.Hint
    made_by: Mapped[str | None] = mapped_column(String(7))  # human, machine or unknown
    why: Mapped[str | None] = mapped_column(String(12))  # engine.messages.tracking.touches.Why

    __table_args__ = (
        Index("ix_touch_message", "message_id", "at"),
        Index("ix_touch_at", "at"),
        Index(
            "ix_touch_due",
            "due_at",
            postgresql_where=text(UNJUDGED),
            sqlite_where=text(UNJUDGED),
        ),
    )
