"""Why was this not sent? Eight situations, and the sentence given for each (docs/scenarios/why-not-sent.md)."""

from datetime import timedelta

import pytest

from engine.errors import NotFound
from engine.journeys.deciding.moment import Moment
from engine.journeys.publishing.pausing import pause
from engine.journeys.why.explain import explain_journey
from engine.messages.handover.limit_settings import LimitDraft, change_limit, make_limit
from engine.messages.states import MessageState
from engine.models.contact import Contact
from engine.models.message import Message
from tests.shop import Shop

NEWS = {"kind": "send_email", "template": "hello", "topic": "news", "class": "marketing"}
SIGNED = {"kind": "event", "event": "Signed Up"}
YES = {"email": "ann@example.com", "timezone": "Europe/Berlin", "consents": {"news": True}}


@pytest.fixture
def shop(database):
    return Shop(database)


def why(shop, contact="ann", journey="j"):
    moment = Moment(shop.now, "UTC", timedelta(hours=72))
    with shop.database.reading() as session:
        return explain_journey(session, journey, contact, moment)


def know(shop, **traits):
    shop.say("identify", userId="ann", traits={**YES, **traits})
    shop.work()


def publish(shop, nodes=None, **document):
    nodes = nodes or {"hello": NEWS}
    shop.publish(**{"trigger": SIGNED, "start": next(iter(nodes)), "nodes": nodes} | document)


def test_no_event_of_the_name_was_seen(shop):
    publish(shop)
    know(shop)
    assert why(shop).verdict == (
        'It did not enter: the event "Signed Up": none was ever seen of this contact.'
    )


def test_the_filter_of_the_trigger_was_not_true(shop):
    publish(
        shop,
        trigger={**SIGNED, "where": {"property": "total", "op": "gte", "value": 50}},
    )
    know(shop)
    shop.say(event="Signed Up", userId="ann", properties={"total": 20})
    shop.work()
    told = why(shop)
    assert told.verdict == (
        '"Signed Up" of Wed 25 Mar 2026 13:00 (Europe/Berlin): the trigger\'s filter is not true '
        "of it."
    )
    assert told.seen[0].reason == "where"
    assert told.seen[0].details == ("no: total is at least 50 (it is 20)",)


def test_r011_the_first_gate_that_says_no_is_the_reason(shop):
    publish(
        shop,
        entry={"when": {"attribute": "plan", "op": "is", "value": "pro"}, "at_most": 0},
    )
    know(shop, plan="free")
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    told = why(shop)
    assert told.seen[0].reason == "filter"
    assert told.seen[0].details == ('no: plan is "pro" (it is "free")',)
    assert [(gate.name, gate.reason) for gate in told.gates] == [
        ("live", None),
        ("filter", "filter"),
        ("inside", None),
        ("re-entry", None),
        ("cap", "full"),
        ("holdout", None),
    ]


def test_it_had_entered_before(shop):
    publish(shop)
    know(shop)
    for _ in range(2):
        shop.say(event="Signed Up", userId="ann")
        shop.work()
        shop.deliver()
        shop.pass_time(hours=1)
    told = why(shop)
    assert told.verdict == (
        '"Signed Up" of Wed 25 Mar 2026 14:00 (Europe/Berlin): it matched, but the contact had '
        "entered on Wed 25 Mar 2026 13:00 (Europe/Berlin), and enters this journey once."
    )
    assert told.seen[0].reason == "entered_before"


def test_it_was_inside(shop):
    nodes = {"rest": {"kind": "wait", "for": "P1D", "next": "hello"}, "hello": NEWS}
    publish(shop, nodes, entry={"reentry": {"mode": "after_exit"}})
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.pass_time(hours=1)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    told = why(shop)
    assert told.seen[0].reason == "inside"
    assert told.verdict == (
        '"Signed Up" of Wed 25 Mar 2026 14:00 (Europe/Berlin): it matched, but the contact was '
        "inside already, having entered on Wed 25 Mar 2026 13:00 (Europe/Berlin). It is at 'rest', "
        "and waits until Thu 26 Mar 2026 13:00 (Europe/Berlin)."
    )


