"""End the enrollment here."""

from typing import Literal

from pydantic import Field
from typing_extensions import override

from engine.decision import Decision, Facts, Leave
from engine.parts.paths import NodeBase, Path


class LeaveNode(NodeBase):
    """End here, with a reason that reports show."""

    kind: Literal["leave"]
    reason: str = Field(min_length=1, max_length=60)

    @override
    def paths(self) -> tuple[Path, ...]:
        return ()


def decide(node: LeaveNode, _facts: Facts) -> Decision:
    """Leave for the node's reason."""
    return Decision(Leave(node.reason))
