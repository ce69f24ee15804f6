"""What lets a subject in: one kind, one file. `TRIGGERS` is the table of them."""

from collections.abc import Mapping
from typing import Final

from engine.parts.entering import TriggerBase
from engine.triggers import (
    absence,
    api,
    attribute,
    date,
    event,
    inactivity,
    journey,
    manual,
    message,
    record,
    schedule,
    segment,
)

TRIGGERS: Final[Mapping[str, type[TriggerBase]]] = {
    "event": event.EventTrigger,
    "absence": absence.AbsenceTrigger,
    "inactivity": inactivity.InactivityTrigger,
    "segment": segment.SegmentTrigger,
    "attribute": attribute.AttributeTrigger,
    "date": date.DateTrigger,
    "message": message.MessageTrigger,
    "record": record.RecordTrigger,
    "schedule": schedule.ScheduleTrigger,
    "journey": journey.JourneyTrigger,
    "manual": manual.ManualTrigger,
    "api": api.ApiTrigger,
}
