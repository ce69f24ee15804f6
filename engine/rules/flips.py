"""When an answer changes although nothing happens: what a recheck timer is set to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from engine.rules.aggregates import build_ask
from engine.rules.conditions import (
    Attribute,
    Condition,
    Context,
    EventCount,
    EventDone,
    EventLeaf,
    EventNumber,
    EventTime,
    Leaf,
    Subject,
    Template,
    Trigger,
    list_leaves,
)
from engine.rules.evaluate import ContactState, evaluate, read_value
from engine.rules.operators import OPERATORS, Op
from engine.rules.values import (
    Duration,
    find_date_text,
    parse_duration,
    resolve_zone,
    start_of_day,
    start_of_local_day,
)

MOST_STEPS: Final = 1_000
_DAY: Final = timedelta(days=1)


def find_flip(
    condition: Condition, state: ContactState, *, now: datetime, default_zone: str = "UTC"
) -> datetime | None:
    """Return the earliest instant after `now` at which the answer differs, if nothing happens.

    Every leaf names the instants at which it may change; they are tried in order. None is "never".
    After a thousand instants without a change, and where an anniversary recurs beyond the three
    years looked ahead, the last instant tried is returned: ask again then.

    Raises:
        CannotAnswer: the history is packed and a leaf needs the events themselves.
    """
    zone = resolve_zone(state.timezone, default_zone)
    candidates: set[datetime] = set()
    recurs = False
    for leaf in list_leaves(condition):
        candidates.update(at for at in _list_candidates(leaf, state, now, zone) if at > now)
        recurs |= getattr(leaf, "op", None) is Op.ANNIVERSARY_WITHIN
    steps = sorted(candidates)
    if not steps:
        return None
    holds = evaluate(condition, state, now=now, default_zone=default_zone)
    for at in steps[:MOST_STEPS]:
        if evaluate(condition, state, now=at, default_zone=default_zone) is not holds:
            return at
    if len(steps) > MOST_STEPS:
        return steps[MOST_STEPS]
    return steps[-1] if recurs else None


def _list_candidates(
    leaf: Leaf, state: ContactState, now: datetime, zone: str
) -> Iterator[datetime]:
    match leaf:
        case Attribute() | Trigger() | Context() | Subject():
            text = find_date_text(read_value(leaf, state))
            if text is not None and OPERATORS[leaf.op].moves:
                yield from _list_crossings(text, leaf.op, str(leaf.value), now, zone)
        case EventDone() | EventCount() | EventNumber() | EventTime():
            yield from _list_event(leaf, state, now)
        case Template(within=str() as within):
            window = parse_duration(within)
            for marks in state.messages.get(leaf.template, ()):
                at = marks.get(leaf.mark[0])
                if at is not None:
                    yield window.leaves_at(at)
        case _:
            return


def _list_event(leaf: EventLeaf, state: ContactState, now: datetime) -> Iterator[datetime]:
    moves = isinstance(leaf, EventTime) and OPERATORS[leaf.op].moves
    if leaf.within is None and not moves:
        return
    window = None if leaf.within is None else parse_duration(leaf.within)
    for at in state.history.list_instants(build_ask(leaf, now=now)):
        if window is not None:
            yield window.leaves_at(at)
        if isinstance(leaf, EventTime) and moves:
            text = at.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"
            yield from _list_crossings(text, leaf.op, str(leaf.value), now, "UTC")


def _list_crossings(text: str, op: Op, value: str, now: datetime, zone: str) -> Iterator[datetime]:
    """Return when the value at `text` may enter or leave the range that moves with now."""
    span = parse_duration(value)
    if op is Op.ANNIVERSARY_WITHIN:
        for day in _list_anniversaries(text, now):
            yield start_of_local_day(day - _whole_days(span), zone)
            yield start_of_local_day(day + _DAY, zone)
    elif len(text) == 10:
        day = date.fromisoformat(_real_day(text))
        for other in (day - _whole_days(span), day, day + _DAY, day + _whole_days(span) + _DAY):
            yield start_of_local_day(other, zone)
    else:
        day = date.fromisoformat(_real_day(text))
        at = datetime.combine(day, datetime.fromisoformat("2000-01-01" + text[10:19]).time(), UTC)
        yield from (at, at + span.delta, at - span.delta)
        yield start_of_day(day - _whole_days(span))
        yield start_of_day(day + _whole_days(span) + _DAY)


def _whole_days(span: Duration) -> timedelta:
    return timedelta(days=-(-span.delta // _DAY))


def _real_day(text: str) -> str:
    """Return the day, 29 February of a common year as the day it sorts before."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return text[:5] + "03-01"
    return text[:10]


def _list_anniversaries(text: str, now: datetime) -> Iterator[date]:
    for year in range(now.year - 1, now.year + 4):
        try:
            yield date(year, int(text[5:7]), int(text[8:10]))
        except ValueError:
            yield date(year, 2, 28)
