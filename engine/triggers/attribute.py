"""An attribute changes."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field, JsonValue

from engine.document.base import FieldPath
from engine.document.paths import MISSING, get_path
from engine.parts.changes import find_change, is_same
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
    change = find_change(trigger.attribute, changes)
    if change is None:
        return False
    before, after = change
    asked = trigger.model_fields_set
    return ("from_value" not in asked or is_same(before, trigger.from_value)) and (
        "to_value" not in asked or is_same(after, trigger.to_value)
    )


def has_arrived(trigger: AttributeTrigger, attributes: Mapping[str, Any]) -> bool:
    """Return whether the attribute has the value now to which the trigger waits for a change."""
    found = get_path(attributes, trigger.attribute)
    return is_same(None if found is MISSING else found, trigger.to_value)
