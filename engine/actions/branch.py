"""Take the first path whose condition is true."""

from typing import Literal

from pydantic import Field
from typing_extensions import override

from engine.decision import Advance, Decision, Facts
from engine.document.base import Maybe
from engine.nodes.paths import ConditionPath, NodeBase, Path, Way, build_corner


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
            *build_corner("otherwise", self.otherwise, "otherwise"),
        )


def decide(node: BranchNode, facts: Facts) -> Decision:
    """Advance by the first path that is true, in the order stored (rule 48)."""
    for path in node.paths_:
        if facts.holds(path.when):
            return Decision(Advance(path.label))
    return Decision(Advance("otherwise"))
