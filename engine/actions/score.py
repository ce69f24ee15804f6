"""Count up or down what a contact is worth."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from engine.decision import Advance, Decision, Facts, UpdateContact
from engine.document.base import Maybe
from engine.document.paths import get_path
from engine.language.say import say
from engine.parts.paths import Step

MOST: Final = 1_000_000_000
Points = Annotated[int, Field(ge=-MOST, le=MOST)]


class ScoreNode(Step):
    """Add to a score, or set it. Conditions read it as the attribute `scores.NAME`."""

    kind: Literal["score"]
    score: str = Field(
        max_length=64,
        pattern=r"^([A-Za-z_][A-Za-z0-9_-]*)?$",
        description="Its name; empty in a draft: not chosen yet.",
    )
    by: Maybe[Points] = Field(default=None, description="To add; below 0: to take away.")
    to: Maybe[Points] = None
    floor: Maybe[Points] = Field(default=None, description="It never falls below.")
    ceiling: Maybe[Points] = Field(default=None, description="It never rises above.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.by is None) == (self.to is None):
            msg = say("a score changes either 'by' so much or 'to' a value")
            raise ValueError(msg)
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            msg = say("'floor' is above 'ceiling'")
            raise ValueError(msg)
        return self


def decide(node: ScoreNode, facts: Facts) -> Decision:
    """Change the score and go on. What is no number counts as 0."""
    place = f"scores.{node.score}"
    held = get_path(facts.state.attributes, place)
    is_number = isinstance(held, int | float) and not isinstance(held, bool)
    value = node.to if node.to is not None else (held if is_number else 0) + (node.by or 0)
    low = -MOST if node.floor is None else node.floor
    high = MOST if node.ceiling is None else node.ceiling
    return Decision(Advance(), (UpdateContact(set={place: min(max(value, low), high)}),))
