"""Events that journeys emit: who hears them, who does not, and chains of them that end."""

import threading

import pytest

from engine.errors import InvalidJourney
from engine.journeys.running.runner import advance_due
from engine.models.contact import Contact
from engine.models.event import Event
from engine.models.journey import Enrollment, Journey, Notice
from engine.models.segment import Segment
from tests.scenarios.linking import (
    AGAIN,
    SIGNED_UP,
    WAIT,
    called,
    emit,
    enrollments,
    refusals,
    sign_up,
    start,
)
from tests.shop import NOON


def test_an_emitted_event_is_the_contacts_own_with_its_cause(shop):
    shop.publish(
        trigger=SIGNED_UP,
        start="a",
        nodes={"a": emit("Plan Chosen", plan={"$": "trigger.properties.plan"}, n=1)},
    )
    sign_up(shop, properties={"plan": "pro"})
    [(cause, contact)] = shop.ask(Event.id, Event.contact_id, name="Signed Up")
    [(journey,)] = shop.ask(Journey.id)
    columns = (Event.properties, Event.actor, Event.cause_id, Event.root_id, Event.depth)
    assert shop.ask(*columns, Event.context, Event.contact_id, name="Plan Chosen") == [
        ({"plan": "pro", "n": 1}, "system", cause, cause, 1, {"journey_id": journey}, contact)
    ]


def test_an_emitted_event_is_no_activity_of_the_contact(shop):
    shop.publish(trigger=SIGNED_UP, start="a", nodes={"a": {**WAIT, "next": "b"}, "b": emit("X")})
    shop.publish(
        key="quiet",
        trigger=SIGNED_UP,
        exits=[{"event": "any", "reason": "active"}],
        start="w",
        nodes={"w": {"kind": "wait", "for": "P2D"}},
    )
    sign_up(shop)
    shop.pass_time(days=1)
    assert len(shop.ask(Event.id, name="X")) == 1
    assert enrollments(shop, "quiet") == [("", 1, None)]


def test_what_the_product_says_cannot_be_said_by_a_journey_or_a_sender(shop):
    with pytest.raises(InvalidJourney, match="only the product itself"):
        shop.publish(trigger=SIGNED_UP, start="a", nodes={"a": emit("Journey Stop Requested")})
    shop.publish(key="b", trigger=SIGNED_UP, start="w", nodes={"w": WAIT})
    shop.publish(key="c", trigger={"kind": "journey"}, start="w", nodes={"w": WAIT})
    sign_up(shop)
    [(enrollment,)] = shop.ask(Enrollment.id)
    forged = {"journey": "b", "asked_by": "x", "enrollment_id": 0, "data": {}}
    shop.say(event="Journey Stop Requested", userId="ann", properties=forged)
    start = forged | {"journey": "c"}
    shop.say(event="Journey Start Requested", userId="ann", properties=start)
    about = {"enrollment_id": enrollment, "node": "w", "fate": "failed", "exits": True}
    shop.say(event="Message Settled", userId="ann", properties=about)
    shop.work()
    assert enrollments(shop, "b") == [("", 1, None)]
    assert enrollments(shop, "c") == []


def test_r045_one_emitted_event_wakes_all_that_wait_for_it_each_once(shop):
    waiter = {
        "start": "w",
        "nodes": {
            "w": {
                "kind": "wait_for",
                "paths": [{"label": "said", "event": "Offer Opened", "next": "s"}],
                "timeout": {"after": "P7D"},
            },
            "s": {"kind": "score", "score": "woken", "by": 1},
        },
    }
    keyed = SIGNED_UP | {"entry_key": "properties.n"}
    shop.publish(key="one", trigger=keyed, entry=AGAIN, **waiter)
    shop.publish(key="two", trigger=SIGNED_UP, **waiter)
    shop.publish(
        key="speaker",
        trigger={"kind": "event", "event": "Go"},
        entry=AGAIN,
        start="a",
        nodes={"a": emit("Offer Opened")},
    )
    for n in (1, 2):
        sign_up(shop, properties={"n": n})
    shop.say(event="Go", userId="ann")
    shop.work()
    assert [row[1] for key in ("one", "two") for row in enrollments(shop, key)] == [2, 2, 2]
    assert shop.ask(Contact.attributes) == [({"scores": {"woken": 3}},)]
    shop.say(event="Go", userId="ann")
    shop.work()
    assert shop.ask(Contact.attributes) == [({"scores": {"woken": 3}},)]


def test_r137_a_journey_does_not_start_by_what_it_causes_itself(shop):
    trigger = {"kind": "event", "event": "Ping"}
    shop.publish(trigger=trigger, entry=AGAIN, start="a", nodes={"a": emit("Ping")})
    shop.say(event="Ping", userId="ann")
    shop.work()
    assert enrollments(shop, "j") == [("", 2, None)]
    assert refusals(shop, "j") == {"own_effect": 1}


