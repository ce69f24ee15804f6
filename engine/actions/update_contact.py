"""Change attributes of the contact."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from engine.decision import Advance, Decision, Facts, UpdateContact
from engine.document.base import FieldPath
from engine.document.values import Structure
from engine.parts.holes import fill_structure
from engine.parts.paths import Step


class UpdateContactNode(Step):
    """Change attributes of the contact; others may trigger on the change."""

    kind: Literal["update_contact"]
    set: Mapping[FieldPath, Structure] = Field(default={}, max_length=100)
    unset: tuple[FieldPath, ...] = ()
    increment: Mapping[FieldPath, int] = Field(default={}, max_length=100)


def decide(node: UpdateContactNode, facts: Facts) -> Decision:
    """Change the attributes and go on.

    Raises:
        MissingValue: a value to set is missing.
    """
    values = {path: fill_structure(structure, facts) for path, structure in node.set.items()}
    return Decision(Advance(), (UpdateContact(values, node.unset, dict(node.increment)),))
