"""What sending by any channel has in common: the node, and how it decides."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, ClassVar, Final, Literal, Protocol, Self

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import override

from engine.decision import (
    Advance,
    Await,
    Decision,
    Facts,
    Leave,
    MessageSettled,
    SendMessage,
)
from engine.document.base import Document, FieldPath, Maybe, Name
from engine.document.durations import Elapsed
from engine.document.values import MissingValue, Structure
from engine.language.say import say
from engine.parts.corners import choose_corner
from engine.parts.holes import fill_values
from engine.parts.paths import OnTrouble, Path, Step, Way, build_corner
from engine.reasons import ExitReason

Sent = Literal["email", "sms", "push"]
"""Channels by which a journey sends to a person."""
LONGEST_WAIT: Final = timedelta(days=7)
"""So long a node waits for what becomes of its message; then it counts as failed."""
SKIPPED: Final = "skipped"
ERROR: Final = "error"


def _not_too_long(held: timedelta) -> timedelta:
    if held > LONGEST_WAIT:
        msg = say("a message is held by a sending limit for at most 7 days")
        raise ValueError(msg)
    return held


class Gates(Document):
    """What to do when a message may not leave now.

    Consent and suppression are not negotiable, so not here.
    """

    quiet_hours: Literal["hold", "skip", "ignore"] = "hold"
    on_cap: Maybe[Literal["skip", "hold", "exit"]] = Field(
        default=None,
        description="Marketing over a sending limit; absent: as the limit says. exit: it is "
        "skipped, and the enrollment ends.",
    )
    hold_for: Maybe[Annotated[Elapsed, AfterValidator(_not_too_long)]] = Field(
        default=None,
        description="With on_cap hold: at most so long, up to P7D; then it is skipped.",
    )
    once_per: Maybe[Literal["node", "journey", "template"]] = Field(
        default=None,
        description="It goes to a contact once: from this node, this template from any node of "
        "this journey, or this template from anywhere.",
    )
    expires_after: Maybe[Elapsed] = Field(
        default=None, description="A message held longer is skipped, never sent late."
    )
    unknown_outcome: Maybe[Literal["resend", "no_resend"]] = Field(
        default=None,
        description="Absent: resend for transactional e-mail and for pushes, which replace "
        "themselves, else no_resend.",
    )

    @model_validator(mode="after")
    def _holding_has_a_length(self) -> Self:
        if self.hold_for is not None and self.on_cap != "hold":
            msg = say("'hold_for' is for 'on_cap': \"hold\"")
            raise ValueError(msg)
        return self


class SendNode(Step):
    """Intend one message to the contact; the gates decide at hand-over."""

    channel: ClassVar[Sent]

    template: Name
    topic: Name = Field(
        default="",
        description="The kind of message a contact can refuse: marketing needs one, and what is "
        "transactional has none.",
    )
    message_class: Literal["marketing", "transactional"] = Field(default="marketing", alias="class")
    data: Mapping[FieldPath, Structure] = Field(
        default={}, description="Values for the template, by name."
    )
    gates: Gates = Gates()
    on_skip: OnTrouble = Field(
        default="continue",
        description="A gate refused the message. Anything but continue waits for the hand-over.",
    )
    on_error: OnTrouble = Field(
        default="exit",
        description="It could not be made or handed over. A way of its own waits for that.",
    )

    @property
    def waits(self) -> bool:
        """Whether it matters here what becomes of the message."""
        minds_skips = self.on_skip != "continue" or self.gates.on_cap == "exit"
        return minds_skips or isinstance(self.on_error, Way)

    @override
    def paths(self) -> tuple[Path, ...]:
        return (
            *super().paths(),
            *build_corner(SKIPPED, self.on_skip, "on_skip"),
            *build_corner(ERROR, self.on_error, "on_error"),
        )


class Sends(Protocol):
    """What a node says of its message, by whatever channel it goes."""

    @property
    def topic(self) -> str:
        """The kind of message that a contact can refuse."""

    @property
    def message_class(self) -> Literal["marketing", "transactional"]:
        """Whether it is advertising, or expected."""

    @property
    def gates(self) -> Gates:
        """What to do when it may not leave now."""

    @property
    def on_skip(self) -> OnTrouble:
        """Where a refusal leads."""

    @property
    def on_error(self) -> OnTrouble:
        """Where a failure leads."""

    @property
    def waits(self) -> bool:
        """Whether it matters here what becomes of the message."""


class Writes(Protocol):
    """What a message is made of, and how it goes."""

    @property
    def channel(self) -> Literal["email", "sms", "push"]:
        """By which it goes."""

    @property
    def template(self) -> str:
        """Key."""

    @property
    def data(self) -> Mapping[str, Structure]:
        """Values for the template, with holes."""


def decide_send(node: SendNode, facts: Facts, *, sender: str = "") -> Decision:
    """Intend the message, then go on at once; or once it is known what became of it.

    Args:
        node: what is sent.
        facts: of the moment.
        sender: whom the node names, of a letter; "": nobody.

    Raises:
        MissingValue: a value for the template is missing, and the journey ends on errors.
    """
    if facts.is_first:
        return intend(node, node, facts, sender=sender)
    return decide_settled(node, facts)


def decide_settled(node: Sends, facts: Facts) -> Decision:
    """Go on by what became of the message, or keep waiting for it."""
    until = facts.arrived_at + LONGEST_WAIT
    match facts.signal:
        case MessageSettled(fate="sent"):
            return Decision(Advance())
        case MessageSettled(fate="skipped", reason="capped") if node.gates.on_cap == "exit":
            return Decision(Leave(ExitReason.MESSAGE_SKIPPED))
        case MessageSettled(fate="skipped"):
            return Decision(choose_corner(node.on_skip, SKIPPED, ExitReason.MESSAGE_SKIPPED))
        case MessageSettled():
            return Decision(choose_corner(node.on_error, ERROR, ExitReason.MESSAGE_FAILED))
        case _ if facts.now >= until:
            return Decision(choose_corner(node.on_error, ERROR, ExitReason.MESSAGE_FAILED))
        case _:
            return Decision(Await(until))


def intend(
    node: Sends,
    message: Writes,
    facts: Facts,
    *,
    tried: tuple[str, ...] = (),
    sender: str = "",
) -> Decision:
    """Intend a message.

    Args:
        node: which sends it.
        message: what it is made of.
        facts: of the node.
        tried: channels by which the node has tried before it in this visit.
        sender: whom the node names, of a letter; "": nobody.

    Raises:
        MissingValue: a value for the template is missing, and the journey ends on errors.
    """
    try:
        data = fill_values(message.data, facts)
    except MissingValue:
        if node.on_error == "exit":
            raise  # set aside, where a colleague sees what is missing
        return Decision(choose_corner(node.on_error, ERROR, ExitReason.MESSAGE_FAILED))
    expires_after = node.gates.expires_after
    effect = SendMessage(
        channel=message.channel,
        template=message.template,
        topic=node.topic,
        message_class=node.message_class,
        data=data,
        expires_at=None if expires_after is None else facts.now + expires_after,
        quiet_hours=node.gates.quiet_hours,
        unknown_outcome=node.gates.unknown_outcome,
        waits=node.waits,
        exits_on_error=node.on_error == "exit",
        on_cap=node.gates.on_cap,
        hold_for=node.gates.hold_for,
        once_per=node.gates.once_per,
        tried=tried,
        sender=sender or None,
    )
    outcome = Await(facts.arrived_at + LONGEST_WAIT) if node.waits else Advance()
    return Decision(outcome, (effect,))
