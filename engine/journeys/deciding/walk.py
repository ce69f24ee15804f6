"""From one wait to the next: decides node after node until the enrollment sleeps or leaves.

Pure: the same enrollment, facts and instant give the same pass. The runner performs passes; the
simulator prints them.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from engine.actions import ACTIONS
from engine.decision import (
    Advance,
    AssignArm,
    Await,
    ChangeConsent,
    ChangeTags,
    Decision,
    Effect,
    Facts,
    Leave,
    SaveContext,
    Signal,
    Sleep,
    UpdateContact,
)
from engine.document.paths import get_path, set_path, unset_path
from engine.errors import EngineError
from engine.journeys.deciding.asking import Asker, PartGone
from engine.journeys.deciding.notes import Notes
from engine.journeys.deciding.plan import Plan, find_moved_anchor, find_state_exit
from engine.journeys.deciding.states import EnrollmentStatus
from engine.reasons import ExitReason
from engine.rules.conditions import Condition
from engine.rules.counters import Event
from engine.rules.evaluate import ContactState
from engine.when.best_hours import NO_READING, Reading
from engine.when.zones import ResolvedZone, Zone, find_zone_key, resolve_zone

MOST_STEPS: Final = 1_000
"""Nodes in one pass; the validator's rule on cycles keeps any real journey far below."""


@dataclass(slots=True)
class Traveller:
    """An enrollment in memory, with all that deciding may look at.

    Attributes:
        state: the contact and this enrollment as conditions see them.
        visits: arrivals so far, by key: of nodes that a cycle leads back to, and of those it may
            have been at in an older version.
        ticket: its place in the line of the throttle it stands at (`engine.journeys.deciding.turns`).
        turn_at: when it may go through that throttle.
        reading: when it, and all, read letters; None: its version does not ask.
    """

    enrollment_id: int
    plan: Plan
    contact_id: int
    contact_uid: str
    status: EnrollmentStatus
    node: int
    seq: int
    entered_at: datetime
    arrived_at: datetime
    state: ContactState
    context: dict[str, Any] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)
    signal: Signal | None = None
    arms: Mapping[str, str] = field(default_factory=dict)
    winners: Mapping[str, str] = field(default_factory=dict)
    past_events: tuple[Event, ...] = ()
    entry_key: str = ""
    contact: Mapping[str, Any] = field(default_factory=dict)
    ticket: int | None = None
    turn_at: datetime | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """One effect, and where it was decided."""

    node: int
    visit: int
    effect: Effect


@dataclass(slots=True)
class Passage:
    """What one pass came to.

    Attributes:
        steps: (place, way taken), in order; the last way is None where it stays or left early.
        arrivals: places that this pass moved on to.
        node: where it is now.
        reason: why it left early, or is set aside.
        is_recalled: an exit took it out, rather than a node of its own; what it has not begun to
            send does not leave any more.
        notes: what its nodes read and decided by.
    """

    traveller: Traveller
    status: EnrollmentStatus
    node: int
    arrived_at: datetime
    wake_at: datetime | None = None
    reason: str | None = None
    is_recalled: bool = False
    steps: list[tuple[int, int | None]] = field(default_factory=list)
    arrivals: list[int] = field(default_factory=list)
    intents: list[Intent] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)


