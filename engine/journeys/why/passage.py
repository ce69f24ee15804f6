"""Where an enrollment went, what each visit read and decided by, where it is, what came late. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from engine.actions.wait_for import TIMEOUT, EventPath, WaitForNode
from engine.events.arrivals import Arrived
from engine.journeys.deciding.matching import TOLERANCE, matches
from engine.journeys.deciding.notes import read_wait
from engine.journeys.deciding.plan import Plan, read_path
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus, JourneyState
from engine.journeys.definition.journey import EventExit
from engine.journeys.reference.reasons_page import explain_reason
from engine.journeys.why.answer import Journeyed, Late, Visit
from engine.journeys.why.case import Case
from engine.journeys.why.goals import describe_goals
from engine.journeys.why.letters import describe_letters
from engine.journeys.why.words import list_either, list_read, show_at, show_match
from engine.language.say import say
from engine.models.journey import Enrollment, Pass
from engine.parts.times import add_span
from engine.reasons import ExitReason
from engine.when.zones import find_zone

_CLOCKS: Final = {
    "contact": "waits until {until}, by the contact's own clock",
    "inferred": "waits until {until}, by a guessed clock",
    "journey": "waits until {until}, by the journey's clock",
    "instance": "waits until {until}, by the instance's clock",
    "utc": "waits until {until}, by no clock",
}
"""By whose zone: by `ZoneSource`."""


def list_enrollments(case: Case) -> tuple[Journeyed, ...]:
    """Return the contact's enrollments in the journey, the newest first."""
    return tuple(_describe(case, one) for one in case.enrollments)


def _describe(case: Case, row: Enrollment) -> Journeyed:
    plan = case.plans[row.version_id]
    visits = tuple(_list_visits(case, row))
    status = EnrollmentStatus(row.status)
    return Journeyed(
        id=row.id,
        version=plan.number,
        entry_key=row.entry_key,
        status=status.name.lower(),
        entered_at=row.entered_at,
        node=plan.keys[row.node],
        until=row.wake_at if status in ACTIVE else None,
        ended_at=row.ended_at,
        reason=row.reason,
        entry=_describe_entry(case, row),
        sentence=_describe_standing(case, row, plan, visits),
        visits=visits,
        messages=describe_letters(case, case.messages.get(row.id, ())),
        late=tuple(_list_late(case, row)),
        goals=describe_goals(case, case.goals.get(row.id, ()), case.messages.get(row.id, ())),
    )


def _describe_entry(case: Case, row: Enrollment) -> str:
    trigger = row.data.get("trigger") or {}
    name = trigger.get("event") or trigger.get("segment")
    by = say(' by "{name}"', name=name) if name else ""
    key = say(", key {entry_key}", entry_key=row.entry_key) if row.entry_key else ""
    return say(
        "It entered on {entered_at}{by}{key}.",
        entered_at=show_at(row.entered_at, case.zone.zone),
        by=by,
        key=key,
    )


def _describe_standing(case: Case, row: Enrollment, plan: Plan, visits: Sequence[Visit]) -> str:
    """Return where it is and until when, or how and when it ended."""
    zone, node = case.zone.zone, plan.keys[row.node]
    ended = (
        "" if row.ended_at is None else say(" on {ended_at}", ended_at=show_at(row.ended_at, zone))
    )
    match EnrollmentStatus(row.status):
        case EnrollmentStatus.COMPLETED:
            return say("It came to its end at '{node}'{ended}.", node=node, ended=ended)
        case EnrollmentStatus.EXITED:
            return say(
                "It left early at '{node}'{ended}: {case}.",
                node=node,
                ended=ended,
                case=_describe_exit(case, row, plan),
            )
        case EnrollmentStatus.FAILED:
            error = next((one.details for one in reversed(visits) if one.details), ())
            told = f" ({error[-1]})" if error else ""
            return say(
                "It is set aside at '{node}'{ended}, until somebody replays it: {reason}{told}.",
                node=node,
                ended=ended,
                reason=row.reason,
                told=told,
            )
        case _:
            return _describe_wait(case, row, plan)


def _describe_wait(case: Case, row: Enrollment, plan: Plan) -> str:
    node = plan.keys[row.node]
    if case.journey.state == JourneyState.PAUSED:
        by = (
            say(" by {paused_for}", paused_for=case.journey.paused_for)
            if case.journey.paused_for
            else ""
        )
        return say(
            "It is at '{node}', and the journey is paused{by}, so nobody moves.", node=node, by=by
        )
    if row.wake_at is None:
        return say(
            "It is at '{node}' with nothing to wake it: `sojourn repair enrollments` mends that.",
            node=node,
        )
    if row.wake_at <= case.now:
        return say("It is at '{node}', and goes on as soon as a worker looks.", node=node)
    until = show_at(row.wake_at, case.zone.zone)
    what = _describe_expected(plan, row.node)
    return say(
        "It is at '{node}', and waits {what}until {until}.", node=node, what=what, until=until
    )


