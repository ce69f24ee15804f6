"""Round and round: refused without a wait, and ended after so many visits (rule 107)."""

import pytest

from engine.errors import InvalidJourney
from engine.models.journey import Enrollment, Pass
from tests.shop import SEND

SIGNED_UP = {"kind": "event", "event": "Signed Up"}


def loop(shop, wait, **settings):
    shop.publish(
        trigger=SIGNED_UP,
        settings=settings,
        exits=[{"event": "Stop"}],
        start="a",
        nodes={
            "a": {**SEND, "next": "rest"},
            "rest": {"kind": "wait", "for": wait, "next": "back"},
            "back": {"kind": "go_to", "next": "a"},
        },
    )


def test_r107_a_cycle_that_waits_less_than_a_minute_is_not_published(shop):
    with pytest.raises(InvalidJourney, match="at least 60 seconds"):
        loop(shop, "PT59S")
    loop(shop, "PT60S")


def test_r107_no_node_but_a_wait_holds_a_cycle_up(shop):
    between = {
        "throttle": {"at_most": 1, "per": "PT1H"},
        "score": {"score": "s", "by": 1},
        "emit_event": {"event": "E"},
        "consent": {"topic": "news", "channel": "email", "choice": "unsubscribed"},
        "start_journey": {"journey": "other"},
        "stop_journey": {"journey": "other"},
    }
    shop.publish(
        key="other",
        trigger={"kind": "journey"},
        start="a",
        nodes={"a": {"kind": "tag", "add": ["x"]}},
    )
    for kind, fields in between.items():
        with pytest.raises(InvalidJourney, match="without waiting"):
            shop.publish(
                trigger=SIGNED_UP,
                exits=[{"event": "Stop"}],
                start="a",
                nodes={"a": {"kind": kind, **fields, "next": "a"}},
            )


def test_r107_the_visit_limit_ends_an_enrollment(shop):
    loop(shop, "PT60S", visit_limit=3)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    for _ in range(5):
        shop.pass_time(minutes=1)
    assert shop.messages == ["a"] * 3
    assert shop.ask(Enrollment.status, Enrollment.reason) == [(3, "loop_limit")]
    assert len(shop.ask(Pass.seq)) == 4


def test_r107_the_limit_is_a_hundred_visits_where_nothing_else_is_said(shop):
    loop(shop, "PT60S")
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    for _ in range(102):
        shop.pass_time(minutes=1)
    assert len(shop.messages) == 100
    assert shop.ask(Enrollment.reason) == [("loop_limit",)]
