"""What becomes of intents: what the gates are told of a message, what a change changed. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from engine.journeys.plan import Plan
from engine.messages.policy import is_held_out

SALT: Final = "holdout"


def write_gates(plan: Plan, contact_uid: str, quiet_hours: str) -> dict[str, Any]:
    """Return what the gates need to know of the journey, as the message's row keeps it."""
    settings = plan.document.settings
    gates: dict[str, Any] = {}
    if settings.timezone != "contact":
        gates["zone"] = settings.timezone
    if settings.quiet_hours is not None and quiet_hours != "ignore":
        is_skip = "skip" in (quiet_hours, settings.quiet_hours.policy)
        gates["quiet"] = {
            "from": settings.quiet_hours.begins.isoformat(),
            "to": settings.quiet_hours.ends.isoformat(),
            "policy": "skip" if is_skip else "hold",
        }
    if is_held_out(f"{SALT}:{plan.key}", contact_uid, settings.holdout_percent):
        gates["holdout"] = True
    return gates


def list_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the attributes that differ, by name: [before, after]; null for none."""
    return {
        name: [before.get(name), after.get(name)]
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name) or (name in before) != (name in after)
    }
