"""An attribute changes."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, JsonValue

from engine.document.base import Document, FieldPath
from engine.document.paths import MISSING, get_path


class AttributeTrigger(Document):
    """An attribute changes. Without from and to: whenever it changes."""

    kind: Literal["attribute"]
    attribute: FieldPath
    from_value: JsonValue = Field(
        default=None, alias="from", description="Absent: from whatever. null: was empty."
    )
    to_value: JsonValue = Field(
        default=None, alias="to", description="Absent: to whatever. null: becomes empty."
    )


def matches(trigger: AttributeTrigger, changes: Mapping[str, tuple[Any, Any]]) -> bool:
    """Return whether these changes are what the trigger waits for.

    Args:
        changes: per top-level attribute, its value before and after; None for nothing.
    """
    name, _, rest = trigger.attribute.partition(".")
    if name not in changes:
        return False
    before, after = (_look(value, rest) for value in changes[name])
    if before == after:
        return False
    given = trigger.model_fields_set
    return ("from_value" not in given or before == trigger.from_value) and (
        "to_value" not in given or after == trigger.to_value
    )


def _look(value: Any, rest: str) -> Any:
    if not rest:
        return value
    found = get_path(value, rest) if isinstance(value, Mapping) else MISSING
    return None if found is MISSING else found
