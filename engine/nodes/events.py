"""What a document says of an event, and whether one that happened is it."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import Field

from engine.document.base import Document, FieldPath, Maybe, Name
from engine.document.paths import MISSING, get_path
from engine.nodes.paths import CheckedWhere
from engine.rules.aggregates import build_where
from engine.rules.counters import Admits
from engine.rules.filters import Where

ANY_EVENT: Final = "any"
"""Stands for whatever the contact does itself, not for what becomes of our messages."""
LONGEST_KEY: Final = 200


class EventMatch(Document):
    """An event, perhaps only with certain properties."""

    event: Name
    where: Maybe[CheckedWhere] = None


class KeyedEventMatch(EventMatch):
    """An event that is about the same thing as the one that let the subject in."""

    match_key: Maybe[FieldPath] = Field(
        default=None,
        description="Where this event carries the entry key; absent: at the same place, if it is.",
    )


EntryKey = Annotated[
    Maybe[FieldPath],
    Field(
        description=(
            "Tells enrollments of one subject apart, such as properties.cart_id: two carts, two "
            "enrollments."
        )
    ),
]


def matches_name(wanted: str | None, name: str, *, is_activity: bool) -> bool:
    """Return whether an event has the name asked for; `any` is whatever the contact does."""
    return is_activity if wanted == ANY_EVENT else wanted == name


def matches_where(where: Where | None, properties: Mapping[str, Any]) -> bool:
    """Return whether an event's properties are as a filter asks."""
    return where is None or _prepare(where)(properties)


def read_key(place: str | None, properties: Mapping[str, Any]) -> str | None:
    """Return the entry key that an event carries: text, or None where it has none.

    Args:
        place: such as `properties.cart_id`; None means that there are no keys, which is "".
    """
    if place is None:
        return ""
    value = get_path({"properties": properties}, place)
    if value is MISSING or value is None or isinstance(value, dict | list | bool):
        return None
    text = str(value)
    return text if 0 < len(text) <= LONGEST_KEY else None


def matches_event(
    match: Any,
    *,
    name: str,
    properties: Mapping[str, Any],
    is_activity: bool,
    entry_key: str,
    entry_place: str | None,
) -> bool:
    """Return whether an event is what a document names, and about the same thing.

    Without `match_key` the event's value at the trigger's own place is compared, if it has one:
    an order that names no cart concerns every cart.

    Args:
        match: has event, where and match_key.
        entry_key: of the enrollment; "" has nothing to compare.
        entry_place: where the trigger reads its key; None without keys.
    """
    if not matches_name(match.event, name, is_activity=is_activity):
        return False
    if not matches_where(match.where, properties):
        return False
    if entry_place is None:
        return True
    if match.match_key is not None:
        return read_key(match.match_key, properties) == entry_key
    found = read_key(entry_place, properties)
    return found is None or found == entry_key


_admits: Final[dict[int, tuple[Where, Admits]]] = {}
"""Filters made ready, by identity; each keeps its filter alive, so that no other takes its place."""


def _prepare(where: Where) -> Admits:
    known = _admits.get(id(where))
    if known is None:
        known = _admits[id(where)] = (where, build_where(where))
    return known[1]
