"""Start another journey for this contact."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from engine.decision import Advance, Decision, Facts, StartJourney
from engine.document.base import FieldPath, Name
from engine.document.values import Structure
from engine.parts.holes import fill_values
from engine.parts.paths import Step


class StartJourneyNode(Step):
    """Ask another journey to let this contact in; its trigger is of the kind `journey`.

    It has to pass all gates of that journey's entry; this one goes on at once.
    """

    kind: Literal["start_journey"]
    journey: Name
    data: Mapping[FieldPath, Structure] = Field(
        default={},
        max_length=100,
        description="What that journey finds under trigger.properties.",
    )


def decide(node: StartJourneyNode, facts: Facts) -> Decision:
    """Ask for it and go on.

    Raises:
        MissingValue: a value of the data is missing.
    """
    return Decision(Advance(), (StartJourney(node.journey, fill_values(node.data, facts)),))
