"""Rows that operators look at: who works, and how much each lane does."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Instant, Json


class Process(Base):
    """A running web, worker or scheduler process, and when it was last heard of."""

    __tablename__ = "process"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)  # host, process id, start
    role: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class LaneMinute(Base):
    """What a lane did in one minute. `minute` counts from 1970-01-01 UTC."""

    __tablename__ = "lane_minute"

    lane: Mapped[str] = mapped_column(String(12), primary_key=True)
    minute: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    done: Mapped[int] = mapped_column(BigInteger, default=0)
    failed: Mapped[int] = mapped_column(BigInteger, default=0)


class DayCount(Base):
    """How often something happened on one day (UTC). `day` counts from 1970-01-01.

    In several rows, by `shard`, so that workers do not queue for one; what counts is their sum.
    """

    __tablename__ = "day_count"

    what: Mapped[str] = mapped_column(String(12), primary_key=True)  # engine.events.days.Counted
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    shard: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)