def _describe_expected(plan: Plan, place: int) -> str:
    node = plan.get_node(place)
    if not isinstance(node, WaitForNode):
        return ""
    expected = [
        show_match(path)
        if isinstance(path, EventPath)
        else say("the condition '{label}'", label=path.label)
        for path in node.paths_
    ]
    return say("for {expected}, at most ", expected=list_either(expected)) if expected else ""


def _describe_exit(case: Case, row: Enrollment, plan: Plan) -> str:
    event = _find_exit_event(case, row, plan)
    if event is not None:
        at = show_at(event.occurred_at, case.zone.zone)
        return say(
            '{reason}, since "{name}" came ({at})', reason=row.reason, name=event.name, at=at
        )
    words = explain_reason(row.reason, ExitReason)
    return (
        f"{row.reason}, {words}"
        if words
        else say("{reason}, in the journey's own words", reason=row.reason)
    )


def _find_exit_event(case: Case, row: Enrollment, plan: Plan) -> Arrived | None:
    """Return the event that took an enrollment out; None if it was something else."""
    exits = [
        one
        for one in plan.document.exits
        if isinstance(one, EventExit) and one.reason[:60] == row.reason
    ]
    for event in case.events:
        is_then = row.ended_at is not None and event.received_at <= row.ended_at
        if not is_then or event.mode != "live" or event.received_at < row.entered_at - TOLERANCE:
            continue
        if any(matches(one, event, plan, row.entry_key) for one in exits):
            return event
    return None


def _list_visits(case: Case, row: Enrollment) -> Iterator[Visit]:
    """Yield every look at a node; one that goes on where the last pass stopped is no new visit."""
    counts: Counter[str] = Counter()
    stopped: str | None = None
    for one in case.passes[row.id]:
        plan = case.plans[one.version_id]
        for step, (place, way) in enumerate(read_path(one.path)):
            key = plan.keys[place]
            if step or key != stopped:
                counts[key] += 1
            noted = (one.notes or {}).get(str(place)) or {}
            yield _describe_visit(case, plan, one, place, way, counts[key], noted)
            stopped = key if way is None else None


def _describe_visit(
    case: Case,
    plan: Plan,
    one: Pass,
    place: int,
    way: int | None,
    visit: int,
    noted: dict[str, Any],
) -> Visit:
    node, key = plan.get_node(place), plan.keys[place]
    taken = None if way is None else plan.ways[place][way].label
    again = say(", visit {visit}", visit=visit) if visit > 1 else ""
    went = say("went on by '{taken}'", taken=taken) if taken is not None else say("stayed")
    wait = read_wait(noted)
    if taken is None and wait is not None:
        until, name, source = wait
        clock = find_zone(name) or case.zone.zone
        went = say(_CLOCKS[source], until=show_at(until, clock))
    elif taken is None:
        went = say("stopped here")
    at = show_at(one.at, case.zone.zone)
    return Visit(
        at=one.at,
        node=key,
        kind=node.kind,
        visit=visit,
        way=taken,
        sentence=f"{at}: '{key}' ({node.kind}{again}) {went}.",
        details=list_read(plan, place, noted),
        until=None if taken is not None or wait is None else wait[0],
    )


def _list_late(case: Case, row: Enrollment) -> Iterator[Late]:
    """Yield events that a wait was for, and that came after its time-out was taken (rule 43).

    Had one come before, it would have been the way that was taken; so whatever matches and lies
    before the deadline was late.
    """
    arrived_at, stopped = row.entered_at, None
    for one in case.passes[row.id]:
        plan = case.plans[one.version_id]
        for step, (place, way) in enumerate(read_path(one.path)):
            node, key = plan.get_node(place), plan.keys[place]
            if step or key != stopped:
                arrived_at = one.at
            is_over = way is not None and plan.ways[place][way].label == TIMEOUT
            if isinstance(node, WaitForNode) and node.timeout is not None and is_over:
                zone = case.zone.zone
                deadline = add_span(arrived_at, node.timeout.after, zone)
                yield from _list_late_at(case, row, plan, place, arrived_at, deadline)
            stopped = key if way is None else None


def _list_late_at(
    case: Case, row: Enrollment, plan: Plan, place: int, arrived_at: datetime, deadline: datetime
) -> Iterator[Late]:
    node, key, zone = plan.get_node(place), plan.keys[place], case.zone.zone
    paths = node.paths_ if isinstance(node, WaitForNode) else ()
    for event in reversed(case.events):
        is_within = arrived_at - TOLERANCE <= event.occurred_at <= deadline
        if event.mode != "live" or not is_within:
            continue
        for path in paths:
            if not isinstance(path, EventPath) or not matches(path, event, plan, row.entry_key):
                continue
            yield Late(
                event=event.id,
                name=event.name,
                node=key,
                path=path.label,
                occurred_at=event.occurred_at,
                received_at=event.received_at,
                deadline=deadline,
                sentence=say(
                    "late: \"{name}\" happened on {occurred_at}, in time for '{key}', but was told on {received_at}, when it had gone on.",
                    name=event.name,
                    occurred_at=show_at(event.occurred_at, zone),
                    key=key,
                    received_at=show_at(event.received_at, zone),
                ),
            )
            break
