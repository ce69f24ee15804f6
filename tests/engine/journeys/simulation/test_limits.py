"""The simulator says what sending limits would do, by what a contact got before and gets in it."""

from datetime import timedelta

import pytest

from engine.journeys.simulation.setting import Setting
from engine.journeys.simulation.simulate import simulate
from engine.messages.gates.limits import Limit, Use
from engine.messages.states import MessageState
from tests.engine.journeys.simulation.test_simulate import make_persona, plan
from tests.shop import NOON

NEWS = {"kind": "send_email", "template": "hello", "topic": "news"}


def live(limits=(), uses=(), **gates):
    document = {
        "trigger": {"kind": "event", "event": "Signed Up"},
        "start": "a",
        "nodes": {
            "a": {**NEWS, "next": "b"},
            "b": {**NEWS, "template": "later", "next": "c"},
            "c": {**NEWS, "gates": gates},
        },
    }
    until = NOON + timedelta(days=9)
    setting = Setting(plan(**document), NOON, until, implied_topics={"news"}, limits=limits)
    persona = make_persona(1, setting, [(timedelta(), "Signed Up")])
    persona.uses = uses
    [lived] = simulate(setting, [persona])
    return [
        (one.node, one.state.name, one.reason, one.settled_at - NOON)
        for one in lived.list_messages()
    ]


def test_r087_what_is_over_a_limit_is_skipped_in_a_simulation():
    told = live([Limit("two", 2, timedelta(days=1))])
    assert [one[:3] for one in told] == [
        ("a", "SENT", ""),
        ("b", "SENT", ""),
        ("c", "SKIPPED", "capped"),
    ]


@pytest.mark.parametrize("hours", [1, 23])
def test_r092_or_held_to_the_computed_instant_also_by_what_went_before(hours):
    before = Use(1, "email", "news", False, NOON - timedelta(hours=hours))
    told = live([Limit("two", 2, timedelta(days=1), policy="hold")], [before])
    assert told[1:] == [
        ("b", "SENT", "", timedelta(hours=24 - hours)),
        ("c", "SENT", "", timedelta(hours=24)),
    ]


def test_r084_what_goes_once_goes_once_in_a_simulation():
    assert live(once_per="journey")[2][:3] == ("c", MessageState.SKIPPED.name, "already_sent")
    assert live(once_per="node")[2][:3] == ("c", "SENT", "")
