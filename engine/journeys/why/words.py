"""Instants, lengths of time and triggers in words for people. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from engine.actions.send_first import TRIED, SendFirstNode
from engine.actions.split import BUCKET, KEPT, WON, SplitNode
from engine.actions.wait import BEST
from engine.journeys.deciding.notes import ERROR, SIGNAL, read_asked
from engine.journeys.deciding.plan import Plan
from engine.journeys.reference.reasons_page import explain_reason
from engine.language.say import say
from engine.messages.states import FailReason, SkipReason
from engine.parts.entering import TriggerBase
from engine.parts.matching import ANY_EVENT, EventMatch
from engine.parts.sending import SendNode
from engine.rules.explain import Explanation, recall, show_verdict
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
            parts.append(say("1 " + name) if count == 1 else say("{n} " + name + "s", n=count))
    return " ".join(parts[:2]) or say("no time")


def list_either(names: Iterable[str]) -> str:
    """Return names of which one is enough: `a or b`."""
    return say(" or ").join(names)


def show_match(match: EventMatch) -> str:
    """Return what names an event."""
    name = (
        say("anything it does")
        if match.event == ANY_EVENT
        else say('the event "{event}"', event=match.event)
    )
    return name if match.where is None else say("{name}, filtered", name=name)


def show_trigger(trigger: TriggerBase) -> str:
    """Return what lets a subject in."""
    match trigger:
        case EventTrigger():
            return show_match(trigger)
        case AbsenceTrigger():
            return say(
                "{after} without {without} within {within}",
                after=show_match(trigger.after),
                without=show_match(trigger.without),
                within=show_length(trigger.within),
            )
        case InactivityTrigger():
            what = say("anything") if trigger.no == ANY_EVENT else list_either(trigger.no)
            return say(
                "{silent_for} without {what}", silent_for=show_length(trigger.silent_for), what=what
            )
        case SegmentTrigger():
            return say(
                "the segment {segment} is {change}",
                segment=trigger.segment,
                change=say(trigger.change),
            )
        case AttributeTrigger():
            return say(
                "the attribute {attribute} changes{trigger}",
                attribute=trigger.attribute,
                trigger=_show_change(trigger),
            )
        case ScheduleTrigger():
            when = trigger.cron or (trigger.once.isoformat() if trigger.once else "")
            return say("the clock, {when} ({timezone})", when=when, timezone=trigger.timezone)
        case ManualTrigger() | ApiTrigger():
            return say("a colleague or a call, one by one")
        case DateTrigger():
            return say("the date {attribute} comes round", attribute=trigger.attribute)
        case MessageTrigger():
            by = (
                ""
                if trigger.channel is None
                else say(" by {channel}", channel=say(trigger.channel))
            )
            return say("the contact writes to us{by}", by=by)
        case RecordTrigger():
            became = _show_becoming(trigger.change)
            return say("a {type} {became}", type=trigger.type, became=became)
        case JourneyTrigger():
            journeys = trigger.from_journeys or (say("another journey"),)
            return say("{journeys} starts it", journeys=list_either(journeys))
        case _:
            return say("the trigger {kind}", kind=trigger.kind)


def _show_becoming(change: RecordChange) -> str:
    match change:
        case RecordCreated():
            return say("is made")
        case RecordStateChanged():
            left = (
                ""
                if change.from_states is None
                else say(" from {states}", states=list_either(change.from_states))
            )
            to = say("another state") if change.to_states is None else list_either(change.to_states)
            return say("comes{left} into {to}", left=left, to=to)
        case RecordChanged():
            return (
                say("changes")
                if change.field is None
                else say("has another {field}", field=change.field)
            )
        case RecordClock():
            after = show_length(change.after)
            if change.state is None:
                return say("has been there for {after}", after=after)
            return say(
                "has been {states} for {after}", states=list_either(change.state), after=after
            )


def show_best_hour(best: Mapping[str, Any]) -> str:
    """Return by what a best hour was found."""
    hour, read, letters = best["at"], best["read"], best["letters"]
    match best["of"]:
        case "contact":
            return say(
                "its best hour is {hour}: it read {read} of {letters} letters within an hour of that",
                hour=hour,
                read=read,
                letters=letters,
            )
        case "everybody":
            return say(
                "everybody's best hour is {hour}, since it read too few itself: {read} of {letters} letters were read within an hour of that",
                hour=hour,
                read=read,
                letters=letters,
            )
        case _:
            return say("at {hour}, since too few letters were read to know a best hour", hour=hour)


def list_lines(explanation: Explanation) -> tuple[str, ...]:
    """Return an explanation as lines, of which there are not too many."""
    lines = explanation.render().splitlines()
    more = [say("… and {n} more", n=len(lines) - MOST_LINES)] if len(lines) > MOST_LINES else []
    return (*lines[:MOST_LINES], *more)


def list_read(plan: Plan, place: int, noted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a node read in a pass and decided by, as lines."""
    node = plan.get_node(place)
    return (
        *_list_signal(noted),
        *_list_notes(node, noted),
        *_list_sending(node, noted),
        *_list_asked(plan, noted),
        *((str(noted[ERROR]),) if ERROR in noted else ()),
    )


