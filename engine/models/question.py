"""Rows of what journeys ask people who work here."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json
from engine.models.journey import Enrollment

OPEN = "answered_at IS NULL AND closed_at IS NULL"
"""Questions that can still be answered."""


class Question(Base):
    """Something a colleague is to approve, review or fill in, and what came of it."""

    __tablename__ = "question"
    __table_args__ = (
        Index(
            "ix_question_open",
            "id",
            postgresql_where=text(OPEN),
            sqlite_where=text(OPEN),
        ),
        Index(
            "ix_question_escalation",
            "escalate_at",
            postgresql_where=text(f"{OPEN} AND escalated_at IS NULL"),
            sqlite_where=text(f"{OPEN} AND escalated_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)  # derived: asked once
    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey(Enrollment.id, ondelete="CASCADE"), index=True
    )
    journey_id: Mapped[int] = mapped_column(BigInteger)
    contact_id: Mapped[int] = mapped_column(BigInteger, index=True)
    node: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    to: Mapped[str] = mapped_column("addressee", String(128))
    words: Mapped[str] = mapped_column(Text)
    answers: Mapped[list[str]] = mapped_column(Json)  # labels to choose from
    form: Mapped[list[dict[str, Any]]] = mapped_column(Json)  # fields to fill in
    due_at: Mapped[datetime] = mapped_column(Instant)
    escalate_at: Mapped[datetime | None] = mapped_column(Instant)
    escalate_to: Mapped[str | None] = mapped_column(String(128))
    escalated_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[str | None] = mapped_column(String(120))
    answer: Mapped[str | None] = mapped_column(String(60))
    values: Mapped[dict[str, Any] | None] = mapped_column(Json)  # of the form
    closed_at: Mapped[datetime | None] = mapped_column(Instant)  # too late, or no longer asked
