"""Instants, lengths of time and triggers in words for people. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from engine.actions.split import BUCKET, KEPT, WON, SplitNode
from engine.journeys.notes import ERROR, SIGNAL, read_asked
from engine.journeys.plan import Plan
from engine.parts.entering import TriggerBase
from engine.parts.matching import ANY_EVENT, EventMatch
from engine.parts.sending import SendNode
from engine.rules.explain import Explanation, recall
from engine.triggers.absence import AbsenceTrigger
from engine.triggers.api import ApiTrigger
from engine.triggers.attribute import AttributeTrigger
from engine.triggers.date import DateTrigger
from engine.triggers.event import EventTrigger
from engine.triggers.inactivity import InactivityTrigger
from engine.triggers.journey import JourneyTrigger
from engine.triggers.manual import ManualTrigger
from engine.triggers.message import MessageTrigger
from engine.triggers.record import (
    RecordChange,
    RecordChanged,
    RecordClock,
    RecordCreated,
    RecordStateChanged,
    RecordTrigger,
)
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
        case DateTrigger():
            return f"the date {trigger.attribute} comes round"
        case MessageTrigger():
            by = "" if trigger.channel is None else f" by {trigger.channel}"
            return f"the contact writes to us{by}"
        case RecordTrigger():
            return f"a {trigger.type} {_show_becoming(trigger.change)}"
        case JourneyTrigger():
            return f"{' or '.join(trigger.from_journeys or ('another journey',))} starts it"
        case _:
            return f"the trigger {trigger.kind}"


def _show_becoming(change: RecordChange) -> str:
    match change:
        case RecordCreated():
            return "is made"
        case RecordStateChanged():
            left = "" if change.from_states is None else f" from {' or '.join(change.from_states)}"
            to = "another state" if change.to_states is None else " or ".join(change.to_states)
            return f"comes{left} into {to}"
        case RecordChanged():
            return "changes" if change.field is None else f"has another {change.field}"
        case RecordClock():
            of_state = "" if change.state is None else f" {' or '.join(change.state)}"
            return f"has been{of_state} there for {show_length(change.after)}"


def list_lines(explanation: Explanation) -> tuple[str, ...]:
    """Return an explanation as lines, of which there are not too many."""
    lines = explanation.render().splitlines()
    more = [f"… and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return (*lines[:MOST_LINES], *more)


def list_read(plan: Plan, place: int, noted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a node read in a pass and decided by, as lines."""
    return (*_list_notes(plan.get_node(place), noted), *_list_asked(plan, noted))


def _list_notes(node: object, noted: Mapping[str, Any]) -> Iterator[str]:
    match noted.get(SIGNAL):
        case {"kind": "event", "event": name, "occurred_at": at, "path": path}:
            yield f"the event \"{name}\" of {at} came, for the path '{path}'"
        case {"kind": "message", "fate": fate, "reason": reason}:
            yield f"its message was {fate}" + (f": {reason}" if reason else "")
        case {"kind": "go_on"}:
            yield "a colleague let it go on before its time"
        case {"kind": "recheck"}:
            yield "asked again, since something changed"
    if isinstance(node, SplitNode) and KEPT in noted:
        yield "the arm it was given before"
    if isinstance(node, SplitNode) and WON in noted:
        yield "the arm that has won"
    if isinstance(node, SplitNode) and BUCKET in noted:
        yield f"bucket {noted[BUCKET]} of 10000"
    if isinstance(node, SendNode):
        yield f"template {node.template}, {node.message_class}"
    if ERROR in noted:
        yield str(noted[ERROR])


def _list_asked(plan: Plan, noted: Mapping[str, Any]) -> tuple[str, ...]:
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
