"""What many contacts add up to, and what it costs (rule 130)."""

import json
import random
from datetime import timedelta
from uuid import UUID

import pytest

from engine.errors import TooMuch
from engine.journeys.definition.journey import parse_journey
from engine.journeys.simulation import simulate as simulating
from engine.journeys.simulation.given import Given, Tracked
from engine.journeys.simulation.outcome import sum_up
from engine.journeys.simulation.persona import describe_persona
from engine.journeys.simulation.scene import plan_draft
from engine.journeys.simulation.setting import Assumed, Setting
from engine.journeys.simulation.simulate import simulate
from engine.triggers import TRIGGERS
from tests.engine.journeys.samples import EXAMPLES
from tests.engine.journeys.simulation.chance import make_trigger
from tests.shop import NOON, SEND


def plan(**document):
    whole = {"format": 1, "key": "j", "name": "J", **document}
    return plan_draft(parse_journey(json.dumps(whole)))


def make_persona(number, setting, events=(), **attributes):
    persona = describe_persona(
        number,
        UUID(int=number),
        f"c{number}",
        attributes={"email": f"c{number}@example.com", **attributes},
        since=NOON,
        raw_names=setting.raw_events,
    )
    persona.expect(Given(NOON + after, Tracked(name)) for after, name in events)
    return persona


BRANCHING = {
    "trigger": {"kind": "event", "event": "Signed Up"},
    "entry": {"at_most": 3},
    "start": "plan",
    "nodes": {
        "plan": {
            "kind": "branch",
            "paths": [
                {
                    "label": "pro",
                    "when": {"attribute": "plan", "op": "is", "value": "pro"},
                    "next": "mail",
                },
                {
                    "label": "team",
                    "when": {"attribute": "plan", "op": "is", "value": "team"},
                    "next": "never",
                },
            ],
            "otherwise": {"next": "long"},
        },
        "mail": SEND,
        "never": SEND,
        "long": {"kind": "wait", "for": "P200D"},
    },
}


def test_r130_counts_branches_never_taken_dead_ends_and_refusals_are_told():
    setting = Setting(plan(**BRANCHING), NOON, NOON + timedelta(days=90))
    told = [(timedelta(hours=number), "pro" if number == 1 else "free") for number in range(1, 6)]
    personas = [
        make_persona(number, setting, [(after, "Signed Up")], plan=what)
        for number, (after, what) in enumerate(told, 1)
    ]
    outcome = sum_up(setting, simulate(setting, personas), most_stories=2)
    assert (outcome.contacts, outcome.entered) == (5, 3)
    assert outcome.ends == {"completed": 1, "waiting": 2}
    assert outcome.nodes["plan"].ways == {"pro": 1, "otherwise": 2}
    assert outcome.never_taken == (("plan", "team"), ("long", "next"))
    assert outcome.never_reached == ("never",)
    assert outcome.dead_ends == {"long": 2}
    assert outcome.refused == {"full": 2}
    assert [(one.day, one.node, one.fates) for one in outcome.messages] == [
        ("2026-03-25", "mail", {"sent": 1})
    ]
    assert [story.contact for story in outcome.stories] == ["c1", "c2"]
    assert json.loads(json.dumps(outcome.to_json(), default=str))["journey"] == "j"


def test_assumed_fates_say_what_becomes_of_messages():
    document = {
        "trigger": {"kind": "event", "event": "Signed Up"},
        "start": "a",
        "nodes": {"a": {**SEND, "on_error": {"next": "b"}, "next": "c"}, "b": SEND, "c": SEND},
    }
    made = plan(**document)
    for fate, nodes in (("sent", ["a", "c"]), ("failed", ["a", "b"]), ("clicked", ["a", "c"])):
        setting = Setting(made, NOON, NOON + timedelta(days=9), assumed={"a": Assumed(fate)})
        [lived] = simulate(setting, [make_persona(1, setting, [(timedelta(), "Signed Up")])])
        assert [message.node for message in lived.list_messages()] == nodes
        marks = {"clicked": ["sent", "delivered", "opened", "clicked"], "sent": ["sent"]}
        assert list(lived.list_messages()[0].marks) == marks.get(fate, [])


def test_r130_a_thousand_contacts_over_ninety_days_cost_a_look_for_each_thing_that_happens():
    text = (EXAMPLES / "welcome.json").read_text(encoding="utf-8")
    setting = Setting(plan_draft(parse_journey(text)), NOON, NOON + timedelta(days=90))
    events = [(timedelta(days=day), "Page Viewed") for day in range(10)]
    personas = [
        make_persona(number, setting, [(timedelta(), "Signed Up"), *events])
        for number in range(1000)
    ]
    looks = []
    lived = simulate(setting, personas, tell=lambda turns, _now: looks.append(turns))
    assert all(len(one.stays) == 1 for one in lived)
    assert looks[-1] <= 1000 * (len(events) + 1)


def test_the_simulator_knows_every_kind_of_trigger():
    """A new kind is handled where the engine handles it (reacting, looking, entering), and given
    in `chance.py`, where it is held against an instance; nobody is let in by hand but by hand."""
    rng = random.Random(0)
    by_chance = {make_trigger(rng)["kind"] for _ in range(1000)}
    by_the_clock = {"schedule"}
    by_hand = {"manual", "api"}
    assert set(TRIGGERS) == by_chance | by_the_clock | by_hand


def test_who_asked_can_break_it_off():
    setting = Setting(plan(**BRANCHING), NOON, NOON + timedelta(days=90))
    personas = [
        make_persona(number, setting, [(timedelta(), "Signed Up")]) for number in range(200)
    ]

    def tell(_turns, _now):
        raise TooMuch("enough")

    with pytest.raises(TooMuch, match="enough"):
        simulate(setting, personas, tell=tell)


def test_what_goes_round_at_one_instant_is_stopped(monkeypatch):
    monkeypatch.setattr(simulating, "MOST_TURNS", 1)
    setting = Setting(plan(**BRANCHING), NOON, NOON + timedelta(days=90))
    with pytest.raises(TooMuch, match="without end"):
        simulate(setting, [make_persona(1, setting, [(timedelta(), "Signed Up")])])
