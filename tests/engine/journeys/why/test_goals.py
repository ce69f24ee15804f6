"""Goals, and the message each counts for (rule 128)."""

import pytest

from tests.scenarios.test_why import NEWS, know, publish, why
from tests.shop import SEND, Shop


@pytest.fixture
def shop(database):
    return Shop(database)


def test_r128_a_goal_counts_once_and_for_the_last_message_that_had_arrived(shop):
    nodes = {
        "hello": {**SEND, "next": "rest"},
        "rest": {"kind": "wait", "for": "PT1H", "next": "again"},
        "again": SEND,
    }
    goal = {
        "name": "bought",
        "event": "Order Completed",
        "value": "properties.total",
        "within": "P7D",
    }
    publish(shop, nodes, goals=[goal])
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.deliver()
    shop.pass_time(hours=1)
    shop.deliver()
    for days, total in ((1, 30), (1, 50)):  # also after the end, while the window lasts
        shop.pass_time(days=days)
        shop.say(event="Order Completed", userId="ann", properties={"total": total})
        shop.work()
    (one,) = why(shop).enrollments
    by_node = {letter.node: letter.id for letter in one.messages}
    assert [(each.goal, each.value, each.message) for each in one.goals] == [
        ("bought", "30", by_node["again"])
    ]
    assert "worth 30, after the email of 'again'" in one.goals[0].sentence


def test_r128_without_a_message_before_it_a_goal_counts_for_the_enrollment(shop):
    nodes = {"rest": {"kind": "wait", "for": "P1D", "next": "hello"}, "hello": NEWS}
    publish(shop, nodes, goals=[{"name": "bought", "event": "Order Completed", "within": "PT2H"}])
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.pass_time(hours=1)
    shop.say(event="Order Completed", userId="ann")
    shop.work()
    (one,) = why(shop).enrollments
    assert [each.message for each in one.goals] == [None]


def test_r128_after_its_window_a_goal_counts_no_more(shop):
    publish(shop, goals=[{"name": "bought", "event": "Order Completed", "within": "PT2H"}])
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.pass_time(hours=3)
    shop.say(event="Order Completed", userId="ann")
    shop.work()
    (one,) = why(shop).enrollments
    assert one.goals == ()
