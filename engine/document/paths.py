"""Values inside nested JSON objects, by dotted name."""

from collections.abc import Mapping
from typing import Any, Final

MISSING: Final = object()
"""Stands for "nothing is there", which is not null."""


def get_path(data: Mapping[str, Any], path: str) -> Any:
    """Return the value at a dotted name, or MISSING. Descends into objects, never into lists."""
    found: Any = data
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return MISSING
        found = found[name]
    return found


def set_path(data: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return the data with a value at a dotted name; objects on the way are made as needed."""
    name, _, rest = path.partition(".")
    changed = dict(data)
    if rest:
        inner = changed.get(name)
        changed[name] = set_path(inner if isinstance(inner, Mapping) else {}, rest, value)
    else:
        changed[name] = value
    return changed


def unset_path(data: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return the data without the value at a dotted name."""
    name, _, rest = path.partition(".")
    changed = dict(data)
    if not rest:
        changed.pop(name, None)
    elif isinstance(inner := changed.get(name), Mapping):
        changed[name] = unset_path(inner, rest)
    return changed