def test_r137_nor_by_a_segment_that_it_moves_its_contact_into(shop):
    with shop.database.transaction() as session:
        session.add(
            Segment(
                key="warm",
                name="Warm",
                condition={"attribute": "scores.heat", "op": "gte", "value": 1},
                refreshed_at=NOON,
                created_at=NOON,
                updated_at=NOON,
            )
        )
    cool = {"kind": "score", "score": "heat", "to": 0, "next": "warm"}
    shop.publish(
        trigger={"kind": "segment", "segment": "warm", "change": "entered"},
        entry=AGAIN,
        start="rest",
        nodes={
            "rest": {"kind": "wait", "for": "PT1M", "next": "cool"},
            "cool": cool | {"next": "again"},
            "again": {"kind": "wait", "for": "PT1M", "next": "warm"},
            "warm": {"kind": "score", "score": "heat", "to": 1},
        },
    )
    shop.say(kind="identify", userId="ann", traits={"scores": {"heat": 5}})
    shop.work()
    for _ in range(4):
        shop.pass_time(minutes=1)
    assert enrollments(shop, "j") == [("", 2, None)]
    assert refusals(shop, "j") == {"own_effect": 1}


def test_r137_unless_it_is_allowed_to(shop):
    shop.publish(
        trigger={"kind": "event", "event": "Ping"},
        entry=AGAIN | {"allow_own_effects": True},
        start="a",
        nodes={"a": emit("Ping")},
    )
    shop.say(event="Ping", userId="ann")
    shop.work()
    assert len(enrollments(shop, "j")) == 11
    assert refusals(shop, "j") == {"chain_too_long": 1}


def test_r108_journeys_that_lead_to_each_other_are_stopped_and_a_person_is_told_once(shop):
    for key, hears, says in (("a", "Ping", "Pong"), ("b", "Pong", "Ping")):
        shop.publish(
            key=key,
            trigger={"kind": "event", "event": hears},
            entry=AGAIN,
            start="s",
            nodes={"s": emit(says)},
        )
    shop.say(event="Ping", userId="ann")
    shop.work()
    assert len(enrollments(shop, "a")) == 6
    assert len(enrollments(shop, "b")) == 5
    assert max(shop.ask(Event.depth)) == (11,)
    assert refusals(shop, "b") == {"chain_too_long": 1}
    [(words, to, about)] = shop.ask(Notice.words, Notice.to, Notice.enrollment_id)
    assert "stopped before 'b'" in words
    assert "began with the event 'Ping'; then acted: a → b → a → b" in words
    assert (to, about) == ("owner", None)
    shop.say(event="Ping", userId="ann")
    shop.say(event="Ping", userId="ben")
    shop.work()
    assert len(shop.ask(Notice.id)) == 3  # one for each chain


def test_r108_so_are_changes_that_set_each_other_off(shop):
    for key, own, other in (("a", "x", "y"), ("b", "y", "x")):
        shop.publish(
            key=key,
            trigger={"kind": "attribute", "attribute": own},
            entry=AGAIN,
            start="s",
            nodes={"s": {"kind": "update_contact", "increment": {other: 1}}},
        )
    shop.say(kind="identify", userId="ann", traits={"x": 0})
    shop.work()
    assert shop.ask(Contact.attributes) == [({"x": 5, "y": 6},)]
    assert len(shop.ask(Notice.id)) == 1


def test_r019_two_journeys_of_one_event_both_start_and_see_no_half_of_each_other(shop):
    """One writes two attributes in one pass; the other would tell if it saw the first alone."""
    writer = {
        "x": {"kind": "update_contact", "set": {"x": 1}, "next": "y"},
        "y": {"kind": "update_contact", "set": {"y": 1}},
    }
    half = {"all": [{"attribute": "x", "op": "exists"}, {"attribute": "y", "op": "missing"}]}
    reader = {
        "look": {
            "kind": "branch",
            "paths": [{"label": "half", "when": half, "next": "told"}],
            "otherwise": {},
        },
        "told": {"kind": "tag", "add": ["half"]},
    }
    unset = {"entry": {"when": {"attribute": "x", "op": "missing"}}}
    shop.publish(key="writer", trigger=SIGNED_UP, start="x", nodes=writer, **unset)
    shop.publish(key="reader", trigger=SIGNED_UP, start="look", nodes=reader, **unset)
    for number in range(30):
        shop.say(event="Signed Up", userId=f"c{number}")
    workers = [threading.Thread(target=_advance_all, args=(shop,)) for _ in range(3)]
    shop.work()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for key in ("writer", "reader"):
        assert [row[1] for row in enrollments(shop, key)] == [2] * 30
    assert shop.ask(Contact.attributes) == [({"x": 1, "y": 1},)] * 30


def _advance_all(shop):
    done = 1
    while done:
        with shop.database.transaction() as session:
            done = advance_due(session, now=shop.now, limit=5, default_zone="UTC")


def test_r108_journeys_that_start_each_other_are_stopped(shop):
    called(shop, key="b", entry=AGAIN, start="w", nodes={"w": emit("Over")})
    called(shop, key="a", entry=AGAIN, start="s", nodes={"s": start("b")})
    called(shop, key="b", entry=AGAIN, start="s", nodes={"s": start("a")})
    shop.publish(key="first", trigger=SIGNED_UP, start="s", nodes={"s": start("a")})
    sign_up(shop)
    assert [len(enrollments(shop, key)) for key in ("a", "b")] == [5, 5]
    [(words,)] = shop.ask(Notice.words)
    assert "then acted: first → a → b → a" in words
