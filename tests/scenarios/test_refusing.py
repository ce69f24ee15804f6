"""Exits and refusals: what stops a letter, how soon, and what goes on all the same."""

import pytest
from sqlalchemy import select

from engine.messages.consent.unsubscribe import find_subscription, unsubscribe
from engine.messages.handover.delivery import start
from engine.messages.states import MessageState, SkipReason
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Notice
from engine.models.message import Message
from tests.claiming import claim

NEWS = {"kind": "send_email", "template": "hello", "topic": "news"}
ANN = {"email": "ann@example.com", "consents": {"news": {"email": "subscribed"}}}
SIGNED_UP = {"kind": "event", "event": "Signed Up"}
TWO_LETTERS = {
    "trigger": SIGNED_UP,
    "start": "hello",
    "nodes": {
        "hello": {**NEWS, "next": "day"},
        "day": {"kind": "wait", "for": "PT24H", "next": "tag"},
        "tag": {"kind": "tag", "add": ["met"], "next": "later"},
        "later": {**NEWS, "template": "later"},
    },
}


@pytest.fixture
def ann(shop):
    shop.say("identify", userId="ann", traits=ANN)
    shop.work()
    return shop


def sign_up(shop, **journey):
    shop.publish(**(TWO_LETTERS | journey))
    shop.say(userId="ann", event="Signed Up")
    shop.work()


def refuse(shop):
    """Ann follows the link at the foot of her first letter."""
    with shop.database.transaction() as session:
        uid = session.scalars(select(Message.uid).order_by(Message.id)).first()
        unsubscribe(session, find_subscription(session, uid), how="page", now=shop.now)


def list_fates(shop):
    """Of each letter, the oldest first: node, state, reason."""
    rows = shop.ask(Message.id, Message.node, Message.state, Message.reason)
    return [(node, MessageState(state), reason) for _, node, state, reason in sorted(rows)]


def test_r075_a_refusal_stops_what_is_queued_and_what_is_being_made(ann):
    sign_up(ann)
    with ann.database.transaction() as session:
        parcels = claim(session, "email", now=ann.now, limit=9, owner="w", default_zone="UTC")
    assert [one.node for one in parcels] == ["hello"]
    refuse(ann)
    with ann.database.transaction() as session:
        assert start(session, parcels, now=ann.now, default_zone="UTC") == []
    assert list_fates(ann) == [("hello", MessageState.SKIPPED, SkipReason.UNSUBSCRIBED)]


def test_r076_who_refuses_stays_inside_and_all_but_letters_is_done(ann):
    sign_up(ann)
    assert ann.deliver() == ["hello"]
    refuse(ann)
    ann.pass_time(hours=24)
    assert ann.deliver() == []
    assert list_fates(ann)[1] == ("later", MessageState.SKIPPED, SkipReason.UNSUBSCRIBED)
    assert ann.ask(Enrollment.reason, Enrollment.ended_at) == [(None, ann.now)]
    assert ann.ask(Contact.attributes)[0][0]["tags"] == ["met"]


def test_r076_unless_the_journey_says_that_a_refusal_ends_it(ann):
    sign_up(ann, settings={"exit_on_unsubscribe": True})
    ann.deliver()
    refuse(ann)
    ann.work()
    assert ann.ask(Enrollment.reason) == [("unsubscribed",)]


def test_r077_who_agrees_again_does_not_get_what_was_skipped(ann):
    sign_up(ann)
    ann.deliver()
    refuse(ann)
    ann.pass_time(hours=24)
    ann.deliver()
    ann.now = ann.now.replace(minute=5)
    ann.say("identify", userId="ann", traits=ANN)
    ann.work()
    ann.pass_time(hours=24)
    assert ann.deliver() == []
    assert list_fates(ann)[1] == ("later", MessageState.SKIPPED, SkipReason.UNSUBSCRIBED)


def test_r079_what_was_held_for_the_night_is_asked_everything_again_in_the_morning(ann):
    quiet = {"from": "11:00", "to": "14:00", "policy": "hold"}
    sign_up(ann, settings={"quiet_hours": quiet})
    assert ann.deliver() == []
    assert ann.ask(Message.state, Message.reason) == [(MessageState.QUEUED, None)]
    refuse(ann)
    ann.pass_time(hours=3)
    assert ann.deliver() == []
    assert list_fates(ann) == [("hello", MessageState.SKIPPED, SkipReason.UNSUBSCRIBED)]


def test_r080_an_exit_stops_a_letter_that_is_already_made(ann):
    sign_up(ann, exits=[{"event": "Account Closed", "reason": "closed"}])
    with ann.database.transaction() as session:
        parcels = claim(session, "email", now=ann.now, limit=9, owner="w", default_zone="UTC")
    ann.say(userId="ann", event="Account Closed")
    ann.work()
    with ann.database.transaction() as session:
        assert start(session, parcels, now=ann.now, default_zone="UTC") == []
    assert ann.ask(Enrollment.reason) == [("closed",)]
    assert list_fates(ann) == [("hello", MessageState.CANCELLED, "left")]


def test_r080_an_exit_takes_back_a_letter_of_who_is_through_the_journey_already(ann):
    exits = [{"event": "Order Completed", "reason": "bought"}]
    sign_up(ann, nodes={"hello": NEWS}, start="hello", exits=exits)
    ann.say(userId="ann", event="Page Seen")
    ann.work()
    assert list_fates(ann) == [("hello", MessageState.QUEUED, None)]
    ann.say(userId="ann", event="Order Completed")
    ann.work()
    assert list_fates(ann) == [("hello", MessageState.CANCELLED, "left")]
    assert ann.ask(Enrollment.status, Enrollment.reason) == [(2, None)]
    assert ann.deliver() == []


