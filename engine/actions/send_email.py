"""Send an e-mail."""

from typing import ClassVar, Literal

from pydantic import Field

from engine.decision import Decision, Facts
from engine.document.base import Name
from engine.parts.sending import SendNode, Sent, decide_send


class SendEmailNode(SendNode):
    """Send an e-mail."""

    channel: ClassVar[Sent] = "email"

    kind: Literal["send_email"]
    sender: Name = Field(
        default="",
        description="From whom this letter comes, by the key of a registered sender; absent: as the "
        "template, the topic or the settings say.",
    )


def decide(node: SendEmailNode, facts: Facts) -> Decision:
    """Intend the letter.

    Raises:
        MissingValue: a value for the template is missing, and the journey ends on errors.
    """
    return decide_send(node, facts, sender=node.sender)
