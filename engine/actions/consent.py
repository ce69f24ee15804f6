"""Keep, or take back, the contact's choice for a topic and channel."""

from datetime import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from engine.decision import Advance, ChangeConsent, Decision, Facts
from engine.document.base import Channel, Maybe, Name
from engine.language.say import say
from engine.parts.paths import NodeKey, Step


class ConsentNode(Step):
    """Keep the contact's choice for a topic and channel, with its proof.

    A journey may always take consent back. It never turns a no of the contact into a yes, unless
    the contact has clicked a letter of this journey since, which `confirmed_by` names.
    """

    kind: Literal["consent"]
    topic: Name
    channel: Channel
    choice: Literal["subscribed", "unsubscribed"]
    confirmed_by: Maybe[NodeKey] = Field(
        default=None,
        description="The node that sent the letter asking for a yes. Only who clicked in it is "
        "subscribed; a click after a no lifts the no.",
    )

    @model_validator(mode="after")
    def _only_a_yes_is_confirmed(self) -> Self:
        if self.confirmed_by is not None and self.choice != "subscribed":
            msg = say("'confirmed_by' is for a yes; a no needs no confirmation")
            raise ValueError(msg)
        return self


def decide(node: ConsentNode, facts: Facts) -> Decision:
    """Change the choice if that is for a journey to do, and go on."""
    key = node.topic, node.channel
    held = facts.state.consents.get(key)
    confirmed_at: datetime | None = None
    if node.confirmed_by is not None:
        confirmed_at = facts.state.node_messages.get(node.confirmed_by, {}).get("clicked")
        if confirmed_at is None:
            return Decision(Advance())
    if held == node.choice or (
        node.choice == "subscribed" and not _may_grant(facts, key, confirmed_at)
    ):
        return Decision(Advance())
    change = ChangeConsent(*key, node.choice, node.confirmed_by, confirmed_at)
    return Decision(Advance(), (change,))


def _may_grant(facts: Facts, key: tuple[str, str], confirmed_at: datetime | None) -> bool:
    """Return whether there is no no, or the contact has taken it back since."""
    if facts.state.consents.get(key) is None:
        return True
    refused_at = facts.state.consented_at.get(key)
    return confirmed_at is not None and refused_at is not None and confirmed_at > refused_at