def test_quiet_hours_hold_it(shop):
    quiet = {"from": "12:30", "to": "18:00"}
    publish(shop, settings={"quiet_hours": quiet})
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    assert shop.deliver() == []
    assert why(shop).verdict == (
        "The email of 'hello' is held by quiet hours until Wed 25 Mar 2026 18:00 (Europe/Berlin)."
    )


def test_a_sending_limit_holds_it(shop):
    with shop.database.transaction() as session:
        draft = LimitDraft("daily", "Daily", 1, "day", policy="hold")
        make_limit(session, draft, now=shop.now)
    publish(shop, entry={"reentry": {"mode": "after_exit"}})
    know(shop)
    for _ in range(2):
        shop.say(event="Signed Up", userId="ann")
        shop.work()
        shop.deliver()
    assert why(shop).verdict == (
        "The email of 'hello' is held by the sending limit 'daily' until "
        "Thu 26 Mar 2026 00:00 (Europe/Berlin)."
    )
    with shop.database.transaction() as session:
        draft = LimitDraft("daily", "Daily", 1, "day")
        change_limit(session, draft, revision=1, now=shop.now)
    shop.deliver()
    assert why(shop).verdict == (
        "The email of 'hello' was skipped: capped, a sending limit is used up, and the message is "
        "not held until it is free (daily)."
    )


def test_it_had_unsubscribed(shop):
    publish(shop)
    know(shop, consents={"news": False})
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    assert shop.deliver() == []
    told = why(shop)
    assert told.verdict == (
        "The email of 'hello' was skipped: unsubscribed, from the topic, by this channel."
    )
    assert told.enrollments[0].status == "completed"


def test_an_exit_event_came_first(shop):
    nodes = {"rest": {"kind": "wait", "for": "P1D", "next": "hello"}, "hello": NEWS}
    publish(shop, nodes, exits=[{"event": "Order Completed", "reason": "bought"}])
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.pass_time(hours=2)
    shop.say(event="Order Completed", userId="ann")
    shop.work()
    assert why(shop).verdict == (
        "It left early at 'rest' on Wed 25 Mar 2026 15:00 (Europe/Berlin): bought, since "
        '"Order Completed" came (Wed 25 Mar 2026 15:00 (Europe/Berlin)).'
    )


def test_it_is_held_out(shop):
    publish(shop, settings={"holdout_percent": 100})
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    assert shop.deliver() == []
    told = why(shop)
    assert told.verdict == (
        "The email of 'hello' was skipped: holdout, one of those who get no marketing, to compare "
        "with."
    )
    assert told.gates[-1].reason == "holdout"


def test_r131_the_chain_of_decisions_is_told_with_what_they_read(shop):
    nodes = {
        "paying": {
            "kind": "branch",
            "paths": [
                {
                    "label": "pro",
                    "when": {
                        "any": [
                            {"attribute": "plan", "op": "is", "value": "pro"},
                            {"attribute": "seats", "op": "gte", "value": 10},
                        ]
                    },
                    "next": "hello",
                }
            ],
            "otherwise": {"next": "arm"},
        },
        "arm": {
            "kind": "split",
            "paths": [{"label": "all", "weight": 100, "next": "morning"}],
        },
        "morning": {"kind": "wait", "until": {"at": "09:00"}, "next": "hello"},
        "hello": NEWS,
    }
    publish(shop, nodes)
    know(shop, plan="free", seats=3)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    know(shop, plan="pro", seats=30)  # what is found later changes nothing of what was read
    shop.pass_time(days=1)
    shop.deliver()
    told = why(shop, "ann@example.com")
    visits = told.enrollments[0].visits
    assert [(one.node, one.visit, one.way) for one in visits] == [
        ("paying", 1, "otherwise"),
        ("arm", 1, "all"),
        ("morning", 1, None),
        ("morning", 1, "next"),
        ("hello", 1, "next"),
    ]
    assert visits[0].details == (
        "no: pro",
        "  no: at least one of these holds",
        '    no: plan is "pro" (it is "free")',
        "    no: seats is at least 10 (it is 3)",
    )
    assert visits[1].details[0].startswith("bucket ")
    assert visits[2].sentence == (
        "Wed 25 Mar 2026 13:00 (Europe/Berlin): 'morning' (wait) waits until "
        "Thu 26 Mar 2026 09:00 (Europe/Berlin), by the contact's own clock."
    )
    letter = told.enrollments[0].messages[0]
    assert (letter.state, letter.template, letter.template_version) == ("sent", "hello", 1)
    assert told.verdict.startswith("The email of 'hello' was handed over on Thu 26 Mar 2026")
    text = told.render()
    assert text.startswith(told.verdict)
    assert all(visit.sentence in text for visit in visits)


