"""Something happens and something else does not follow."""

from typing import Literal

from typing_extensions import override

from engine.document.durations import Elapsed
from engine.parts.entering import EntryKey, TriggerBase, read_entry_key
from engine.parts.matching import EventMatch, Happening, KeyedEventMatch, is_named


class AbsenceTrigger(TriggerBase):
    """Something happens and something else does not follow: the cart is filled and not bought.

    With an entry key each cart is watched by itself; an order that names no cart is about all.
    """

    kind: Literal["absence"]
    after: EventMatch
    without: KeyedEventMatch
    within: Elapsed
    entry_key: EntryKey = None

    @property
    @override
    def entry_place(self) -> str | None:
        return self.entry_key


def begins(trigger: AbsenceTrigger, event: Happening) -> str | None:
    """Return the key of the watch that an event begins, anew if it runs already (rule 139).

    Returns:
        Empty without an entry key; None if it begins none.
    """
    match = trigger.after
    if not is_named(match, event.name, event.properties, is_activity=event.is_activity):
        return None
    return read_entry_key(trigger.entry_key, event)


def ends(trigger: AbsenceTrigger, event: Happening) -> bool:
    """Return whether this is the event that must not follow; `find_ended` says after which."""
    match = trigger.without
    return is_named(match, event.name, event.properties, is_activity=event.is_activity)


def find_ended(trigger: AbsenceTrigger, event: Happening) -> str | None:
    """Return the key of the watch that an event ends.

    Returns:
        Empty without an entry key. None if the event carries no key: it is about all of them.
    """
    place = trigger.without.match_key or trigger.entry_key
    return read_entry_key(place, event)
