"""Tell a colleague and go on."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from engine.decision import Advance, Decision, Facts, Notify
from engine.document.base import FieldPath, Name
from engine.document.values import Structure
from engine.parts.holes import fill_values
from engine.parts.paths import Step
from engine.parts.words import LONGEST_WORDS, fill_words


class NotifyNode(Step):
    """Tell a colleague and go on."""

    kind: Literal["notify"]
    to: Name = Field(description="owner, team:NAME, role:NAME, user:NAME, or chat:NAME.")
    text: str = Field(
        max_length=LONGEST_WORDS, description="Words; {{ name }} stands for a value of data."
    )
    data: Mapping[FieldPath, Structure] = {}


def decide(node: NotifyNode, facts: Facts) -> Decision:
    """Tell it and go on.

    Raises:
        MissingValue: a value of `data` is missing.
    """
    words = fill_words(node.text, fill_values(node.data, facts))
    return Decision(Advance(), (Notify(node.to, words),))
