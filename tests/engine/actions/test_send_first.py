"""One message, by the first channel that reaches the contact."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from engine.actions.send_first import UNREACHABLE
from engine.decision import Advance, Await, Leave, MessageSettled, Recheck
from engine.messages.states import FailReason, SkipReason
from tests.engine.actions.making import NOW, decide, facts_of, node_of

WEEK = NOW + timedelta(days=7)
TRIES = [
    {"channel": "email", "template": "hello", "data": {"who": {"$": "contact.plan"}}},
    {"channel": "sms", "template": "text"},
]


def send(**fields):
    return node_of("send_first", **({"tries": TRIES, "topic": "tips"} | fields))


def settle(node, fate, reason="", channel="email", tried=(), **facts):
    signal = MessageSettled(fate, reason, channel=channel, tried=tried)
    given = {"arrived_at": NOW, "is_first": False, "signal": signal} | facts
    return decide(node, facts_of(**given))


def test_the_first_channel_is_tried_and_waited_for():
    decision = decide(send(), facts_of())
    assert decision.outcome == Await(WEEK)
    [effect] = decision.effects
    assert (effect.channel, effect.template, effect.topic) == ("email", "hello", "tips")
    assert (effect.data, effect.waits, effect.tried) == ({"who": "pro"}, True, ())


@pytest.mark.parametrize("reason", sorted(UNREACHABLE))
def test_where_the_contact_cannot_be_reached_the_next_is_tried(reason):
    assert SkipReason(reason)
    decision = settle(send(gates={"expires_after": "PT6H"}), "skipped", reason)
    assert decision.outcome == Await(WEEK)
    [effect] = decision.effects
    assert (effect.channel, effect.template, effect.tried) == ("sms", "text", ("email",))
    assert effect.expires_at == NOW + timedelta(hours=6)
    assert decision.notes == {"tried": ["email", reason, "sms"]}


@pytest.mark.parametrize("reason", sorted(set(SkipReason) - UNREACHABLE))
def test_an_hour_a_limit_or_an_end_is_no_reason_to_try_another(reason):
    gates = {"expires_after": "PT6H"} if reason == "expired" else {}
    decision = settle(send(on_skip={"next": "later"}, gates=gates), "skipped", reason)
    assert decision.effects == ()
    assert decision.outcome == Advance("skipped")


def test_what_expired_since_no_account_took_it_goes_by_the_next():
    decision = settle(send(), "skipped", "expired")
    assert decision.effects[0].channel == "sms"
    assert decision.notes == {"tried": ["email", "expired", "sms"]}


def test_what_was_refused_for_good_goes_by_the_next_unless_that_is_an_error():
    assert settle(send(), "failed", "refused").effects[0].channel == "sms"
    decision = settle(send(on_failure="error"), "failed", "refused")
    assert (decision.effects, decision.outcome) == ((), Leave("message_failed"))


@pytest.mark.parametrize("reason", sorted(set(FailReason) - {"refused"}))
def test_what_may_have_left_or_is_our_own_fault_is_an_error(reason):
    decision = settle(send(), "failed", reason)
    assert (decision.effects, decision.outcome) == ((), Leave("message_failed"))


@pytest.mark.parametrize(
    ("fields", "fate", "reason", "expected"),
    [
        ({}, "sent", "", Advance()),
        ({}, "skipped", "no_address", Advance()),
        ({"on_skip": "exit"}, "skipped", "opted_out", Leave("message_skipped")),
        ({"on_skip": {"next": "call"}}, "skipped", "no_consent", Advance("skipped")),
        ({"gates": {"on_cap": "exit"}}, "skipped", "capped", Leave("message_skipped")),
        ({"on_error": {"next": "call"}}, "failed", "refused", Advance("error")),
    ],
)
def test_the_last_one_says_how_it_ends(fields, fate, reason, expected):
    decision = settle(send(**fields), fate, reason, "sms", tried=("email",))
    assert (decision.effects, decision.outcome) == ((), expected)


def test_what_went_by_a_channel_that_an_edit_took_away_ends_it():
    one = send(tries=TRIES[1:])
    assert settle(one, "skipped", "no_address").outcome == Advance()
    assert settle(one, "sent").outcome == Advance()


def test_none_is_tried_twice_in_whatever_order_an_edit_puts_them():
    push = {"channel": "push", "template": "ping"}
    turned = send(tries=[TRIES[1], push, TRIES[0]])
    after = settle(turned, "skipped", "no_address")
    assert (after.effects[0].channel, after.effects[0].tried) == ("sms", ("email",))
    after = settle(turned, "skipped", "no_address", "sms", tried=("email",))
    assert (after.effects[0].channel, after.effects[0].tried) == ("push", ("email", "sms"))
    after = settle(turned, "skipped", "no_address", "push", tried=("email", "sms"))
    assert (after.effects, after.outcome) == ((), Advance())
    again = settle(turned, "skipped", "no_address", "sms", tried=("push", "email"))
    assert (again.effects, again.outcome) == ((), Advance())


def test_asked_meanwhile_it_keeps_waiting_and_after_a_week_it_has_failed():
    given = {"arrived_at": NOW, "is_first": False}
    assert decide(send(), facts_of(signal=Recheck(), **given)).outcome == Await(WEEK)
    late = decide(send(on_error="continue"), facts_of(now=WEEK, **given))
    assert late.outcome == Advance()


@pytest.mark.parametrize(
    ("tries", "words"),
    [([], "at least 1"), ([TRIES[0], TRIES[0]], "each channel is tried once")],
)
def test_there_is_a_try_and_no_channel_twice(tries, words):
    with pytest.raises(ValidationError, match=words):
        send(tries=tries)