def test_r080_what_was_sent_stands_when_an_exit_comes_after_the_end(ann):
    sign_up(ann, nodes={"hello": NEWS}, start="hello", exits=[{"event": "Order Completed"}])
    assert ann.deliver() == ["hello"]
    ann.say(userId="ann", event="Order Completed")
    ann.work()
    assert list_fates(ann) == [("hello", MessageState.SENT, None)]
    assert ann.ask(Enrollment.is_recalled) == [(False,)]


ENDS = {
    "leave": ({"kind": "leave", "reason": "greeted"}, 3),
    "no date": ({"kind": "wait", "until": {"attribute": "birthday"}, "on_missing": "exit"}, 3),
    "set aside": ({"kind": "update_contact", "set": {"said": {"$": "contact.nick"}}}, 4),
}


@pytest.mark.parametrize("end", ENDS)
def test_r080_no_end_but_an_exit_takes_back_what_was_decided_before_it(ann, end):
    node, status = ENDS[end]
    sign_up(ann, nodes={"hello": {**NEWS, "next": "end"}, "end": node}, start="hello")
    assert ann.ask(Enrollment.status) == [(status,)]
    assert ann.deliver() == ["hello"]


WAITS = [
    {"kind": "wait", "for": "P30D", "next": "later"},
    {"kind": "wait", "until": {"at": "09:00", "weekdays": ["mon"]}, "next": "later"},
    {
        "kind": "wait_for",
        "paths": [{"label": "bought", "event": "Order Completed", "next": "later"}],
        "timeout": {"after": "P30D", "next": "later"},
    },
]


@pytest.mark.parametrize("wait", WAITS, ids=["duration", "weekday", "event"])
def test_r081_an_exit_acts_in_the_midst_of_any_wait_as_soon_as_its_event_is_processed(ann, wait):
    nodes = {"stay": wait, "later": NEWS}
    exits = [{"event": "Account Closed", "reason": "closed"}]
    sign_up(ann, start="stay", nodes=nodes, exits=exits)
    ann.now = ann.now.replace(hour=13)
    ann.say(userId="ann", event="Account Closed")
    ann.work()  # no time passes: nothing is waited for but the event's own processing
    assert ann.ask(Enrollment.reason, Enrollment.ended_at) == [("closed", ann.now)]
    ann.pass_time(days=40)
    assert ann.messages == []


BOUGHT_LATELY = {"event": "Order Completed", "op": "done", "within": "PT1H"}
EXIT_BY_STATE = [{"when": BOUGHT_LATELY, "reason": "bought"}]


def test_r082_a_condition_about_the_last_hour_is_asked_when_the_event_arrives(ann):
    sign_up(ann, exits=EXIT_BY_STATE)
    ann.pass_time(hours=2)
    ann.say(userId="ann", event="Order Completed")
    ann.work()
    assert ann.ask(Enrollment.reason, Enrollment.ended_at) == [("bought", ann.now)]


def test_r082_and_before_each_action(ann):
    ann.publish(**(TWO_LETTERS | {"exits": EXIT_BY_STATE}))
    ann.say(userId="ann", event="Order Completed")
    ann.work()
    ann.pass_time(minutes=30)
    ann.say(userId="ann", event="Signed Up")
    ann.work()
    assert ann.ask(Enrollment.reason) == [("bought",)]
    assert ann.messages == []


AGAIN = {"reentry": {"mode": "after_exit"}}
ONE_LETTER = {"trigger": SIGNED_UP, "entry": AGAIN, "start": "hello", "nodes": {"hello": NEWS}}


def repeat(shop, times):
    for _ in range(times):
        shop.pass_time(minutes=1)
        shop.say(userId="ann", event="Signed Up")
        shop.work()
        shop.deliver()


def test_r109_the_same_letter_is_held_back_after_three_times_and_somebody_is_told(ann):
    ann.publish(**ONE_LETTER)
    repeat(ann, 6)
    held_back = ("hello", MessageState.SKIPPED, SkipReason.REPEATED)
    assert list_fates(ann) == [("hello", MessageState.SENT, None)] * 3 + [held_back] * 3
    [(words,)] = ann.ask(Notice.words)
    assert "hello" in words
    ann.pass_time(hours=24)
    repeat(ann, 1)
    assert list_fates(ann)[-1] == ("hello", MessageState.SENT, None)


def test_r109_of_four_that_wait_together_three_leave(ann):
    for number in range(4):
        ann.publish(key=f"j{number}", **ONE_LETTER)
    ann.say(userId="ann", event="Signed Up")
    ann.work()
    assert len(ann.messages) == 4
    assert len(ann.deliver()) == 3


def test_r068_what_either_of_two_joined_contacts_got_counts_for_both(ann):
    ann.publish(**ONE_LETTER)
    repeat(ann, 3)
    ann.say("identify", userId="anna", traits={"consents": {"news": {"email": "subscribed"}}})
    ann.say("alias", userId="anna", previousId="ann")
    ann.work()
    ann.say(userId="anna", event="Signed Up")
    ann.work()
    assert ann.deliver() == []
    assert list_fates(ann)[-1] == ("hello", MessageState.SKIPPED, SkipReason.REPEATED)
