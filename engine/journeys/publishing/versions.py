"""The published versions of a journey, to look back at."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.journeys.by_key import get_journey
from engine.language.say import say
from engine.models.journey import JourneyVersion


def list_versions(
    session: Session, key: str, *, before: int | None, limit: int
) -> Sequence[JourneyVersion]:
    """Return versions of a journey, the newest first.

    Args:
        before: only versions of smaller numbers than this.

    Raises:
        NotFound: there is no such journey.
    """
    asked = (
        select(JourneyVersion)
        .where(JourneyVersion.journey_id == get_journey(session, key).id)
        .order_by(JourneyVersion.number.desc())
        .limit(limit)
    )
    return session.scalars(
        asked if before is None else asked.where(JourneyVersion.number < before)
    ).all()


def get_version(session: Session, key: str, number: int) -> JourneyVersion:
    """Return one version of a journey.

    Raises:
        NotFound: there is no such journey, or it has no such version.
    """
    found = session.scalar(
        select(JourneyVersion).where(
            JourneyVersion.journey_id == get_journey(session, key).id,
            JourneyVersion.number == number,
        )
    )
    if found is None:
        raise NotFound(say("{key} has no version {number}", key=key, number=number))
    return found
