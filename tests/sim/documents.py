"""Journeys made up by chance: every kind of node and trigger, and all of them may be published."""

from collections.abc import Sequence
from random import Random
from typing import Any

from engine.triggers import TRIGGERS
from tests.sim.nodes import (
    IS_GONE,
    IS_PRO,
    KINDS,
    Setting,
    add_loop,
    lead,
    make_node,
)

PLANS = ("free", "pro", "gone")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", None)
TICKET = "ticket"
STATES = ("open", "open", "held", "solved")
TRIGGER_KINDS = (
    ("event", 8),
    ("absence", 2),
    ("inactivity", 1),
    ("segment", 1),
    ("attribute", 1),
    ("schedule", 1),
    ("manual", 1),
    ("api", 1),
    ("date", 2),
    ("message", 1),
    ("record", 3),
    ("journey", 2),
)
assert {kind for kind, _ in TRIGGER_KINDS} == set(TRIGGERS), "a new kind of trigger is drawn, too"
KEYED = {"event", "absence", "journey"}
"""Kinds of trigger that may tell enrollments of one contact apart."""
OTHER = "k"


def draw(rng: Random, table):
    return rng.choices([kind for kind, _ in table], [weight for _, weight in table])[0]


def make_document(rng: Random) -> dict[str, Any]:
    """Return a journey of 1 to 9 nodes: a line with side ways, perhaps a loop at its end."""
    trigger = make_trigger(rng)
    document = {
        "format": 1,
        "key": "j",
        "name": "J",
        "trigger": trigger,
        "entry": make_entry(rng),
        "exits": make_exits(rng, trigger),
        "settings": make_settings(rng),
        "start": "n0",
        "nodes": make_nodes(rng, make_setting(rng, trigger)),
    }
    if trigger["kind"] == "record":
        document["subject"] = "record"
    if trigger["kind"] == "event" and rng.random() < 0.08:
        document |= make_echo(rng)
    return with_goals(document)


def make_echo(rng: Random) -> dict[str, Any]:
    """Return what lets a journey go round by itself: its own event lets its contact in again."""
    own = {"kind": "emit_event", "event": "Go", "properties": {"k": rng.choice(("a", "b"))}}
    entry = {"reentry": {"mode": "after_exit"}, "allow_own_effects": True}
    return {"entry": entry, "nodes": {"n0": own}}


def make_setting(rng: Random, trigger: dict) -> Setting:
    pace = {"at_most": rng.randint(1, 3), "per": rng.choice(("PT1M", "PT1M", "PT1H"))}
    return Setting(pace, OTHER, may_start=trigger["kind"] != "journey")


def make_nodes(rng: Random, setting: Setting) -> dict[str, dict[str, Any]]:
    count = rng.randint(1, 8)
    keys = [f"n{place}" for place in range(count)]
    nodes = {}
    for place, key in enumerate(keys):
        later = [*keys[place + 1 :], None]
        following = later[0]
        kind = draw(rng, KINDS)
        if kind == "leave" and following is not None:
            kind = "tag"
        nodes[key] = make_node(rng, kind, following, later, setting)
    if rng.random() < 0.4:
        add_loop(rng, nodes, keys)
    return nodes


