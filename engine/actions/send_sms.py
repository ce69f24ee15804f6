"""Send a text message."""

from typing import ClassVar, Literal

from engine.decision import Decision, Facts
from engine.parts.sending import SendNode, Sent, decide_send


class SendSmsNode(SendNode):
    """Send a text message."""

    channel: ClassVar[Sent] = "sms"

    kind: Literal["send_sms"]


def decide(node: SendSmsNode, facts: Facts) -> Decision:
    """Intend the text.

    Raises:
        MissingValue: a value for the template is missing, and the journey ends on errors.
    """
    return decide_send(node, facts)
