"""A reply comes in."""

from typing import Literal

from pydantic import Field

from engine.document.base import Maybe
from engine.events.arrivals import MESSAGE_RECEIVED
from engine.parts.entering import TriggerBase
from engine.parts.matching import Filtered, Happening


class MessageTrigger(TriggerBase, Filtered):
    """A contact writes to us: a letter or a text comes in."""

    kind: Literal["message"]
    channel: Maybe[Literal["email", "sms"]] = Field(default=None, description="Absent: by any.")


def matches(trigger: MessageTrigger, event: Happening, channel: str | None) -> bool:
    """Return whether an event is a message that lets its contact in.

    Args:
        trigger: what is asked.
        event: what happened.
        channel: by which it came; None of what somebody else only calls so.
    """
    is_one = event.name == MESSAGE_RECEIVED and channel is not None
    return is_one and trigger.channel in (None, channel) and trigger.admits(event.properties)
