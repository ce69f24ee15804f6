"""What a person is called, as far as its attributes say. Pure."""

from collections.abc import Mapping
from typing import Any


def find_name(attributes: Mapping[str, Any]) -> str:
    """Return `name`, else `first_name` and `last_name`; empty if there is none of them."""
    name = attributes.get("name")
    parts = [name] if name else [attributes.get("first_name"), attributes.get("last_name")]
    return " ".join(str(part) for part in parts if part)
