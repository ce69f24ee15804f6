"""Why a condition holds or does not, in words for people: each leaf, what it read, its verdict."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias, assert_never

from engine.rules.aggregates import build_ask, build_where, list_properties
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
    Leaf,
    Message,
    NoneOf,
    Segment,
    Subject,
    Template,
    Trigger,
)
from engine.rules.counters import CannotAnswer, Tally
from engine.rules.evaluate import ContactState, evaluate, get_source, read_value
from engine.rules.filters import AllWhere, AnyWhere, NoneWhere, Where
from engine.rules.operators import OPERATORS, Op
from engine.rules.values import FIXED_UNITS, MISSING, find_value, parse_duration, split_path

Finding: TypeAlias = Callable[[ContactState], list[Any]]
"""Tells what a leaf finds, as short JSON."""
_LONGEST: Final = 80
_ALL: Final = "all of these hold"
_ANY: Final = "at least one of these holds"
_NONE: Final = "none of these holds"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node of the answer.

    Attributes:
        asked: The question, in words.
        holds: The verdict; None where it could not be asked.
        read: What was found; empty for a group.
        parts: The parts of a group.
    """

    asked: str
    holds: bool | None
    read: str = ""
    parts: tuple["Explanation", ...] = ()

    def render(self, depth: int = 0) -> str:
        """Return the tree as indented lines."""
        verdict = {True: "yes", False: "no", None: "cannot tell"}[self.holds]
        line = f"{'  ' * depth}{verdict}: {self.asked}" + (f" ({self.read})" if self.read else "")
        return "\n".join([line, *(part.render(depth + 1) for part in self.parts)])


def explain(
    condition: Condition, state: ContactState, *, now: datetime, default_zone: str = "UTC"
) -> Explanation:
    """Return the answer of every part; the same verdict as `evaluate` at the top."""
    match condition:
        case All(all=items):
            parts = _explain_all(items, state, now, default_zone)
            return Explanation(_ALL, _fold([p.holds for p in parts], all_of=True), "", parts)
        case AnyOf(any=items):
            parts = _explain_all(items, state, now, default_zone)
            return Explanation(
                _ANY,
                _fold([p.holds for p in parts], all_of=False),
                "",
                parts,
            )
        case NoneOf(none=items):
            parts = _explain_all(items, state, now, default_zone)
            found = _fold([p.holds for p in parts], all_of=False)
            return Explanation(_NONE, None if found is None else not found, "", parts)
        case _:
            return _explain_leaf(condition, state, now, default_zone)


def recall(condition: Condition, leaves: Iterator[Sequence[Any]]) -> Explanation:
    """Return the explanation of an answer given before.

    Args:
        condition: what was asked.
        leaves: for each leaf, in the order written, its verdict, then what was found.
    """
    match condition:
        case All(all=items):
            parts = tuple(recall(item, leaves) for item in items)
            holds = _fold([part.holds for part in parts], all_of=True)
            return Explanation(_ALL, holds, "", parts)
        case AnyOf(any=items):
            parts = tuple(recall(item, leaves) for item in items)
            holds = _fold([part.holds for part in parts], all_of=False)
            return Explanation(_ANY, holds, "", parts)
        case NoneOf(none=items):
            parts = tuple(recall(item, leaves) for item in items)
            found = _fold([part.holds for part in parts], all_of=False)
            return Explanation(_NONE, None if found is None else not found, "", parts)
        case _:
            verdict, *finding = next(leaves)
            return Explanation(describe(condition), verdict, describe_finding(condition, finding))


def explain_where(where: Where, properties: Mapping[str, Any]) -> Explanation:
    """Return the answer of every part of an event filter."""
    match where:
        case AllWhere(all=items):
            parts = tuple(explain_where(item, properties) for item in items)
            return Explanation(_ALL, _fold([part.holds for part in parts], all_of=True), "", parts)
        case AnyWhere(any=items):
            parts = tuple(explain_where(item, properties) for item in items)
            return Explanation(_ANY, _fold([part.holds for part in parts], all_of=False), "", parts)
        case NoneWhere(none=items):
            parts = tuple(explain_where(item, properties) for item in items)
            found = _fold([part.holds for part in parts], all_of=False)
            return Explanation(_NONE, None if found is None else not found, "", parts)
        case _:
            asked = f"{where.property} {_describe_op(where.op, where.value)}"
            value = find_value(properties, split_path(where.property))
            read = "it was never set" if value is MISSING else f"it is {show_value(value)}"
            return Explanation(asked, build_where(where)(properties), read)


def _explain_all(
    items: Sequence[Condition], state: ContactState, now: datetime, zone: str
) -> tuple[Explanation, ...]:
    return tuple(explain(item, state, now=now, default_zone=zone) for item in items)


def _fold(verdicts: Sequence[bool | None], *, all_of: bool) -> bool | None:
    settled = not all_of
    if settled in verdicts:
        return settled
    return None if None in verdicts else all_of


def _explain_leaf(leaf: Leaf, state: ContactState, now: datetime, zone: str) -> Explanation:
    asked = describe(leaf)
    try:
        holds = evaluate(leaf, state, now=now, default_zone=zone)
        return Explanation(asked, holds, _describe_found(leaf, state, now))
    except CannotAnswer as reason:
        return Explanation(asked, None, str(reason))


