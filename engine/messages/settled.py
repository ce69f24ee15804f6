"""Tells the nodes that wait for their messages that those have left after all."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from engine.events.accepting import OwnEvent, append_own
from engine.messages.states import SETTLED_EVENT, Settled
from engine.models.message import Message


def tell_sent(session: Session, messages: Iterable[Message], *, now: datetime) -> None:
    """Tell the nodes that wait for these messages, of which nobody knew, that they were sent."""
    events = [
        OwnEvent(
            contact_id=message.contact_id,
            name=SETTLED_EVENT,
            occurred_at=now,
            properties={
                "enrollment_id": message.enrollment_id,
                "node": message.node,
                "visit": message.visit,
                "fate": Settled.SENT.value,
                "reason": "",
                "exits": bool(message.data.get("exits_on_error")),
                "tried": message.data.get("tried", []),
            },
            channel=message.channel,
            cause_id=message.cause_id,
            message_id=f"{message.uid}:{Settled.SENT.value}:heard",
        )
        for message in messages
        if message.data.get("waits")
    ]
    append_own(session, events, now=now)
