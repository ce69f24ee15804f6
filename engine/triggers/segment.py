"""A contact enters or leaves a segment."""

from typing import Literal

from engine.document.base import Name
from engine.parts.entering import TriggerBase


class SegmentTrigger(TriggerBase):
    """A contact enters or leaves a segment; a rebuild that changes nothing lets nobody in."""

    kind: Literal["segment"]
    segment: Name
    change: Literal["entered", "left"]


def matches(trigger: SegmentTrigger, segment: str, change: Literal["entered", "left"]) -> bool:
    """Return whether a change of membership lets the contact in (rule 17)."""
    return (trigger.segment, trigger.change) == (segment, change)