def test_r043_an_event_told_after_the_time_out_moves_nobody_and_is_told_as_late(shop):
    nodes = {
        "buy": {
            "kind": "wait_for",
            "paths": [{"label": "bought", "event": "Order Completed"}],
            "timeout": {"after": "PT1H", "next": "rest"},
        },
        "rest": {"kind": "wait", "for": "P1D"},
    }
    publish(shop, nodes)
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    happened = shop.now + timedelta(minutes=30)
    shop.pass_time(hours=1)
    shop.pass_time(minutes=10)
    for at in (happened, happened + timedelta(minutes=45)):
        shop.say(event="Order Completed", userId="ann", timestamp=at.isoformat())
    shop.work()
    (one,) = why(shop).enrollments
    assert one.node == "rest"
    assert [(late.node, late.path, late.occurred_at) for late in one.late] == [
        ("buy", "bought", happened)
    ]
    assert one.late[0].received_at > one.late[0].deadline


def test_an_event_in_time_is_not_late(shop):
    nodes = {
        "buy": {
            "kind": "wait_for",
            "paths": [{"label": "bought", "event": "Order Completed"}],
            "timeout": {"after": "PT1H"},
        }
    }
    publish(shop, nodes)
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.pass_time(minutes=30)
    shop.say(event="Order Completed", userId="ann")
    shop.work()
    (one,) = why(shop).enrollments
    assert one.late == ()
    assert 'the event "Order Completed"' in one.visits[-1].details[0]


def test_an_old_event_lets_nobody_in_and_says_so(shop):
    publish(shop)
    know(shop)
    shop.say(event="Signed Up", userId="ann", timestamp="2026-03-20T12:00:00Z")
    shop.work()
    told = why(shop)
    assert told.seen[0].reason == "too_old"
    assert "it was told 5 days after it happened" in told.verdict


def test_what_came_before_publication_is_told_so(shop):
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.pass_time(hours=1)
    publish(shop)
    assert why(shop).seen[0].reason == "not_live"


def test_a_journey_that_was_never_published_and_nobody_are_told_apart(shop):
    know(shop)
    publish(shop)
    with pytest.raises(NotFound, match="there is no journey 'x'"):
        why(shop, journey="x")
    with pytest.raises(NotFound, match="there is no contact 'bob'"):
        why(shop, "bob")


def test_a_contact_is_found_by_any_of_its_names(shop):
    publish(shop)
    know(shop)
    ((uid,),) = shop.ask(Contact.uid)
    names = ("ann", str(uid), "Ann@Example.com")
    assert {why(shop, name).contact.id for name in names} == {str(uid)}


def test_r131_every_refusal_skip_and_exit_has_a_reason_of_the_lists(shop):
    publish(shop, {"hello": {**NEWS, "on_skip": "exit"}})
    know(shop, consents={"news": False})
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.deliver()
    shop.work()
    (one,) = why(shop).enrollments
    assert (one.status, one.reason) == ("exited", "message_skipped")
    assert one.messages[0].reason == "unsubscribed"
    assert shop.ask(Message.state) == [(MessageState.SKIPPED,)]
    assert "message_skipped, a gate refused the message" in one.sentence


def test_a_journey_that_is_paused_says_that_nobody_moves(shop):
    nodes = {"rest": {"kind": "wait", "for": "P1D", "next": "hello"}, "hello": NEWS}
    publish(shop, nodes)
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    with shop.database.transaction() as session:
        pause(session, "j", now=shop.now)
    told = why(shop)
    assert told.verdict.startswith("It is at 'rest', and the journey is paused")
    assert told.gates[0].reason == "not_live"


def test_what_a_node_could_not_fill_in_is_told(shop):
    publish(shop, {"hello": {**NEWS, "data": {"cart": {"$": "trigger.properties.cart"}}}})
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    (one,) = why(shop).enrollments
    assert one.status == "failed"
    assert one.sentence.startswith("It is set aside at 'hello'")
    assert "trigger.properties.cart" in one.visits[0].details[-1]
