"""Answers a condition for one contact, in memory.

`prepare` turns a condition into one function, once per version and chunk; `evaluate` is the same
for a single question. Both are pure: the state is given, and so is `now`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeAlias, assert_never

from engine.rules.aggregates import build_ask, build_event_test
from engine.rules.conditions import (
    All,
    AnyOf,
    Attribute,
    Condition,
    Consent,
    Context,
    EventCount,
    EventDone,
    EventLeaf,
    EventNumber,
    EventTime,
    Message,
    NoneOf,
    Segment,
    Subject,
    Template,
    Trigger,
)
from engine.rules.counters import History, RawHistory
from engine.rules.operators import OPERATORS
from engine.rules.predicates import Check, Moment, NumberRange, build_check
from engine.rules.values import (
    MISSING,
    find_value,
    local_date,
    parse_duration,
    resolve_zone,
    split_path,
)

_NOTHING: Final[Mapping[str, Any]] = {}
ValueLeaf: TypeAlias = Attribute | Trigger | Context | Subject


@dataclass(frozen=True, slots=True)
class ContactState:
    """What is known of one contact, and of the enrollment in which it is asked.

    Attributes:
        attributes: JSON values by name; a name that is not there is missing, None is null.
        timezone: IANA name; an unknown one counts as none.
        history: Raw events or packed counters.
        segments: Keys of the segments it is in.
        consents: `subscribed` or `unsubscribed` by (topic, channel).
        consented_at: When each of these choices was made.
        messages: Per template, for each message the instants of its marks.
        node_messages: Per node of this enrollment, the marks of its latest message.
        trigger: The entry event.
        context: What earlier nodes found out.
        subject: Fields of the ticket, cart or deal.
    """

    attributes: Mapping[str, Any] = field(default_factory=dict)
    timezone: str | None = None
    history: History = field(default_factory=RawHistory)
    segments: frozenset[str] = frozenset()
    consents: Mapping[tuple[str, str], str] = field(default_factory=dict)
    consented_at: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    messages: Mapping[str, Sequence[Mapping[str, datetime]]] = field(default_factory=dict)
    node_messages: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    trigger: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    context: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    subject: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


Prepared: TypeAlias = Callable[[ContactState], bool]


@dataclass(slots=True)
class _Clock:
    now: datetime
    default_zone: str
    days: dict[str | None, date] = field(default_factory=dict)

    def today(self, zone: str | None) -> date:
        if zone not in self.days:
            self.days[zone] = local_date(self.now, resolve_zone(zone, self.default_zone))
        return self.days[zone]


def evaluate(
    condition: Condition, state: ContactState, *, now: datetime, default_zone: str = "UTC"
) -> bool:
    """Return whether the condition holds for the contact at `now`.

    Raises:
        CannotAnswer: the history is packed and does not hold what is asked.
    """
    return prepare(condition, now=now, default_zone=default_zone)(state)


def prepare(condition: Condition, *, now: datetime, default_zone: str = "UTC") -> Prepared:
    """Return a function that answers the condition for any contact at `now`.

    Args:
        condition: What is asked.
        now: The instant at which it is asked, aware, UTC.
        default_zone: The zone of contacts that have none (rule 22).
    """
    return _prepare(condition, _Clock(now, default_zone))


def _prepare(condition: Condition, clock: _Clock) -> Prepared:
    match condition:
        case All(all=items):
            return _prepare_all([_prepare(item, clock) for item in items])
        case AnyOf(any=items):
            return _prepare_any([_prepare(item, clock) for item in items])
        case NoneOf(none=items):
            found = _prepare_any([_prepare(item, clock) for item in items])
            return lambda state: not found(state)
        case Attribute() | Trigger() | Context() | Subject():
            return _prepare_value(condition, clock)
        case EventDone() | EventCount() | EventNumber() | EventTime():
            return _prepare_event(condition, clock)
        case Segment(segment=key):
            member = condition.op == "member"
            return lambda state: (key in state.segments) is member
        case Consent():
            return _prepare_consent(condition)
        case Message():
            return _prepare_message(condition)
        case Template():
            return _prepare_template(condition, clock.now)
        case _:
            assert_never(condition)


def _prepare_all(parts: list[Prepared]) -> Prepared:
    if len(parts) == 2:
        one, two = parts
        return lambda state: one(state) and two(state)

    def check(state: ContactState) -> bool:
        for part in parts:
            if not part(state):
                return False
        return True

    return check


def _prepare_any(parts: list[Prepared]) -> Prepared:
    def check(state: ContactState) -> bool:
        for part in parts:
            if part(state):
                return True
        return False

    return check


def get_source(leaf: ValueLeaf) -> tuple[str, str]:
    """Return where a value leaf reads: the field of ContactState, and the path in it."""
    match leaf:
        case Attribute(attribute=path):
            return "attributes", path
        case Trigger(trigger=path):
            return "trigger", path
        case Context(context=path):
            return "context", path
        case Subject(subject=path):
            return "subject", path
        case _:
            assert_never(leaf)


def read_value(leaf: ValueLeaf, state: ContactState) -> object:
    """Return the value a leaf is about, or MISSING."""
    source, path = get_source(leaf)
    return find_value(getattr(state, source), split_path(path))


def _prepare_value(leaf: ValueLeaf, clock: _Clock) -> Prepared:
    row = OPERATORS[leaf.op]
    if row.moves:
        return _prepare_moving(leaf, clock)
    moment = Moment(clock.now, clock.now.date())
    check = build_check(row.build(leaf.value, moment, leaf.ignore_case))
    source, path = get_source(leaf)
    keys = split_path(path)
    if source == "attributes" and len(keys) == 1:
        return lambda state: check(state.attributes.get(path, MISSING))
    return lambda state: check(find_value(getattr(state, source), keys))


def _prepare_moving(leaf: ValueLeaf, clock: _Clock) -> Prepared:
    """Prepare a date operator: one check for each calendar day it is somewhere now, at most 3."""
    row = OPERATORS[leaf.op]
    checks: dict[date, Check] = {}

    def answer(state: ContactState) -> bool:
        today = clock.today(state.timezone)
        if today not in checks:
            test = row.build(leaf.value, Moment(clock.now, today), leaf.ignore_case)
            checks[today] = build_check(test)
        return checks[today](read_value(leaf, state))

    return answer


def _prepare_event(leaf: EventLeaf, clock: _Clock) -> Prepared:
    ask = build_ask(leaf, now=clock.now)
    test = build_event_test(leaf, now=clock.now)
    if test.aggregate == "count" and isinstance(test.test, NumberRange):
        in_range, negated = test.test.holds, test.negated
        return lambda state: in_range(state.history.tally(ask).count) is not negated
    holds = test.holds
    return lambda state: holds(state.history.tally(ask))


def _prepare_consent(leaf: Consent) -> Prepared:
    key = (leaf.consent, leaf.channel)
    if leaf.op == "unanswered":
        return lambda state: key not in state.consents
    if leaf.op == "not_subscribed":
        return lambda state: state.consents.get(key) != "subscribed"
    wanted = leaf.op
    return lambda state: state.consents.get(key) == wanted


def _prepare_message(leaf: Message) -> Prepared:
    key = leaf.message
    mark, negated = leaf.mark
    return lambda state: (mark in state.node_messages.get(key, {})) is not negated


def _prepare_template(leaf: Template, now: datetime) -> Prepared:
    mark, negated = leaf.mark
    start, included = None, True
    if leaf.within is not None:
        start, included = parse_duration(leaf.within).window_start(now)

    def answer(state: ContactState) -> bool:
        found = any(
            (at := marks.get(mark)) is not None
            and (start is None or at > start or (included and at == start))
            for marks in state.messages.get(leaf.template, ())
        )
        return found is not negated

    return answer
