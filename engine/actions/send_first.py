"""Send one message by the first of several channels on which the contact can be reached."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field
from typing_extensions import override

from engine.decision import Decision, Facts, MessageSettled
from engine.document.base import Document, FieldPath, Name
from engine.document.values import Structure
from engine.language.say import say
from engine.parts.paths import NodeBase, OnTrouble, Path, Step, build_corner
from engine.parts.sending import (
    ERROR,
    SKIPPED,
    Gates,
    SendNode,
    decide_settled,
    intend,
)

UNREACHABLE: Final = frozenset(
    {"no_address", "unconfirmed", "unsubscribed", "no_consent", "opted_out", "suppressed"}
)
"""What gates say of one channel's address or choice alone (engine.messages.states.SkipReason)."""
EXPIRED: Final = "expired"
TRIED: Final = "tried"


class Try(Document):
    """The message by one channel."""

    channel: Literal["email", "sms", "push"]
    template: Name
    data: Mapping[FieldPath, Structure] = Field(
        default={}, description="Values for the template, by name."
    )


def _differ(tries: tuple[Try, ...]) -> tuple[Try, ...]:
    if len({one.channel for one in tries}) < len(tries):
        msg = say("each channel is tried once")
        raise ValueError(msg)
    return tries


class SendFirstNode(Step):
    """Send one message by the first of these channels on which the contact can be reached.

    The next is tried where there is no address, it is unconfirmed or suppressed, the contact
    does not want the topic that way, or no account of the channel took messages until it was too
    old for it; never because of an hour, a sending limit or `expires_after`.
    """

    kind: Literal["send_first"]
    tries: Annotated[tuple[Try, ...], AfterValidator(_differ)] = Field(
        min_length=1, description="In this order; each channel once."
    )
    topic: Name = Field(
        default="",
        description="The kind of message a contact can refuse: marketing needs one, and what is "
        "transactional has none.",
    )
    message_class: Literal["marketing", "transactional"] = Field(default="marketing", alias="class")
    on_failure: Literal["next", "error"] = Field(
        default="next",
        description="A provider refused the message for good. next: the next channel is tried; "
        "error: that is the node's error.",
    )
    gates: Gates = Gates()
    on_skip: OnTrouble = Field(
        default="continue", description="It could go by none of them, or a gate refused it."
    )
    on_error: OnTrouble = Field(default="exit", description="It could not be made or handed over.")

    @property
    def waits(self) -> bool:
        """Whether it matters here what becomes of the message: always."""
        return True

    @override
    def paths(self) -> tuple[Path, ...]:
        return (
            *super().paths(),
            *build_corner(SKIPPED, self.on_skip, "on_skip"),
            *build_corner(ERROR, self.on_error, "on_error"),
        )


def list_tries(node: NodeBase) -> tuple[Try, ...]:
    """Return the messages a node may send, one a channel; none of a node that does not send."""
    match node:
        case SendFirstNode(tries=tries):
            return tries
        case SendNode(channel=channel, template=template, data=data):
            return (Try.model_construct(channel=channel, template=template, data=data),)
        case _:
            return ()


def decide(node: SendFirstNode, facts: Facts) -> Decision:
    """Intend the message by the first channel, and by the next once one is known not to reach.

    Each try is a message of its own, whose gates are asked at hand-over as of any; so no two of
    them are ever on their way, and each refusal stays to be read. What was tried goes by the name
    of its channel: whatever an edit does to the order meanwhile, none is tried twice in a visit.

    Raises:
        MissingValue: a value for a template is missing, and the journey ends on errors.
    """
    if facts.is_first:
        return intend(node, node.tries[0], facts)
    said = facts.signal
    if not isinstance(said, MessageSettled) or not _goes_on(node, said):
        return decide_settled(node, facts)
    tried = (*said.tried, said.channel)
    following = next((one for one in node.tries if one.channel not in tried), None)
    is_there = any(one.channel == said.channel for one in node.tries)
    if following is None or not is_there:
        return decide_settled(node, facts)
    decision = intend(node, following, facts, tried=tried)
    return replace(decision, notes={TRIED: [said.channel, said.reason, following.channel]})


def _goes_on(node: SendFirstNode, said: MessageSettled) -> bool:
    """Return whether what became of a try asks for the next."""
    match said:
        case MessageSettled(fate="skipped", reason=reason):
            # Without a limit of its own, only accounts that took nothing let it expire.
            has_limit = node.gates.expires_after is not None
            return reason in UNREACHABLE or (reason == EXPIRED and not has_limit)
        case MessageSettled(fate="failed", reason="refused"):
            return node.on_failure == "next"  # it has not left: nothing goes twice
        case _:
            return False
