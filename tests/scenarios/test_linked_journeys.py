"""Journeys that start and stop one another."""

from datetime import timedelta

import pytest

from engine.errors import InvalidJourney
from engine.journeys.publishing.pausing import pause
from engine.models.event import Event
from engine.models.message import Message
from tests.scenarios.linking import (
    AGAIN,
    SIGNED_UP,
    WAIT,
    called,
    enrollments,
    refusals,
    sign_up,
    start,
)
from tests.shop import NOON, SEND

# --- start_journey


def test_a_started_journey_gets_what_it_is_handed(shop):
    called(
        shop,
        nodes={"w": {**SEND, "data": {"cart": {"$": "trigger.properties.cart"}}}},
    )
    shop.publish(
        trigger=SIGNED_UP,
        start="a",
        nodes={"a": start("called", cart={"$": "trigger.properties.cart_id"})},
    )
    sign_up(shop, properties={"cart_id": "c7"})
    assert enrollments(shop, "called") == [("", 2, None)]
    assert [row[0]["data"] for row in shop.ask(Message.data)] == [{"cart": "c7"}]


def test_a_started_journey_has_its_own_gates(shop):
    called(
        shop,
        entry={"when": {"trigger": "properties.total", "op": "gt", "value": 5}},
        trigger={"kind": "journey", "entry_key": "properties.cart"},
    )
    shop.publish(
        trigger=SIGNED_UP | {"entry_key": "properties.cart"},
        entry=AGAIN,
        start="a",
        nodes={
            "a": start(
                "called",
                cart={"$": "trigger.properties.cart", "or": None},
                total={"$": "trigger.properties.total"},
            )
        },
    )
    for cart, total in ((1, 10), (1, 10), (2, 1), (3, 9)):
        sign_up(shop, properties={"cart": cart, "total": total})
    assert enrollments(shop, "called") == [("1", 1, None), ("3", 1, None)]
    assert refusals(shop, "called") == {"filter": 1, "inside": 1}


def test_only_whom_it_lists_may_start_a_journey(shop):
    called(shop, trigger={"kind": "journey", "from": ["mine"]})
    with pytest.raises(InvalidJourney, match="does not list this one"):
        shop.publish(trigger=SIGNED_UP, start="a", nodes={"a": start("called")})
    shop.publish(key="mine", trigger=SIGNED_UP, start="a", nodes={"a": start("called")})
    called(shop, trigger={"kind": "journey", "from": ["another"]})
    sign_up(shop)
    assert enrollments(shop, "mine") == [("", 2, None)]
    assert enrollments(shop, "called") == []


def test_a_paused_journey_lets_nobody_in(shop):
    called(shop)
    shop.publish(trigger=SIGNED_UP, start="a", nodes={"a": start("called")})
    with shop.database.transaction() as session:
        pause(session, "called", now=shop.now)
    sign_up(shop)
    assert enrollments(shop, "called") == []


def test_a_pass_that_is_repeated_starts_once(shop):
    called(shop, entry=AGAIN)
    shop.publish(trigger=SIGNED_UP, start="a", nodes={"a": start("called")})
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    assert len(shop.ask(Event.id, name="Journey Start Requested")) == 1
    assert len(enrollments(shop, "called")) == 1


# --- stop_journey


def stopper(shop, journey, **node):
    shop.publish(
        key="stopper",
        trigger={"kind": "event", "event": "Bought"},
        entry=AGAIN,
        start="s",
        nodes={"s": {"kind": "stop_journey", "journey": journey, **node}},
    )


def test_a_stopped_journey_ends_and_its_letters_stay(shop):
    shop.publish(trigger=SIGNED_UP, start="a", nodes={"a": {**SEND, "next": "w"}, "w": WAIT})
    stopper(shop, "j")
    sign_up(shop)
    assert shop.ask(Message.state) == [(0,)]
    shop.say(event="Bought", userId="ann")
    shop.work()
    assert enrollments(shop, "j") == [("", 3, "stopped_by_journey")]
    assert shop.ask(Message.state, Message.reason) == [(5, "left")]


def test_only_the_enrollment_of_a_key_is_stopped(shop):
    keyed = SIGNED_UP | {"entry_key": "properties.cart"}
    shop.publish(trigger=keyed, entry=AGAIN, start="w", nodes={"w": WAIT})
    stopper(shop, "j", entry_key={"$": "trigger.properties.cart"})
    for cart in (1, 2):
        sign_up(shop, properties={"cart": cart})
    shop.say(event="Bought", userId="ann", properties={"cart": 2})
    shop.say(event="Bought", userId="ann", properties={"cart": ""})
    shop.work()
    assert enrollments(shop, "j") == [("1", 1, None), ("2", 3, "stopped_by_journey")]


def test_of_its_own_journey_a_node_ends_all_but_its_own_enrollment(shop):
    keyed = SIGNED_UP | {"entry_key": "properties.cart"}
    shop.publish(
        trigger=keyed,
        entry=AGAIN,
        start="s",
        nodes={"s": {"kind": "stop_journey", "journey": "j", "next": "w"}, "w": WAIT},
    )
    for cart in (1, 2):
        sign_up(shop, properties={"cart": cart})
        shop.pass_time(minutes=1)
    assert enrollments(shop, "j") == [("1", 3, "stopped_by_journey"), ("2", 1, None)]


def test_who_enters_after_the_stop_is_not_stopped(shop):
    shop.publish(trigger=SIGNED_UP, entry=AGAIN, start="w", nodes={"w": WAIT})
    stopper(shop, "j")
    sign_up(shop)
    shop.say(event="Bought", userId="ann")
    shop.work()
    shop.pass_time(minutes=1)
    sign_up(shop)
    assert [row[1] for row in enrollments(shop, "j")] == [1, 3]


def test_other_contacts_are_not_stopped(shop):
    shop.publish(trigger=SIGNED_UP, start="w", nodes={"w": WAIT})
    stopper(shop, "j")
    sign_up(shop)
    shop.say(event="Bought", userId="ben")
    shop.work()
    assert shop.now - NOON == timedelta()
    assert enrollments(shop, "j") == [("", 1, None)]
