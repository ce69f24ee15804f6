"""What journeys change of a contact, and who hears of it: consent, scores; and notices to colleagues."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engine.accounts.notices import list_notices, mark_read
from engine.db import lock_contacts
from engine.messages.consent.unsubscribe import find_subscription, unsubscribe
from engine.models.contact import Consent, ConsentProof, Contact
from engine.models.event import Event
from engine.models.journey import Enrollment, Notice
from engine.models.message import Message
from tests.shop import NOON, SEND

SIGNED_UP = {"kind": "event", "event": "Signed Up"}
YES = {"kind": "consent", "topic": "news", "channel": "email", "choice": "subscribed"}
NO = YES | {"choice": "unsubscribed"}
CHOICE = (Consent.topic, Consent.channel, Consent.choice)


def sign_up(shop, choice=None):
    context = {} if choice is None else {"consent": {"categoryPreferences": {"news": choice}}}
    shop.say(event="Signed Up", userId="ann", context=context)
    shop.work()


# --- consent


def test_a_yes_is_kept_with_its_proof_and_told(shop):
    shop.publish(trigger=SIGNED_UP, start="a", nodes={"a": YES})
    sign_up(shop)
    assert shop.ask(*CHOICE) == [("news", "email", "subscribed")]
    [(enrollment,)] = shop.ask(Enrollment.id)
    proof = {"journey": "j", "version": 1, "node": "a", "enrollment_id": enrollment}
    assert shop.ask(ConsentProof.source, ConsentProof.proof) == [("journey", proof)]
    told = shop.ask(Event.properties, Event.channel, Event.actor, Event.depth, name="Subscribed")
    assert told == [({"topic": "news"}, "email", "system", 1)]


def test_a_yes_turns_no_refusal_round(shop):
    shop.publish(trigger=SIGNED_UP, start="a", nodes={"a": YES})
    sign_up(shop, choice=False)
    assert shop.ask(Consent.choice, channel="email") == [("unsubscribed",)]
    assert shop.ask(ConsentProof.source, channel="email") == [("tracking",)]
    assert shop.ask(Event.id, name="Subscribed") == []


def test_what_stands_already_is_not_said_again(shop):
    shop.publish(trigger=SIGNED_UP, start="a", nodes={"a": {**YES, "next": "b"}, "b": YES})
    sign_up(shop, choice=True)
    assert shop.ask(ConsentProof.source, channel="email") == [("tracking",)]


def test_a_withdrawal_is_always_kept_told_and_heeded_by_later_nodes(shop):
    subscribed = {"consent": "news", "channel": "email", "op": "subscribed"}
    shop.publish(
        trigger=SIGNED_UP,
        start="a",
        nodes={
            "a": {**NO, "next": "b"},
            "b": {
                "kind": "branch",
                "paths": [{"label": "still", "when": subscribed}],
                "otherwise": {"next": "t"},
            },
            "t": {"kind": "tag", "add": ["out"]},
        },
    )
    shop.publish(
        key="hears",
        trigger={"kind": "event", "event": "Unsubscribed"},
        start="t",
        nodes={"t": {"kind": "tag", "add": ["heard"]}},
    )
    sign_up(shop, choice=True)
    assert shop.ask(Consent.choice, channel="email") == [("unsubscribed",)]
    assert shop.ask(Contact.attributes) == [({"tags": ["out", "heard"]},)]


def test_a_yes_and_a_no_in_one_pass_end_as_the_last_says(shop):
    shop.publish(
        trigger=SIGNED_UP,
        start="a",
        nodes={"a": {**YES, "next": "b"}, "b": {**NO, "next": "c"}, "c": YES},
    )
    sign_up(shop)
    assert shop.ask(Consent.choice) == [("unsubscribed",)]
    assert shop.ask(ConsentProof.choice) == [("subscribed",), ("unsubscribed",)]


@pytest.fixture
def asked(shop):
    """A contact that said no, and was sent a letter asking whether it means that."""
    shop.publish(
        trigger=SIGNED_UP,
        start="ask",
        nodes={
            "ask": {**SEND, "next": "day"},
            "day": {"kind": "wait", "for": "P1D", "next": "yes"},
            "yes": YES | {"confirmed_by": "ask"},
        },
    )
    sign_up(shop, choice=False)
    return shop


def click(shop):
    with shop.database.transaction() as session:
        session.execute(update(Message).values(sent_at=shop.now, clicked_at=shop.now))


def test_a_click_in_the_letter_that_asks_lifts_a_no(asked):
    asked.now += timedelta(hours=1)
    click(asked)
    asked.pass_time(days=1)
    assert asked.ask(Consent.choice, channel="email") == [("subscribed",)]
    [(proof,)] = asked.ask(ConsentProof.proof, source="journey")
    assert proof["confirmed_by"] == "ask"
    assert proof["confirmed_at"] == (NOON + timedelta(hours=1)).isoformat()


def test_without_the_click_nothing_is_lifted(asked):
    asked.pass_time(days=1)
    assert asked.ask(Consent.choice, channel="email") == [("unsubscribed",)]


def test_a_no_after_the_click_stands(asked):
    asked.now += timedelta(hours=1)
    click(asked)
    with asked.database.transaction() as session:
        lock_contacts(session, session.scalars(select(Contact.id)))
        session.execute(update(Consent).values(choice="subscribed"))
        message = session.scalars(select(Message)).one()
        message.topic = "news"
        session.flush()
        subscription = find_subscription(session, message.uid)
        later = asked.now + timedelta(minutes=1)
        assert unsubscribe(session, subscription, how="page", now=later)
    asked.pass_time(days=1)
    assert asked.ask(Consent.choice, channel="email") == [("unsubscribed",)]


# --- score


def test_a_score_is_counted_seen_by_later_nodes_and_by_others(shop):
    shop.publish(
        trigger=SIGNED_UP,
        entry={"reentry": {"mode": "after_exit"}},
        start="a",
        nodes={
            "a": {"kind": "score", "score": "heat", "by": 7, "ceiling": 10, "next": "b"},
            "b": {
                "kind": "branch",
                "paths": [
                    {
                        "label": "hot",
                        "when": {"attribute": "scores.heat", "op": "gte", "value": 10},
                        "next": "t",
                    }
                ],
                "otherwise": {},
            },
            "t": {"kind": "tag", "add": ["hot"]},
        },
    )
    shop.publish(
        key="hears",
        trigger={"kind": "attribute", "attribute": "scores.heat", "to": 10},
        start="t",
        nodes={"t": {"kind": "tag", "add": ["heard"]}},
    )
    sign_up(shop)
    assert shop.ask(Contact.attributes) == [({"scores": {"heat": 7}},)]
    sign_up(shop)
    assert shop.ask(Contact.attributes) == [({"scores": {"heat": 10}, "tags": ["hot", "heard"]},)]
    changes = shop.ask(Event.properties, name="Contact Updated")
    assert changes[0] == ({"changes": {"scores": [None, {"heat": 7}]}},)


def test_counters_inside_objects_are_counted_where_they_are(shop):
    shop.publish(
        trigger=SIGNED_UP,
        start="a",
        nodes={
            "a": {"kind": "update_contact", "increment": {"shop.visits": 1}, "next": "b"},
            "b": {"kind": "update_contact", "increment": {"shop.visits": 2}},
        },
    )
    sign_up(shop)
    assert shop.ask(Contact.attributes) == [({"shop": {"visits": 3}},)]


# --- notify


def test_a_colleague_is_told_once_and_the_notice_can_be_read(shop):
    shop.publish(
        trigger=SIGNED_UP,
        start="a",
        nodes={
            "a": {
                "kind": "notify",
                "to": "role:editor",
                "text": "{{ who }} is here",
                "data": {"who": {"$": "contact.id"}},
            }
        },
    )
    sign_up(shop)
    [(uid,)] = shop.ask(Contact.uid)
    [(enrollment,)] = shop.ask(Enrollment.id)
    assert shop.ask(Notice.to, Notice.words, Notice.at, Notice.enrollment_id) == [
        ("role:editor", f"{uid} is here", NOON, enrollment)
    ]
    with shop.database.transaction() as session:
        [notice] = list_notices(session, limit=10, unread=True, with_contacts=True)
        assert list_notices(session, limit=10) == []
        assert list_notices(session, limit=10, to="owner", with_contacts=True) == []
        assert mark_read(session, [notice.id], now=NOON) == 0
        assert mark_read(session, [notice.id], now=NOON, with_contacts=True) == 1
        assert mark_read(session, [notice.id], now=NOON, with_contacts=True) == 0
        assert list_notices(session, limit=10, unread=True, with_contacts=True) == []
