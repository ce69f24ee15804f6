"""Take the first path whose condition is true."""

from typing import Literal

from pydantic import Field
from typing_extensions import override

from engine.decision import Advance, Decision, Facts
from engine.document.base import Maybe
from engine.parts.paths import ConditionPath, NodeBase, Path, Way, build_corner

OTHERWISE = "otherwise"


class BranchNode(NodeBase):
    """The first path whose condition is true; `otherwise` must be there when publishing."""

    kind: Literal["branch"]
    paths_: tuple[ConditionPath, ...] = Field(default=(), alias="paths", max_length=50)
    otherwise: Maybe[Way] = Field(default=None, description="{} means: complete here.")

    @override
    def paths(self) -> tuple[Path, ...]:
        return (
            *(
                Path(path.label, path.next, ("paths", place))
                for place, path in enumerate(self.paths_)
            ),
            *build_corner(OTHERWISE, self.otherwise, "otherwise"),
        )


def decide(node: BranchNode, facts: Facts) -> Decision:
    """Take the first path whose condition is true, else `otherwise` (rule 48)."""
    label = next((path.label for path in node.paths_ if facts.holds(path.when)), OTHERWISE)
    return Decision(Advance(label))
