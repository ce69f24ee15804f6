"""Is this the event that a document names, and is it about the same thing?"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, Protocol

from pydantic import Field

from engine.document.base import Document, FieldPath, Maybe, Name
from engine.document.paths import get_path
from engine.parts.conditions import CheckedWhere
from engine.rules.aggregates import build_where
from engine.rules.counters import Admits

ANY_EVENT: Final = "any"
"""Stands for whatever the contact does itself, not for what becomes of our messages."""
LONGEST_KEY: Final = 200


class Happening(Protocol):
    """An event, as far as triggers look at it."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def properties(self) -> Mapping[str, Any]:
        """What was told with it."""

    @property
    def is_activity(self) -> bool:
        """Whether the contact did something itself."""


class Filtered(Document):
    """What may ask for certain properties of an event."""

    where: Maybe[CheckedWhere] = None

    @cached_property
    def admits(self) -> Admits:
        """Whether properties pass; built once, asked for every event."""
        return (lambda _: True) if self.where is None else build_where(self.where)


class EventMatch(Filtered):
    """An event, perhaps only with certain properties."""

    event: Name


class KeyedEventMatch(EventMatch):
    """An event that is about the same thing as the one that let the subject in."""

    match_key: Maybe[FieldPath] = Field(
        default=None,
        description="Where this event carries the entry key. Absent: where entry_key says, "
        "if the event carries something there; if not, it is about all of them.",
    )


class Naming(Protocol):
    """What names an event: a part of a trigger, an exit, a goal, a path."""

    @property
    def event(self) -> str | None:
        """Its name, or `any`; None names no event."""

    @property
    def admits(self) -> Admits:
        """Whether its properties are as asked for."""


class KeyedNaming(Naming, Protocol):
    """What names an event that is about one thing, such as one cart."""

    @property
    def match_key(self) -> str | None:
        """Where the event carries the entry key."""


def is_named(match: Naming, name: str, properties: Mapping[str, Any], *, is_activity: bool) -> bool:
    """Return whether an event is the one that is named, whatever it is about."""
    is_it = is_activity if match.event == ANY_EVENT else match.event == name
    return is_it and match.admits(properties)


def matches_event(
    match: KeyedNaming,
    *,
    name: str,
    properties: Mapping[str, Any],
    is_activity: bool,
    entry_key: str,
    entry_place: str | None,
) -> bool:
    """Return whether an event is the one that is named, and about the same cart, ticket or order.

    Args:
        match: what the document says.
        name: of the event.
        properties: of the event.
        is_activity: whether the contact did something itself, as `any` wants.
        entry_key: of the enrollment.
        entry_place: where the trigger's event carried it; None if the trigger asks for no key.
    """
    if not is_named(match, name, properties, is_activity=is_activity):
        return False
    if match.match_key is not None:
        return read_key(match.match_key, name, properties) == entry_key
    if entry_place is None:
        return True
    found = read_key(entry_place, name, properties)
    return found is None or found == entry_key


def read_key(place: str, name: str, properties: Mapping[str, Any]) -> str | None:
    """Return the key an event carries at a place such as `properties.cart_id`, as text.

    Returns:
        None if nothing is there, or nothing that can be a key: only text and numbers are, of at
        most 200 characters.
    """
    return write_key(get_path({"event": name, "properties": properties}, place))


def write_key(value: Any) -> str | None:
    """Return a value as the text of an entry key; None if it can be none.

    Only text and numbers can be keys, of at most 200 characters.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    key = str(value)
    return key if len(key) <= LONGEST_KEY else None
