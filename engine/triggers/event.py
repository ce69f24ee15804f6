"""Something happens."""

from typing import Literal

from typing_extensions import override

from engine.parts.entering import EntryKey, TriggerBase
from engine.parts.matching import EventMatch, Happening, is_named


class EventTrigger(TriggerBase, EventMatch):
    """Something happens."""

    kind: Literal["event"]
    entry_key: EntryKey = None

    @property
    @override
    def entry_place(self) -> str | None:
        return self.entry_key


def matches(trigger: EventTrigger, event: Happening) -> bool:
    """Return whether this event lets its subject in."""
    return is_named(trigger, event.name, event.properties, is_activity=event.is_activity)
