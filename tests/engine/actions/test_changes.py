"""Nodes that change or tell something and go on: update_contact, tag, goal, notify, leave."""

import pytest

from engine.decision import (
    Advance,
    ChangeTags,
    Leave,
    Notify,
    ReachGoal,
    UpdateContact,
)
from engine.document.values import MissingValue
from tests.engine.actions.making import decide, facts_of, node_of


def test_attributes_are_set_removed_and_counted_up():
    node = node_of(
        "update_contact",
        set={"last_order": {"$": "trigger.properties.id"}, "address.city": "Ulm"},
        unset=["trial"],
        increment={"orders": 1},
    )
    decision = decide(node, facts_of(trigger={"properties": {"id": 7}}))
    assert decision.outcome == Advance("next")
    assert decision.effects == (
        UpdateContact({"last_order": 7, "address.city": "Ulm"}, ("trial",), {"orders": 1}),
    )


def test_an_attribute_is_not_set_to_what_is_missing():
    node = node_of("update_contact", set={"last_order": {"$": "trigger.properties.id"}})
    with pytest.raises(MissingValue):
        decide(node, facts_of())


def test_tags_are_added_and_removed():
    decision = decide(node_of("tag", add=["silent"], remove=["new"]), facts_of())
    assert (decision.outcome, decision.effects) == (
        Advance("next"),
        (ChangeTags(("silent",), ("new",)),),
    )


def test_a_goal_is_marked_and_the_enrollment_goes_on():
    decision = decide(node_of("goal", goal="activated"), facts_of())
    assert (decision.outcome, decision.effects) == (Advance("next"), (ReachGoal("activated"),))


def test_leaving_gives_its_reason():
    decision = decide(node_of("leave", reason="not paid"), facts_of())
    assert (decision.outcome, decision.effects) == (Leave("not paid"), ())
    assert node_of("leave", reason="x").paths() == ()


def words_of(text, **data):
    node = node_of("notify", to="owner", text=text, data=data)
    decision = decide(node, facts_of(trigger={"properties": {"id": "T1", "n": 5}}))
    assert decision.outcome == Advance("next")
    [effect] = decision.effects
    assert isinstance(effect, Notify)
    assert effect.to == "owner"
    return effect.words


def test_a_colleague_is_told_with_the_values_filled_in():
    ticket = {"$": "trigger.properties.id"}
    assert words_of("Ticket {{ ticket }}, {{ticket}}.", ticket=ticket) == "Ticket T1, T1."
    assert (
        words_of(
            "{{ order.n }} of {{ all }}", **{"order.n": {"$": "trigger.properties.n"}, "all": [1]}
        )
        == "5 of [1]"
    )
    assert words_of("{{ nobody }}!") == "!"
    assert words_of("{{ empty }}!", empty=None) == "!"


def test_a_value_is_never_read_as_a_hole_itself():
    assert words_of("{{ a }}", a="{{ b }}", b="no") == "{{ b }}"
