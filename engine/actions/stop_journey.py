"""End what another journey does with this contact."""

from typing import Literal

from pydantic import Field

from engine.decision import Advance, Decision, Facts, StopJourney
from engine.document.base import Maybe, Name
from engine.document.values import Structure
from engine.parts.holes import fill_structure
from engine.parts.matching import write_key
from engine.parts.paths import Step


class StopJourneyNode(Step):
    """End this contact's enrollments in a journey; messages that have not left are stopped.

    Of this same journey it ends all others, and never the one that stands here: `leave` does that.
    """

    kind: Literal["stop_journey"]
    journey: Name
    entry_key: Maybe[Structure] = Field(
        default=None, description="Only the one of this entry key; absent: all of them."
    )


def decide(node: StopJourneyNode, facts: Facts) -> Decision:
    """Ask for it and go on. What can be no entry key, such as nothing, ends nothing.

    Raises:
        MissingValue: there is no such entry key, and no `or` says what to use instead.
    """
    if node.entry_key is None:
        return Decision(Advance(), (StopJourney(node.journey),))
    key = write_key(fill_structure(node.entry_key, facts))
    effects = () if key is None else (StopJourney(node.journey, key),)
    return Decision(Advance(), effects)
