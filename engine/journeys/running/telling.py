"""The product's own events of what passes did, by which journeys hear of one another.

Each carries its cause, the first of its chain, and how long that is by now (rule 137): who reacts
to it stands one deeper, and chains that grow too long are stopped at the entry (rule 108).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.events.accepting import OwnEvent
from engine.events.arrivals import CONTACT_UPDATED
from engine.ids import derive_id
from engine.journeys.deciding.intents import describe_told
from engine.journeys.deciding.walk import Intent, Passage

Causes = Mapping[int, list[int]]
"""Per enrollment, [event id, root id, depth] of what let it in."""


def build_told(passage: Passage, intent: Intent, causes: Causes, *, now: datetime) -> OwnEvent:
    """Return the event by which others hear of an effect.

    Raises:
        TypeError: nobody is told of this effect.
    """
    traveller = passage.traveller
    told = describe_told(traveller, intent.effect)
    uid = derive_id("told", traveller.enrollment_id, traveller.plan.keys[intent.node], intent.visit)
    return _build_event(
        passage, causes, told.name, told.properties, uid=str(uid), channel=told.channel, now=now
    )


def build_update(
    passage: Passage, changes: Mapping[str, list[Any]], causes: Causes, *, now: datetime
) -> OwnEvent:
    """Return the event that says which attributes a pass has changed: name → [before, after]."""
    traveller = passage.traveller
    uid = derive_id("update", traveller.enrollment_id, traveller.seq + 1)
    properties = {"changes": dict(changes)}
    return _build_event(passage, causes, CONTACT_UPDATED, properties, uid=str(uid), now=now)


def _build_event(
    passage: Passage,
    causes: Causes,
    name: str,
    properties: dict[str, Any],
    *,
    uid: str,
    now: datetime,
    channel: str | None = None,
) -> OwnEvent:
    traveller = passage.traveller
    event_id, root_id, depth = causes.get(traveller.enrollment_id) or (None, None, 0)
    return OwnEvent(
        contact_id=traveller.contact_id,
        name=name,
        occurred_at=now,
        properties=properties,
        context={"journey_id": traveller.plan.journey_id},
        channel=channel,
        cause_id=event_id,
        root_id=root_id,
        depth=(depth or 0) + 1,
        message_id=uid,
    )
