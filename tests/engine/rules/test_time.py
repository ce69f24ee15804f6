"""Windows, packed counters and flips."""

import os
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.rules.aggregates import build_where
from engine.rules.conditions import Condition, list_leaves, parse_condition
from engine.rules.counters import CannotAnswer, Counter, Event, PackedHistory, RawHistory
from engine.rules.evaluate import ContactState, evaluate, prepare
from engine.rules.explain import explain
from engine.rules.filters import where_key
from engine.rules.flips import find_flip
from engine.rules.reads import list_reads
from tests.engine.rules.asking import conditions, events, grouped, nows, zones
from tests.engine.rules.world import NOON, make_state

event_conditions = grouped(events(), 3).map(parse_condition)


def pack(state: ContactState, condition: Condition, *, register: bool, seed: int) -> PackedHistory:
    """Pack a raw history, events in random order, then send it through its stored form."""
    filters = {}
    for leaf in list_leaves(condition):
        if register and getattr(leaf, "where", None) is not None:
            filters.setdefault(leaf.event, {})[where_key(leaf.where)] = build_where(leaf.where)
    packed = PackedHistory(filters, {name: ["total", "plan"] for name in "ABC"})
    raw = [event for events_ in state.history.events.values() for event in events_]
    random.Random(seed).shuffle(raw)
    for event in raw:
        packed.add(event)
    for key, counter in packed.counters.items():
        packed.counters[key] = Counter.load(counter.dump())
    return packed


relaxed = settings(
    max_examples=2_000 if os.environ.get("SOJOURN_FULL") else 200,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@relaxed
@given(condition=event_conditions, now=nows, seed=st.integers(0, 10_000), register=st.booleans())
def test_packed_counters_agree_with_raw_events_wherever_they_answer(condition, now, seed, register):
    for number in range(3):
        state = make_state(random.Random(seed + number))
        packed = ContactState(history=pack(state, condition, register=register, seed=seed))
        try:
            answer = evaluate(condition, packed, now=now)
        except CannotAnswer:
            continue
        assert answer is evaluate(condition, state, now=now)


@relaxed
@given(condition=event_conditions, seed=st.integers(0, 10_000))
def test_packed_counters_answer_whatever_reads_says_they_can(condition, seed):
    assume(not any(event.raw for event in list_reads(condition).events.values()))
    state = make_state(random.Random(seed))
    packed = ContactState(history=pack(state, condition, register=True, seed=seed))
    assert evaluate(condition, packed, now=NOON) is evaluate(condition, state, now=NOON)


@relaxed
@given(condition=conditions, now=nows, zone=zones, seed=st.integers(0, 10_000))
def test_nothing_flips_before_the_flip_and_the_flip_is_one(condition, now, zone, seed):
    rng = random.Random(seed)
    state = make_state(rng)
    at = find_flip(condition, state, now=now, default_zone=zone)
    holds = evaluate(condition, state, now=now, default_zone=zone)
    assert at is None or list_reads(condition).moves
    end = at or now + timedelta(days=800)
    for part in [rng.random() ** 3 for _ in range(12)] + [1 - 1e-9]:
        between = now + part * (end - now)
        if now < between < end:
            assert evaluate(condition, state, now=between, default_zone=zone) is holds
    if at is not None:
        before = at - timedelta(microseconds=1)
        assert evaluate(condition, state, now=before, default_zone=zone) is holds
        if "anniversary" not in condition.model_dump_json():
            assert evaluate(condition, state, now=at, default_zone=zone) is not holds


@relaxed
@given(condition=conditions, now=nows, zone=zones, seed=st.integers(0, 10_000))
def test_the_explanation_and_the_answer_are_the_same(condition, now, zone, seed):
    state = make_state(random.Random(seed))
    told = explain(condition, state, now=now, default_zone=zone)
    assert told.holds is evaluate(condition, state, now=now, default_zone=zone)
    assert told.render()


def done(within: str, at: datetime, now: datetime) -> bool:
    state = ContactState(history=RawHistory.of([Event("A", at)]))
    return evaluate(parse_condition({"event": "A", "op": "done", "within": within}), state, now=now)


def test_a_window_of_days_begins_at_midnight_utc_and_covers_at_least_its_length():
    edge = datetime(2026, 2, 27, tzinfo=UTC)
    assert done("P30D", edge, NOON)
    assert not done("P30D", edge - timedelta(microseconds=1), NOON)


def test_a_window_with_a_clock_part_is_exact_and_leaves_out_its_start():
    assert not done("PT720H", NOON - timedelta(days=30), NOON)
    assert done("PT720H", NOON - timedelta(days=30) + timedelta(microseconds=1), NOON)


@pytest.mark.parametrize(
    ("within", "flip"),
    [("P1D", datetime(2026, 3, 31, tzinfo=UTC)), ("PT24H", NOON + timedelta(days=1))],
)
def test_an_event_leaves_its_window_at_the_flip(within, flip):
    state = ContactState(history=RawHistory.of([Event("A", NOON)]))
    condition = parse_condition({"event": "A", "op": "not_done", "within": within})
    assert find_flip(condition, state, now=NOON) == flip
    assert prepare(condition, now=flip)(state)


def test_a_pruned_counter_refuses_a_window_longer_than_its_buckets():
    packed = PackedHistory()
    for days in (100, 40, 2):
        packed.add(Event("A", NOON - timedelta(days=days)))
    packed.counters["A", ""].prune(packed.counters["A", ""].kept_from + 1_000_000 + 20_500)
    asked = parse_condition(
        {"event": "A", "measure": "count", "op": "gte", "value": 2, "within": "P90D"}
    )
    with pytest.raises(CannotAnswer):
        evaluate(asked, ContactState(history=packed), now=NOON)


def test_a_birthday_on_29_february_is_kept_on_the_28th_in_common_years():
    state = ContactState({"birthday": "2024-02-29"}, timezone="Europe/Berlin")
    asked = parse_condition({"attribute": "birthday", "op": "anniversary_within", "value": "P1D"})
    assert evaluate(asked, state, now=datetime(2026, 2, 27, 12, tzinfo=UTC))
    assert not evaluate(asked, state, now=datetime(2028, 2, 27, 12, tzinfo=UTC))
    assert find_flip(asked, state, now=datetime(2026, 2, 25, 12, tzinfo=UTC)) == datetime(
        2026, 2, 26, 23, tzinfo=UTC
    )