def describe(leaf: Leaf) -> str:
    """Return the leaf's question in words."""
    match leaf:
        case Attribute() | Trigger() | Context() | Subject():
            source, path = get_source(leaf)
            name = path if source == "attributes" else f"{source} {path}"
            return f"{name} {_describe_op(leaf.op, leaf.value)}"
        case EventDone():
            did = "happened" if leaf.op == "done" else "did not happen"
            return f"{_event(leaf)} {did}{_window(leaf.within)}"
        case EventCount():
            return f"the number of {_event(leaf)}{_window(leaf.within)} {_describe_op(leaf.op, leaf.value)}"
        case EventNumber():
            figure, path = leaf.aggregate
            return f"the {figure} of {path} over {_event(leaf)}{_window(leaf.within)} {_describe_op(leaf.op, leaf.value)}"
        case EventTime():
            return f"the {leaf.measure} {_event(leaf)}{_window(leaf.within)} {_describe_op(leaf.op, leaf.value)}"
        case Segment():
            return f"is {'' if leaf.op == 'member' else 'not '}in the segment {leaf.segment}"
        case Consent():
            return f"{leaf.consent} by {leaf.channel} is {leaf.op}"
        case Message():
            mark, negated = leaf.mark
            return f"the message of {leaf.message} was {'not ' if negated else ''}{mark}"
        case Template():
            mark, negated = leaf.mark
            never = "never " if negated else ""
            return f"template {leaf.template} was {never}{mark}{_window(leaf.within)}"
        case _:
            assert_never(leaf)


def _describe_op(op: Op, value: object) -> str:
    shown = "" if OPERATORS[op].takes == "nothing" else " " + show_value(value)
    return OPERATORS[op].label + shown


def _event(leaf: EventLeaf) -> str:
    if leaf.where is None:
        return f'"{leaf.event}"'
    return f'"{leaf.event}" (filtered by {", ".join(sorted(list_properties(leaf.where)))})'


def _window(within: str | None) -> str:
    if within is None:
        return ""
    window = parse_duration(within)
    if window.days is not None:
        return f" in the last {window.days} whole days (UTC) and today"
    return f" in the last {window.delta}"


def show_value(value: object) -> str:
    """Return a value for people, short; text in quotes, so that "" and "5" show what they are."""
    match value:
        case str():
            text = f'"{value}"'
        case list():
            text = ", ".join(map(show_value, value)) or "an empty list"
        case None | bool():
            text = {None: "null", True: "yes", False: "no"}[value]
        case _:
            text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def prepare_finding(leaf: Leaf, *, now: datetime) -> Finding:
    """Return a function that tells what the leaf finds, as short JSON; `describe_finding` reads it.

    Of a value leaf the value itself, or nothing where it was never set; of others, words.
    """
    match leaf:
        case Attribute() | Trigger() | Context() | Subject():
            source, path = get_source(leaf)
            keys = split_path(path)

            def find(state: ContactState) -> list[Any]:
                value = find_value(getattr(state, source), keys)
                if value is MISSING:
                    return []
                if isinstance(value, str):
                    return [value[:_LONGEST]]
                if isinstance(value, list | dict) and len(shown := show_value(value)) == _LONGEST:
                    return [shown]
                return [value]

            return find
        case _:
            return lambda state: [_describe_found(leaf, state, now)]


def describe_finding(leaf: Leaf, found: Sequence[Any]) -> str:
    """Return in words what `prepare_finding` told."""
    if not isinstance(leaf, Attribute | Trigger | Context | Subject):
        return str(found[0]) if found else ""
    return f"it is {show_value(found[0])}" if found else "it was never set"


def _describe_found(leaf: Leaf, state: ContactState, now: datetime) -> str:
    match leaf:
        case Attribute() | Trigger() | Context() | Subject():
            value = read_value(leaf, state)
            return "it was never set" if value is MISSING else f"it is {show_value(value)}"
        case EventDone() | EventCount() | EventNumber() | EventTime():
            return _describe_tally(leaf, state.history.tally(build_ask(leaf, now=now)))
        case Segment():
            return "it is" if leaf.segment in state.segments else "it is not"
        case Consent():
            return f"the choice is {state.consents.get((leaf.consent, leaf.channel), 'not made')}"
        case Message():
            marks = state.node_messages.get(leaf.message)
            return "there is none" if marks is None else f"it was {', '.join(marks) or 'not sent'}"
        case Template():
            return f"{len(state.messages.get(leaf.template, ()))} such messages exist"
        case _:
            assert_never(leaf)


def _describe_tally(leaf: EventLeaf, tally: Tally) -> str:
    if isinstance(leaf, EventNumber):
        figure = leaf.aggregate[0]
        fixed = {
            "sum": tally.total,
            "average": tally.total,
            "minimum": tally.lowest,
            "maximum": tally.highest,
        }[figure]
        if fixed is None or (figure == "average" and tally.numbers == 0):
            return "there is no number"
        number = fixed / FIXED_UNITS / (tally.numbers if figure == "average" else 1)
        return f"it is {number:.15g}"
    if isinstance(leaf, EventTime):
        at = tally.first_at if leaf.measure == "first" else tally.last_at
        return "it never happened" if at is None else f"it was {at:%Y-%m-%d %H:%M:%S} UTC"
    if tally.count == 0:
        return "it did not happen"
    last = "" if tally.last_at is None else f", last {tally.last_at:%Y-%m-%d %H:%M} UTC"
    return f"{'at least once' if isinstance(leaf, EventDone) else f'{tally.count} times'}{last}"
