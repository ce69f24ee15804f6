"""What becomes of intents: what the gates are told of a message, what a change changed. Pure."""

from collections.abc import Mapping
from typing import Any

from engine.journeys.groups import WITHHELD, name_salt
from engine.journeys.plan import Plan


def write_gates(plan: Plan, arms: Mapping[str, str], quiet_hours: str) -> dict[str, Any]:
    """Return what the gates need to know of the journey, as the message's row keeps it.

    Args:
        arms: that the contact holds, its group in this journey among them.
        quiet_hours: what the node does in them.
    """
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
    if arms.get(name_salt(plan.key)) in WITHHELD:
        gates["holdout"] = True
    return gates


def list_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the attributes that differ, by name: [before, after]; null for none."""
    return {
        name: [before.get(name), after.get(name)]
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name) or (name in before) != (name in after)
    }
