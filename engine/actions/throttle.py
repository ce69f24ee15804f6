"""Let so many through in a while, and no more."""

from datetime import timedelta
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from engine.decision import Advance, Decision, Facts, Sleep
from engine.document.durations import Elapsed
from engine.language.say import say
from engine.parts.paths import Step

SHORTEST_PERIOD: Final = timedelta(minutes=1)
"""Workers look every few seconds; over less than this, being late would be all there is."""


def _long_enough(per: timedelta) -> timedelta:
    if per < SHORTEST_PERIOD:
        msg = say("a throttle counts over a minute at least")
        raise ValueError(msg)
    return per


class ThrottleNode(Step):
    """At most so many go through here in any period, evenly spaced, in the order they came.

    It counts all enrollments of the journey, whatever their version.
    """

    kind: Literal["throttle"]
    at_most: int = Field(ge=1, le=1_000_000, description="In any period of this length.")
    per: Annotated[Elapsed, AfterValidator(_long_enough)] = Field(
        default=SHORTEST_PERIOD, description="At least PT1M."
    )


def decide(_node: ThrottleNode, facts: Facts) -> Decision:
    """Go on if it is this enrollment's turn, else sleep until then.

    Who has just come sleeps for no time: whoever moves enrollments on gives turns to those that
    stand at a throttle before it asks them (`engine.journeys.deciding.turns`).
    """
    if facts.turn_at is None:
        return Decision(Sleep(facts.now))
    return Decision(Advance() if facts.turn_at <= facts.now else Sleep(facts.turn_at))
