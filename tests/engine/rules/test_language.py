"""What the language of conditions does not take, and what its patterns mean."""

from typing import Any

import pytest

from engine.rules.conditions import parse_condition
from engine.rules.evaluate import ContactState, evaluate
from engine.rules.patterns import BadPattern, matches_pattern
from engine.rules.truth_table import NOW
from tests.engine.rules.world import both, having


@pytest.mark.parametrize(
    "pattern",
    [
        "(a",
        "a**",
        "a*?",
        r"(a)\1",
        "(?=a)",
        "[[:alpha:]]",
        "a{1,999}",
        "((a{50}){50}){50}",
        "",
        "|a",
        r"\bx",
        "[z-a]",
        "[]",
        r"\p{L}",
        "^*",
    ],
)
def test_a_pattern_outside_the_small_language_is_refused(pattern):
    with pytest.raises(BadPattern):
        matches_pattern(pattern, "a")


@pytest.mark.parametrize(
    ("pattern", "value", "found"),
    [
        ("^a.b$", "a\nb", True),
        ("b$", "b\n", False),
        (r"^\d$", "٣", False),
        (r"^\w$", "é", False),
        ("^[^a]$", "é", True),
        (r"[a\-z]", "-", True),
        ("^(a|b){2}$", "ab", True),
    ],
)
def test_patterns_mean_the_same_everywhere(database, pattern, value, found):
    assert both(database, {"attribute": "x", "op": "matches", "value": pattern}, having(value)) == [
        found
    ]


@pytest.mark.parametrize(
    "bad",
    [
        {"all": []},
        {"attribute": 'a"b', "op": "exists"},
        {"attribute": "a", "op": "is"},
        {"attribute": "a", "op": "is", "value": "\0"},
        {"attribute": "a", "op": "gt", "value": "5"},
        {"attribute": "a", "op": "gt", "value": float("nan")},
        {"attribute": "a", "op": "exists", "value": 1},
        {"event": "A", "op": "done", "within": "P1M"},
        {"event": "A", "measure": "sum", "op": "gt", "value": 1},
        {
            "event": "A",
            "op": "done",
            "where": {"property": "p", "op": "within_last", "value": "P1D"},
        },
        {"attribute": "a", "op": "gt", "value": 1, "ignore_case": True},
    ],
)
def test_a_malformed_condition_is_refused(bad):
    with pytest.raises(ValueError):
        parse_condition(bad)


def test_nesting_ten_deep_is_read_and_eleven_is_refused():
    leaf: Any = {"segment": "vip", "op": "member"}
    for _ in range(10):
        leaf = {"all": [leaf]}
    assert evaluate(parse_condition(leaf), ContactState(segments=frozenset({"vip"})), now=NOW)
    with pytest.raises(ValueError, match="10 groups"):
        parse_condition({"all": [leaf]})
    for _ in range(100_000):
        leaf = {"all": [leaf]}
    with pytest.raises(ValueError, match="10 groups"):
        parse_condition(leaf)
