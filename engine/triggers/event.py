"""Something happens: a sign-up, a closed ticket."""

from collections.abc import Mapping
from typing import Any, Literal

from engine.nodes.events import EntryKey, EventMatch, matches_name, matches_where


class EventTrigger(EventMatch):
    """Something happens."""

    kind: Literal["event"]
    entry_key: EntryKey = None


def matches(
    trigger: EventTrigger, *, name: str, properties: Mapping[str, Any], is_activity: bool
) -> bool:
    """Return whether this event lets its subject in."""
    return matches_name(trigger.event, name, is_activity=is_activity) and matches_where(
        trigger.where, properties
    )
