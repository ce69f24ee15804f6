"""Send an e-mail to the contact."""

from typing import Literal

from typing_extensions import override

from engine.decision import Decision, Facts
from engine.nodes.sending import SendNode, decide_send


class SendEmailNode(SendNode):
    """Send an e-mail."""

    kind: Literal["send_email"]

    @property
    @override
    def channel(self) -> Literal["email", "sms"]:
        return "email"


def decide(node: SendEmailNode, facts: Facts) -> Decision:
    """Intend the message on arrival; go on at once, or when its fate is known if that matters."""
    return decide_send(node, facts)
