"""What lets a subject in: the table of all kinds. A new kind is one file and one line here."""

from collections.abc import Mapping
from typing import Final

from engine.document.base import Document
from engine.triggers.absence import AbsenceTrigger
from engine.triggers.api import ApiTrigger
from engine.triggers.attribute import AttributeTrigger
from engine.triggers.event import EventTrigger
from engine.triggers.inactivity import InactivityTrigger
from engine.triggers.manual import ManualTrigger
from engine.triggers.schedule import ScheduleTrigger
from engine.triggers.segment import SegmentTrigger

TRIGGERS: Final[Mapping[str, type[Document]]] = {
    "event": EventTrigger,
    "absence": AbsenceTrigger,
    "inactivity": InactivityTrigger,
    "segment": SegmentTrigger,
    "attribute": AttributeTrigger,
    "schedule": ScheduleTrigger,
    "manual": ManualTrigger,
    "api": ApiTrigger,
}


def get_entry_place(trigger: Document) -> str | None:
    """Return where a trigger's events carry the entry key; None where it has none."""
    return trigger.entry_key if isinstance(trigger, EventTrigger | AbsenceTrigger) else None
