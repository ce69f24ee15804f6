"""Letters and texts that come in: they start journeys, end waits, and are kept."""

import zlib

import pytest

from engine.errors import NotFound
from engine.messages.states import MessageState
from engine.messages.texts.inbound import Inbound, receive
from engine.models.contact import ContactState, Identity
from engine.models.event import Event
from engine.models.journey import Enrollment
from engine.models.message import Message, MessageContent
from tests.shop import NOON, SEND

NUMBER = "+491701234567"
TEXT = {"kind": "send_sms", "template": "text", "class": "transactional"}


@pytest.fixture
def line(shop):
    """A shop that Ann writes to by text and by letter."""
    shop.say("identify", userId="ann", traits={"phone": NUMBER, "email": "ann@example.com"})
    shop.work()
    return shop


def write(line, text="Yes?", *, channel="sms", sender=NUMBER, **more):
    with line.database.transaction() as session:
        inbound = Inbound(channel=channel, sender=sender, text=text, **more)
        received = receive(session, inbound, now=line.now)
    line.work()
    return received


def hand_over(line, node="a"):
    """The provider took the message of a node."""
    with line.database.transaction() as session:
        for message in session.query(Message).filter_by(node=node, sent_at=None):
            message.state, message.sent_at = MessageState.SENT, line.now
            message.provider_id = f"SM-{node}"


def test_a_text_starts_a_journey_for_its_sender(line):
    question = {"property": "text", "op": "ends_with", "value": "?"}
    line.publish(
        trigger={"kind": "message", "channel": "sms", "where": question},
        entry={"when": {"trigger": "properties.from", "op": "is", "value": NUMBER}},
        start="a",
        nodes={"a": {**SEND, "data": {"asked": {"$": "trigger.properties.text"}}}},
    )
    write(line, "No question")
    write(line, "A letter?", channel="email", sender="Ann@Example.com")
    assert line.messages == [None, None]
    write(line, "When do you open?", sender="+49 170 1234567")
    assert [data["data"] for (data,) in line.ask(Message.data, node="a")] == [
        {"asked": "When do you open?"}
    ]


def test_whatever_the_channel_where_none_is_asked_for(line):
    line.publish(
        trigger={"kind": "message"},
        entry={"reentry": {"mode": "after_exit"}},
        start="a",
        nodes={"a": SEND},
    )
    write(line)
    write(line, channel="email", sender="ann@example.com")
    assert line.messages.count("a") == 2


def test_a_page_that_says_a_message_was_received_starts_nothing(line):
    line.publish(trigger={"kind": "message", "channel": "sms"}, start="a", nodes={"a": SEND})
    line.say(event="Message Received", userId="ann", properties={"channel": "sms", "text": "?"})
    line.work()
    assert line.messages == []


def test_what_comes_in_is_kept_and_said_once(line):
    received = write(line, "Grüße", provider_id="SM9")
    again = write(line, "Grüße", provider_id="SM9")
    assert (received.is_duplicate, again.is_duplicate, again.uid) == (False, True, received.uid)
    assert line.ask(Message.direction, Message.channel, Message.state, Message.sent_at) == [
        ("in", "sms", MessageState.SENT, None)
    ]
    [(sender, text)] = line.ask(MessageContent.sender, MessageContent.text)
    assert (sender, zlib.decompress(text).decode()) == (NUMBER, "Grüße")
    said = line.ask(Event.properties, Event.channel, Event.actor, name="Message Received")
    assert said == [
        (
            {"message": str(received.uid), "channel": "sms", "from": NUMBER, "text": "Grüße"},
            "sms",
            "contact",
        )
    ]


def test_a_reply_marks_the_message_that_it_answers_and_ends_a_wait_for_it(line):
    waits = {
        "kind": "wait_for",
        "paths": [
            {"label": "said", "when": {"message": "a", "op": "replied"}, "next": "b"},
        ],
        "timeout": {"after": "P7D"},
    }
    line.publish(
        trigger={"kind": "event", "event": "Asked"},
        start="a",
        nodes={"a": {**SEND, "next": "w"}, "w": waits, "b": SEND},
    )
    line.say(event="Asked", userId="ann")
    line.work()
    hand_over(line)
    line.pass_time(hours=1)
    received = write(
        line, channel="email", sender="ann@home.example", in_reply_to="SM-a", subject="Re: Hello"
    )
    assert line.ask(Message.replied_at, node="a") == [(line.now,)]
    assert received.in_reply_to == line.ask(Message.uid, node="a")[0][0]
    [(said,)] = line.ask(Event.properties, name="Email Replied")
    assert (said["node"], said["template"]) == ("a", "hello")
    assert "b" in line.messages
    write(line, channel="email", sender="x@example.com", in_reply_to=str(received.in_reply_to))
    assert len(line.ask(Event.id, name="Email Replied")) == 2
    assert line.ask(Message.replied_at, node="a") == [(line.now,)]


@pytest.mark.parametrize(("days", "answers"), [(6, True), (8, False)])
def test_a_text_answers_the_last_that_its_sender_was_sent(line, days, answers):
    line.publish(trigger={"kind": "event", "event": "Asked"}, start="a", nodes={"a": TEXT})
    line.say(event="Asked", userId="ann")
    line.work()
    hand_over(line)
    line.pass_time(days=days)
    received = write(line)
    assert (received.in_reply_to is not None) is answers
    assert (line.ask(Message.replied_at, node="a") == [(line.now,)]) is answers


def test_r140_who_writes_to_us_is_not_silent(line):
    [(ann,)] = line.ask(Identity.contact_id, value="ann")
    write(line)
    assert line.ask(ContactState.active_at, contact_id=ann) == [(NOON,)]


def test_a_reply_takes_out_where_an_exit_says_so(line):
    line.publish(
        trigger={"kind": "event", "event": "Asked"},
        exits=[{"event": "Message Received", "reason": "answered"}],
        start="w",
        nodes={"w": {"kind": "wait", "for": "P1D", "next": "a"}, "a": SEND},
    )
    line.say(event="Asked", userId="ann")
    line.work()
    write(line)
    assert line.ask(Enrollment.status, Enrollment.reason) == [(3, "answered")]


def test_who_wrote_may_be_said_outright(line):
    line.say("identify", userId="bob")
    line.work()
    write(line, sender="+4930123456", contact="bob")
    [(bob,)] = line.ask(Identity.contact_id, value="bob")
    assert line.ask(Message.contact_id) == [(bob,)]


def test_a_message_from_nobody_we_know_is_refused(line):
    with pytest.raises(NotFound):
        write(line, sender="+4930123456")
    assert line.ask(Message.id) == []
