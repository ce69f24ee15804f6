"""Why a condition holds or does not, in words for people: each leaf, what it read, its verdict."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias, assert_never

from engine.language.say import say
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
    list_leaves,
)
from engine.rules.counters import CannotAnswer, Tally
from engine.rules.evaluate import ContactState, evaluate, get_source, prepare, read_value
from engine.rules.filters import AllWhere, AnyWhere, NoneWhere, Where
from engine.rules.operators import OPERATORS, Op
from engine.rules.values import FIXED_UNITS, MISSING, find_value, parse_duration, split_path

Finding: TypeAlias = Callable[[ContactState], list[Any]]
"""Tells what a leaf finds, as short JSON."""
Found: TypeAlias = tuple[str, dict[str, str | int]]
"""A sentence as it is written, and what fills its places: what a leaf finds, said later."""
_LONGEST: Final = 80
NEVER_SET: Final = "it was never set"
IT_IS: Final = "it is {value}"


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
        verdict = show_verdict(self.holds)
        line = f"{'  ' * depth}{verdict}: {self.asked}" + (f" ({self.read})" if self.read else "")
        return "\n".join([line, *(part.render(depth + 1) for part in self.parts)])


def explain(
    condition: Condition, state: ContactState, *, now: datetime, default_zone: str = "UTC"
) -> Explanation:
    """Return the answer of every part; the same verdict as `evaluate` at the top."""
    match condition:
        case All(all=items) | AnyOf(any=items) | NoneOf(none=items):
            parts = [explain(item, state, now=now, default_zone=default_zone) for item in items]
            return _gather(condition, parts)
        case _:
            return _explain_leaf(condition, state, now, default_zone)


def note_leaves(
    condition: Condition, state: ContactState, *, now: datetime, default_zone: str = "UTC"
) -> list[list[Any]]:
    """Return what `recall` explains later: of each leaf its verdict, then what was found, as JSON."""
    return [
        [
            prepare(leaf, now=now, default_zone=default_zone)(state),
            *prepare_finding(leaf, now=now)(state),
        ]
        for leaf in list_leaves(condition)
    ]


def recall(condition: Condition, leaves: Iterator[Sequence[Any]]) -> Explanation:
    """Return the explanation of an answer given before.

    Args:
        condition: what was asked.
        leaves: for each leaf, in the order written, its verdict, then what was found.
    """
    match condition:
        case All(all=items) | AnyOf(any=items) | NoneOf(none=items):
            return _gather(condition, [recall(item, leaves) for item in items])
        case _:
            verdict, *finding = next(leaves)
            return Explanation(describe(condition), verdict, describe_finding(condition, finding))


def explain_where(where: Where, properties: Mapping[str, Any]) -> Explanation:
    """Return the answer of every part of an event filter."""
    match where:
        case AllWhere(all=items) | AnyWhere(any=items) | NoneWhere(none=items):
            return _gather(where, [explain_where(item, properties) for item in items])
        case _:
            asked = f"{where.property} {_describe_op(where.op, where.value)}"
            value = find_value(properties, split_path(where.property))
            read = say(NEVER_SET) if value is MISSING else say(IT_IS, value=show_value(value))
            return Explanation(asked, build_where(where)(properties), read)


def _gather(group: Condition | Where, parts: Sequence[Explanation]) -> Explanation:
    """Return the answer of a group by those of its parts."""
    verdicts = [part.holds for part in parts]
    match group:
        case All() | AllWhere():
            asked, holds = say("all of these hold"), _fold(verdicts, all_of=True)
        case AnyOf() | AnyWhere():
            asked, holds = say("at least one of these holds"), _fold(verdicts, all_of=False)
        case _:
            found = _fold(verdicts, all_of=False)
            asked, holds = say("none of these holds"), None if found is None else not found
    return Explanation(asked, holds, "", tuple(parts))


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
        case EventDone(op="done"):
            return say("{event} happened{within}", event=_event(leaf), within=_window(leaf.within))
        case EventDone():
            return say(
                "{event} did not happen{within}", event=_event(leaf), within=_window(leaf.within)
            )
        case EventCount():
            return say(
                "the number of {event}{within} {op}",
                event=_event(leaf),
                within=_window(leaf.within),
                op=_describe_op(leaf.op, leaf.value),
            )
        case EventNumber():
            figure, path = leaf.aggregate
            return say(
                "the {figure} of {path} over {event}{within} {op}",
                figure=say(figure),
                path=path,
                event=_event(leaf),
                within=_window(leaf.within),
                op=_describe_op(leaf.op, leaf.value),
            )
        case EventTime():
            return say(
                "the {measure} {event}{within} {op}",
                measure=say(leaf.measure),
                event=_event(leaf),
                within=_window(leaf.within),
                op=_describe_op(leaf.op, leaf.value),
            )
        case Segment(op="member"):
            return say("is in the segment {segment}", segment=leaf.segment)
        case Segment():
            return say("is not in the segment {segment}", segment=leaf.segment)
        case Consent():
            return say(
                "{consent} by {channel} is {op}",
                consent=leaf.consent,
                channel=say(leaf.channel),
                op=say(leaf.op),
            )
        case Message():
            mark, negated = leaf.mark
            asked = (
                "the message of {node} was not {mark}"
                if negated
                else "the message of {node} was {mark}"
            )
            return say(asked, node=leaf.message, mark=say(mark))
        case Template():
            mark, negated = leaf.mark
            asked = (
                "template {template} was never {mark}{within}"
                if negated
                else "template {template} was {mark}{within}"
            )
            within = _window(leaf.within)
            return say(asked, template=leaf.template, mark=say(mark), within=within)
        case _:
            assert_never(leaf)


def _describe_op(op: Op, value: object) -> str:
    shown = "" if OPERATORS[op].takes == "nothing" else " " + show_value(value)
    return say(OPERATORS[op].label) + shown


def _event(leaf: EventLeaf) -> str:
    if leaf.where is None:
        return f'"{leaf.event}"'
    return say(
        '"{event}" (filtered by {names})',
        event=leaf.event,
        names=", ".join(sorted(list_properties(leaf.where))),
    )


def _window(within: str | None) -> str:
    if within is None:
        return ""
    window = parse_duration(within)
    if window.days is not None:
        return say(" in the last {days} whole days (UTC) and today", days=window.days)
    return say(" in the last {delta}", delta=window.delta)


def show_verdict(holds: bool | None) -> str:
    """Return the verdict of a question in words; None: it could not be asked."""
    return say("cannot tell") if holds is None else say("yes" if holds else "no")


def show_value(value: object) -> str:
    """Return a value for people, short; text in quotes, so that "" and "5" show what they are."""
    match value:
        case str():
            text = f'"{value}"'
        case list():
            text = ", ".join(map(show_value, value)) or say("an empty list")
        case None | bool():
            text = "null" if value is None else show_verdict(value)
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
            return lambda state: list(_find(leaf, state, now))


def describe_finding(leaf: Leaf, found: Sequence[Any]) -> str:
    """Return in words what `prepare_finding` told."""
    match found:
        case []:
            return "" if _is_of_sentences(leaf) else say(NEVER_SET)
        case [str(sentence), dict(values)] if _is_of_sentences(leaf):
            return say(sentence, **values)
        case _ if _is_of_sentences(leaf):
            return str(found[0])  # as it was noted before sentences had places
        case _:
            return say(IT_IS, value=show_value(found[0]))


def _is_of_sentences(leaf: Leaf) -> bool:
    return not isinstance(leaf, Attribute | Trigger | Context | Subject)


def _describe_found(leaf: Leaf, state: ContactState, now: datetime) -> str:
    sentence, values = _find(leaf, state, now)
    return say(sentence, **values)


def _find(leaf: Leaf, state: ContactState, now: datetime) -> Found:
    match leaf:
        case Attribute() | Trigger() | Context() | Subject():
            value = read_value(leaf, state)
            return (NEVER_SET, {}) if value is MISSING else (IT_IS, {"value": show_value(value)})
        case EventDone() | EventCount() | EventNumber() | EventTime():
            return _find_tally(leaf, state.history.tally(build_ask(leaf, now=now)))
        case Segment():
            return ("it is" if leaf.segment in state.segments else "it is not", {})
        case Consent():
            choice = state.consents.get((leaf.consent, leaf.channel))
            if choice is None:
                return "the choice is not made", {}
            return "the choice is {choice}", {"choice": choice}
        case Message():
            marks = state.node_messages.get(leaf.message)
            if marks is None:
                return "there is none", {}
            return (
                ("it was {marks}", {"marks": ", ".join(marks)})
                if marks
                else ("it was not sent", {})
            )
        case Template():
            return "{n} such messages exist", {"n": len(state.messages.get(leaf.template, ()))}
        case _:
            assert_never(leaf)


def _find_tally(leaf: EventLeaf, tally: Tally) -> Found:
    if isinstance(leaf, EventNumber):
        figure = leaf.aggregate[0]
        fixed = {
            "sum": tally.total,
            "average": tally.total,
            "minimum": tally.lowest,
            "maximum": tally.highest,
        }[figure]
        if fixed is None or (figure == "average" and tally.numbers == 0):
            return "there is no number", {}
        number = fixed / FIXED_UNITS / (tally.numbers if figure == "average" else 1)
        return IT_IS, {"value": f"{number:.15g}"}
    if isinstance(leaf, EventTime):
        at = tally.first_at if leaf.measure == "first" else tally.last_at
        if at is None:
            return "it never happened", {}
        return "it was {at} UTC", {"at": f"{at:%Y-%m-%d %H:%M:%S}"}
    if tally.count == 0:
        return "it did not happen", {}
    often: dict[str, str | int] = {} if isinstance(leaf, EventDone) else {"n": tally.count}
    if tally.last_at is None:
        return ("{n} times" if often else "at least once"), often
    last = {"last": f"{tally.last_at:%Y-%m-%d %H:%M}"}
    return (
        "{n} times, last {last} UTC" if often else "at least once, last {last} UTC"
    ), often | last
