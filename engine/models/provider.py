"""Rows of accounts at providers: how each stands, for all processes together."""

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Instant


class ProviderAccount(Base):
    """An account at a provider, from the first thing that is to be noted of it on.

    Times are the machine's: a provider's limits and outages are real, whatever the product's clock
    says. The columns from `begun_at` on are `engine.messages.carriers.breaker.Breaker`.
    """

    __tablename__ = "provider_account"

    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    paused_for: Mapped[str | None] = mapped_column(String(300))  # the provider's words; or by whom
    next_at: Mapped[datetime | None] = mapped_column(Instant)  # when its rate lets the next leave
    first_day: Mapped[int | None] = mapped_column(Integer)  # of its warm-up; since 1970-01-01 UTC
    day: Mapped[int | None] = mapped_column(Integer)  # of which `carried` counts
    carried: Mapped[int] = mapped_column(Integer, default=0)
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    closed_until: Mapped[datetime | None] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    recovering_since: Mapped[datetime | None] = mapped_column(Instant)
