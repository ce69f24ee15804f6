"""What an event leaf asks, brought to one form that both back ends read.

Done and not done are counts; an average is a sum held against its bound times the number of
values: all arithmetic is on integers, so both databases and Python get the same answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, TypeAlias, assert_never

from pydantic import JsonValue

from engine.language.say import say
from engine.rules.conditions import (
    EventCount,
    EventDone,
    EventLeaf,
    EventNumber,
    EventTime,
)
from engine.rules.counters import Admits, Ask, Tally, day_number
from engine.rules.filters import AllWhere, AnyWhere, NoneWhere, Property, Where, where_key
from engine.rules.operators import OPERATORS, Op
from engine.rules.predicates import (
    Moment,
    Not,
    NumberRange,
    OneOf,
    Predicate,
    build_check,
    holds_instant,
)
from engine.rules.values import find_value, parse_duration, split_path, start_of_day, to_fixed

TIMELESS: Final = Moment(start_of_day(date.min), date.min)
Aggregate: TypeAlias = Literal["count", "sum", "average", "minimum", "maximum", "first", "last"]


@dataclass(frozen=True, slots=True)
class EventTest:
    """What must hold of the tally.

    Attributes:
        aggregate: Which figure.
        test: A `NumberRange` in the figure's own unit (ten-thousandths for a property), or a date
            predicate for first and last.
        negated: Whether the answer is turned round; `test` itself is false where there is no
            figure.
    """

    aggregate: Aggregate
    test: Predicate
    negated: bool

    def holds(self, tally: Tally) -> bool:
        """Return the leaf's answer."""
        return self._plain(tally) is not self.negated

    @property
    def holds_for_none(self) -> bool:
        """The answer for a contact without such an event."""
        return self.holds(Tally())

    def _plain(self, tally: Tally) -> bool:
        match self.aggregate, self.test:
            case "first", test:
                return tally.first_at is not None and holds_instant(test, tally.first_at)
            case "last", test:
                return tally.last_at is not None and holds_instant(test, tally.last_at)
            case "count", NumberRange() as ends:
                return ends.holds(tally.count)
            case "sum", NumberRange() as ends:
                return ends.holds(tally.total)
            case "average", NumberRange() as ends:
                return tally.numbers > 0 and ends.holds(tally.total, tally.numbers)
            case "minimum", NumberRange() as ends:
                return tally.lowest is not None and ends.holds(tally.lowest)
            case "maximum", NumberRange() as ends:
                return tally.highest is not None and ends.holds(tally.highest)
            case _:
                msg = say(
                    "{aggregate} cannot be held against {test}",
                    aggregate=self.aggregate,
                    test=self.test,
                )
                raise TypeError(msg)


def build_event_test(leaf: EventLeaf, *, now: datetime) -> EventTest:
    """Return what must hold of the leaf's tally."""
    match leaf:
        case EventDone():
            return EventTest("count", NumberRange(low=1), leaf.op == "not_done")
        case EventCount():
            return _number_test("count", leaf.op, leaf.value, lambda value: value)
        case EventNumber():
            return _number_test(leaf.aggregate[0], leaf.op, leaf.value, to_fixed)
        case EventTime():
            moment = Moment(now, now.date())
            test = OPERATORS[leaf.op].build(leaf.value, moment, False)
            return EventTest(leaf.measure, test, negated=False)
        case _:
            assert_never(leaf)


def _number_test(
    aggregate: Aggregate, op: Op, value: JsonValue, unit: Callable[[object], object]
) -> EventTest:
    scaled = [unit(item) for item in value] if isinstance(value, list) else unit(value)
    test = OPERATORS[op].build(scaled, TIMELESS, False)
    negated = isinstance(test, Not)
    plain = test.test if isinstance(test, Not) else test
    if isinstance(plain, OneOf):
        number = plain.values[0]
        assert isinstance(number, int | float)  # noqa: S101 - `NumberAsked` has checked it
        plain = NumberRange(number, number)
    return EventTest(aggregate, plain, negated)


def build_ask(leaf: EventLeaf, *, now: datetime) -> Ask:
    """Return what the leaf asks of a contact's history."""
    start, included, first_day = None, True, None
    if leaf.within is not None:
        start, included = parse_duration(leaf.within).window_start(now)
        first_day = day_number(start) if included else None
    needs: Literal["whether", "first", "last", "tally"] = "tally"
    if isinstance(leaf, EventTime):
        needs = leaf.measure
    elif is_whether(leaf):
        needs = "whether"
    return Ask(
        leaf.event,
        start,
        included,
        where_key(leaf.where),
        None if leaf.where is None else build_where(leaf.where),
        leaf.aggregate[1] if isinstance(leaf, EventNumber) else None,
        needs,
        first_day,
    )


def is_whether(leaf: EventLeaf) -> bool:
    """Return whether one occurrence settles the leaf, however many there are."""
    if not isinstance(leaf, EventDone | EventCount):
        return False
    test = build_event_test(leaf, now=TIMELESS.now)
    answers = {test.holds(Tally(count=count)) for count in range(1, 3)}
    bound = test.test
    return (
        len(answers) == 1
        and isinstance(bound, NumberRange)
        and not any(end is not None and end > 1 for end in (bound.low, bound.high))
    )


def build_where(where: Where) -> Admits:
    """Return the function that says whether an event's properties pass the filter."""
    match where:
        case Property():
            row = OPERATORS[where.op]
            moment = TIMELESS
            check = build_check(row.build(where.value, moment, where.ignore_case))
            keys = split_path(where.property)
            return lambda properties: check(find_value(properties, keys))
        case AllWhere(all=items):
            parts = [build_where(item) for item in items]
            return lambda properties: all(part(properties) for part in parts)
        case AnyWhere(any=items):
            parts = [build_where(item) for item in items]
            return lambda properties: any(part(properties) for part in parts)
        case NoneWhere(none=items):
            parts = [build_where(item) for item in items]
            return lambda properties: not any(part(properties) for part in parts)
        case _:
            assert_never(where)


def list_properties(where: Where | None) -> frozenset[str]:
    """Return the paths a filter reads."""
    match where:
        case None:
            return frozenset()
        case Property():
            return frozenset({where.property})
        case AllWhere(all=items) | AnyWhere(any=items) | NoneWhere(none=items):
            return frozenset().union(*map(list_properties, items))
        case _:
            assert_never(where)
