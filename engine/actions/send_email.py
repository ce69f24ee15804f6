"""Send an e-mail."""

from typing import ClassVar, Literal

from engine.decision import Decision, Facts
from engine.parts.sending import SendNode, Sent, decide_send


class SendEmailNode(SendNode):
    """Send an e-mail."""

    channel: ClassVar[Sent] = "email"

    kind: Literal["send_email"]


def decide(node: SendEmailNode, facts: Facts) -> Decision:
    """Intend the letter.

    Raises:
        MissingValue: a value for the template is missing, and the journey ends on errors.
    """
    return decide_send(node, facts)
