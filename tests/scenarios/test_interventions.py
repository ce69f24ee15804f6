"""A colleague takes somebody out, or ends a wait: at once, once, and with the books in balance."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from engine.errors import Conflict, NotFound
from engine.invariants.checking import find_broken
from engine.journeys.deciding.moment import Moment
from engine.journeys.publishing.interventions import eject, skip_wait
from engine.journeys.publishing.pausing import pause
from engine.journeys.why.trail import follow
from engine.messages.states import MessageState
from engine.models.journey import Enrollment, Pass
from engine.models.message import Message, Template, TemplateVersion
from tests.scenarios.test_concurrency import at_once
from tests.shop import SEND

TRIGGER = {"trigger": {"kind": "event", "event": "Signed Up"}}
WAIT = {"kind": "wait", "for": "P2D", "next": "hello"}
COMPLETED, EXITED, FAILED = 2, 3, 4


@pytest.fixture
def waiting(shop):
    """Ann waits for two days."""
    shop.publish(**TRIGGER, start="wait", nodes={"wait": WAIT, "hello": SEND})
    come(shop)
    yield shop
    assert_books(shop)


def come(shop, person="ann"):
    shop.say("identify", userId=person, traits={"email": f"{person}@example.com"})
    shop.say(event="Signed Up", userId=person)
    shop.work()


def do(shop, what, enrollment_id=1):
    with shop.database.transaction() as session:
        return what(session, enrollment_id, now=shop.now)


def assert_books(shop):
    with shop.database.reading() as session:
        assert find_broken(session) == []


def test_who_is_taken_out_leaves_at_once_and_gets_nothing_more(waiting):
    do(waiting, eject)
    assert waiting.ask(Enrollment.status, Enrollment.reason) == [(EXITED, "ejected")]
    waiting.pass_time(days=3)
    assert waiting.messages == []
    with pytest.raises(Conflict, match="over already"):
        do(waiting, eject)


def test_r080_a_message_that_has_not_left_does_not_leave_after_an_ejection(shop):
    nodes = {"hello": {**SEND, "next": "wait"}, "wait": {**WAIT, "next": None}}
    shop.publish(**TRIGGER, start="hello", nodes=nodes)
    come(shop)
    do(shop, eject)
    assert shop.deliver() == []
    assert shop.ask(Message.state) == [(MessageState.CANCELLED,)]
    assert_books(shop)


def test_who_is_set_aside_can_be_taken_out(shop):
    asked = {"template": "later", "op": "not_sent"}
    nodes = {
        "rest": {**WAIT, "next": "ask"},
        "ask": {
            "kind": "branch",
            "paths": [{"label": "yes", "when": asked, "next": "hello"}],
            "otherwise": {"next": "hello"},
        },
        "hello": SEND,
    }
    shop.publish(**TRIGGER, start="rest", nodes=nodes)
    come(shop)
    with shop.database.transaction() as session:
        session.execute(delete(TemplateVersion))
        session.execute(delete(Template))
    shop.pass_time(days=2)
    assert shop.ask(Enrollment.status) == [(FAILED,)]
    do(shop, eject)
    assert shop.ask(Enrollment.status, Enrollment.reason) == [(EXITED, "ejected")]
    assert_books(shop)


def test_whose_wait_is_ended_goes_on_now(waiting):
    assert do(waiting, skip_wait) == "wait"
    waiting.work()
    assert waiting.ask(Enrollment.status) == [(COMPLETED,)]
    assert waiting.messages == ["hello"]
    with waiting.database.reading() as session:
        trail = follow(session, 1, Moment(waiting.now, "UTC", timedelta(hours=72), 0))
    visits = [(one.node, one.way) for one in trail.enrollment.visits]
    assert visits == [("wait", None), ("wait", "next"), ("hello", "next")]
    assert "a colleague let it go on before its time" in trail.enrollment.visits[1].details
    assert (trail.may_skip, trail.may_eject) == (False, False)
    assert len(waiting.ask(Pass.seq)) == 2


def test_r046_ending_a_wait_asks_what_its_end_asks(shop):
    absent = {"op": "not_done", "event": "Order Completed"}
    nodes = {
        "ask": {
            "kind": "wait_for",
            "paths": [{"label": "quiet", "when": absent, "next": "hello"}],
            "timeout": {"after": "P2D", "next": None},
        },
        "hello": SEND,
    }
    shop.publish(**TRIGGER, start="ask", nodes=nodes)
    come(shop)
    come(shop, "bea")
    shop.say(event="Order Completed", userId="bea")
    shop.work()
    do(shop, skip_wait, 1)
    do(shop, skip_wait, 2)
    shop.work()
    last = dict(sorted(shop.ask(Pass.enrollment_id, Pass.path), key=lambda one: len(one[1])))
    assert last == {1: "0.0 1.0", 2: "0.1"}
    assert_books(shop)


@pytest.mark.parametrize(
    "until",
    [{"at": "09:00"}, {"from": "09:00", "to": "10:00"}, {"attribute": "renewal"}],
)
def test_any_wait_can_be_ended(shop, until):
    on_missing = {"on_missing": "exit"} if "attribute" in until else {}
    nodes = {"wait": {"kind": "wait", "until": until, "next": "hello", **on_missing}, "hello": SEND}
    shop.publish(**TRIGGER, start="wait", nodes=nodes)
    shop.say("identify", userId="ann", traits={"renewal": "2026-12-24"})
    come(shop)
    assert shop.messages == []
    do(shop, skip_wait)
    shop.work()
    assert shop.messages == ["hello"]


def test_only_a_wait_for_time_can_be_ended(shop):
    paths = [{"label": "yes", "next": None}]
    due = {"after": "P2D", "next": None}
    asks = {"kind": "ask", "to": "role:admin", "text": "Well?", "paths": paths, "due": due}
    shop.publish(**TRIGGER, start="ask", nodes={"ask": asks})
    come(shop)
    with pytest.raises(Conflict, match="does not wait for its time"):
        do(shop, skip_wait)
    with pytest.raises(NotFound):
        do(shop, skip_wait, 7)
    with pytest.raises(NotFound):
        do(shop, eject, 7)
    do(shop, eject)
    assert_books(shop)


def test_r102_nobody_is_let_on_while_the_journey_is_paused(waiting):
    with waiting.database.transaction() as session:
        pause(session, "j", now=waiting.now)
    with pytest.raises(Conflict, match="paused"):
        do(waiting, skip_wait)


def attempt(shop, what, done):
    try:
        do(shop, what)
    except Conflict:
        return
    done.append(what)


def test_one_of_many_who_end_a_wait_at_once_does_it(waiting):
    done = []
    at_once(*[lambda: attempt(waiting, skip_wait, done)] * 6)
    waiting.work()
    assert done == [skip_wait]
    assert waiting.messages == ["hello"]


def test_an_ejection_and_the_end_of_the_wait_do_not_both_happen(waiting):
    waiting.now += timedelta(days=2)
    done = []
    at_once(lambda: attempt(waiting, eject, done), waiting.work)
    waiting.work()
    expected = (EXITED, "ejected") if done else (COMPLETED, None)
    assert waiting.ask(Enrollment.status, Enrollment.reason) == [expected]
    assert len(waiting.messages) == (0 if done else 1)
