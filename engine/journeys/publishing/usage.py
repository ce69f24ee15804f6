"""Which journeys name a thing: a template, a segment, a topic, an endpoint."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.document.json_text import write_json
from engine.journeys.by_key import list_journeys
from engine.journeys.deciding.states import JourneyState
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.validate.names import list_names
from engine.models.journey import JourneyVersion

RUNNING: Final = (JourneyState.LIVE, JourneyState.PAUSED)


@dataclass(frozen=True, slots=True)
class Use:
    """A journey that names it.

    Attributes:
        is_live: in the version that people are let into; else in the draft alone.
    """

    journey: str
    name: str
    is_live: bool


def list_uses(session: Session, sort: str) -> dict[str, list[Use]]:
    """Return, for each thing of a sort (`template`, `segment` …), the journeys that name it."""
    journeys = [row for row in list_journeys(session) if row.archived_at is None]
    ids = [row.version_id for row in journeys if row.state in RUNNING and row.version_id]
    live = {
        row.id: row.document
        for row in session.scalars(select(JourneyVersion).where(JourneyVersion.id.in_(ids)))
    }
    found: dict[str, list[Use]] = defaultdict(list)
    for row in journeys:
        named_live = _name(live.get(row.version_id or 0), sort)
        for name in sorted(named_live | _name(row.draft, sort)):
            found[name].append(Use(row.key, row.name, is_live=name in named_live))
    return found


def _name(document: object, sort: str) -> set[str]:
    if document is None:
        return set()
    journey = Document.model_validate_json(write_json(document))
    return {name for each, name in list_names(journey) if each == sort and name}
