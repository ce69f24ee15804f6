"""Journeys that hear of one another: events they emit, journeys they start and stop, chains that end."""

import threading
from datetime import timedelta

import pytest

from engine.errors import InvalidJourney
from engine.journeys.publish import get_journey, pause
from engine.journeys.reports import report
from engine.journeys.runner import advance_due
from engine.models.contact import Contact
from engine.models.event import Event
from engine.models.journey import Enrollment, Journey, Notice
from engine.models.message import Message
from engine.models.segment import Segment
from tests.shop import NOON, SEND

SIGNED_UP = {"kind": "event", "event": "Signed Up"}
AGAIN = {"reentry": {"mode": "after_exit"}}
WAIT = {"kind": "wait", "for": "P1D"}


def enrollments(shop, key):
    [(journey_id,)] = shop.ask(Journey.id, key=key)
    rows = shop.ask(
        Enrollment.entry_key, Enrollment.status, Enrollment.reason, journey_id=journey_id
    )
    return sorted(rows)


def refusals(shop, key):
    with shop.database.reading() as session:
        return report(session, get_journey(session, key))["refused"]


def sign_up(shop, **call):
    shop.say(event="Signed Up", userId="ann", **call)
    shop.work()


# --- emit_event


def emit(event, **properties):
    return {"kind": "emit_event", "event": event, "properties": properties}


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
    assert (to, about) == ("role:admin", None)
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


# --- start_journey


def start(journey, **data):
    return {"kind": "start_journey", "journey": journey, "data": data}


def called(shop, **document):
    shop.publish(
        **{
            "key": "called",
            "trigger": {"kind": "journey"},
            "start": "w",
            "nodes": {"w": WAIT},
            **document,
        }
    )


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


def test_r108_journeys_that_start_each_other_are_stopped(shop):
    called(shop, key="b", entry=AGAIN, start="w", nodes={"w": emit("Over")})
    called(shop, key="a", entry=AGAIN, start="s", nodes={"s": start("b")})
    called(shop, key="b", entry=AGAIN, start="s", nodes={"s": start("a")})
    shop.publish(key="first", trigger=SIGNED_UP, start="s", nodes={"s": start("a")})
    sign_up(shop)
    assert [len(enrollments(shop, key)) for key in ("a", "b")] == [5, 5]
    [(words,)] = shop.ask(Notice.words)
    assert "then acted: first → a → b → a" in words


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
