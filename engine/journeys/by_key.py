"""Journeys as rows: found by their key, listed, and how many are inside."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.journeys.deciding.states import ACTIVE, GONE
from engine.language.say import say
from engine.models.journey import Enrollment, Journey, JourneyVersion


def get_journey(session: Session, key: str) -> Journey:
    """Return a journey's row.

    Raises:
        NotFound: no journey has this key.
    """
    journey = session.scalar(select(Journey).where(Journey.key == key))
    if journey is None:
        msg = say("there is no journey {key!r}", key=key)
        raise NotFound(msg)
    return journey


def find_current(session: Session, journey: Journey) -> JourneyVersion | None:
    """Return the live version; None if it was never published."""
    if journey.version_id is None:
        return None
    return session.get(JourneyVersion, journey.version_id)


def list_journeys(session: Session) -> Sequence[Journey]:
    """Return all journeys by key, without those that were deleted."""
    there = select(Journey).where(Journey.state.not_in(GONE))
    return session.scalars(there.order_by(Journey.key)).all()


def count_inside(session: Session, only: int | None = None) -> Counter[int]:
    """Return how many enrollments are active, by journey id; of one journey if it is named."""
    asked = (
        select(Enrollment.journey_id, func.count())
        .where(Enrollment.status.in_(ACTIVE))
        .group_by(Enrollment.journey_id)
    )
    rows = session.execute(asked if only is None else asked.where(Enrollment.journey_id == only))
    return Counter(dict(rows.all()))
