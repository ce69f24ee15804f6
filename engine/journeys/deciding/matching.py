"""Does this event concern this enrollment: does it end it, end its wait, or reach a goal? Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from engine.actions import wait_for
from engine.actions.wait import WaitNode, may_move
from engine.actions.wait_for import EventPath, WaitForNode
from engine.decision import EventArrived, MessageSettled, Recheck, Signal
from engine.document.paths import MISSING, get_path
from engine.events.arrivals import SYSTEM, UNSUBSCRIBED, Arrived, find_stop
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.plan import Plan
from engine.journeys.definition.journey import EventExit
from engine.messages.states import SETTLED_EVENT
from engine.parts.matching import KeyedNaming, matches_event
from engine.reasons import ExitReason

TOLERANCE: Final = timedelta(seconds=5)
"""Clocks of clients and servers differ: an event so little before an arrival still counts."""
LAST_RANK: Final = 1_000
LONGEST_WINDOW: Final = timedelta(days=366)
"""A goal without `within` counts for so long after entry."""


@dataclass(frozen=True, slots=True)
class Wake:
    """What ends a wait; of several that arrive together the lowest rank does (rule 44)."""

    signal: Signal
    rank: int


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal that an event reached.

    Attributes:
        value: what it is worth, a number; None if the event does not say.
    """

    goal: str
    at: datetime
    value: int | float | None


def describe(event: Arrived) -> dict[str, Any]:
    """Return an event as conditions see it under `trigger`."""
    return {
        "id": event.id,
        "event": event.name,
        "occurred_at": event.occurred_at.isoformat().replace("+00:00", "Z"),
        "properties": dict(event.properties),
    }


def matches(match: KeyedNaming, event: Arrived, plan: Plan, entry_key: str) -> bool:
    """Return whether an event is what a document names, and about the same thing (match_key)."""
    return matches_event(
        match,
        name=event.name,
        properties=event.properties,
        is_activity=event.is_activity,
        entry_key=entry_key,
        entry_place=plan.entry_place,
    )


def find_exit(
    event: Arrived,
    plan: Plan,
    entry_key: str,
    *,
    trigger: Mapping[str, Any],
    entered_at: datetime,
    enrollment_id: int | None = None,
) -> str | None:
    """Return why this event takes an enrollment out, wherever it is; None if it does not.

    What happened before the trigger does not count, however late it arrives.

    Args:
        event: what happened.
        plan: of the enrollment.
        entry_key: of the enrollment.
        trigger: what let it in, as conditions see it.
        entered_at: when it entered.
        enrollment_id: None of a newcomer, which has none yet.
    """
    if event.mode != "live" or event.id == trigger.get("id"):
        return None
    began_at = trigger.get("occurred_at")
    since = datetime.fromisoformat(began_at) if began_at else entered_at
    if event.occurred_at < since - TOLERANCE:
        return None
    if _is_stopped(event, plan, entry_key, enrollment_id):
        return ExitReason.STOPPED_BY_JOURNEY
    if plan.document.settings.exit_on_unsubscribe and event.name == UNSUBSCRIBED:
        return ExitReason.UNSUBSCRIBED
    for one in plan.document.exits:
        if isinstance(one, EventExit) and matches(one, event, plan, entry_key):
            return one.reason
    return None


def find_wake(event: Arrived, held: Held) -> Wake | None:
    """Return how this event ends an enrollment's wait; None if it does not."""
    if _is_settling(event):
        return _find_settled(event, held)
    node = held.plan.get_node(held.node)
    if isinstance(node, WaitNode):
        is_before = held.wake_at is None or event.occurred_at < held.wake_at
        return Wake(Recheck(), LAST_RANK) if is_before and may_move(node, event.changes) else None
    if not isinstance(node, WaitForNode):
        return None
    is_live = event.mode == "live"
    for rank, path in enumerate(node.paths_ if is_live else ()):
        if not isinstance(path, EventPath) or not _is_in_time(event, held, node):
            continue
        if matches(path, event, held.plan, held.entry_key):
            return Wake(EventArrived(path.label, describe(event)), rank)
    asks = is_live and any(not isinstance(path, EventPath) for path in node.paths_)
    if asks or wait_for.may_move(node, event.changes):
        return Wake(Recheck(), LAST_RANK)
    return None


def find_failure(event: Arrived, held: Held) -> str | None:
    """Return why a message that failed ends an enrollment which went on without waiting for it."""
    about = event.properties
    if not _is_settling(event) or about.get("enrollment_id") != held.enrollment_id:
        return None
    is_here = held.plan.keys[held.node] == about.get("node")
    is_waiting_for_it = held.is_waiting and is_here and about.get("visit") == held.visit
    if about.get("fate") != "failed" or not about.get("exits") or is_waiting_for_it:
        return None
    return ExitReason.MESSAGE_FAILED


def find_goals(event: Arrived, held: Held) -> Iterator[Reached]:
    """Yield the goals of an enrollment that this event reaches (rule 128)."""
    for goal in held.plan.document.goals:
        if goal.event is None or event.occurred_at < held.entered_at:
            continue
        if event.occurred_at > held.entered_at + (goal.within or LONGEST_WINDOW):
            continue
        if matches(goal, event, held.plan, held.entry_key):
            value: Any = get_path(describe(event), goal.value) if goal.value else MISSING
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            yield Reached(goal.name, event.occurred_at, value if is_number else None)


def _is_stopped(event: Arrived, plan: Plan, entry_key: str, enrollment_id: int | None) -> bool:
    """Return whether this is a journey's asking for the enrollment's end."""
    stop = find_stop(event)
    if stop is None or stop.journey != plan.key or stop.asked_by == enrollment_id:
        return False
    return stop.entry_key is None or stop.entry_key == entry_key


def _find_settled(event: Arrived, held: Held) -> Wake | None:
    about = event.properties
    is_ours = about.get("enrollment_id") == held.enrollment_id
    if not is_ours or held.plan.keys[held.node] != about.get("node"):
        return None
    if about.get("visit", held.visit) != held.visit:
        return None  # of an earlier round, which is over
    signal = MessageSettled(
        fate=about["fate"],
        reason=about.get("reason", ""),
        answer=about.get("answer") or {},
        channel=event.channel or "",
        tried=tuple(about.get("tried", ())),
    )
    return Wake(signal, 0)


def _is_settling(event: Arrived) -> bool:
    """Return whether the product itself says what became of a message; no sender can."""
    return event.name == SETTLED_EVENT and event.actor == SYSTEM


def _is_in_time(event: Arrived, held: Held, node: WaitForNode) -> bool:
    """Return whether an event lies between arrival and deadline; at the deadline it wins.

    A wake may come before the deadline, when time alone may make a condition true.
    """
    if event.occurred_at < held.arrived_at - TOLERANCE:
        return False
    if held.wake_at is None or node.timeout is None:
        return True
    return event.occurred_at <= max(held.wake_at, held.arrived_at + node.timeout.after.shortest)