def _list_signal(noted: Mapping[str, Any]) -> Iterator[str]:
    match noted.get(SIGNAL):
        case {"kind": "event", "event": name, "occurred_at": at, "path": path}:
            yield say(
                "the event \"{name}\" of {at} came, for the path '{path}'",
                name=name,
                at=at,
                path=path,
            )
        case {"kind": "message", "fate": fate, "reason": reason}:
            yield say("its message was {fate}", fate=say(fate)) + (f": {reason}" if reason else "")
        case {"kind": "go_on"}:
            yield say("a colleague let it go on before its time")
        case {"kind": "recheck"}:
            yield say("asked again, since something changed")


def _list_notes(node: object, noted: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(node, SplitNode) and KEPT in noted:
        yield say("the arm it was given before")
    if isinstance(node, SplitNode) and WON in noted:
        yield say("the arm that has won")
    if isinstance(node, SplitNode) and BUCKET in noted:
        yield say("bucket {number} of 10000", number=noted[BUCKET])
    if BEST in noted:
        yield show_best_hour(noted[BEST])


def _list_sending(node: object, noted: Mapping[str, Any]) -> Iterator[str]:
    if TRIED in noted:
        channel, reason, following = noted[TRIED]
        yield say(
            "not by {channel}: {reason}, {why}; so {following} is tried",
            channel=say(channel),
            reason=reason,
            why=explain_reason(reason, SkipReason, FailReason),
            following=say(following),
        )
    if isinstance(node, SendFirstNode) and TRIED not in noted and SIGNAL not in noted:
        channels = [say(one.channel) for one in node.tries]
        yield say("by the first that reaches: {channels}", channels=say(", else ").join(channels))
    if isinstance(node, SendNode):
        yield say(
            "template {template}, {message_class}",
            template=node.template,
            message_class=say(node.message_class),
        )


def _list_asked(plan: Plan, noted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the conditions that a node asked in a pass, with what it found, as lines."""
    lines: list[str] = []
    for number, (holds, leaves) in read_asked(noted).items():
        place, condition = plan.conditions[number]
        about = place.path or place.words
        lines.append(f"{show_verdict(holds)}: {about}")
        if leaves:
            lines += [f"  {line}" for line in list_lines(recall(condition, iter(leaves)))]
    return tuple(lines)


def _show_change(trigger: AttributeTrigger) -> str:
    asked = trigger.model_fields_set
    before = (
        say(" from {from_value!r}", from_value=trigger.from_value) if "from_value" in asked else ""
    )
    return before + (
        say(" to {to_value!r}", to_value=trigger.to_value) if "to_value" in asked else ""
    )
