"""Calls of Segment's HTTP Tracking API: judged one by one."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import TooMuch
from engine.events.incoming import (
    DEEPEST,
    MOST_BYTES,
    MOST_IN_LIST,
    MOST_PROPERTIES,
    Incoming,
    parse_body,
    parse_time,
    read_call,
)
from engine.events.json_body import BadItem, parse_json

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def read(kind="track", **given):
    call = {"type": kind, "userId": "ann", **({"event": "Bought"} if kind == "track" else {})}
    return read_call(call | given, kind=None, received_at=NOW)


def refuse(data=None, **given):
    with pytest.raises(BadItem) as refused:
        read(**given) if data is None else read_call(data, kind=None, received_at=NOW)
    return refused.value.item_code


@pytest.mark.parametrize(
    ("kind", "given", "name", "data"),
    [
        ("track", {"properties": {"total": 5}}, "Bought", {"total": 5}),
        ("identify", {"traits": {"plan": "pro"}}, "Contact Identified", {"plan": "pro"}),
        (
            "page",
            {"name": "Home", "category": "Docs", "properties": {"url": "/"}},
            "Page Viewed",
            {"name": "Home", "category": "Docs", "url": "/"},
        ),
        ("screen", {"name": "Main"}, "Screen Viewed", {"name": "Main"}),
        (
            "group",
            {"groupId": "acme", "traits": {"size": 3}},
            "Group Joined",
            {"size": 3, "groupId": "acme"},
        ),
        ("alias", {"previousId": "old"}, "Contact Aliased", {}),
    ],
)
def test_every_kind_of_call_becomes_its_event(kind, given, name, data):
    call = read(kind, **given)
    assert (call.kind, call.name, call.data) == (kind, name, data)
    assert (call.external, call.occurred_at) == ("ann", NOW)


def test_a_call_is_the_same_after_it_was_stored():
    call = read(
        properties={"a": [1, {"b": None}]},
        context={"page": {"url": "/"}, "traits": {"x": 1}, "ip": "192.0.2.1"},
        timestamp="2026-03-01T11:00:00.123456Z",
        messageId="m",
        anonymousId="a",
    )
    assert Incoming.from_json(orjson.loads(orjson.dumps(call.to_json()))) == call


def test_of_the_context_nothing_is_kept_that_nobody_reads():
    call = read(
        context={"ip": "192.0.2.1", "userAgent": "x", "page": {"url": "/"}, "journey_id": 7}
    )
    assert call.context == {"page": {"url": "/"}}


def test_the_batchs_context_stands_under_the_items_own():
    call = read_call(
        {"type": "track", "event": "x", "userId": "u", "context": {"page": {"url": "/own"}}},
        kind=None,
        received_at=NOW,
        context={"page": {"url": "/all"}, "library": {"name": "lib"}},
    )
    assert call.context == {"page": {"url": "/own"}, "library": {"name": "lib"}}


def test_traits_of_rudderstack_stand_in_the_context():
    call = read("identify", context={"traits": {"plan": "pro", "age": 1}}, traits={"age": 2})
    assert (call.data, call.context) == ({"plan": "pro", "age": 2}, {})


@pytest.mark.parametrize("given", [7, "7"])
def test_an_id_sent_as_a_number_is_its_digits(given):
    assert read(userId=given).external == "7"


@pytest.mark.parametrize("bad", [{}, [], True, 1.5, "", "   ", "x" * 10_000, "a\0", "\ud800"])
def test_a7_what_is_no_id_is_refused(bad):
    assert refuse(userId=bad) in ("bad_id", "bad_string")


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString", "' OR 1=1 --"])
def test_a7_odd_names_are_mere_text(name):
    assert read(userId=name, properties={name: name}).data == {name: name}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "order"}, "unknown_type"),
        ({"kind": None}, "unknown_type"),
        ({"kind": ["track"]}, "unknown_type"),
        ({"userId": None}, "missing_id"),
        ({"event": None}, "missing_event"),
        ({"event": " "}, "missing_event"),
        ({"event": 7}, "missing_event"),
        ({"event": "x" * 129}, "too_long"),
        ({"event": "a\0"}, "bad_string"),
        ({"properties": []}, "not_an_object"),
        ({"context": "x"}, "not_an_object"),
        ({"kind": "alias"}, "missing_id"),
        ({"kind": "alias", "userId": None, "anonymousId": "a", "previousId": "b"}, "missing_id"),
        ({"messageId": {}}, "bad_id"),
        ({"properties": {"a": "x\0"}}, "bad_string"),
        ({"properties": {"a\0": 1}}, "bad_string"),
        ({"properties": {"a": ["\ud800"]}}, "bad_string"),
        ({"properties": {"a": 2**53 + 1}}, "bad_number"),
        ({"properties": {"a": -(2**63)}}, "bad_number"),
        ({"properties": {"a": float("inf")}}, "bad_number"),
        ({"properties": {"a": float("nan")}}, "bad_number"),
        ({"properties": {str(n): n for n in range(MOST_PROPERTIES + 1)}}, "too_many"),
        ({"properties": {"a": {str(n): n for n in range(1_000)}}}, "too_many"),
        ({"properties": {"a": [0] * (MOST_IN_LIST + 1)}}, "too_many"),
        ({"properties": {"a": "x" * 100_000}}, "too_long"),
        ({"context": {"page": {"url": "x" * 100_000}}}, "too_long"),
        ({"context": {"traits": {"a": "\0"}}}, "bad_string"),
        ({"kind": "page", "name": "x\0"}, "bad_string"),
        ({"timestamp": "yesterday"}, "bad_time"),
        ({"timestamp": 1772366400}, "bad_time"),
        ({"timestamp": "2026-02-30T00:00:00Z"}, "bad_time"),
        ({"timestamp": "2016-12-31T23:59:60Z"}, "bad_time"),
        ({"timestamp": "-2026-01-01T00:00:00Z"}, "bad_time"),
    ],
)
def test_r010a_a1_to_a10_what_cannot_be_kept_is_refused(given, code):
    assert refuse(**given) == code


@pytest.mark.parametrize("data", [None, [], "x", 1, True])
def test_an_item_is_an_object(data):
    code = refuse([data]) if data is None else refuse(data)
    assert code == "not_an_object"


def nest(depth):
    inner = 1
    for _ in range(depth):
        inner = {"a": inner}
    return inner


def test_a1_nesting_is_allowed_to_a_depth_and_refused_behind_it():
    assert read(properties=nest(DEEPEST)).data == nest(DEEPEST)
    assert refuse(properties=nest(DEEPEST + 1)) == "too_deep"


@pytest.mark.parametrize(
    "body",
    [
        b'{"userId": "a", "userId": "b", "type": "track", "event": "x"}',
        b'{"userId": "a", "type": "track", "event": "x", "properties": {"p": 1, "p": 2}}',
        b'{"userId": "a", "type": "track", "event": "x", "context": {"page": {"p": 1, "p": 2}}}',
    ],
)
def test_a6_a_name_twice_is_refused(body):
    assert refuse(parse_json(body)) == "duplicate_name"


def test_a2_more_than_a_request_may_hold_is_refused():
    with pytest.raises(TooMuch) as refused:
        parse_body(b" " * (MOST_BYTES + 1))
    assert refused.value.retry_after is None


@pytest.mark.parametrize("value", [0, -0.0, 1.5, 2**53, -(2**53), 1e-300, None, True, "", []])
def test_values_are_kept_as_they_are(value):
    kept = read(properties={"v": value}).data["v"]
    assert (type(kept), kept) == (type(value), value)


@pytest.mark.parametrize(
    ("stated", "occurred_at", "is_clamped"),
    [
        ("2026-03-01T11:00:00Z", NOW - timedelta(hours=1), False),
        ("2026-03-01T12:00:00+02:00", NOW - timedelta(hours=2), False),
        ("2026-03-01T11:00:00.123456789Z", NOW - timedelta(minutes=59, seconds=59, microseconds=876544), False),
        ("2026-03-01T12:04:00Z", NOW, False),
        ("2026-03-01T12:06:00Z", NOW, True),
        ("2026-12-26T12:00:00Z", NOW, True),
        ("9999-12-31T23:59:59Z", NOW, True),
        ("0001-01-01T00:00:00Z", NOW, True),
    ],
)  # fmt: skip
def test_r004_a_time_that_cannot_be_is_replaced_and_flagged(stated, occurred_at, is_clamped):
    call = read(timestamp=stated)
    assert call.occurred_at == occurred_at
    assert call.context.get("clamped", False) is is_clamped


def test_a_time_given_as_nothing_is_the_time_of_arrival_or_the_original_one():
    assert read(timestamp=None).occurred_at == NOW
    call = read(timestamp=None, originalTimestamp="2026-03-01T11:00:00Z")
    assert call.occurred_at == NOW - timedelta(hours=1)


@given(st.integers(-3_000, 3_000), st.integers(0, 500))
def test_a_wrong_clock_is_put_right_by_when_it_says_it_sent(skew, age):
    """Whatever the sender's clock shows: what happened `age` minutes before sending did so."""
    sent = NOW + skew * MINUTE
    call = read_call(
        {
            "type": "track",
            "event": "x",
            "userId": "u",
            "timestamp": (sent - age * MINUTE).isoformat(),
        },
        kind=None,
        received_at=NOW,
        sent_at=sent.isoformat(),
    )
    wrong = timedelta(0) if abs(skew) > 1 else abs(skew) * MINUTE
    assert abs(call.occurred_at - (NOW - age * MINUTE)) <= wrong


def test_an_items_own_sent_at_comes_first():
    call = read(timestamp="2026-03-01T09:00:00Z", sentAt="2026-03-01T10:00:00Z")
    assert call.occurred_at == NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    "given",
    [{"history": True}, {"context": {"mode": "history"}}],
)
def test_r138_old_news_keep_their_times_however_late_they_are_sent(given):
    call = read(timestamp="2024-01-01T00:00:00Z", sentAt="2024-01-01T00:00:00Z", **given)
    assert (call.is_history, call.occurred_at) == (True, datetime(2024, 1, 1, tzinfo=UTC))


@given(st.text(max_size=45))
def test_any_text_is_a_time_or_none(text):
    instant = parse_time(text)
    assert instant is None or instant.tzinfo is UTC


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(
            ["type", "event", "userId", "traits", "context", "timestamp", "properties", "sentAt", "x"]
        ), inner, max_size=6),
        max_leaves=12,
    )
)  # fmt: skip
def test_whatever_is_sent_is_a_call_or_refused_in_words(data):
    try:
        call = read_call(data, kind="track", received_at=NOW)
    except BadItem as error:
        assert error.item_code
        assert str(error)
    else:
        assert orjson.dumps(call.to_json())
