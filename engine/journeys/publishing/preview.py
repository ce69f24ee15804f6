"""What publishing would do: what is changed, who is inside, and where they would be (rule 96)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.journeys.by_key import find_current
from engine.journeys.deciding.edits import Changes, Fate, Moves, compare
from engine.journeys.deciding.plan import build_plan
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.publishing.moving import Place, count_released, list_places
from engine.journeys.publishing.publish import check_publishable, digest_document
from engine.journeys.running.live import load_plans
from engine.journeys.validate.problems import Problem
from engine.models.journey import Journey

NOT_YET: Final = -1
"""The id of a version that is only planned."""


@dataclass(frozen=True, slots=True)
class PublishPlan:
    """What publishing would do.

    Attributes:
        is_new: False where nothing but the layout has changed.
        places: who is where in older versions, and where migrating them would leave them.
    """

    key: str
    is_new: bool
    changes: Changes
    places: tuple[Place, ...]
    warnings: tuple[Problem, ...]

    @property
    def is_mapped(self) -> bool:
        """Whether it is known of everybody inside what migrating would do."""
        return all(place.move.fate is not Fate.UNMAPPED for place in self.places)

    def to_json(self) -> dict[str, Any]:
        """Return the plan as the API and the command show it."""
        return {
            "key": self.key,
            "is_new": self.is_new,
            "changes": asdict(self.changes),
            "places": [place.to_json() for place in self.places],
            "people": sum(len(place.ids) for place in self.places),
            "released": sum(place.released for place in self.places),
            "is_mapped": self.is_mapped,
            "warnings": [problem.to_json() for problem in self.warnings],
        }


def plan_publish(
    session: Session, document: Document, moves: Moves, *, now: datetime, default_zone: str
) -> PublishPlan:
    """Return what publishing this document would change, and where it would leave those inside.

    Raises:
        InvalidJourney: it cannot work as it is written; says where, with node ids.
    """
    warnings = check_publishable(session, document)
    journey = session.scalar(select(Journey).where(Journey.key == document.key))
    current = None if journey is None else find_current(session, journey)
    if journey is None or current is None:
        return PublishPlan(
            document.key,
            is_new=True,
            changes=compare(None, document),
            places=(),
            warnings=warnings,
        )
    before = load_plans(session, [current.id])[current.id]
    is_new = current.digest != digest_document(document)
    target = (
        build_plan(document, version_id=NOT_YET, number=current.number + 1, journey_id=journey.id)
        if is_new
        else before
    )
    places = list_places(session, journey.id, target, moves)
    return PublishPlan(
        document.key,
        is_new=is_new,
        changes=compare(before.document, document) if is_new else Changes(),
        places=tuple(count_released(session, places, target, now=now, default_zone=default_zone)),
        warnings=warnings,
    )
