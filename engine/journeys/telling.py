"""The product's own events of what passes did, by which journeys hear of one another.

Each carries its cause, the first of its chain, and how long that is by now (rule 137): who reacts
to it stands one deeper, and chains that grow too long are stopped at the entry (rule 108).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.decision import ChangeConsent, EmitEvent, StartJourney, StopJourney
from engine.events.accepting import OwnEvent
from engine.events.arrivals import (
    CONTACT_UPDATED,
    JOURNEY_START,
    JOURNEY_STOP,
    SUBSCRIBED,
    UNSUBSCRIBED,
)
from engine.ids import derive_id
from engine.journeys.walk import Intent, Passage

Causes = Mapping[int, list[int]]
"""Per enrollment, [event id, root id, depth] of what let it in."""


def build_told(passage: Passage, intent: Intent, causes: Causes, *, now: datetime) -> OwnEvent:
    """Return the event by which others hear of an effect.

    Raises:
        TypeError: nobody is told of this effect.
    """
    traveller = passage.traveller
    channel: str | None = None
    properties: dict[str, Any]
    match intent.effect:
        case ChangeConsent() as change:
            name = SUBSCRIBED if change.choice == "subscribed" else UNSUBSCRIBED
            properties, channel = {"topic": change.topic}, change.channel
        case EmitEvent(name, given):
            properties = dict(given)
        case StartJourney(journey, data):
            name = JOURNEY_START
            properties = {
                "journey": journey,
                "asked_by": traveller.plan.key,
                "data": dict(data),
            }
        case StopJourney(journey, entry_key):
            name = JOURNEY_STOP
            properties = {
                "journey": journey,
                "asked_by": traveller.plan.key,
                "enrollment_id": traveller.enrollment_id,
                "entry_key": entry_key,
            }
        case other:
            raise TypeError(other)
    uid = derive_id("told", traveller.enrollment_id, intent.node, intent.visit)
    return _build_event(passage, causes, name, properties, uid=str(uid), channel=channel, now=now)


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
