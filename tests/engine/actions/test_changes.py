"""Nodes that change or tell something and go on, hold up for a turn, or leave."""

from datetime import timedelta

import pytest

from engine.decision import (
    Advance,
    ChangeConsent,
    ChangeTags,
    EmitEvent,
    Leave,
    Notify,
    ReachGoal,
    Sleep,
    StartJourney,
    StopJourney,
    UpdateContact,
)
from engine.document.values import MissingValue
from tests.engine.actions.making import NOW, decide, facts_of, node_of


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


@pytest.mark.parametrize(
    ("held", "change", "becomes"),
    [
        ({}, {"by": 5}, 5),
        ({"heat": 3}, {"by": 5}, 8),
        ({"heat": 3}, {"by": -5}, -2),
        ({"heat": 3}, {"by": -5, "floor": 0}, 0),
        ({"heat": 98}, {"by": 5, "ceiling": 100}, 100),
        ({"heat": 3}, {"to": 0}, 0),
        ({"heat": "much"}, {"by": 1}, 1),
        ({"heat": True}, {"by": 1}, 1),
        ({"heat": 999_999_999}, {"by": 1_000_000_000}, 1_000_000_000),
    ],
)
def test_a_score_is_counted_within_its_bounds(held, change, becomes):
    node = node_of("score", score="heat", **change)
    decision = decide(node, facts_of(attributes={"scores": held}))
    assert decision.outcome == Advance("next")
    assert decision.effects == (UpdateContact(set={"scores.heat": becomes}),)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "either 'by'"),
        ({"by": 1, "to": 1}, "either 'by'"),
        ({"by": 1, "floor": 2, "ceiling": 1}, "above"),
        ({"by": 1.5}, "integer"),
        ({"by": 10**10}, "less than"),
    ],
)
def test_a_score_that_contradicts_itself_is_refused(change, words):
    with pytest.raises(ValueError, match=words):
        node_of("score", score="heat", **change)


def test_a_no_needs_no_confirmation():
    with pytest.raises(ValueError, match="confirmed_by"):
        node_of("consent", topic="t", channel="email", choice="unsubscribed", confirmed_by="letter")


def test_a_yes_that_was_clicked_for_is_one_where_nothing_was_chosen():
    node = node_of("consent", topic="t", channel="sms", choice="subscribed", confirmed_by="ask")
    assert decide(node, facts_of()).effects == ()
    [effect] = decide(node, facts_of(node_messages={"ask": {"clicked": NOW}})).effects
    assert effect == ChangeConsent("t", "sms", "subscribed", "ask", NOW)


def test_an_event_carries_values_filled_in():
    node = node_of("emit_event", event="Lead Warmed", properties={"a.b": {"$": "entry_key"}})
    decision = decide(node, facts_of(entry_key="k"))
    assert (decision.outcome, decision.effects) == (
        Advance("next"),
        (EmitEvent("Lead Warmed", {"a": {"b": "k"}}),),
    )
    with pytest.raises(MissingValue):
        decide(node_of("emit_event", event="X", properties={"a": {"$": "trigger.b"}}), facts_of())


def test_a_journey_is_started_with_data_and_stopped_by_key():
    started = decide(node_of("start_journey", journey="b", data={"n": 1}), facts_of())
    assert started.effects == (StartJourney("b", {"n": 1}),)
    assert decide(node_of("stop_journey", journey="b"), facts_of()).effects == (StopJourney("b"),)
    keyed = node_of(
        "stop_journey", journey="b", entry_key={"$": "trigger.properties.n", "or": None}
    )
    one = decide(keyed, facts_of(trigger={"properties": {"n": 7.0}}))
    assert one.effects == (StopJourney("b", "7"),)
    assert decide(keyed, facts_of()).effects == ()


def test_a_throttle_sleeps_for_no_time_until_it_is_told_the_turn():
    node = node_of("throttle", at_most=1)
    later = NOW + timedelta(seconds=1)
    turns = (None, later, NOW)
    assert [decide(node, facts_of(turn_at=turn)).outcome for turn in turns] == [
        Sleep(NOW),
        Sleep(later),
        Advance("next"),
    ]


@pytest.mark.parametrize("change", [{"at_most": 0}, {"at_most": 1, "per": "PT59S"}])
def test_a_throttle_that_lets_nobody_through_or_counts_over_seconds_is_refused(change):
    with pytest.raises(ValueError):
        node_of("throttle", **change)
