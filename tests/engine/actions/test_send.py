"""Sending is decided alike by every channel."""

from datetime import timedelta

import pytest

from engine.decision import Advance, Await, Leave, MessageSettled, Recheck, SendMessage
from engine.document.values import MissingValue
from tests.engine.actions.making import NOW, decide, facts_of, node_of

WEEK = NOW + timedelta(days=7)
each_channel = pytest.mark.parametrize(
    ("kind", "channel"), [("send_email", "email"), ("send_sms", "sms"), ("send_push", "push")]
)


def send(kind="send_email", **fields):
    return node_of(kind, **({"template": "hello", "topic": "tips"} | fields))


def settled(node, fate, **facts):
    signal = None if fate is None else MessageSettled(fate)
    given = {"arrived_at": NOW, "is_first": False, "signal": signal} | facts
    return decide(node, facts_of(**given)).outcome


@each_channel
def test_a_message_is_intended_and_nobody_waits_for_it(kind, channel):
    decision = decide(send(kind), facts_of())
    assert decision.outcome == Advance("next")
    assert decision.effects == (
        SendMessage(
            channel=channel,
            template="hello",
            topic="tips",
            message_class="marketing",
            waits=False,
            exits_on_error=True,
        ),
    )


def test_what_the_document_says_reaches_the_message():
    gates = {"quiet_hours": "skip", "expires_after": "PT6H", "unknown_outcome": "no_resend"}
    node = send(class_="transactional", gates=gates, on_error="continue")
    [effect] = decide(node, facts_of()).effects
    assert effect.message_class == "transactional"
    assert (effect.quiet_hours, effect.unknown_outcome) == ("skip", "no_resend")
    assert effect.expires_at == NOW + timedelta(hours=6)
    assert effect.exits_on_error is False


def test_values_for_the_template_are_filled_in_by_name():
    data = {
        "order.id": {"$": "trigger.properties.order_id"},
        "order.items": {"$": "trigger.properties.items", "or": []},
        "code": {"$": "context.voucher.code"},
        "first_name": {"$": "contact.first_name"},
        "mail": {"$": "contact.email"},
        "cart": {"$": "entry_key"},
        "journey": {"$": "journey.key"},
        "since": {"$": "enrollment.entered_at"},
    }
    facts = facts_of(
        trigger={"properties": {"order_id": 7}},
        context={"voucher": {"code": "X1"}},
        attributes={"first_name": "Ann"},
        contact={"email": "ann@example.com"},
        entry_key="c1",
    )
    [effect] = decide(send(data=data), facts).effects
    assert effect.data == {
        "order": {"id": 7, "items": []},
        "code": "X1",
        "first_name": "Ann",
        "mail": "ann@example.com",
        "cart": "c1",
        "journey": "welcome",
        "since": "2026-03-25T12:00:00Z",
    }


WAITING = [
    {"on_skip": "exit"},
    {"on_skip": {"next": "text"}},
    {"on_error": {"next": "sorry"}},
]


@pytest.mark.parametrize("fields", WAITING)
def test_where_its_fate_matters_the_node_waits_for_it(fields):
    decision = decide(send(**fields), facts_of())
    assert decision.outcome == Await(WEEK)
    assert decision.effects[0].waits is True


@pytest.mark.parametrize(
    ("fields", "fate", "expected"),
    [
        ({"on_skip": {"next": "text"}}, "sent", Advance("next")),
        ({"on_skip": {"next": "text"}}, "skipped", Advance("skipped")),
        ({"on_skip": "exit"}, "skipped", Leave("message_skipped")),
        ({"on_skip": "exit"}, "sent", Advance("next")),
        ({"on_skip": "exit"}, "failed", Leave("message_failed")),
        ({"on_skip": "exit", "on_error": "continue"}, "failed", Advance("next")),
        ({"on_error": {"next": "sorry"}}, "failed", Advance("error")),
        ({"on_error": {"next": "sorry"}}, "skipped", Advance("next")),
    ],
)
def test_what_became_of_it_decides_where_to_go(fields, fate, expected):
    assert settled(send(**fields), fate) == expected


def test_other_news_are_waited_out():
    assert settled(send(on_skip="exit"), None, signal=Recheck()) == Await(WEEK)


def test_without_news_for_a_week_it_counts_as_failed():
    node = send(on_error={"next": "sorry"})
    assert settled(node, None, now=WEEK - timedelta(seconds=1)) == Await(WEEK)
    assert settled(node, None, now=WEEK) == Advance("error")
    assert settled(node, "sent", now=WEEK) == Advance("next")


def test_r085_a_missing_value_is_an_error_of_the_message():
    data = {"code": {"$": "context.voucher"}}
    with pytest.raises(MissingValue, match=r"there is no context\.voucher"):
        decide(send(data=data), facts_of())
    away = decide(send(data=data, on_error={"next": "sorry"}), facts_of())
    assert (away.outcome, away.effects) == (Advance("error"), ())
    on = decide(send(data=data, on_error="continue"), facts_of())
    assert (on.outcome, on.effects) == (Advance("next"), ())


def test_the_ways_out_are_those_the_document_gives():
    node = send(next="a", on_skip={"next": "b"}, on_error={})
    assert [(way.label, way.next, way.at) for way in node.paths()] == [
        ("next", "a", ()),
        ("skipped", "b", ("on_skip",)),
        ("error", None, ("on_error",)),
    ]
