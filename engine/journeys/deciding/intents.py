"""What becomes of intents: what the gates are told of a message, what a change changed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.decision import (
    ChangeConsent,
    Effect,
    EmitEvent,
    SendMessage,
    StartJourney,
    StopJourney,
)
from engine.document.durations import format_elapsed
from engine.events.arrivals import (
    EMAIL_CLICKED,
    EMAIL_OPENED,
    JOURNEY_START,
    JOURNEY_STOP,
    SUBSCRIBED,
    UNSUBSCRIBED,
)
from engine.journeys.deciding.groups import WITHHELD, name_salt
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.walk import Traveller

TOUCHED: Final = frozenset({EMAIL_OPENED, EMAIL_CLICKED})


def write_gates(plan: Plan, arms: Mapping[str, str], effect: SendMessage) -> dict[str, Any]:
    """Return what the gates need to know of the journey, as the message's row keeps it.

    Args:
        arms: that the contact holds, its group in this journey among them.
        effect: what the node wants: in quiet hours, over a sending limit, and how often.
    """
    settings = plan.document.settings
    gates: dict[str, Any] = {}
    if settings.timezone != "contact":
        gates["zone"] = settings.timezone
    if settings.quiet_hours is not None and effect.quiet_hours != "ignore":
        is_skip = "skip" in (effect.quiet_hours, settings.quiet_hours.policy)
        gates["quiet"] = {
            "from": settings.quiet_hours.begins.isoformat(),
            "to": settings.quiet_hours.ends.isoformat(),
            "policy": "skip" if is_skip else "hold",
        }
    if arms.get(name_salt(plan.key)) in WITHHELD:
        gates["holdout"] = True
    if settings.priority != "normal":
        gates["priority"] = settings.priority
    if effect.on_cap is not None:
        gates["on_cap"] = effect.on_cap
    if effect.hold_for is not None:
        gates["hold_for"] = format_elapsed(effect.hold_for)
    if effect.once_per is not None:
        gates["once_per"] = effect.once_per
    return gates


def is_asked_about(plan: Plan, node: str) -> bool:
    """Return whether the journey asks what became of this node's letter: it is followed then."""
    return node in plan.reads.node_messages or not plan.reads.watched.isdisjoint(TOUCHED)


def list_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the attributes that differ, by name: [before, after]; null for none."""
    return {
        name: [before.get(name), after.get(name)]
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name) or (name in before) != (name in after)
    }


@dataclass(frozen=True, slots=True)
class Told:
    """The product's own event by which others hear of an effect."""

    name: str
    properties: dict[str, Any]
    channel: str | None = None


def describe_told(traveller: Traveller, effect: Effect) -> Told:
    """Return the event by which others hear of an effect.

    Raises:
        TypeError: nobody is told of this effect.
    """
    asked_by = traveller.plan.key
    properties: dict[str, Any]
    match effect:
        case ChangeConsent() as change:
            name = SUBSCRIBED if change.choice == "subscribed" else UNSUBSCRIBED
            return Told(name, {"topic": change.topic}, change.channel)
        case EmitEvent(name, given):
            return Told(name, dict(given))
        case StartJourney(journey, data):
            properties = {"journey": journey, "asked_by": asked_by, "data": dict(data)}
            return Told(JOURNEY_START, properties)
        case StopJourney(journey, entry_key):
            properties = {
                "journey": journey,
                "asked_by": asked_by,
                "enrollment_id": traveller.enrollment_id,
                "entry_key": entry_key,
            }
            return Told(JOURNEY_STOP, properties)
        case other:
            raise TypeError(other)
