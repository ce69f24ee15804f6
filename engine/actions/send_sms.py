"""Send a text message to the contact."""

from typing import Literal

from typing_extensions import override

from engine.decision import Decision, Facts
from engine.nodes.sending import SendNode, decide_send


class SendSmsNode(SendNode):
    """Send a text message."""

    kind: Literal["send_sms"]

    @property
    @override
    def channel(self) -> Literal["email", "sms"]:
        return "sms"


def decide(node: SendSmsNode, facts: Facts) -> Decision:
    """Intend the message on arrival; go on at once, or when its fate is known if that matters."""
    return decide_send(node, facts)
