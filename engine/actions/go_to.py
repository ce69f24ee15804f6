"""Jump, without a line across the canvas."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from engine.decision import Advance, Decision, Facts
from engine.document.base import Maybe
from engine.language.say import say
from engine.parts.paths import NEXT, NodeBase, NodeKey, Path, Way, build_corner

OTHERWISE = "otherwise"


class GoToNode(NodeBase):
    """Jump, without a line across the canvas; at most so often, then `otherwise`."""

    kind: Literal["go_to"]
    next: NodeKey | None = Field(
        default=None, description="Where to jump; must be there when publishing."
    )
    at_most: Maybe[Annotated[int, Field(ge=1, le=100)]] = Field(
        default=None, description="Jumps of one enrollment."
    )
    otherwise: Maybe[Way] = Field(
        default=None, description="Where to go after at_most jumps; absent: complete here."
    )

    @model_validator(mode="after")
    def _otherwise_needs_at_most(self) -> Self:
        if self.otherwise is not None and self.at_most is None:
            msg = say("'otherwise' is for what comes after 'at_most' jumps, so say how many")
            raise ValueError(msg)
        return self

    @override
    def paths(self) -> tuple[Path, ...]:
        if self.at_most is None:
            return (Path(NEXT, self.next),)
        spent = build_corner(OTHERWISE, self.otherwise, "otherwise")
        return (Path(NEXT, self.next), *(spent or (Path(OTHERWISE, None, ("otherwise",)),)))


def decide(node: GoToNode, facts: Facts) -> Decision:
    """Jump, unless this enrollment has jumped here often enough."""
    is_spent = node.at_most is not None and facts.visit > node.at_most
    return Decision(Advance(OTHERWISE if is_spent else NEXT))
