"""Tell a colleague, and go on."""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import Field

from engine.decision import Advance, Decision, Facts, Notify
from engine.document.base import FieldPath, Name
from engine.document.paths import MISSING, get_path
from engine.nodes.filling import fill_structure
from engine.nodes.paths import Step
from engine.nodes.structures import Structure

_HOLE: Final = re.compile(r"\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}")


class NotifyNode(Step):
    """Tell a colleague and go on."""

    kind: Literal["notify"]
    to: Name = Field(description="owner, team:NAME, role:NAME or user:NAME.")
    text: str = Field(max_length=2000)
    data: Mapping[FieldPath, Structure] = {}


def decide(node: NotifyNode, facts: Facts) -> Decision:
    """Write the notice, and go on. `{{ name }}` in the text stands for a value of `data`."""
    data = {name: fill_structure(value, facts) for name, value in node.data.items()}
    return Decision(Advance(), (Notify(node.to, write_words(node.text, data)),))


def write_words(text: str, data: Mapping[str, Any]) -> str:
    """Return the text with its holes filled; a hole without a value stays empty."""

    def write(found: re.Match[str]) -> str:
        value = get_path(data, found[1])
        return "" if value is MISSING or value is None else str(value)

    return _HOLE.sub(write, text)
