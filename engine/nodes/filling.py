"""Fills the holes of a structure from what is known at a node."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from engine.decision import Facts
from engine.document.paths import MISSING, get_path
from engine.errors import Invalid


class MissingValue(Invalid):
    """A hole has nothing to be filled with, and no `or`."""

    code = "missing_value"


def fill_structure(value: JsonValue, facts: Facts) -> Any:
    """Return the structure with every hole filled.

    Raises:
        MissingValue: nothing is there, and the hole names no fallback.
    """
    return fill(value, build_roots(facts))


def build_roots(facts: Facts) -> Mapping[str, Any]:
    """Return what holes can name."""
    state = facts.state
    return {
        "trigger": state.trigger,
        "context": state.context,
        "contact": {**state.attributes, "id": facts.contact_uid},
        "subject": state.subject,
        "enrollment": {"entry_key": facts.entry_key, "entered_at": facts.entered_at.isoformat()},
        "journey": {"key": facts.journey},
    }


def fill(value: JsonValue, roots: Mapping[str, Any]) -> Any:
    """Return JSON with every `{"$": path}` replaced by the value at that path.

    A literal object that has the key `$` is written `{"$literal": …}`. Null counts as nothing.

    Raises:
        MissingValue: nothing is there, and the hole names no fallback.
    """
    match value:
        case {"$": str() as path}:
            found = get_path(roots, path)
            if found is not MISSING and found is not None:
                return found
            if "or" in value:
                return value["or"]
            msg = f"there is nothing at {path!r}, and no 'or' to take instead"
            raise MissingValue(msg)
        case {"$literal": literal} if len(value) == 1:
            return literal
        case dict():
            return {name: fill(inner, roots) for name, inner in value.items()}
        case list():
            return [fill(inner, roots) for inner in value]
        case _:
            return value
