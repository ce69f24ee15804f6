"""Instants, lengths of time and triggers in words for people. Pure."""

from datetime import datetime, timedelta
from typing import Any, Final

from engine.journeys.notes import read_asked
from engine.journeys.plan import Plan
from engine.parts.entering import TriggerBase
from engine.parts.matching import ANY_EVENT, EventMatch
from engine.rules.explain import Explanation, recall
from engine.triggers.absence import AbsenceTrigger
from engine.triggers.api import ApiTrigger
from engine.triggers.attribute import AttributeTrigger
from engine.triggers.event import EventTrigger
from engine.triggers.inactivity import InactivityTrigger
from engine.triggers.manual import ManualTrigger
from engine.triggers.schedule import ScheduleTrigger
from engine.triggers.segment import SegmentTrigger
from engine.when.local import local_wall
from engine.when.zones import Zone

_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
MOST_LINES: Final = 30


def show_at(instant: datetime, zone: Zone) -> str:
    """Return what a clock in the zone shows: `Wed 25 Mar 2026 12:00 (Europe/Berlin)`."""
    return f"{local_wall(instant, zone):%a %d %b %Y %H:%M} ({zone.key})"


def show_length(length: timedelta) -> str:
    """Return a length of time in its two largest units: `1 day 2 hours`."""
    left, parts = int(length.total_seconds()), []
    for name, seconds in _UNITS:
        count, left = divmod(left, seconds)
        if count:
            parts.append(f"{count} {name}{'' if count == 1 else 's'}")
    return " ".join(parts[:2]) or "no time"


def show_match(match: EventMatch) -> str:
    """Return what names an event."""
    name = "anything it does" if match.event == ANY_EVENT else f'the event "{match.event}"'
    return name if match.where is None else f"{name}, filtered"


def show_trigger(trigger: TriggerBase) -> str:
    """Return what lets a subject in."""
    match trigger:
        case EventTrigger():
            return show_match(trigger)
        case AbsenceTrigger():
            return (
                f"{show_match(trigger.after)} without {show_match(trigger.without)} "
                f"within {show_length(trigger.within)}"
            )
        case InactivityTrigger():
            what = "anything" if trigger.no == ANY_EVENT else " or ".join(trigger.no)
            return f"{show_length(trigger.silent_for)} without {what}"
        case SegmentTrigger():
            return f"the segment {trigger.segment} is {trigger.change}"
        case AttributeTrigger():
            return f"the attribute {trigger.attribute} changes{_show_change(trigger)}"
        case ScheduleTrigger():
            when = trigger.cron or (trigger.once.isoformat() if trigger.once else "")
            return f"the clock, {when} ({trigger.timezone})"
        case ManualTrigger() | ApiTrigger():
            return "a colleague or a call, one by one"
        case _:
            return f"the trigger {trigger.kind}"


def list_lines(explanation: Explanation) -> tuple[str, ...]:
    """Return an explanation as lines, of which there are not too many."""
    lines = explanation.render().splitlines()
    more = [f"… and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return (*lines[:MOST_LINES], *more)


def list_asked(plan: Plan, noted: dict[str, Any]) -> tuple[str, ...]:
    """Return the conditions that a node asked in a pass, with what it found, as lines."""
    lines: list[str] = []
    for number, (holds, leaves) in read_asked(noted).items():
        place, condition = plan.conditions[number]
        about = place.path or place.words
        lines.append(f"{'yes' if holds else 'no'}: {about}")
        if leaves:
            lines += [f"  {line}" for line in list_lines(recall(condition, iter(leaves)))]
    return tuple(lines)


def _show_change(trigger: AttributeTrigger) -> str:
    asked = trigger.model_fields_set
    before = f" from {trigger.from_value!r}" if "from_value" in asked else ""
    return before + (f" to {trigger.to_value!r}" if "to_value" in asked else "")
