"""The JSON of a request: what is good is taken as it is, what is not is marked where it stands."""

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events.json_body import BadItem, Unstorable, parse_json

NAMES = st.text(st.sampled_from('ab:"\\{}é'), max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.booleans())
def test_good_json_means_what_it_says(value, is_ascii):
    assert parse_json(json.dumps(value, ensure_ascii=is_ascii).encode()) == value


@given(NAMES, NAMES, VALUES, VALUES)
def test_a_name_twice_is_found_wherever_it_stands(name, other, one, two):
    inner = f"{{{json.dumps(name)}: {json.dumps(one)}, {json.dumps(name)}: {json.dumps(two)}}}"
    parsed = parse_json(f"{{{json.dumps(other)}: [1, {inner}]}}".encode())
    assert parsed[other][1].code == "duplicate_name"


def test_an_escaped_colon_hides_no_repetition():
    parsed = parse_json(b'{"a": 1, "a": 2, "b": "\\u003a"}')
    assert parsed == Unstorable("duplicate_name", parsed.message)


def test_an_escaped_name_is_the_name_it_means():
    assert parse_json(b'{"a": 1, "\\u0061": 2}').code == "duplicate_name"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "9" * 5_000])
def test_what_is_no_number_costs_its_own_place_alone(number):
    parsed = parse_json(f'[{{"n": {number}}}, {{"n": 1}}]'.encode())
    assert parsed[0]["n"].code == "bad_number"
    assert parsed[1] == {"n": 1}


def test_half_a_character_pair_leaves_the_rest_readable():
    assert parse_json(b'["\\ud83d", "ok"]') == ["\ud83d", "ok"]


def test_a_byte_order_mark_is_no_part_of_it():
    assert parse_json(b"\xef\xbb\xbf{}") == {}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"{} {}", "not_json"),
        (b"{'a': 1}", "not_json"),
        (b'{"a": 1,}', "not_json"),
        (b'{"a": 01}', "not_json"),
        (b'"\xff"', "not_utf8"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
        (b"[" * 5_000 + b"]" * 5_000, "too_deep"),
    ],
)
def test_what_is_no_json_is_refused_with_its_reason(body, code):
    with pytest.raises(BadItem) as refused:
        parse_json(body)
    assert refused.value.item_code == code


def test_depth_that_can_be_read_but_not_written_is_read():
    depth = 300
    parsed = parse_json(b'{"a":' * depth + b"1" + b"}" * depth)
    for _ in range(depth):
        parsed = parsed["a"]
    assert parsed == 1


def test_what_orjson_reads_we_read_alike():
    body = b'{"a": [1, 2.5, -0, true, null, "x"], "b": {"c": "\\u00e9\\n"}}'
    assert parse_json(body) == orjson.loads(body)
