"""Rows of things that journeys may be about besides contacts: one ticket, one deal, one cart."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json
from engine.models.contact import Contact


class Record(Base):
    """One ticket, deal or cart, as an application keeps it up to date (rule 136)."""

    __tablename__ = "record"
    # Records of who is erased are deleted, and enrollments go on naming their ids: none comes again.
    __table_args__ = (UniqueConstraint("type", "key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    type: Mapped[str] = mapped_column(String(64))  # ticket, deal, cart
    key: Mapped[str] = mapped_column(String(200))  # the application's own id of it
    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id), index=True)  # written to
    state: Mapped[str | None] = mapped_column(String(64))
    fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    state_since: Mapped[datetime] = mapped_column(Instant)
