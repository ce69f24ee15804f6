"""How a contact is let in at a given time, by whatever trigger a journey has. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from engine.events.arrivals import JOURNEY_START, JOURNEY_STOP, Subject
from engine.journeys.deciding.known_record import KnownRecord
from engine.journeys.deciding.plan import Plan
from engine.journeys.definition.case_file import GivenRequest
from engine.journeys.simulation.given import Given, LetIn, Recorded, Tracked
from engine.journeys.simulation.persona import Persona
from engine.parts.matching import read_key
from engine.triggers.event import EventTrigger
from engine.triggers.schedule import IN_THEIR_OWN, ScheduleTrigger, build_schedule
from engine.when.schedules import occurrences
from engine.when.zones import find_zone, get_zone

NOT_HERE: Final = 0
"""The number of an enrollment that is in another journey."""


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


def ask_for(plan: Plan, request: GivenRequest) -> Recorded:
    """Return the event by which another journey asks for the contact to be let in, or out."""
    about: dict[str, Any] = {"journey": plan.key, "asked_by": request.journey}
    context = {"journey_id": plan.journey_id} if request.journey == plan.key else {}
    if request.asks == "start":
        return Recorded(JOURNEY_START, {**about, "data": dict(request.data)}, context, depth=1)
    about |= {"enrollment_id": NOT_HERE, "entry_key": request.entry_key}
    return Recorded(JOURNEY_STOP, about, context, depth=1)


def enter_records(
    plan: Plan, at: datetime, records: Mapping[Subject, KnownRecord]
) -> Iterator[Given]:
    """Yield what lets each of a contact's records in at a time."""
    for subject, known in records.items():
        said = {
            "event": plan.document.trigger.kind,
            "occurred_at": at.isoformat().replace("+00:00", "Z"),
            "properties": known.describe(),
        }
        yield Given(at, LetIn(known.key, said, record=subject))


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
