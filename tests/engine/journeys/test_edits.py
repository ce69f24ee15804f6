"""What an edit changes, and where it leaves the people inside."""

import json
from copy import deepcopy

import pytest

from engine.journeys.deciding.edits import Fate, carry_visits, compare, decide_move, list_passed
from engine.journeys.deciding.plan import build_plan
from engine.journeys.definition.journey import parse_journey

WAIT = {"kind": "wait", "for": "P1D"}
NODES = {
    "a": {**WAIT, "next": "b"},
    "b": {
        "kind": "wait_for",
        "paths": [{"label": "x", "event": "X", "next": "c"}],
        "timeout": {"after": "P1D", "next": "d"},
    },
    "c": {"kind": "split", "paths": [{"label": "one", "weight": 100, "next": "d"}]},
    "d": WAIT,
}


def plan_of(version=1, nodes=NODES, **changes):
    document = {
        "format": 1,
        "key": "j",
        "name": "J",
        "trigger": {"kind": "event", "event": "E"},
        "start": "a",
        "nodes": nodes,
    } | changes
    parsed = parse_journey(json.dumps(document))
    return build_plan(parsed, version_id=version, number=version, journey_id=1)


def without(*keys, **more):
    nodes = deepcopy({key: node for key, node in NODES.items() if key not in keys} | more)
    for node in nodes.values():
        ways = [node, node.get("timeout", {}), *node.get("paths", [])]
        for way in ways:
            if way.get("next") in keys:
                del way["next"]
    return nodes


def fate_of(key, target, **moves):
    plan = plan_of()
    return decide_move(plan, plan.places[key], target, moves)


def test_r096_a_node_of_the_same_key_and_kind_keeps_its_people():
    move = fate_of("a", plan_of(2))
    assert (move.fate, move.to, move.is_retimed) == (Fate.STAY, "a", False)
    edited = plan_of(2, {**NODES, "a": {**NODES["a"], "for": "P2D"}})
    assert fate_of("a", edited).is_retimed
    noted = plan_of(2, {**NODES, "a": {**NODES["a"], "note": "for colleagues"}})
    assert not fate_of("a", noted).is_retimed
    elsewhere = plan_of(2, settings={"timezone": "Asia/Tokyo"})
    assert fate_of("a", elsewhere).is_retimed


def test_r096_people_at_a_node_that_is_gone_or_of_another_kind_must_be_mapped():
    assert fate_of("d", plan_of(2, without("d"))).fate is Fate.UNMAPPED
    other = plan_of(2, {**NODES, "d": {"kind": "leave", "reason": "over"}})
    assert fate_of("d", other).fate is Fate.UNMAPPED
    assert fate_of("d", other, d="d").fate is Fate.GO


@pytest.mark.parametrize(
    ("key", "said", "fate", "to"),
    [
        ("a", "exit", Fate.EXIT, None),
        ("a", "d", Fate.GO, "d"),
        ("a", "nowhere", Fate.UNMAPPED, None),
        ("a", "continue", Fate.GO, "b"),
        ("b", "continue", Fate.GO, "d"),
        ("c", "continue", Fate.UNMAPPED, None),
        ("d", "continue", Fate.COMPLETE, None),
    ],
)
def test_r096_a_map_says_continue_exit_or_where_to(key, said, fate, to):
    move = fate_of(key, plan_of(2), **{key: said})
    assert (move.fate, move.to) == (fate, to)
    assert bool(move.words) == (fate is Fate.UNMAPPED)


def test_r096_nobody_continues_to_what_is_gone_as_well():
    assert fate_of("a", plan_of(2, without("a", "b", start=WAIT), start="c"), a="continue").words


def test_r104_an_unchanged_document_changes_nothing():
    changes = compare(plan_of().document, plan_of(2).document)
    assert not any((changes.added, changes.removed, changes.changed, changes.parts))


def test_r096_the_plan_says_what_was_changed():
    after = plan_of(
        2,
        without("d", e=WAIT, a={**WAIT, "for": "P3D", "next": "b"}),
        goals=[{"name": "g", "event": "G"}],
    )
    changes = compare(plan_of().document, after.document)
    assert (changes.added, changes.removed) == (("e",), ("d",))
    assert changes.changed == ("a", "b", "c")
    assert changes.parts == ("goals",)


def test_r098_what_may_have_been_done_keeps_its_number():
    plan = plan_of()
    passed = list_passed(plan, plan.places["d"])
    assert carry_visits(passed, {}, here="d") == dict.fromkeys("abcd", 1)
    assert carry_visits(passed, {"a": 3}, here=None) == {"a": 3, "b": 1, "c": 1}
