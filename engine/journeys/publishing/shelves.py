"""How journeys are kept in order: in folders, put away, and copied to begin another."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.document.json_text import write_json
from engine.errors import Conflict
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.states import JourneyState
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.publishing.publish import hold_journey, make_draft
from engine.language.say import say
from engine.models.journey import Journey

RESTING = (JourneyState.DRAFT, JourneyState.STOPPED)
"""States of journeys that may be put away: nobody enters them, and nobody would miss them."""


def put_into_folder(session: Session, key: str, folder: str) -> Journey:
    """Put a journey into a folder, or (empty) into none. Its document does not change.

    Raises:
        NotFound: there is no such journey.
    """
    journey = hold_journey(session, key)
    journey.folder = folder.strip()
    return journey


def archive(session: Session, key: str, *, is_away: bool, now: datetime) -> Journey:
    """Put a journey away, so that lists do not show it, or take it out again.

    Repeating it is harmless: when it was put away stays as it was.

    Raises:
        NotFound: there is no such journey.
        Conflict: it is live or paused.
    """
    journey = hold_journey(session, key)
    if is_away and journey.state not in RESTING:
        raise Conflict(
            say("{key} is {state}: stop it before you put it away", key=key, state=journey.state)
        )
    if not is_away:
        journey.archived_at = None
    elif journey.archived_at is None:
        journey.archived_at = now
    return journey


def duplicate(session: Session, key: str, *, new_key: str, name: str, now: datetime) -> Journey:
    """Begin another journey with the draft of this one, in the same folder.

    Raises:
        NotFound: there is no such journey.
        Conflict: the new key is taken.
        InvalidJourney: the new key is none.
    """
    original = get_journey(session, key)
    document = Document.model_validate_json(
        write_json(original.draft | {"key": new_key, "name": name})
    )
    copy = make_draft(session, document, now=now)
    copy.folder = original.folder
    return copy
