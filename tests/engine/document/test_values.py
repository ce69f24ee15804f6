import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from engine.document.values import MissingValue, Structure, fill, list_references

ROOTS = {"trigger": {"properties": {"id": 7, "none": None, "list": [1]}}, "entry_key": "c1"}
STRUCTURE = TypeAdapter(Structure)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "$x", "or"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(json_values)
def test_what_has_no_holes_stays_as_it_is(value):
    assert fill(value, ROOTS) == value
    assert list(list_references(value)) == []


@given(json_values)
def test_what_is_literal_stays_as_it_is_whatever_it_holds(value):
    assert fill({"$literal": value}, {}) == value
    assert fill({"a": [{"$literal": {"$": value}}]}, {}) == {"a": [{"$": value}]}


@given(json_values)
def test_a_hole_takes_any_value_and_nothing_in_it_is_filled_again(value):
    found = {"$": "trigger.properties.id", "inner": value}
    assert fill([{"$": "trigger.x"}], {"trigger": {"x": found}}) == [found]


def test_holes_are_filled_at_any_depth():
    structure = {"a": {"$": "trigger.properties.id"}, "b": [{"c": {"$": "entry_key"}}]}
    assert fill(structure, ROOTS) == {"a": 7, "b": [{"c": "c1"}]}


def test_null_is_a_value_but_a_fallback_is_preferred_to_it():
    assert fill({"$": "trigger.properties.none"}, ROOTS) is None
    assert fill({"$": "trigger.properties.none", "or": "x"}, ROOTS) == "x"


def test_a_fallback_is_used_where_nothing_is_there_and_may_be_null():
    assert fill({"$": "trigger.properties.gone", "or": [1]}, ROOTS) == [1]
    assert fill({"$": "trigger.properties.gone", "or": None}, ROOTS) is None


@pytest.mark.parametrize(
    "path", ["trigger.properties.gone", "context.x", "trigger.properties.list.0"]
)
def test_a_missing_value_without_a_fallback_is_an_error_that_names_it(path):
    with pytest.raises(MissingValue) as caught:
        fill({"a": [{"$": path}]}, ROOTS)
    assert caught.value.path == path
    assert caught.value.code == "missing_value"


@pytest.mark.parametrize(
    "hole",
    [
        {"$": "os.environ"},
        {"$": "trigger"},
        {"$": "entry_key.x"},
        {"$": "subjects.state"},
        {"$": 7},
        {"$": "trigger.a", "else": 1},
        {"$": "trigger.a b"},
        {"$": "trigger.a\n"},
    ],
)
def test_a_hole_that_is_not_written_as_one_is_refused(hole):
    with pytest.raises(ValueError, match="roots"):
        STRUCTURE.validate_json(json.dumps({"deep": [hole]}))


def test_a_structure_is_at_most_ten_deep():
    def nest(depth):
        value = 1
        for _ in range(depth):
            value = [value]
        return json.dumps(value)

    assert STRUCTURE.validate_json(nest(10))
    with pytest.raises(ValueError, match="10 deep"):
        STRUCTURE.validate_json(nest(11))