def with_goals(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with the goals that its nodes can reach."""
    goals = [{"name": "bought", "event": "Buy", "within": "P2D"}]
    if any(node["kind"] == "goal" for node in document["nodes"].values()):
        goals.insert(0, {"name": "won"})
    return document | {"goals": goals}


def make_trigger(rng: Random) -> dict[str, Any]:
    match draw(rng, TRIGGER_KINDS):
        case "event":
            return {"kind": "event", "event": "Go"} | draw_key(rng, 0.4)
        case "absence":
            trigger = {
                "kind": "absence",
                "after": {"event": "Go"},
                "without": {"event": "Buy"},
                "within": rng.choice(("PT10M", "PT1H", "PT24H")),
            }
            return trigger | draw_key(rng, 0.5)
        case "journey":
            return {"kind": "journey"} | draw_key(rng, 0.5)
        case "inactivity":
            return {"kind": "inactivity", "no": rng.choice(("any", ["Go"])), "for": "PT24H"}
        case "segment":
            return {"kind": "segment", "segment": "pros", "change": rng.choice(("entered", "left"))}
        case "attribute":
            return {"kind": "attribute", "attribute": "plan", "to": "pro"}
        case "schedule":
            zone = rng.choice(("contact", "Europe/Berlin", "UTC"))
            return {"kind": "schedule", "cron": "30 9 * * *", "timezone": zone, "audience": IS_PRO}
        case "date":
            return make_date(rng)
        case "message":
            return {"kind": "message", **rng.choice(({}, {"channel": "email"}))}
        case "record":
            return {"kind": "record", "type": TICKET, "change": make_change(rng)}
        case kind:
            return {"kind": kind}


def draw_key(rng: Random, chance: float) -> dict[str, str]:
    return {"entry_key": "properties.k"} if rng.random() < chance else {}


def make_date(rng: Random) -> dict[str, Any]:
    trigger: dict[str, Any] = {"kind": "date", "attribute": "renewal"}
    if rng.random() < 0.5:
        trigger["offset"] = rng.choice(("-P1D", "P1D", "-P2D"))
    if rng.random() < 0.6:
        trigger["at"] = rng.choice(("00:30", "09:00", "23:30"))
    if rng.random() < 0.3:
        trigger["repeat"] = rng.choice(("yearly", "monthly"))
    return trigger


def make_change(rng: Random) -> dict[str, Any]:
    match rng.randrange(5):
        case 0:
            return {"kind": "created"}
        case 1:
            return {"kind": "state", "to": ["open"]}
        case 2:
            return {"kind": "changed", "field": "size"}
        case 3:
            return {"kind": "clock", "after": "PT1H", "state": ["open"]}
        case _:
            return {"kind": "clock", "after": "PT10M", "without_change": True}


def make_entry(rng: Random) -> dict[str, Any]:
    entry: dict[str, Any] = {"reentry": {"mode": rng.choice(("never", "after_exit", "after_exit"))}}
    if entry["reentry"]["mode"] == "after_exit" and rng.random() < 0.4:
        entry["reentry"]["not_within"] = rng.choice(("PT1H", "PT24H"))
    if rng.random() < 0.15:
        entry["at_most"] = rng.choice((0, 2, 4, 9))
    if rng.random() < 0.2:
        entry["when"] = {"none": [IS_GONE]}
    if rng.random() < 0.15:
        entry["allow_own_effects"] = True
    return entry


def make_exits(rng: Random, trigger: dict) -> list[dict[str, Any]]:
    exits = []
    if rng.random() < 0.5:
        exits.append({"event": "Buy", "reason": "bought"})
        if "entry_key" in trigger and rng.random() < 0.4:
            exits[-1]["match_key"] = "properties.k"
    if rng.random() < 0.2:
        exits.append({"when": IS_GONE, "reason": "gone"})
    if trigger["kind"] == "inactivity" and rng.random() < 0.5:
        exits.append({"event": "any", "reason": "awake"})
    if trigger["kind"] == "record" and rng.random() < 0.5:
        solved = {"subject": "state", "op": "is", "value": "solved"}
        exits.append({"when": solved, "reason": "solved"})
    return exits


def make_settings(rng: Random) -> dict[str, Any]:
    settings: dict[str, Any] = {"timezone": rng.choice(("contact", "contact", "Europe/Berlin"))}
    if rng.random() < 0.3:
        policy = rng.choice(("hold", "skip"))
        settings["quiet_hours"] = {"from": "21:00", "to": "08:00", "policy": policy}
    if rng.random() < 0.2:
        settings["holdout_percent"] = 30
    settings["exit_on_unsubscribe"] = rng.random() < 0.3
    settings["visit_limit"] = rng.choice((2, 100))
    return settings


def make_other(rng: Random, editions: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the journey beside a journey; None if that has nothing to do with another.

    It asks the first one to let contacts in, or is asked by it.
    """
    kinds = {node["kind"] for document in editions for node in document["nodes"].values()}
    is_called = editions[0]["trigger"]["kind"] == "journey"
    if not is_called and not kinds & {"start_journey", "stop_journey"}:
        return None
    stay = {"kind": "wait", "for": rng.choice(("PT10M", "PT24H")), "next": "last"}
    keys = ("a", "b")
    if is_called:
        trigger = {"kind": "event", "event": "Go"}
        call = {"journey": "j", "data": {"k": rng.choice(keys)}}
        first = {"kind": "start_journey", **call, "next": "stay"}
    else:
        trigger = {"kind": "journey"} | draw_key(rng, 0.6)
        first = {"kind": "emit_event", "event": rng.choice(("Click", "Go")), "next": "stay"}
        if rng.random() < 0.5:
            first = {"kind": "score", "score": "visits", "by": 1, "next": "stay"}
    last = rng.choice(({"kind": "stop_journey", "journey": "j"}, {"kind": "tag", "add": ["k"]}))
    return {
        "format": 1,
        "key": OTHER,
        "name": "K",
        "trigger": trigger,
        "entry": {"reentry": {"mode": "after_exit"}},
        "settings": {"timezone": "UTC"},
        "start": "first",
        "nodes": {"first": first, "stay": stay, "last": last},
    }


def make_edition(rng: Random, document: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a journey as a colleague has edited it: other nodes, or a few of them changed."""
    setting = make_setting(rng, document["trigger"])
    paces = [node for node in document["nodes"].values() if node["kind"] == "throttle"]
    if paces:
        pace = {name: paces[0][name] for name in ("at_most", "per")}
        setting = Setting(pace, OTHER, setting.may_start)
    nodes = edit_nodes(rng, document, setting)
    if rng.random() < 0.35:
        nodes = make_nodes(rng, setting)
    edition = document | {"name": f"J, edition {number}", "nodes": nodes}
    if rng.random() < 0.3:
        edition["settings"] = make_settings(rng)
    if rng.random() < 0.3:
        edition["exits"] = make_exits(rng, document["trigger"])
    return with_goals(edition)


def edit_nodes(rng: Random, document: dict[str, Any], setting: Setting) -> dict[str, Any]:
    """Return the nodes with one gone, perhaps, and some drawn anew at their place."""
    keys = [key for key in document["nodes"] if key.startswith("n")]
    gone = rng.choice(keys[1:-1]) if len(keys) > 2 and rng.random() < 0.7 else None
    edited = {}
    for key, node in document["nodes"].items():
        place = keys.index(key) if key in keys else None
        is_inner = place is not None and place + 1 < len(keys)
        if is_inner and node["kind"] != "throttle" and rng.random() < 0.3:
            later = [*keys[place + 1 :], None]
            kind = draw(rng, [one for one in KINDS if one[0] not in ("leave", "throttle")])
            edited[key] = make_node(rng, kind, later[0], later, setting)
        else:
            edited[key] = node
    return edited if gone is None else take_out(edited, gone, keys[keys.index(gone) + 1])


def take_out(nodes: dict[str, Any], gone: str, instead: str) -> dict[str, Any]:
    """Return the nodes without one; what led there leads to another."""

    def turn(value):
        if isinstance(value, dict):
            turned = {name: turn(each) for name, each in value.items()}
            return turned | lead(instead) if value.get("next") == gone else turned
        return [turn(each) for each in value] if isinstance(value, list) else value

    return {key: turn(node) for key, node in nodes.items() if key != gone}


def make_moves(rng: Random, document: dict[str, Any], edition: dict[str, Any]) -> dict[str, str]:
    """Return what is to become of those at nodes: mostly said where it must be said."""
    moves = {}
    for key, node in document["nodes"].items():
        is_same = edition["nodes"].get(key, {}).get("kind") == node["kind"]
        if rng.random() < (0.2 if is_same else 0.85):
            moves[key] = rng.choice(("continue", "exit", *edition["nodes"]))
    return moves
