"""What changed, by name: values before and after, compared in kind and content."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from engine.document.paths import MISSING, get_path

Changes = Mapping[str, Sequence[Any]]
"""For each name that changed, its value before and after; null for none."""


def find_change(path: str, changes: Changes) -> tuple[Any, Any] | None:
    """Return the value at a dotted name before and after; None if it is the same."""
    name, _, rest = path.partition(".")
    if name not in changes:
        return None
    before, after = (_descend(value, rest) for value in changes[name])
    return None if is_same(before, after) else (before, after)


def _descend(value: Any, path: str) -> Any:
    """Return what is at a path below an attribute; null if nothing is."""
    if not path:
        return value
    found = get_path(value, path) if isinstance(value, Mapping) else None
    return None if found is MISSING else found


def is_same(one: Any, other: Any) -> bool:
    """Return whether two JSON values are equal in kind and content; 5 is 5.0, and not true."""
    return _write_kinds(one) == _write_kinds(other)


def _write_kinds(value: Any) -> bytes:
    """Return the value as text in which 5 and 5.0 are alike and true is not 1."""
    return orjson.dumps(_even(value), option=orjson.OPT_SORT_KEYS)


def _even(value: Any) -> Any:
    """Return the value with every number as a float."""
    match value:
        case bool():
            return value
        case int():
            return float(value)
        case list():
            return [_even(item) for item in value]
        case Mapping():
            return {key: _even(item) for key, item in value.items()}
        case _:
            return value
