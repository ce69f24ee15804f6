from datetime import timedelta

import pytest

from engine.actions.wait_for import asks_for_absence
from engine.decision import Advance, Await, EventArrived, Recheck, SaveContext
from engine.rules.conditions import parse_condition
from tests.engine.actions.making import NOW, at, decide, facts_of, node_of

ORDERED = {"label": "ordered", "event": "Order Completed", "next": "thanks"}
PRO = {"label": "pro", "when": {"attribute": "plan", "op": "is", "value": "pro"}}
TIMEOUT = {"after": "P1D", "next": "later"}
DEADLINE = at("2026-03-26 12:00")


def wait_for(*paths, **fields):
    return node_of("wait_for", paths=list(paths), **({"timeout": TIMEOUT} | fields))


def outcome_of(node, **facts):
    return decide(node, facts_of(**facts)).outcome


def test_nothing_yet_is_waited_for_until_the_time_out():
    assert outcome_of(wait_for(ORDERED)) == Await(DEADLINE)


def test_the_time_out_keeps_the_wall_clock_where_it_is_written_in_days():
    arrived_at = at("2026-03-28 12:00")
    assert outcome_of(wait_for(ORDERED), now=arrived_at) == Await(at("2026-03-29 11:00"))
    elapsed = wait_for(ORDERED, timeout={"after": "PT24H"})
    assert outcome_of(elapsed, now=arrived_at) == Await(at("2026-03-29 12:00"))


def test_an_event_that_arrived_takes_its_path():
    signal = EventArrived("ordered", {"event": "Order Completed"})
    assert outcome_of(wait_for(ORDERED), signal=signal, is_first=False) == Advance("ordered")


def test_r042_an_event_that_came_in_time_wins_although_the_time_is_over():
    signal = EventArrived("ordered", {"event": "Order Completed"})
    assert outcome_of(
        wait_for(ORDERED),
        now=DEADLINE + timedelta(seconds=1),
        arrived_at=NOW,
        signal=signal,
        is_first=False,
    ) == Advance("ordered")


def test_when_the_time_is_over_the_time_out_is_taken():
    given = {"arrived_at": NOW, "is_first": False}
    assert outcome_of(wait_for(ORDERED), now=DEADLINE, **given) == Advance("timeout")


def test_a_run_before_the_time_is_over_waits_on():
    given = {"arrived_at": NOW, "is_first": False}
    early = DEADLINE - timedelta(seconds=1)
    assert outcome_of(wait_for(ORDERED), now=early, **given) == Await(DEADLINE)


def test_r040_a_condition_that_is_true_on_arrival_advances_at_once():
    assert outcome_of(wait_for(ORDERED, PRO)) == Advance("pro")


def test_r040_unless_the_past_is_ignored():
    decision = decide(wait_for(ORDERED, PRO, ignore_past=True), facts_of())
    assert decision.outcome == Await(DEADLINE)
    assert decision.effects == (SaveContext({"_past.here": ["pro"]}),)


def test_with_the_past_ignored_a_condition_counts_once_it_becomes_true_anew():
    node = wait_for(PRO, ignore_past=True)
    given = {"arrived_at": NOW, "is_first": False, "signal": Recheck()}
    context = {"_past": {"here": ["pro"]}}
    assert outcome_of(node, context=context, **given) == Await(DEADLINE)
    left = decide(node, facts_of(context=context, attributes={"plan": "free"}, **given))
    assert (left.outcome, left.effects) == (
        Await(DEADLINE),
        (SaveContext({"_past.here": []}),),
    )
    assert outcome_of(node, context={"_past": {"here": []}}, **given) == Advance("pro")


def test_a_second_visit_remembers_nothing_of_the_first():
    decision = decide(
        wait_for(PRO, ignore_past=True),
        facts_of(context={"_past": {"here": ["pro"]}}, attributes={"plan": "free"}, visit=2),
    )
    assert decision.effects == (SaveContext({"_past.here": []}),)


def test_a_condition_that_became_true_is_found_when_it_is_asked_again():
    given = {"arrived_at": NOW, "is_first": False, "signal": Recheck()}
    node = wait_for(ORDERED, PRO)
    assert outcome_of(node, attributes={"plan": "free"}, **given) == Await(DEADLINE)
    assert outcome_of(node, attributes={"plan": "pro"}, **given) == Advance("pro")


