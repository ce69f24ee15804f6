"""People inside a journey that is edited: who moves, when, and what is never done twice."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.errors import Unmapped
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.edits import Fate
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing.preview import plan_publish
from engine.journeys.publishing.publish import Migration, publish, save_draft
from engine.journeys.reporting.reports import report
from engine.journeys.running.live import load_plans
from engine.models.journey import Enrollment, GoalReached, JourneyVersion
from engine.models.message import Message
from tests.shop import NOON, SEND

TRIGGER = {"trigger": {"kind": "event", "event": "Signed Up"}}
NODES = {
    "a": {**SEND, "next": "w"},
    "w": {"kind": "wait", "for": "PT72H", "next": "b"},
    "b": SEND,
}


def edit(shop, nodes, moves=None, *, per_minute=600, **document):
    """Publish an edit and move everybody."""
    document = {"format": 1, "key": "j", "name": "J", **TRIGGER, "start": "a", **document}
    parsed = parse_journey(json.dumps({**document, "nodes": nodes}))
    with shop.database.transaction() as session:
        save_draft(session, parsed, now=shop.now)
        plan = plan_publish(session, parsed, moves or {}, now=shop.now, default_zone="UTC")
        migration = Migration(moves or {}, "UTC", per_minute)
        done = publish(session, "j", by="test", now=shop.now, migration=migration)
    assert [place.to_json() for place in done.moved] == [place.to_json() for place in plan.places]
    return done


def sign_up(shop, *people):
    for person in people:
        shop.say(event="Signed Up", userId=person)
    shop.work()


def start(shop, *people, nodes=NODES, **document):
    shop.publish(**TRIGGER, start="a", nodes=nodes, **document)
    sign_up(shop, *(people or ("ann",)))


def sent(shop):
    return sorted(shop.ask(Message.enrollment_id, Message.node, Message.visit))


def test_r095_people_stay_on_their_version_unless_they_are_moved(shop):
    start(shop)
    edited = {**NODES, "b": {**SEND, "template": "later"}}
    shop.publish(**TRIGGER, start="a", nodes=edited)
    sign_up(shop, "bea")
    versions = shop.ask(Enrollment.version_id)
    assert len(set(versions)) == 2
    shop.pass_time(hours=72)
    assert sorted(shop.ask(Message.template)) == [("hello",)] * 3 + [("later",)]


def test_r096_those_who_stay_wait_as_the_edit_says_crediting_time_served(shop):
    start(shop, "ann", "bea")
    shop.pass_time(hours=24)
    done = edit(
        shop,
        {"c": {**SEND, "next": "a"}, **NODES, "w": {**NODES["w"], "for": "PT96H"}},
        start="c",
    )
    (place,) = done.moved
    assert (place.node, len(place.ids), place.move.fate, place.released) == ("w", 2, Fate.STAY, 0)
    assert shop.ask(Enrollment.wake_at) == [(NOON + timedelta(hours=96),)] * 2
    shop.pass_time(hours=71)
    assert shop.messages == ["a", "a"]
    shop.pass_time(hours=1)
    assert shop.messages == ["a", "a", "b", "b"]


def test_r096_those_who_stay_in_a_journey_that_has_become_shorter_wait_on(shop):
    tags = {"t1": {"kind": "tag", "add": ["x"], "next": "t2"}}
    tags["t2"] = {"kind": "tag", "add": ["y"], "next": "w"}
    wait = {"kind": "wait", "for": "PT72H"}
    start(shop, nodes={"a": {**SEND, "next": "t1"}, **tags, "w": wait})
    edit(shop, {"a": {**SEND, "next": "w"}, "w": wait | {"for": "PT96H"}})
    assert shop.ask(Enrollment.wake_at) == [(NOON + timedelta(hours=96),)]
    shop.pass_time(hours=96)
    assert shop.ask(Enrollment.status) == [(2,)]


def test_r096_an_occupied_node_without_a_place_to_go_is_refused_with_the_counts(shop):
    start(shop, "ann", "bea")
    with pytest.raises(Unmapped) as refused:
        edit(shop, {"a": {**SEND, "next": "b"}, "b": SEND})
    (problem,) = refused.value.problems
    assert (problem["node"], problem["people"], problem["version"]) == ("w", 2, 1)
    with shop.database.reading() as session:
        assert session.query(JourneyVersion).count() == 1


@pytest.mark.parametrize(
    ("to", "status", "nodes"),
    [("exit", 3, ["a"]), ("continue", 2, ["a", "b"]), ("b", 2, ["a", "b"])],
)
def test_r096_a_map_takes_people_out_on_or_elsewhere_and_is_kept(shop, to, status, nodes):
    start(shop)
    edit(shop, {"a": {**SEND, "next": "b"}, "b": SEND}, {"w": to})
    shop.work()
    assert shop.ask(Enrollment.status) == [(status,)]
    assert shop.messages == nodes
    kept = [moves for (moves,) in shop.ask(JourneyVersion.moves) if moves]
    (place,) = kept[0]["moves"][0]["places"]
    assert (place["node"], place["people"]) == ("w", 1)


def test_r096_people_of_all_older_versions_move(shop):
    start(shop)
    shop.publish(**TRIGGER, start="a", nodes={**NODES, "b": {**SEND, "template": "later"}})
    sign_up(shop, "bea")
    done = edit(shop, {**NODES, "w": {**NODES["w"], "for": "PT1H"}})
    assert [(place.plan.number, len(place.ids)) for place in done.moved] == [(1, 1), (2, 1)]
    assert len(set(shop.ask(Enrollment.version_id))) == 1


def test_r097_those_whose_wait_is_over_leave_in_a_wave_that_the_plan_foretells(shop):
    start(shop, *"abcde")
    shop.pass_time(hours=48)
    done = edit(shop, {**NODES, "w": {**NODES["w"], "for": "PT24H"}}, per_minute=1)
    assert [place.released for place in done.moved] == [5]
    shop.work()
    assert shop.messages.count("b") == 1
    shop.pass_time(minutes=2)
    assert shop.messages.count("b") == 3
    shop.pass_time(minutes=2)
    assert shop.messages.count("b") == 5


def test_r098_who_is_sent_back_gets_the_letter_again_and_who_stays_does_not(shop):
    start(shop, "ann", "bea")
    edit(shop, {"x": {**SEND, "next": "a"}, **NODES}, start="x")
    shop.work()
    assert sent(shop) == [(1, "a", 1), (2, "a", 1)]
    edit(shop, {"a": {**SEND, "next": "v"}, "v": {"kind": "wait", "for": "P1D"}}, {"w": "a"})
    shop.pass_time(minutes=1)
    assert [each for each in sent(shop) if each[1] == "a"] == [
        (1, "a", 1),
        (1, "a", 2),
        (2, "a", 1),
        (2, "a", 2),
    ]


def test_r099_nodes_added_behind_nobody_go_back_for(shop):
    start(shop)
    before = {"new": {**SEND, "next": "a"}, **NODES}
    edit(shop, before, start="new")
    shop.pass_time(hours=72)
    assert shop.messages == ["a", "b"]
    sign_up(shop, "bea")
    assert sorted(shop.messages) == ["a", "a", "b", "new"]


def test_r101_goals_of_a_version_are_frozen_and_other_goals_are_another_series(shop):
    goal = {"name": "bought", "event": "Order Completed"}
    start(shop, goals=[goal])
    shop.publish(**TRIGGER, start="a", nodes=NODES, goals=[{**goal, "name": "other"}])
    sign_up(shop, "bea")
    for person in ("ann", "bea"):
        shop.say(event="Order Completed", userId=person)
    shop.work()
    assert sorted(shop.ask(GoalReached.enrollment_id, GoalReached.goal)) == [
        (1, "bought"),
        (2, "other"),
    ]
    with shop.database.reading() as session:
        assert report(session, get_journey(session, "j"))["goals"] == {
            "other": {"reached": 1, "value": None}
        }


def test_r096_people_stand_at_the_nodes_that_the_document_names_in_its_own_order(shop):
    """Whatever order a database would put keys into, also where draft and version come at once."""
    hours = {"kind": "wait", "for": "PT24H"}
    nodes = {"longest-of-all": {**hours, "next": "zz"}, "zz": {**hours, "next": "b"}, "b": SEND}
    shop.publish(**TRIGGER, start="longest-of-all", nodes=nodes)
    sign_up(shop, "ann")
    shop.work()
    first = {"kind": "tag", "add": ["x"], "next": "longest-of-all"}
    edited = {"an-even-longer-one": first, **nodes}
    with shop.database.transaction() as session:
        document = {"format": 1, "key": "j", "name": "J", **TRIGGER, "start": "an-even-longer-one"}
        save_draft(session, parse_journey(json.dumps(document | {"nodes": edited})), now=shop.now)
        publish(session, "j", by="test", now=shop.now, migration=Migration({}, "UTC"))
    with shop.database.reading() as session:
        ((version, place),) = session.execute(select(Enrollment.version_id, Enrollment.node))
        plan = load_plans(session, [version])[version]
        assert (plan.number, plan.keys[place]) == (2, "longest-of-all")
        assert list(plan.document.nodes) == list(edited)


def test_r101_who_is_through_an_older_version_reaches_its_goals_by_its_own_names(shop):
    first = [{"name": "bought", "event": "Order Completed"}]
    shop.publish(**TRIGGER, start="t", nodes={"t": {"kind": "tag", "add": ["x"]}}, goals=first)
    sign_up(shop, "ann")
    shop.work()
    later = [{"name": "paid", "event": "Invoice Paid"}]
    shop.publish(**TRIGGER, start="a", nodes=NODES, goals=later)
    for event in ("Order Completed", "Invoice Paid"):
        shop.say(event=event, userId="ann")
    shop.work()
    assert shop.ask(GoalReached.enrollment_id, GoalReached.goal) == [(1, "bought")]


def test_r104_publishing_again_without_a_change_moves_and_sends_nothing(shop):
    start(shop)
    before = shop.ask(Enrollment.id, Enrollment.seq, Enrollment.wake_at)
    done = edit(shop, NODES)
    shop.work()
    assert not done.is_new
    assert done.moved == ()
    assert shop.ask(Enrollment.id, Enrollment.seq, Enrollment.wake_at) == before
    assert shop.messages == ["a"]
