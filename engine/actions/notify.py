"""Tell a colleague and go on."""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import Field

from engine.decision import Advance, Decision, Facts, Notify
from engine.document.base import FieldPath, Name
from engine.document.json_text import write_json
from engine.document.paths import MISSING, get_path
from engine.document.values import Structure
from engine.parts.holes import fill_values
from engine.parts.paths import Step

LONGEST_WORDS: Final = 2000
_HOLE: Final = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}")


class NotifyNode(Step):
    """Tell a colleague and go on."""

    kind: Literal["notify"]
    to: Name = Field(description="owner, team:NAME, role:NAME or user:NAME.")
    text: str = Field(
        max_length=LONGEST_WORDS, description="Words; {{ name }} stands for a value of data."
    )
    data: Mapping[FieldPath, Structure] = {}


def list_holes(text: str) -> tuple[str, ...]:
    """Return the names that a text wants filled in, each once."""
    return tuple(dict.fromkeys(_HOLE.findall(text)))


def decide(node: NotifyNode, facts: Facts) -> Decision:
    """Tell it and go on.

    Raises:
        MissingValue: a value of `data` is missing.
    """
    data = fill_values(node.data, facts)
    words = _HOLE.sub(lambda hole: _show(get_path(data, hole[1])), node.text)
    return Decision(Advance(), (Notify(node.to, words[:LONGEST_WORDS]),))


def _show(value: Any) -> str:
    """Return a value as people read it; nothing for null and for what is not there."""
    if value is MISSING or value is None:
        return ""
    return value if isinstance(value, str) else write_json(value)
