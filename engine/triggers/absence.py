"""Something happens and something else does not follow: the cart is filled and not bought."""

from collections.abc import Mapping
from typing import Any, Literal

from engine.document.base import Document
from engine.document.durations import Elapsed
from engine.nodes.events import (
    EntryKey,
    EventMatch,
    KeyedEventMatch,
    matches_name,
    matches_where,
    read_key,
)


class AbsenceTrigger(Document):
    """Something happens and something else does not follow: the cart is filled and not bought."""

    kind: Literal["absence"]
    after: EventMatch
    without: KeyedEventMatch
    within: Elapsed
    entry_key: EntryKey = None


def find_begun(
    trigger: AbsenceTrigger, *, name: str, properties: Mapping[str, Any], is_activity: bool
) -> str | None:
    """Return the key whose watch this event begins, or begins anew; None if it begins none."""
    if not matches_name(trigger.after.event, name, is_activity=is_activity):
        return None
    if not matches_where(trigger.after.where, properties):
        return None
    return read_key(trigger.entry_key, properties)


def ends_watch(
    trigger: AbsenceTrigger, *, name: str, properties: Mapping[str, Any], is_activity: bool
) -> bool:
    """Return whether this is the event that was waited for."""
    return matches_name(trigger.without.event, name, is_activity=is_activity) and matches_where(
        trigger.without.where, properties
    )


def find_ended(trigger: AbsenceTrigger, properties: Mapping[str, Any]) -> str | None:
    """Return the key whose watch the event ends; None: it names none, and ends them all."""
    return read_key(trigger.without.match_key or trigger.entry_key, properties)
