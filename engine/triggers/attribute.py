"""An attribute changes."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import orjson
from pydantic import Field, JsonValue

from engine.document.base import FieldPath
from engine.document.paths import MISSING, get_path
from engine.parts.entering import TriggerBase


class AttributeTrigger(TriggerBase):
    """An attribute changes. Without from and to: whenever it changes."""

    kind: Literal["attribute"]
    attribute: FieldPath
    from_value: JsonValue = Field(
        default=None, alias="from", description="Absent: from whatever. null: was empty."
    )
    to_value: JsonValue = Field(
        default=None, alias="to", description="Absent: to whatever. null: becomes empty."
    )


def matches(trigger: AttributeTrigger, changes: Mapping[str, Sequence[Any]]) -> bool:
    """Return whether these changes let the contact in.

    Args:
        trigger: what is asked.
        changes: for each attribute that changed, its value before and after; null for none.
    """
    name, _, rest = trigger.attribute.partition(".")
    if name not in changes:
        return False
    before, after = (_descend(value, rest) for value in changes[name])
    if _is_same(before, after):
        return False
    asked = trigger.model_fields_set
    return ("from_value" not in asked or _is_same(before, trigger.from_value)) and (
        "to_value" not in asked or _is_same(after, trigger.to_value)
    )


def has_arrived(trigger: AttributeTrigger, attributes: Mapping[str, Any]) -> bool:
    """Return whether the attribute has the value now to which the trigger waits for a change."""
    name, _, rest = trigger.attribute.partition(".")
    return _is_same(_descend(attributes.get(name), rest), trigger.to_value)


def _descend(value: Any, path: str) -> Any:
    """Return what is at a path below an attribute; null if nothing is."""
    if not path:
        return value
    found = get_path(value, path) if isinstance(value, Mapping) else None
    return None if found is MISSING else found


def _is_same(one: Any, other: Any) -> bool:
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
