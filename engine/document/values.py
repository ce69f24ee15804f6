"""Structures with holes: JSON in which `{"$": "trigger.properties.cart_id"}` is filled in later.

A structure is never text with holes, so contact data cannot break out of it.
`{"$": path, "or": value}` says what to use when nothing is there. An object with the key `$` that
is meant literally is written `{"$literal": {...}}`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, JsonValue, WithJsonSchema
from typing_extensions import TypeAliasType

from engine.document.paths import MISSING, get_path
from engine.errors import Invalid
from engine.language.say import say

DEEPEST: Final = 10
ROOTS: Final = ("trigger", "context", "contact", "subject", "enrollment", "journey")
ENTRY_KEY: Final = "entry_key"
"""The one hole that is a root by itself: what tells this enrollment from others of its subject."""

_REFERENCE: Final = re.compile(
    rf"(?P<root>{'|'.join(ROOTS)})\.(?P<rest>[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)|{ENTRY_KEY}"
)


class MissingValue(Invalid):
    """A hole has nothing to be filled with, and does not say what to use instead."""

    code: ClassVar[str] = "missing_value"

    def __init__(self, path: str) -> None:
        super().__init__(f"there is no {path}, and no 'or' says what to use instead")
        self.path = path


@dataclass(frozen=True, slots=True)
class Reference:
    """A hole in a structure: which value fills it, and whether it may be empty.

    Attributes:
        rest: path below the root; empty for `entry_key`.
    """

    root: str
    rest: str
    has_fallback: bool


def list_references(value: JsonValue) -> Iterator[Reference]:
    """Yield every hole of a structure, in reading order.

    Raises:
        ValueError: a hole is not written as one.
    """
    if isinstance(value, list):
        for item in value:
            yield from list_references(item)
    elif isinstance(value, dict) and "$" in value:
        yield _parse_reference(value)
    elif isinstance(value, dict) and set(value) != {"$literal"}:
        for item in value.values():
            yield from list_references(item)


def fill(structure: JsonValue, roots: Mapping[str, Any]) -> Any:
    """Return the structure with its holes filled.

    Null is a value, and fills a hole; where there is an `or`, that is preferred to it.

    Args:
        structure: a checked structure.
        roots: what `trigger`, `context` and the others hold.

    Raises:
        MissingValue: a hole without `or` has nothing to be filled with.
    """
    if isinstance(structure, list):
        return [fill(item, roots) for item in structure]
    if not isinstance(structure, Mapping):
        return structure
    if "$" in structure:
        path = str(structure["$"])
        found = get_path(roots, path)
        if "or" in structure and (found is MISSING or found is None):
            return structure["or"]
        if found is MISSING:
            raise MissingValue(path)
        return found
    if set(structure) == {"$literal"}:
        return structure["$literal"]
    return {name: fill(item, roots) for name, item in structure.items()}


def _parse_reference(value: Mapping[str, Any]) -> Reference:
    path = value["$"]
    found = _REFERENCE.fullmatch(path) if isinstance(path, str) else None
    if found is None or not set(value) <= {"$", "or"}:
        msg = say(
            'write {{"$": "trigger.properties.total"}}, perhaps with "or"; roots: {roots}; or {entry_key}',
            roots=", ".join(ROOTS),
            entry_key=ENTRY_KEY,
        )
        raise ValueError(msg)
    return Reference(found["root"] or ENTRY_KEY, found["rest"] or "", "or" in value)


def _measure_depth(value: JsonValue) -> int:
    if isinstance(value, list):
        return 1 + max(map(_measure_depth, value), default=0)
    if isinstance(value, dict):
        return 1 + max(map(_measure_depth, value.values()), default=0)
    return 0


def _validate_structure(value: JsonValue) -> JsonValue:
    if _measure_depth(value) > DEEPEST:
        msg = say("a structure may be nested {deepest} deep, not more", deepest=DEEPEST)
        raise ValueError(msg)
    for _ in list_references(value):
        pass
    return value


Structure = TypeAliasType(
    "Structure",
    Annotated[
        JsonValue,
        AfterValidator(_validate_structure),
        WithJsonSchema(
            {
                "description": "Any JSON; "
                '{"$": "trigger.properties.total"} stands for a value known later.'
            }
        ),
    ],
)
