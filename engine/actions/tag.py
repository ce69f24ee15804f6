"""Add and remove tags."""

from typing import Literal

from engine.decision import Advance, ChangeTags, Decision, Facts
from engine.document.base import Name
from engine.parts.paths import Step


class TagNode(Step):
    """Add and remove tags, which conditions read as the list attribute `tags`."""

    kind: Literal["tag"]
    add: tuple[Name, ...] = ()
    remove: tuple[Name, ...] = ()


def decide(node: TagNode, _facts: Facts) -> Decision:
    """Change the tags and go on."""
    return Decision(Advance(), (ChangeTags(node.add, node.remove),))
