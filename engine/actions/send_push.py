"""Send a notification to the contact's browsers."""

from typing import ClassVar, Literal

from engine.decision import Decision, Facts
from engine.parts.sending import SendNode, Sent, decide_send


class SendPushNode(SendNode):
    """Send a notification to the contact's browsers (web push)."""

    channel: ClassVar[Sent] = "push"

    kind: Literal["send_push"]


def decide(node: SendPushNode, facts: Facts) -> Decision:
    """Intend the notification.

    Raises:
        MissingValue: a value for the template is missing, and the journey ends on errors.
    """
    return decide_send(node, facts)
