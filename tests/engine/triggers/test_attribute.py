import pytest

from engine.triggers.attribute import matches
from tests.engine.triggers.making import trigger_of


def plan(**fields):
    return trigger_of("attribute", attribute="plan", **fields)


def test_whatever_the_change_is_it_lets_in_if_nothing_more_is_asked():
    assert matches(plan(), {"plan": ["free", "pro"]})
    assert matches(plan(), {"plan": [None, "pro"]})
    assert not matches(plan(), {"name": ["Ann", "Anna"]})
    assert not matches(plan(), {"plan": ["pro", "pro"]})


@pytest.mark.parametrize(
    ("fields", "change", "expected"),
    [
        ({"to": "pro"}, ["free", "pro"], True),
        ({"to": "pro"}, ["pro", "free"], False),
        ({"from_": "free"}, ["free", "pro"], True),
        ({"from_": "free", "to": "team"}, ["free", "pro"], False),
        ({"from_": None}, [None, "pro"], True),
        ({"from_": None}, ["free", "pro"], False),
        ({"to": None}, ["pro", None], True),
        ({"to": 5}, [1, 5.0], True),
        ({"to": 1}, [0, True], False),
        ({"to": "5"}, [1, 5], False),
        ({"to": ["a", 1]}, [[], ["a", 1.0]], True),
        ({"to": ["a", 1]}, [[], ["a", True]], False),
        ({"to": {"a": 1, "b": 2}}, [{}, {"b": 2, "a": 1}], True),
    ],
)
def test_before_and_after_are_compared_in_kind_and_content(fields, change, expected):
    assert matches(plan(**fields), {"plan": change}) is expected


def test_a_part_of_an_attribute_is_looked_for_inside_it():
    trigger = trigger_of("attribute", attribute="address.city", to="Ulm")
    assert matches(trigger, {"address": [{"city": "Bonn"}, {"city": "Ulm"}]})
    assert matches(trigger, {"address": [None, {"city": "Ulm"}]})
    assert not matches(trigger, {"address": [{"city": "Ulm"}, {"city": "Ulm", "zip": "89073"}]})
    assert not matches(trigger, {"address": ["Bonn", "Ulm"]})