def test_r044_of_several_that_are_true_together_the_first_in_the_list_is_taken():
    other = {"label": "any plan", "when": {"attribute": "plan", "op": "exists"}}
    assert outcome_of(wait_for(other, PRO)) == Advance("any plan")
    assert outcome_of(wait_for(PRO, other)) == Advance("pro")


@pytest.mark.parametrize(
    ("since", "occurred_at", "counts"),
    [
        ("node", "2026-03-25 11:59", False),
        ("entry", "2026-03-25 10:00", True),
        ("entry", "2026-03-25 08:59", False),
        ("P7D", "2026-03-18 12:01", True),
        ("P7D", "2026-03-18 12:00", False),
    ],
)
def test_r041_events_count_since_the_node_the_entry_or_so_long(since, occurred_at, counts):
    outcome = outcome_of(
        wait_for(ORDERED, since=since),
        entered_at=at("2026-03-25 09:00"),
        events=[("Order Completed", at(occurred_at), {})],
    )
    assert outcome == (Advance("ordered") if counts else Await(DEADLINE))


def test_r041_the_event_that_let_the_subject_in_does_not_itself_count():
    came = {"event": "Order Completed", "occurred_at": "2026-03-25T08:00:00Z"}
    given = {"trigger": came, "entered_at": at("2026-03-25 09:00")}
    node = wait_for(ORDERED, since="entry")
    first, second = at("2026-03-25 08:00"), at("2026-03-25 08:30")
    assert outcome_of(node, events=[("Order Completed", first, {})], **given) == Await(DEADLINE)
    assert outcome_of(node, events=[("Order Completed", second, {})], **given) == Advance("ordered")


def test_past_events_are_filtered_and_about_the_same_thing():
    large = {"where": {"property": "total", "op": "gte", "value": 50}}
    node = wait_for(ORDERED | large, since="entry")

    def answer(**properties):
        return outcome_of(
            node,
            entered_at=at("2026-03-25 09:00"),
            events=[("Order Completed", at("2026-03-25 10:00"), properties)],
            entry_key="c1",
            entry_place="properties.cart_id",
        )

    assert answer(total=50, cart_id="c1") == Advance("ordered")
    assert answer(total=50, cart_id="c2") == Await(DEADLINE)
    assert answer(total=49, cart_id="c1") == Await(DEADLINE)
    assert answer(total=50) == Advance("ordered")  # names no cart, so it is about all of them


def test_past_events_are_looked_at_on_arrival_only():
    events = [("Order Completed", at("2026-03-25 12:10"), {})]
    assert outcome_of(
        wait_for(ORDERED, since="entry"),
        now=at("2026-03-25 12:30"),
        arrived_at=NOW,
        entered_at=at("2026-03-25 09:00"),
        events=events,
        is_first=False,
        signal=Recheck(),
    ) == Await(DEADLINE)


NOT_ORDERED = {
    "label": "still nothing",
    "when": {"event": "Order Completed", "op": "not_done", "within": "P1D"},
}


def test_r046_what_did_not_happen_is_asked_when_the_time_is_over_and_not_before():
    node = wait_for(NOT_ORDERED)
    assert outcome_of(node) == Await(DEADLINE)
    given = {"arrived_at": NOW, "is_first": False}
    assert outcome_of(node, signal=Recheck(), **given) == Await(DEADLINE)
    assert outcome_of(node, now=DEADLINE, **given) == Advance("still nothing")
    events = [("Order Completed", at("2026-03-25 18:00"), {})]
    assert outcome_of(node, now=DEADLINE, events=events, **given) == Advance("timeout")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"event": "E", "op": "done"}, False),
        ({"event": "E", "op": "not_done"}, True),
        ({"none": [{"event": "E", "op": "done"}]}, True),
        ({"none": [{"event": "E", "op": "not_done"}]}, False),
        ({"none": [{"none": [{"event": "E", "op": "not_done"}]}]}, True),
        ({"message": "nudge", "op": "not_clicked"}, True),
        ({"message": "nudge", "op": "clicked"}, False),
        ({"template": "t", "op": "not_opened"}, True),
        ({"attribute": "plan", "op": "is_not", "value": "pro"}, False),
        (
            {"all": [{"attribute": "a", "op": "exists"}, {"message": "n", "op": "not_sent"}]},
            True,
        ),
    ],
)
def test_r046_which_conditions_ask_what_did_not_happen(condition, expected):
    assert asks_for_absence(parse_condition(condition)) is expected


