"""How a span of a document moves an instant."""

from datetime import datetime

from engine.document.durations import Span
from engine.when.periods import shift_instant
from engine.when.zones import Zone


def add_span(start: datetime, span: Span, zone: Zone) -> datetime:
    """Return the instant a span later: the calendar step on the local clock, then the elapsed."""
    return shift_instant(start, span.to_period(), zone) + span.elapsed
