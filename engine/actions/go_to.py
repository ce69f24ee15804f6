"""Jump, without a line across the canvas; at most so often."""

from typing import Literal

from pydantic import Field
from typing_extensions import override

from engine.decision import Advance, Decision, Facts
from engine.document.base import Maybe
from engine.nodes.paths import NodeBase, NodeKey, Path, Way, build_corner


class GoToNode(NodeBase):
    """Jump, without a line across the canvas; at most so often, then `otherwise`."""

    kind: Literal["go_to"]
    next: NodeKey | None = Field(
        default=None, description="Where to jump; must be there when publishing."
    )
    at_most: Maybe[int] = Field(
        default=None, ge=1, le=100, description="Jumps of one enrollment."
    )
    otherwise: Maybe[Way] = Field(
        default=None, description="Where to go after at_most jumps; absent: complete here."
    )

    @override
    def paths(self) -> tuple[Path, ...]:
        if self.at_most is None:
            return (Path("next", self.next),)
        spent = build_corner("otherwise", self.otherwise, "otherwise")
        return (
            Path("next", self.next),
            *(spent or (Path("otherwise", None, ("otherwise",)),)),
        )


def decide(node: GoToNode, facts: Facts) -> Decision:
    """Jump, unless it has been done `at_most` times: the visit's number counts the jumps."""
    if node.at_most is not None and facts.visit > node.at_most:
        return Decision(Advance("otherwise"))
    return Decision(Advance())
