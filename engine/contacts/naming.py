"""What a person is called, as far as its attributes say. Pure."""

from collections.abc import Mapping
from typing import Any, Final

LONGEST_KEY: Final = 80


def find_name(attributes: Mapping[str, Any]) -> str:
    """Return `name`, else `first_name` and `last_name`; empty if there is none of them."""
    name = attributes.get("name")
    parts = [name] if name else [attributes.get("first_name"), attributes.get("last_name")]
    return " ".join(str(part) for part in parts if part)


def find_name_keys(attributes: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return by what beginnings somebody is found: the name, and its last word, both folded."""
    words = fold_name(find_name(attributes)).split(" ")
    name, surname = " ".join(words), words[-1]
    return name[:LONGEST_KEY] or None, surname[:LONGEST_KEY] or None


def fold_name(name: str) -> str:
    """Return the form in which names are compared: no capitals, one space between words."""
    return " ".join(name.casefold().split())
