"""What of the journeys waits for somebody to look at it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from engine.bulk import is_among
from engine.db import OutOfTime, limited
from engine.journeys.deciding.states import JourneyState
from engine.journeys.publishing.brakes import BRAKE
from engine.messages.states import OPEN, FailReason
from engine.models.journey import Journey, JourneyVersion
from engine.models.message import Message
from engine.models.question import Question

MOST: Final = 10
MOST_HELD: Final = 1_000
MOMENT: Final = timedelta(seconds=0.5)


Stillness = Literal["braked", "paused", "entries_paused", "sends_paused"]
"""What of a journey does not go on: all of it, since it suddenly sent far more than it ever does
(braked), or by a colleague (paused); or nobody enters; or its messages are kept back."""


@dataclass(frozen=True, slots=True)
class Named:
    """A journey that something is to be said of; since when, if that is known."""

    key: str
    name: str
    since: datetime | None = None


def list_still(session: Session) -> list[tuple[Stillness, Named]]:
    """Return the journeys that are paused, or parts of them, longest first; at most `MOST`."""
    rows = session.execute(
        select(Journey)
        .where(
            Journey.archived_at.is_(None),
            (Journey.state == JourneyState.PAUSED)
            | (
                (Journey.state == JourneyState.LIVE)
                & (Journey.entries_paused.is_(True) | Journey.sends_paused.is_(True))
            ),
        )
        .order_by(Journey.paused_at, Journey.key)
        .limit(MOST)
    )
    return [(_find_stillness(row), Named(row.key, row.name, row.paused_at)) for (row,) in rows]


def _find_stillness(row: Journey) -> Stillness:
    if row.state == JourneyState.PAUSED:
        return "braked" if row.paused_for == BRAKE else "paused"
    return "sends_paused" if row.sends_paused else "entries_paused"


def list_unpublished(session: Session) -> list[Named]:
    """Return the journeys whose draft says something else than what is published; at most `MOST`."""
    rows = session.execute(
        select(Journey.key, Journey.name, Journey.updated_at)
        .join(JourneyVersion, JourneyVersion.id == Journey.version_id)
        .where(
            Journey.state.in_((JourneyState.LIVE, JourneyState.PAUSED)),
            Journey.archived_at.is_(None),
            cast(Journey.draft, Text) != cast(JourneyVersion.document, Text),
        )
        .order_by(Journey.updated_at.desc())
        .limit(MOST)
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