def walk(traveller: Traveller, asker: Asker) -> Passage:
    """Return the pass of an enrollment that is due at the asker's instant.

    What a node changes of the contact or the context is seen by the nodes after it.
    """
    plan, now = traveller.plan, asker.now
    passage = Passage(traveller, EnrollmentStatus.DUE, traveller.node, traveller.arrived_at)
    signal, is_first = traveller.signal, _begin(passage)
    for _ in range(MOST_STEPS):
        state = traveller.state
        reason = find_moved_anchor(plan, state)
        if reason is not None:
            return _take_out(passage, reason)
        try:
            reason = find_state_exit(plan, partial(asker.test, state))
        except PartGone as error:
            return _set_aside(passage, error, is_first=is_first)
        if reason is not None:
            find_state_exit(plan, partial(_ask, passage, asker))  # once more, for the notes
            return _take_out(passage, reason)
        if _get_visit(traveller, passage.node) > plan.document.settings.visit_limit:
            return _take_out(passage, ExitReason.LOOP_LIMIT)
        zone = _find_zone(traveller, asker)
        facts = _build_facts(traveller, asker, passage, zone.zone, signal, is_first=is_first)
        node = plan.get_node(passage.node)
        try:
            decision = ACTIONS[node.kind].decide(node, facts)
        except (EngineError, ValueError) as error:
            return _set_aside(passage, error, is_first=is_first)
        if decision.notes:
            passage.notes.at(passage.node).update(decision.notes)
        for effect in decision.effects:
            passage.intents.append(Intent(passage.node, facts.visit, effect))
            _foresee(traveller, effect, now)
        if not _go_on(passage, decision, zone, now):
            return passage
        is_first, signal = True, None
    return _take_out(passage, ExitReason.LOOP_LIMIT)


def _begin(passage: Passage) -> bool:
    """Say whether the node is decided for the first time; its arrival is counted by then."""
    traveller = passage.traveller
    if traveller.signal is not None:
        passage.notes.note_signal(traveller.node, traveller.signal)
        return False
    is_first = traveller.status is EnrollmentStatus.DUE
    if is_first:
        _count_visit(traveller, traveller.node)
    return is_first


def ask_again(traveller: Traveller, asker: Asker, signal: Signal | None) -> Decision:
    """Return what the node at which an enrollment waits answers now; nothing comes of it.

    Raises:
        EngineError, ValueError: it cannot be decided.
    """
    passage = Passage(traveller, traveller.status, traveller.node, traveller.arrived_at)
    zone = _find_zone(traveller, asker).zone
    facts = _build_facts(traveller, asker, passage, zone, signal, is_first=False)
    node = traveller.plan.get_node(traveller.node)
    return ACTIONS[node.kind].decide(node, facts)


def _go_on(passage: Passage, decision: Decision, zone: ResolvedZone, now: datetime) -> bool:
    """Move as the decision says; answer whether there is another node to decide at once."""
    traveller = passage.traveller
    match decision.outcome:
        case Leave(reason):
            _leave(passage, reason)
            return False
        case Sleep(until) | Await(until):
            passage.steps.append((passage.node, None))
            passage.status, passage.wake_at = EnrollmentStatus.WAITING, until
            passage.notes.note_wait(passage.node, until, zone)
            return False
        case Advance(label):
            way = traveller.plan.find_way(passage.node, label)
            passage.steps.append((passage.node, way))
            target = None if way is None else traveller.plan.ways[passage.node][way].next
            if target is None:
                passage.status = EnrollmentStatus.COMPLETED
                return False
            passage.node, passage.arrived_at = traveller.plan.places[target], now
            passage.arrivals.append(passage.node)
            _count_visit(traveller, passage.node)
            return True


def _build_facts(
    traveller: Traveller,
    asker: Asker,
    passage: Passage,
    zone: Zone,
    signal: Signal | None,
    *,
    is_first: bool,
) -> Facts:
    reading = traveller.reading
    return Facts(
        now=asker.now,
        arrived_at=passage.arrived_at,
        entered_at=traveller.entered_at,
        journey=traveller.plan.key,
        node=traveller.plan.keys[passage.node],
        visit=_get_visit(traveller, passage.node),
        contact_uid=traveller.contact_uid,
        zone=zone,
        state=traveller.state,
        holds=partial(_ask, passage, asker),
        signal=signal,
        is_first=is_first,
        arms=traveller.arms,
        winners=traveller.winners,
        past_events=traveller.past_events,
        entry_key=traveller.entry_key,
        entry_place=traveller.plan.entry_place,
        contact=traveller.contact,
        holidays=traveller.plan.document.settings.holiday_calendar,
        turn_at=None if is_first else traveller.turn_at,
        reading=NO_READING if reading is None else reading.by(asker.default_zone),
    )


