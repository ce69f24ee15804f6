"""Change attributes of the contact; the change is an event that others may trigger on."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from engine.decision import Advance, Decision, Facts, UpdateContact
from engine.document.base import FieldPath
from engine.nodes.filling import fill_structure
from engine.nodes.paths import Step
from engine.nodes.structures import Structure


class UpdateContactNode(Step):
    """Change attributes of the contact; emits the event that others may trigger on."""

    kind: Literal["update_contact"]
    set: Mapping[FieldPath, Structure] = Field(default={}, max_length=100)
    unset: tuple[FieldPath, ...] = ()
    increment: Mapping[FieldPath, int] = Field(default={}, max_length=100)


def decide(node: UpdateContactNode, facts: Facts) -> Decision:
    """Change, and go on."""
    values = {path: fill_structure(value, facts) for path, value in node.set.items()}
    return Decision(Advance(), (UpdateContact(values, node.unset, dict(node.increment)),))