def test_a_condition_that_time_alone_makes_true_is_asked_again_then():
    quiet = {
        "label": "calm again",
        "when": {
            "event": "Complaint",
            "measure": "count",
            "op": "lt",
            "value": 2,
            "within": "PT6H",
        },
    }
    events = [("Complaint", at("2026-03-25 09:00"), {}), ("Complaint", at("2026-03-25 11:00"), {})]
    assert outcome_of(wait_for(quiet), events=events) == Await(at("2026-03-25 15:00"))
    assert outcome_of(
        wait_for(quiet),
        events=events,
        now=at("2026-03-25 15:00"),
        arrived_at=NOW,
        is_first=False,
    ) == Advance("calm again")


def test_any_event_cannot_be_looked_back_for():
    path = {"label": "moved", "event": "any"}
    assert wait_for(path).paths_[0].event == "any"
    with pytest.raises(ValueError, match="leave 'since' and 'choose' out"):
        wait_for(path, since="entry")


def test_a_path_of_its_own_event_holds_nobody_and_the_time_out_does():
    ways = {way.label: way.holds for way in wait_for(ORDERED, PRO).paths()}
    assert ways == {
        "ordered": timedelta(),
        "pro": timedelta(),
        "timeout": timedelta(hours=23),
    }


CANCELLED = {"label": "cancelled", "event": "Order Cancelled", "next": "sorry"}
RANKED = wait_for(CANCELLED, ORDERED, PRO, choose="ranked")
SOON = NOW + timedelta(hours=1)


def ordered_signal():
    return EventArrived("ordered", {"event": "Order Completed"})


def test_r044_ranked_holds_to_the_end_of_the_time_and_takes_the_highest_that_came():
    free = {"attributes": {"plan": "free"}, "arrived_at": NOW, "is_first": False}
    waiting = decide(RANKED, facts_of(now=SOON, signal=ordered_signal(), **free))
    assert waiting.outcome == Await(DEADLINE)
    assert waiting.effects == (SaveContext({"_best.here": [1, "ordered"]}),)
    context = {"_best": {"here": [1, "ordered"]}}
    assert outcome_of(RANKED, now=DEADLINE, context=context, **free) == Advance("ordered")


def test_r044_the_highest_of_all_is_taken_at_once():
    signal = EventArrived("cancelled", {"event": "Order Cancelled"})
    context = {"_best": {"here": [1, "ordered"]}}
    given = {"now": SOON, "arrived_at": NOW, "is_first": False, "signal": signal}
    assert outcome_of(RANKED, context=context, **given) == Advance("cancelled")


def test_r044_what_came_while_another_was_being_handled_is_found_in_the_past():
    events = [("Order Cancelled", NOW + timedelta(minutes=5), {})]
    given = {"now": SOON, "arrived_at": NOW, "is_first": False, "signal": ordered_signal()}
    assert outcome_of(RANKED, events=events, **given) == Advance("cancelled")


def test_r044_what_came_before_the_arrival_or_after_the_time_does_not_count():
    events = [
        ("Order Cancelled", NOW - timedelta(minutes=5), {}),
        ("Order Cancelled", DEADLINE + timedelta(seconds=1), {}),
    ]
    free = {"attributes": {"plan": "free"}, "arrived_at": NOW, "is_first": False}
    late = {"now": DEADLINE + timedelta(minutes=1)}
    assert outcome_of(RANKED, events=events, **late, **free) == Advance("timeout")


def test_r044_a_condition_that_was_true_meanwhile_counts_when_the_time_is_over():
    arrival = decide(RANKED, facts_of())
    assert arrival.outcome == Await(DEADLINE)
    assert arrival.effects == (SaveContext({"_best.here": [1, "pro"]}),)
    given = {"arrived_at": NOW, "is_first": False, "attributes": {"plan": "free"}}
    context = {"_best": {"here": [1, "pro"]}}
    assert outcome_of(RANKED, now=DEADLINE, context=context, **given) == Advance("pro")


def test_r044_another_visit_begins_anew():
    context = {"_best": {"here": [1, "ordered"]}}
    free = {"attributes": {"plan": "free"}, "arrived_at": NOW, "is_first": False}
    assert outcome_of(RANKED, now=DEADLINE, visit=2, context=context, **free) == Advance("timeout")


def test_ranked_paths_cannot_ask_for_any_event():
    with pytest.raises(ValueError, match="'any' event is taken as it comes"):
        wait_for({"label": "whatever", "event": "any"}, choose="ranked")
