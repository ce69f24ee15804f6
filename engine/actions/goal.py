"""Mark success."""

from typing import Literal

from engine.decision import Advance, Decision, Facts, ReachGoal
from engine.document.base import Name
from engine.parts.paths import Step


class GoalNode(Step):
    """Mark success: a goal of this journey is reached by arriving here. The enrollment goes on."""

    kind: Literal["goal"]
    goal: Name


def decide(node: GoalNode, _facts: Facts) -> Decision:
    """Mark the goal and go on."""
    return Decision(Advance(), (ReachGoal(node.goal),))
