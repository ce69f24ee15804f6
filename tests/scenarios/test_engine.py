"""From an accepted event to a message's row, by the engine's own functions."""

from datetime import timedelta

from engine.models.contact import Contact
from engine.models.journey import Enrollment
from tests.shop import NOON, SEND


def test_a_signup_is_greeted_waits_and_completes(shop):
    shop.publish(
        trigger={"kind": "event", "event": "Signed Up"},
        start="a",
        nodes={
            "a": {**SEND, "next": "b"},
            "b": {"kind": "wait", "for": "P1D", "next": "c"},
            "c": SEND,
        },
    )
    shop.say(event="Signed Up", userId="ann", messageId="m1")
    shop.say(event="Signed Up", userId="ann", messageId="m1")
    shop.work()
    assert shop.messages == ["a"]
    assert shop.ask(Enrollment.status, Enrollment.wake_at) == [(1, NOON + timedelta(days=1))]
    shop.pass_time(hours=23)
    assert shop.messages == ["a"]
    shop.pass_time(hours=1)
    assert shop.messages == ["a", "c"]
    assert shop.ask(Enrollment.status) == [(2,)]


def test_r015_r139_two_carts_one_bought_one_reminder(shop):
    shop.publish(
        trigger={
            "kind": "absence",
            "after": {"event": "Product Added"},
            "without": {"event": "Order Completed"},
            "within": "PT1H",
            "entry_key": "properties.cart_id",
        },
        entry={"reentry": {"mode": "after_exit"}},
        start="a",
        nodes={"a": SEND},
    )
    for cart in ("one", "two"):
        shop.say(event="Product Added", userId="ann", properties={"cart_id": cart})
    shop.work()
    shop.now += timedelta(minutes=30)
    shop.say(event="Order Completed", userId="ann", properties={"cart_id": "one"})
    shop.pass_time(minutes=31)
    assert shop.ask(Enrollment.entry_key) == [("two",)]
    assert shop.messages == ["a"]


def test_r140_silence_lets_in_once_and_any_activity_takes_out(shop):
    shop.publish(
        trigger={"kind": "inactivity", "no": "any", "for": "P30D"},
        entry={"reentry": {"mode": "after_exit"}},
        exits=[{"event": "any", "reason": "active again"}],
        start="a",
        nodes={
            "a": {**SEND, "next": "b"},
            "b": {"kind": "wait", "for": "P7D", "next": "c"},
            "c": SEND,
        },
    )
    shop.say(event="Page Viewed", userId="ann")
    shop.work()
    shop.pass_time(days=10)
    shop.say(event="Page Viewed", userId="ann")
    shop.work()
    shop.pass_time(days=29)
    assert shop.messages == []
    shop.pass_time(days=1)
    assert shop.messages == ["a"]
    shop.pass_time(days=1)
    shop.say(event="Page Viewed", userId="ann")
    shop.work()
    assert shop.ask(Enrollment.status, Enrollment.reason) == [(3, "active again")]
    shop.pass_time(days=31)
    assert shop.messages == ["a", "a"]


def test_r015_a_reopened_ticket_ends_its_own_enrollment_only(shop):
    shop.publish(
        trigger={"kind": "event", "event": "Ticket Closed", "entry_key": "properties.ticket_id"},
        entry={"reentry": {"mode": "after_exit"}},
        exits=[
            {"event": "Ticket Reopened", "match_key": "properties.ticket_id", "reason": "reopened"}
        ],
        start="w",
        nodes={
            "w": {"kind": "wait", "for": "P1D", "next": "a"},
            "a": {**SEND, "next": "f"},
            "f": {
                "kind": "wait_for",
                "paths": [
                    {
                        "label": "bad",
                        "event": "Survey Answered",
                        "where": {"property": "answer", "op": "is", "value": "bad"},
                        "next": "t",
                    },
                    {"label": "good", "event": "Survey Answered"},
                ],
                "timeout": {"after": "P7D"},
            },
            "t": {"kind": "tag", "add": ["unhappy"]},
        },
    )
    for ticket in (1, 2):
        shop.say(event="Ticket Closed", userId="ann", properties={"ticket_id": ticket})
    shop.work()
    shop.pass_time(hours=1)
    shop.say(event="Ticket Reopened", userId="ann", properties={"ticket_id": 1})
    shop.work()
    assert sorted(shop.ask(Enrollment.entry_key, Enrollment.status)) == [("1", 3), ("2", 1)]
    shop.pass_time(days=1)
    assert shop.messages == ["a"]
    shop.say(event="Survey Answered", userId="ann", properties={"ticket_id": 2, "answer": "bad"})
    shop.work()
    assert shop.ask(Contact.attributes) == [({"tags": ["unhappy"]},)]
    assert sorted(shop.ask(Enrollment.entry_key, Enrollment.status)) == [("1", 3), ("2", 2)]


def test_an_exit_right_behind_its_trigger_in_one_chunk_lets_nobody_stay(shop):
    shop.publish(
        trigger={"kind": "event", "event": "Signed Up"},
        exits=[{"event": "Account Cancelled", "reason": "cancelled"}],
        start="a",
        nodes={"a": SEND},
    )
    shop.say(event="Signed Up", userId="ann")
    shop.say(event="Account Cancelled", userId="ann")
    shop.work()
    assert shop.messages == []
    assert shop.ask(Enrollment.status, Enrollment.reason) == [(3, "cancelled")]


def test_r013_the_event_that_ends_one_enrollment_may_begin_the_next(shop):
    shop.publish(
        trigger={"kind": "event", "event": "Renewed"},
        entry={"reentry": {"mode": "after_exit"}},
        exits=[{"event": "Renewed", "where": {"property": "years", "op": "gt", "value": 0}}],
        start="a",
        nodes={"a": {"kind": "wait", "for": "P30D", "next": "b"}, "b": SEND},
    )
    for _ in range(2):
        shop.say(event="Renewed", userId="ann", properties={"years": 1})
        shop.work()
        shop.pass_time(days=1)
    assert shop.ask(Enrollment.status, Enrollment.reason) == [(3, "exit event"), (1, None)]
