"""How a contact is let in at a given time, by whatever trigger a journey has. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.journeys.plan import Plan
from engine.journeys.simulation.given import Given, LetIn, Tracked
from engine.journeys.simulation.persona import Persona
from engine.parts.matching import read_key
from engine.triggers.event import EventTrigger
from engine.triggers.schedule import IN_THEIR_OWN, ScheduleTrigger, build_schedule
from engine.when.schedules import occurrences
from engine.when.zones import find_zone, get_zone


def enter_at(plan: Plan, at: datetime, properties: Mapping[str, Any]) -> Given:
    """Return what lets a contact in at a time: its event, if events do; else as by hand.

    Args:
        plan: of the journey.
        at: when.
        properties: what is seen under `trigger.properties`.
    """
    trigger = plan.document.trigger
    if isinstance(trigger, EventTrigger):
        return Given(at, Tracked(trigger.event, properties))
    said = {
        "event": trigger.kind,
        "occurred_at": at.isoformat().replace("+00:00", "Z"),
        "properties": dict(properties),
    }
    key = "" if plan.entry_place is None else read_key(plan.entry_place, trigger.kind, properties)
    return Given(at, LetIn(key, said))


def list_firings(
    plan: Plan, persona: Persona, *, after: datetime, until: datetime, default_zone: str
) -> Iterator[Given]:
    """Yield when a schedule lets a contact in; nothing where the trigger is none.

    Whether it is of the audience is asked then.
    """
    trigger = plan.document.trigger
    if not isinstance(trigger, ScheduleTrigger):
        return
    zone = get_zone(default_zone)
    if trigger.timezone != IN_THEIR_OWN:
        zone = get_zone(trigger.timezone)
    elif (own := find_zone(persona.dossier.timezone)) is not None:
        zone = own
    for one in occurrences(build_schedule(trigger), zone, after=after, until=until):
        said = {"occurred_at": one.at.isoformat().replace("+00:00", "Z")}
        yield Given(one.at, LetIn("", said, audience=trigger.audience))
