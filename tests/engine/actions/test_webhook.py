from datetime import timedelta

import pytest

from engine.decision import (
    Advance,
    Await,
    CallWebhook,
    Leave,
    MessageSettled,
    Recheck,
    SaveContext,
)
from engine.document.values import MissingValue
from tests.engine.actions.making import NOW, decide, facts_of, node_of

FOUR_DAYS = NOW + timedelta(days=4)
ANSWER = {
    "status": 200,
    "headers": {"x-request-id": "r1"},
    "body": {"customer": {"tier": "gold"}, "note": None},
}
SAVE = {"tier": "body.customer.tier", "code": "status", "billing.request": "headers.X-Request-Id"}


def hook(**fields):
    return node_of("webhook", **({"endpoint": "shop"} | fields))


def settled(node, fate, *, answer=ANSWER, **facts):
    signal = MessageSettled(fate, answer=answer)
    given = {"arrived_at": NOW, "is_first": False, "signal": signal} | facts
    return decide(node, facts_of(**given))


def test_another_system_is_called_and_its_answer_waited_for():
    node = hook(
        method="PATCH",
        headers={"X-Step": "1"},
        body={"cart": {"$": "trigger.properties.cart_id"}, "as_is": {"$literal": {"$": 1}}},
        timeout="PT20S",
    )
    decision = decide(node, facts_of(trigger={"properties": {"cart_id": "c1"}}))
    assert decision.outcome == Await(FOUR_DAYS)
    assert decision.effects == (
        CallWebhook(
            method="PATCH",
            endpoint="shop",
            url=None,
            headers={"X-Step": "1"},
            body={"cart": "c1", "as_is": {"$": 1}},
            timeout=20.0,
        ),
    )


def test_named_pieces_of_the_answer_are_kept():
    decision = settled(hook(save=SAVE), "sent")
    assert decision.outcome == Advance("next")
    assert decision.effects == (
        SaveContext({"tier": "gold", "code": 200, "billing.request": "r1"}),
    )


def test_null_in_an_answer_is_a_value():
    assert settled(hook(save={"note": "body.note"}), "sent").effects == (
        SaveContext({"note": None}),
    )


def test_nothing_is_saved_where_nothing_is_asked():
    assert settled(hook(), "sent").effects == ()


def test_an_answer_that_lacks_what_is_asked_is_no_good_answer():
    save = {"tier": "body.customer.tier", "code": "body.voucher"}
    assert settled(hook(save=save), "sent").outcome == Leave("call_failed")
    away = settled(hook(save=save, on_error={"next": "plain"}), "sent")
    assert (away.outcome, away.effects) == (Advance("error"), ())
    on = settled(hook(save=save, on_error="continue"), "sent")
    assert (on.outcome, on.effects) == (Advance("next"), (SaveContext({"tier": "gold"}),))


@pytest.mark.parametrize(
    "answer", [{}, {"status": 204, "headers": {}, "body": None}, {"body": [1]}]
)
def test_an_answer_without_a_body_is_read_without_harm(answer):
    assert settled(hook(save={"a": "body.b"}), "sent", answer=answer).outcome == (
        Leave("call_failed")
    )


@pytest.mark.parametrize(
    ("on_error", "expected"),
    [
        ("exit", Leave("call_failed")),
        ("continue", Advance("next")),
        ({"next": "later"}, Advance("error")),
    ],
)
@pytest.mark.parametrize("fate", ["failed", "skipped"])
def test_r055_no_good_answer_goes_where_on_error_says(on_error, expected, fate):
    assert settled(hook(on_error=on_error, save=SAVE), fate).outcome == expected


def test_without_an_answer_for_four_days_it_counts_as_failed():
    node = hook(on_error={"next": "later"})
    given = {"arrived_at": NOW, "is_first": False}
    early = FOUR_DAYS - timedelta(seconds=1)
    assert decide(node, facts_of(now=early, **given)).outcome == Await(FOUR_DAYS)
    assert decide(node, facts_of(now=FOUR_DAYS, **given)).outcome == Advance("error")
    other = facts_of(now=early, signal=Recheck(), **given)
    assert decide(node, other).outcome == Await(FOUR_DAYS)


def test_a_body_that_cannot_be_filled_goes_where_on_error_says():
    body = {"cart": {"$": "trigger.properties.cart_id"}}
    with pytest.raises(MissingValue):
        decide(hook(body=body), facts_of())
    assert decide(hook(body=body, on_error={}), facts_of()).outcome == Advance("error")


def test_what_is_saved_is_certain_unless_errors_are_passed_over():
    assert hook(save=SAVE).paths()[0].sets == frozenset(SAVE)
    assert hook(save=SAVE, on_error={}).paths()[0].sets == frozenset(SAVE)
    assert hook(save=SAVE, on_error="continue").paths()[0].sets == frozenset()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": "https://a.example"}, "either 'endpoint' or 'url'"),
        ({"endpoint": None}, "either 'endpoint' or 'url'"),
        ({"endpoint": None, "url": "ftp://a.example"}, "pattern"),
        ({"headers": {"X-A": "b\r\nX-C: d"}}, "pattern"),
        ({"headers": {"X A": "b"}}, "match"),
        ({"timeout": "PT61S"}, "at most 60 seconds"),
        ({"save": {"a": "cookies.b"}}, "pattern"),
    ],
)
def test_what_cannot_be_called_is_refused(fields, words):
    with pytest.raises(ValueError, match=words):
        hook(**fields)
