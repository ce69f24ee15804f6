"""A letter that cannot be made never leaves, and its node goes where it says for that."""

import pytest

from engine.messages.library.templates import compile_source, save_template
from engine.messages.states import FailReason, MessageState
from engine.models.journey import Enrollment
from engine.models.message import Message, MessageContent
from server.delivering import deliver
from tests.server.conftest import TestClock, build_house
from tests.shop import NOON, SEND, Shop

LETTER = (
    "<mjml><mj-head><mj-title>{subject}</mj-title></mj-head><mj-body><mj-section><mj-column>"
    "<mj-text>{body}</mj-text></mj-column></mj-section></mj-body></mjml>"
)
BROKEN = {
    "a value that is missing": ("Hello", "Dear {{ contact.nick }}"),
    "a value that is missing, in the subject": ("Hello {{ contact.nick }}", "Dear you"),
    "a value of the wrong kind": ("Hello", "{{ contact.plan / 2 }}"),
    "a number divided by nothing": ("Hello", "{{ 1 / (contact.plan|length - 3) }}"),
    "a loop that does not end": (
        "Hello",
        "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
    ),
    "an empty subject": ("{{ contact.nick|default('') }}", "Dear you"),
    "a subject of blanks": ("{{ ' ' }}", "Dear you"),
}
CORNERS = {
    "way": ({"on_error": {"next": "sorry"}}, ["bad", "sorry"], (2, None)),
    "exit": ({"on_error": "exit"}, ["bad"], (3, "message_failed")),
}


@pytest.fixture
def shop(database, tmp_path):
    shop = Shop(database)
    shop.house = build_house(database, tmp_path, wall=TestClock(NOON))
    yield shop
    shop.house.outgoing.close()


def live(shop, subject, body, corner):
    source = LETTER.format(subject=subject, body=body)
    with shop.database.transaction() as session:
        save_template(
            session, "bad", "email", source, compile_source("email", source), by="test", now=NOON
        )
    shop.publish(
        trigger={"kind": "event", "event": "Signed Up"},
        start="bad",
        nodes={
            "bad": {**SEND, "template": "bad", "next": "day", **corner},
            "day": {"kind": "wait", "for": "PT24H", "next": "after"},
            "after": SEND,
            **({"sorry": {**SEND, "template": "later"}} if "next" in corner["on_error"] else {}),
        },
    )
    shop.say("identify", userId="ann", traits={"email": "ann@example.com", "plan": "pro"})
    shop.say(userId="ann", event="Signed Up")
    shop.work()
    for _ in range(3):
        deliver(shop.house, "email")
        shop.work()


@pytest.mark.parametrize("why", BROKEN)
def test_r085_what_cannot_be_made_never_leaves(shop, why):
    live(shop, *BROKEN[why], CORNERS["way"][0])
    states = dict(shop.ask(Message.node, Message.state))
    assert states["bad"] in (MessageState.FAILED, MessageState.SET_ASIDE)
    assert dict(shop.ask(Message.node, Message.reason))["bad"] == FailReason.RENDER
    kept = shop.ask(MessageContent.message_id)
    bad = shop.ask(Message.id, node="bad")
    assert not set(bad) & set(kept)


@pytest.mark.parametrize("corner", CORNERS)
def test_r085_and_the_node_goes_where_it_says_for_that(shop, corner):
    says, ways, end = CORNERS[corner]
    live(shop, *BROKEN["a value that is missing"], says)
    assert sorted(shop.messages) == sorted(ways)
    assert shop.ask(Enrollment.status, Enrollment.reason) == [end]
    sent = shop.ask(Message.node, state=MessageState.SENT)
    assert sorted(node for (node,) in sent) == sorted(ways[1:])
