"""A contact enters or leaves a segment."""

from typing import Literal

from engine.document.base import Document, Name


class SegmentTrigger(Document):
    """A contact enters or leaves a segment; a rebuild that changes nothing lets nobody in."""

    kind: Literal["segment"]
    segment: Name
    change: Literal["entered", "left"]


def matches(trigger: SegmentTrigger, *, segment: str, change: str) -> bool:
    """Return whether this transition lets its contact in."""
    return trigger.segment == segment and trigger.change == change
