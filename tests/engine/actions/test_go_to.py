import pytest

from engine.decision import Advance
from tests.engine.actions.making import decide, facts_of, node_of


def test_a_jump_is_made_as_often_as_it_says_and_then_otherwise():
    node = node_of("go_to", next="ask", at_most=2, otherwise={"next": "give-up"})
    taken = [decide(node, facts_of(visit=visit)).outcome for visit in (1, 2, 3, 4)]
    assert taken == [Advance("next")] * 2 + [Advance("otherwise")] * 2


def test_without_a_limit_it_always_jumps():
    assert decide(node_of("go_to", next="ask"), facts_of(visit=99)).outcome == Advance("next")


def test_a_limit_without_otherwise_completes():
    ways = node_of("go_to", next="ask", at_most=1).paths()
    assert [(way.label, way.next) for way in ways] == [("next", "ask"), ("otherwise", None)]


def test_otherwise_without_a_limit_would_never_be_taken_and_is_refused():
    with pytest.raises(ValueError, match="at_most"):
        node_of("go_to", next="ask", otherwise={})
