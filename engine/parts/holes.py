"""Holes of nodes filled from what the node may know."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from engine.decision import Facts
from engine.document.paths import set_path
from engine.document.values import fill


def build_roots(facts: Facts) -> dict[str, Any]:
    """Return what each root of a hole holds for this enrollment, now.

    `contact` holds the contact's attributes under their own names, and what it has besides: id,
    email, phone, timezone, created_at. `subject` holds the fields of a record, and its type, key
    and state.
    """
    entered_at = facts.entered_at.isoformat().replace("+00:00", "Z")
    return {
        "trigger": facts.state.trigger,
        "context": facts.state.context,
        "subject": facts.state.subject,
        "contact": {**facts.state.attributes, **facts.contact, "id": facts.contact_uid},
        "enrollment": {"entered_at": entered_at, "entry_key": facts.entry_key},
        "journey": {"key": facts.journey},
        "entry_key": facts.entry_key,
    }


def fill_structure(structure: JsonValue, facts: Facts) -> Any:
    """Return a structure with its holes filled.

    Raises:
        MissingValue: a hole without `or` has nothing to be filled with.
    """
    return fill(structure, build_roots(facts))


def fill_values(values: Mapping[str, JsonValue], facts: Facts) -> dict[str, Any]:
    """Return named structures with their holes filled; `order.id` becomes `{"order": {"id": …}}`.

    Raises:
        MissingValue: a hole without `or` has nothing to be filled with.
    """
    roots = build_roots(facts) if values else {}
    filled: dict[str, Any] = {}
    for path, structure in values.items():
        filled = set_path(filled, path, fill(structure, roots))
    return filled