def _ask(passage: Passage, asker: Asker, condition: Condition) -> bool:
    """Answer a condition of the node where the passage is, and note what it read."""
    state, number = passage.traveller.state, passage.traveller.plan.numbers.get(id(condition))
    holds = asker.holds(condition, state)
    if number is not None:
        leaves = asker.read(condition, state)
        passage.notes.note_asked(passage.node, number, holds=holds, leaves=leaves)
    return holds


def _find_zone(traveller: Traveller, asker: Asker) -> ResolvedZone:
    settings = traveller.plan.document.settings
    is_own = settings.timezone == "contact"
    return resolve_zone(
        contact=traveller.state.timezone if is_own else None,
        journey=None if is_own else settings.timezone,
        instance=asker.default_zone,
    )


def _foresee(traveller: Traveller, effect: Effect, now: datetime) -> None:
    """Let the nodes after this one see what the effect will have changed."""
    match effect:
        case UpdateContact() | ChangeTags():
            before = traveller.state
            after = change_attributes(before.attributes, effect)
            moves = after.get("timezone") != before.attributes.get("timezone")
            zone = find_zone_key(after.get("timezone")) if moves else before.timezone
            traveller.state = dataclasses.replace(before, attributes=after, timezone=zone)
        case ChangeConsent(topic, channel, choice):
            state, key = traveller.state, (topic, channel)
            traveller.state = dataclasses.replace(
                state,
                consents={**state.consents, key: choice},
                consented_at={**state.consented_at, key: now},
            )
        case SaveContext(values):
            for path, value in values.items():
                traveller.context = set_path(traveller.context, path, value)
            traveller.state = dataclasses.replace(traveller.state, context=traveller.context)
        case AssignArm(salt, label):
            traveller.arms = {**traveller.arms, salt: label}
        case _:
            return


def change_attributes(
    attributes: Mapping[str, Any], effect: UpdateContact | ChangeTags
) -> dict[str, Any]:
    """Return the attributes as they are after the effect; what was given stays unchanged."""
    changed = dict(attributes)
    match effect:
        case ChangeTags(add, remove):
            held = changed.get("tags")
            kept = [tag for tag in (held if isinstance(held, list) else []) if tag not in remove]
            changed["tags"] = [*kept, *(tag for tag in add if tag not in kept)]
        case UpdateContact(given, unset, increment):
            for path, value in given.items():
                changed = set_path(changed, path, value)
            for path, step in increment.items():
                before = get_path(changed, path)
                is_number = isinstance(before, int | float) and not isinstance(before, bool)
                changed = set_path(changed, path, before + step if is_number else step)
            for path in unset:
                changed = unset_path(changed, path)
    return changed


def _take_out(passage: Passage, reason: str) -> Passage:
    passage.is_recalled = True
    return _leave(passage, reason)


def _leave(passage: Passage, reason: str) -> Passage:
    passage.steps.append((passage.node, None))
    passage.status, passage.reason = EnrollmentStatus.EXITED, reason[:60]
    return passage


def _set_aside(passage: Passage, error: Exception, *, is_first: bool) -> Passage:
    traveller, key = passage.traveller, passage.traveller.plan.keys[passage.node]
    if is_first:
        _uncount_visit(traveller, passage.node)
    passage.steps.append((passage.node, None))
    passage.status, passage.reason = EnrollmentStatus.FAILED, f"{key}: {error}"[:60]
    passage.notes.note_error(passage.node, error)
    return passage


def _count_visit(traveller: Traveller, place: int) -> None:
    key = traveller.plan.keys[place]
    if place in traveller.plan.revisited or key in traveller.visits:
        traveller.visits[key] = traveller.visits.get(key, 0) + 1


def _uncount_visit(traveller: Traveller, place: int) -> None:
    """Take a visit back that could not be decided; a replay makes the same one."""
    key = traveller.plan.keys[place]
    if key in traveller.visits:
        traveller.visits[key] -= 1


def _get_visit(traveller: Traveller, place: int) -> int:
    return traveller.visits.get(traveller.plan.keys[place], 1)
