"""Rows of fetched content: where it comes from, and what was answered last."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Instant, SealedJson


class FetchSource(Base):
    """An address that letters may ask, and how it has fared lately.

    Times are the machine's: other people's servers know no virtual clock. The columns from
    `begun_at` on are `engine.messages.webhooks.targets.Health`.
    """

    __tablename__ = "fetch_source"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))  # with {placeholders} behind the host
    headers: Mapped[dict[str, str]] = mapped_column(SealedJson, default=dict)  # never shown
    answers: Mapped[str] = mapped_column(String(4))  # json or text
    timeout_ms: Mapped[int] = mapped_column(Integer)
    fresh_seconds: Mapped[int] = mapped_column(Integer)
    stale_hours: Mapped[int] = mapped_column(Integer)  # an old answer serves so long while it fails
    revision: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(Instant)
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    recovering_since: Mapped[datetime | None] = mapped_column(Instant)
    closed_until: Mapped[datetime | None] = mapped_column(Instant)
    silences: Mapped[int] = mapped_column(Integer, default=0)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)


class FetchedAnswer(Base):
    """What one filled address answered; shared by all processes."""

    __tablename__ = "fetched_answer"

    digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)  # of what was asked
    source: Mapped[str] = mapped_column(
        ForeignKey(FetchSource.name, ondelete="CASCADE"), index=True
    )
    body: Mapped[bytes | None] = mapped_column(LargeBinary)  # of the last good answer
    fetched_at: Mapped[datetime | None] = mapped_column(Instant)
    took_ms: Mapped[int | None] = mapped_column(Integer)
    # Of a failure since then: when, whether it may pass, and its words.
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    may_pass: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(String(300), default="")
    status: Mapped[int | None] = mapped_column(SmallInteger)
    asked_until: Mapped[datetime | None] = mapped_column(Instant)  # somebody is asking just now
    used_at: Mapped[datetime] = mapped_column(Instant, index=True)  # when it was last asked
