"""What changed, by name."""

from engine.parts.changes import find_change, is_same


def test_a_change_is_found_by_a_dotted_name():
    changes = {"plan": [{"tier": "a", "n": 1}, {"tier": "b", "n": 1.0}], "x": [None, 1]}
    assert find_change("plan.tier", changes) == ("a", "b")
    assert find_change("plan.n", changes) is None
    assert find_change("x.y", changes) is None
    assert find_change("x", changes) == (None, 1)
    assert find_change("other", changes) is None


def test_values_are_one_in_kind_and_content():
    assert is_same(5, 5.0)
    assert not is_same(1, True)
    assert not is_same("5", 5)
    assert is_same({"a": [1, {"b": 2}]}, {"a": [1.0, {"b": 2}]})
