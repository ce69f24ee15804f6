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
    Await,
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
from engine.document.paths import set_path, unset_path
from engine.errors import EngineError
from engine.journeys.plan import Plan, find_state_exit
from engine.journeys.states import EnrollmentStatus
from engine.rules.conditions import Condition
from engine.rules.counters import Event
from engine.rules.evaluate import ContactState, Prepared, prepare
from engine.when.zones import resolve_zone

MOST_STEPS: Final = 1_000
"""Nodes in one pass; the validator's rule on cycles keeps any real journey far below."""
LOOP_LIMIT: Final = "loop_limit"


class Asker:
    """Answers conditions at one instant, preparing each once for all contacts of a chunk."""

    def __init__(self, *, now: datetime, default_zone: str) -> None:
        self.now = now
        self.default_zone = default_zone
        self._prepared: dict[int, tuple[Condition, Prepared]] = {}

    def test(self, state: ContactState, condition: Condition) -> bool:
        """Return whether the condition is true, the contact coming first."""
        return self.holds(condition, state)

    def holds(self, condition: Condition, state: ContactState) -> bool:
        """Return whether the condition is true of this contact."""
        known = self._prepared.get(id(condition))
        if known is None:
            # The condition itself is kept, too: an id is only unique while its object lives.
            known = (
                condition,
                prepare(condition, now=self.now, default_zone=self.default_zone),
            )
            self._prepared[id(condition)] = known
        return known[1](state)


@dataclass(slots=True)
class Traveller:
    """An enrollment in memory, with all that deciding may look at.

    Attributes:
        state: the contact and this enrollment as conditions see them.
        visits: arrivals so far, of nodes that a cycle leads back to, by key.
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
    past_events: tuple[Event, ...] = ()
    entry_key: str = ""
    contact: Mapping[str, Any] = field(default_factory=dict)


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
    """

    traveller: Traveller
    status: EnrollmentStatus
    node: int
    arrived_at: datetime
    wake_at: datetime | None = None
    reason: str | None = None
    steps: list[tuple[int, int | None]] = field(default_factory=list)
    arrivals: list[int] = field(default_factory=list)
    intents: list[Intent] = field(default_factory=list)


def walk(traveller: Traveller, asker: Asker) -> Passage:
    """Return the pass of an enrollment that is due at the asker's instant.

    What a node changes of the contact or the context is seen by the nodes after it.
    """
    plan, now = traveller.plan, asker.now
    passage = Passage(traveller, EnrollmentStatus.DUE, traveller.node, traveller.arrived_at)
    is_first = traveller.status is EnrollmentStatus.DUE and traveller.signal is None
    signal = traveller.signal
    if is_first:  # its arrival was counted by whoever placed it here
        _count_visit(traveller, traveller.node)
    for _ in range(MOST_STEPS):
        state = traveller.state
        reason = find_state_exit(plan, partial(asker.test, state))
        if reason is not None:
            return _leave(passage, reason)
        if _get_visit(traveller, passage.node) > plan.document.settings.visit_limit:
            return _leave(passage, LOOP_LIMIT)
        facts = _build_facts(traveller, asker, passage, signal, is_first=is_first)
        node = plan.get_node(passage.node)
        try:
            decision = ACTIONS[node.kind].decide(node, facts)
        except (EngineError, ValueError) as error:
            if is_first:
                _uncount_visit(traveller, passage.node)
            return _set_aside(passage, plan.keys[passage.node], error)
        for effect in decision.effects:
            passage.intents.append(Intent(passage.node, facts.visit, effect))
            _foresee(traveller, effect)
        if not _go_on(passage, decision, now):
            return passage
        is_first, signal = True, None
    return _leave(passage, LOOP_LIMIT)


def _go_on(passage: Passage, decision: Decision, now: datetime) -> bool:
    """Move as the decision says; answer whether there is another node to decide at once."""
    traveller = passage.traveller
    match decision.outcome:
        case Leave(reason):
            _leave(passage, reason)
            return False
        case Sleep(until) | Await(until):
            passage.steps.append((passage.node, None))
            passage.status, passage.wake_at = EnrollmentStatus.WAITING, until
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
    signal: Signal | None,
    *,
    is_first: bool,
) -> Facts:
    settings = traveller.plan.document.settings
    is_own = settings.timezone == "contact"
    zone = resolve_zone(
        contact=traveller.state.timezone if is_own else None,
        journey=None if is_own else settings.timezone,
        instance=asker.default_zone,
    ).zone
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
        holds=lambda condition: asker.holds(condition, traveller.state),
        signal=signal,
        is_first=is_first,
        arms=traveller.arms,
        past_events=traveller.past_events,
        entry_key=traveller.entry_key,
        entry_place=traveller.plan.entry_place,
        contact=traveller.contact,
        holidays=settings.holiday_calendar,
    )


def _foresee(traveller: Traveller, effect: Effect) -> None:
    """Let the nodes after this one see what the effect will have changed."""
    match effect:
        case UpdateContact() | ChangeTags():
            attributes = change_attributes(traveller.state.attributes, effect)
            traveller.state = dataclasses.replace(traveller.state, attributes=attributes)
        case SaveContext(values):
            for path, value in values.items():
                traveller.context = set_path(traveller.context, path, value)
            traveller.state = dataclasses.replace(traveller.state, context=traveller.context)
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
                before: Any = changed.get(path)
                is_number = isinstance(before, int | float) and not isinstance(before, bool)
                changed[path] = before + step if is_number else step
            for path in unset:
                changed = unset_path(changed, path)
    return changed


def _leave(passage: Passage, reason: str) -> Passage:
    passage.steps.append((passage.node, None))
    passage.status, passage.reason = EnrollmentStatus.EXITED, reason[:60]
    return passage


def _set_aside(passage: Passage, key: str, error: Exception) -> Passage:
    passage.steps.append((passage.node, None))
    passage.status, passage.reason = EnrollmentStatus.FAILED, f"{key}: {error}"[:60]
    return passage


def _count_visit(traveller: Traveller, place: int) -> None:
    if place in traveller.plan.revisited:
        key = traveller.plan.keys[place]
        traveller.visits[key] = traveller.visits.get(key, 0) + 1


def _uncount_visit(traveller: Traveller, place: int) -> None:
    """Take a visit back that could not be decided; a replay makes the same one."""
    if place in traveller.plan.revisited:
        traveller.visits[traveller.plan.keys[place]] -= 1


def _get_visit(traveller: Traveller, place: int) -> int:
    return traveller.visits.get(traveller.plan.keys[place], 1)
