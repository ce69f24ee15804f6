"""What nodes that write to the contact share."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, Literal

from pydantic import Field
from typing_extensions import override

from engine.decision import Advance, Await, Decision, Facts, Leave, MessageSettled, SendMessage
from engine.document.base import Document, FieldPath, Maybe, Name
from engine.document.durations import Elapsed
from engine.nodes.filling import fill_structure
from engine.nodes.paths import OnTrouble, Path, Step, Way, build_corner
from engine.nodes.structures import Structure

LONGEST_HANDOVER: Final = timedelta(days=7)
"""A node that waits for what becomes of its message gives up after so long."""
SKIPPED: Final = "message_skipped"
FAILED: Final = "message_failed"


class Gates(Document):
    """What to do when a message may not leave now. Consent and suppression are not negotiable."""

    quiet_hours: Literal["hold", "skip", "ignore"] = "hold"
    expires_after: Maybe[Elapsed] = Field(
        default=None, description="A message held longer is skipped, never sent late."
    )
    unknown_outcome: Maybe[Literal["resend", "no_resend"]] = Field(
        default=None,
        description="When nobody can know whether it left. Absent: resend e-mail, not a text.",
    )


class SendNode(Step):
    """Intend one message to the contact; the gates decide when it is handed over."""

    template: Name
    topic: Name = Field(
        default="", description="The kind of message a contact can refuse; marketing needs one."
    )
    message_class: Literal["marketing", "transactional"] = Field(default="marketing", alias="class")
    data: Mapping[FieldPath, Structure] = Field(
        default={}, description="Values for the template, by name."
    )
    gates: Gates = Gates()
    on_skip: OnTrouble = Field(default="continue", description="A gate refused the message.")
    on_error: OnTrouble = Field(
        default="exit", description="It could not be made or handed over."
    )

    @property
    def channel(self) -> Literal["email", "sms"]:
        """How the message leaves."""
        raise NotImplementedError

    @override
    def paths(self) -> tuple[Path, ...]:
        return (
            *super().paths(),
            *build_corner("skipped", self.on_skip, "on_skip"),
            *build_corner("error", self.on_error, "on_error"),
        )

    @property
    def waits(self) -> bool:
        """Whether the way on depends on what becomes of the message."""
        return self.on_skip != "continue" or isinstance(self.on_error, Way)


def decide_send(node: SendNode, facts: Facts) -> Decision:
    """Intend the message on arrival; go on at once, or when its fate is known if that matters."""
    if isinstance(facts.signal, MessageSettled):
        return _go_on(node, facts.signal)
    if not facts.is_first:
        return Decision(Advance("error") if isinstance(node.on_error, Way) else Leave(FAILED))
    expires = node.gates.expires_after
    data: dict[str, Any] = {
        name: fill_structure(value, facts) for name, value in node.data.items()
    }
    effect = SendMessage(
        channel=node.channel,
        template=node.template,
        topic=node.topic,
        message_class=node.message_class,
        data=data,
        expires_at=None if expires is None else facts.now + expires,
        quiet_hours=node.gates.quiet_hours,
        unknown_outcome=node.gates.unknown_outcome,
        waits=node.waits,
        exits_on_error=node.on_error == "exit",
    )
    outcome = Await(facts.now + LONGEST_HANDOVER) if node.waits else Advance()
    return Decision(outcome, (effect,))


def _go_on(node: SendNode, settled: MessageSettled) -> Decision:
    match settled.fate:
        case "sent":
            return Decision(Advance())
        case "skipped":
            return Decision(choose_way(node.on_skip, "skipped", f"{SKIPPED}"))
        case "failed":
            return Decision(choose_way(node.on_error, "error", FAILED))


def choose_way(trouble: OnTrouble, label: str, reason: str) -> Advance | Leave:
    """Return how a node goes on in trouble: by `next`, out of the journey, or a way of its own."""
    if isinstance(trouble, Way):
        return Advance(label)
    return Leave(reason) if trouble == "exit" else Advance()
