"""What a journey may name in this instance, at this moment."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.document.base import Channel
from engine.document.json_text import write_json
from engine.journeys.validate.catalogue import Catalogue
from engine.messages.compose.template_lint import has_unsubscribe
from engine.messages.library.named_lookups import list_lacking
from engine.messages.senders.checked_domains import find_unaligned
from engine.models.asset import LetterSender
from engine.models.contact import Topic
from engine.models.journey import Journey, JourneyVersion
from engine.models.message import Endpoint, Template, TemplateVersion
from engine.models.segment import Segment
from engine.triggers.journey import JourneyTrigger


def load_catalogue(session: Session) -> Catalogue:
    """Return the keys of everything there is."""
    templates = session.execute(
        select(Template.key, Template.channel, TemplateVersion.compiled["variables"]).join(
            TemplateVersion, TemplateVersion.id == Template.version_id, isouter=True
        )
    ).all()
    unaligned = find_unaligned(session)
    return Catalogue(
        unaligned_senders=unaligned.domains,
        sends_in_bulk=unaligned.sends_in_bulk,
        templates={key: cast(Channel, channel) for key, channel, _ in templates},
        without_unsubscribe=frozenset(
            key
            for key, channel, variables in templates
            if channel == "email" and not has_unsubscribe(each["path"] for each in variables or [])
        ),
        lacking=list_lacking(session),
        segments=frozenset(session.scalars(select(Segment.key))),
        topics=frozenset(session.scalars(select(Topic.key))),
        endpoints=frozenset(session.scalars(select(Endpoint.key))),
        senders=frozenset(session.scalars(select(LetterSender.key))),
        journeys=_load_journeys(session),
    )


def _load_journeys(session: Session) -> dict[str, list[JourneyTrigger]]:
    rows = session.execute(
        select(Journey.key, Journey.draft["trigger"], JourneyVersion.document["trigger"]).join(
            JourneyVersion, JourneyVersion.id == Journey.version_id, isouter=True
        )
    )
    return {key: [*_read_trigger(draft), *_read_trigger(live)] for key, draft, live in rows}


def _read_trigger(written: Mapping[str, Any] | None) -> list[JourneyTrigger]:
    if written is None or written.get("kind") != "journey":
        return []
    return [JourneyTrigger.model_validate_json(write_json(written))]
