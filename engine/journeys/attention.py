"""What of the journeys waits for somebody to look at it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from engine.bulk import is_among
from engine.db import OutOfTime, limited
from engine.journeys.states import GONE, JourneyState
from engine.messages.states import OPEN, FailReason
from engine.models.journey import Journey, JourneyVersion
from engine.models.message import Message
from engine.models.question import Question

BRAKE: Final = "brake"
"""Whom a pause is noted for that the product made itself (`engine.journeys.brakes`)."""
MOST_HELD: Final = 1_000
MOMENT: Final = timedelta(seconds=0.5)


@dataclass(frozen=True, slots=True)
class Named:
    """A journey that something is to be said of; since when, if that is known."""

    key: str
    name: str
    since: datetime | None = None


def list_braked(session: Session) -> list[Named]:
    """Return the journeys that a brake has paused."""
    rows = session.execute(
        select(Journey.key, Journey.name, Journey.paused_at)
        .where(Journey.state == JourneyState.PAUSED, Journey.paused_for == BRAKE)
        .order_by(Journey.paused_at)
    )
    return [Named(*row) for row in rows]


def list_unpublished(session: Session) -> list[Named]:
    """Return the journeys that were published, and whose draft says something else by now."""
    rows = session.execute(
        select(Journey.key, Journey.name, Journey.updated_at)
        .join(JourneyVersion, JourneyVersion.id == Journey.version_id)
        .where(
            Journey.state.not_in(GONE),
            Journey.archived_at.is_(None),
            cast(Journey.draft, Text) != cast(JourneyVersion.document, Text),
        )
        .order_by(Journey.updated_at.desc())
    )
    return [Named(*row) for row in rows]


def count_open_questions(session: Session) -> int:
    """Return how many questions nobody has answered."""
    is_open = Question.answered_at.is_(None), Question.closed_at.is_(None)
    return session.scalar(select(func.count()).select_from(Question).where(*is_open)) or 0


def count_held(session: Session) -> Counter[str]:
    """Return how many messages wait because a provider does not let us in, by channel.

    At most `MOST_HELD` of them are counted, for a moment: that there are any is what matters.
    """
    held = (
        select(Message.channel)
        .where(is_among(Message.state, OPEN), Message.reason == FailReason.ACCOUNT)
        .limit(MOST_HELD)
    )
    try:
        with limited(session, MOMENT):
            return Counter(session.scalars(held))
    except OutOfTime:
        return Counter()
