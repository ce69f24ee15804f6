"""Journeys made up by chance: every kind of node and trigger, and all of them may be published."""

from random import Random

from engine.actions import ACTIONS
from engine.triggers import TRIGGERS

EVENTS = ("Go", "Buy", "Click", "Look")
PLANS = ("free", "pro", "gone")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", None)
SHORT = ("PT1M", "PT10M", "PT1H", "PT24H", "PT36H", "P1D", "P2D")
IS_PRO = {"attribute": "plan", "op": "is", "value": "pro"}
IS_GONE = {"attribute": "plan", "op": "is", "value": "gone"}
KINDS = (
    ("wait", 5),
    ("wait_for", 4),
    ("branch", 2),
    ("split", 2),
    ("send_email", 5),
    ("send_sms", 2),
    ("webhook", 2),
    ("update_contact", 1),
    ("tag", 1),
    ("notify", 1),
    ("goal", 1),
    ("leave", 1),
)
TRIGGER_KINDS = (
    ("event", 8),
    ("absence", 2),
    ("inactivity", 1),
    ("segment", 1),
    ("attribute", 1),
    ("schedule", 1),
    ("manual", 1),
    ("api", 1),
)
WALKED = {kind for kind, _ in KINDS} | {"go_to"}
assert set(ACTIONS) >= WALKED
assert {kind for kind, _ in TRIGGER_KINDS} <= set(TRIGGERS)


def draw(rng: Random, table):
    return rng.choices([kind for kind, _ in table], [weight for _, weight in table])[0]


def make_document(rng: Random) -> dict:
    """Return a journey of 1 to 9 nodes: a line with side ways, perhaps a loop at its end."""
    trigger = make_trigger(rng)
    count = rng.randint(1, 8)
    keys = [f"n{place}" for place in range(count)]
    nodes = {}
    for place, key in enumerate(keys):
        later = [*keys[place + 1 :], None]
        following = keys[place + 1] if place + 1 < count else None
        kind = draw(rng, KINDS)
        if kind == "leave" and following is not None:
            kind = "tag"
        nodes[key] = make_node(rng, kind, following, later)
    if rng.random() < 0.4:
        add_loop(rng, nodes, keys)
    document = {
        "format": 1,
        "key": "j",
        "name": "J",
        "trigger": trigger,
        "entry": make_entry(rng),
        "exits": make_exits(rng, trigger),
        "goals": [{"name": "won"}, {"name": "bought", "event": "Buy", "within": "P2D"}],
        "settings": make_settings(rng),
        "start": "n0",
        "nodes": nodes,
    }
    if all(node["kind"] != "goal" for node in nodes.values()):
        document["goals"].pop(0)
    return document


def make_trigger(rng: Random) -> dict:
    match draw(rng, TRIGGER_KINDS):
        case "event":
            trigger = {"kind": "event", "event": "Go"}
            if rng.random() < 0.4:
                trigger["entry_key"] = "properties.k"
            return trigger
        case "absence":
            trigger = {
                "kind": "absence",
                "after": {"event": "Go"},
                "without": {"event": "Buy"},
                "within": rng.choice(("PT10M", "PT1H", "PT24H")),
            }
            if rng.random() < 0.5:
                trigger["entry_key"] = "properties.k"
            return trigger
        case "inactivity":
            return {"kind": "inactivity", "no": rng.choice(("any", ["Go"])), "for": "PT24H"}
        case "segment":
            return {"kind": "segment", "segment": "pros", "change": rng.choice(("entered", "left"))}
        case "attribute":
            return {"kind": "attribute", "attribute": "plan", "to": "pro"}
        case "schedule":
            zone = rng.choice(("contact", "Europe/Berlin", "UTC"))
            return {"kind": "schedule", "cron": "30 9 * * *", "timezone": zone, "audience": IS_PRO}
        case kind:
            return {"kind": kind}


def make_entry(rng: Random) -> dict:
    entry = {"reentry": {"mode": rng.choice(("never", "after_exit", "after_exit"))}}
    if entry["reentry"]["mode"] == "after_exit" and rng.random() < 0.4:
        entry["reentry"]["not_within"] = rng.choice(("PT1H", "PT24H"))
    if rng.random() < 0.15:
        entry["at_most"] = rng.choice((0, 2, 4, 9))
    if rng.random() < 0.2:
        entry["when"] = {"none": [IS_GONE]}
    return entry


def make_exits(rng: Random, trigger: dict) -> list:
    exits = []
    if rng.random() < 0.5:
        exits.append({"event": "Buy", "reason": "bought"})
        if "entry_key" in trigger and rng.random() < 0.4:
            exits[-1]["match_key"] = "properties.k"
    if rng.random() < 0.2:
        exits.append({"when": IS_GONE, "reason": "gone"})
    if trigger["kind"] == "inactivity" and rng.random() < 0.5:
        exits.append({"event": "any", "reason": "awake"})
    return exits


def make_settings(rng: Random) -> dict:
    settings = {"timezone": rng.choice(("contact", "contact", "Europe/Berlin"))}
    if rng.random() < 0.3:
        policy = rng.choice(("hold", "skip"))
        settings["quiet_hours"] = {"from": "21:00", "to": "08:00", "policy": policy}
    if rng.random() < 0.2:
        settings["holdout_percent"] = 30
    settings["exit_on_unsubscribe"] = rng.random() < 0.3
    settings["visit_limit"] = rng.choice((2, 100))
    return settings


def make_node(rng: Random, kind: str, following: str | None, later: list) -> dict:
    node = {"kind": kind} | ({} if following is None else {"next": following})

    def way():
        target = rng.choice(later)
        return {} if target is None else {"next": target}

    def trouble():
        return rng.choice(("continue", "exit", way()))

    match kind:
        case "wait":
            return node | make_wait(rng, way)
        case "wait_for":
            paths = [{"label": "clicked", "event": "Click", **way()}]
            if rng.random() < 0.4:
                paths.append({"label": "pro", "when": IS_PRO, **way()})
            if rng.random() < 0.2:
                paths.append({"label": "looked", "event": "Look", **way()})
            timeout = {"after": rng.choice(SHORT)} | ({} if not following else {"next": following})
            return {"kind": kind, "paths": paths, "timeout": timeout}
        case "branch":
            otherwise = {} if following is None else {"next": following}
            paths = [{"label": "pro", "when": IS_PRO, **way()}]
            return {"kind": kind, "paths": paths, "otherwise": otherwise}
        case "split":
            second = {} if following is None else {"next": following}
            arms = [{"label": "a", "weight": 50, **way()}, {"label": "b", "weight": 50, **second}]
            rerandomize = rng.choice(("never", "each_run"))
            return {"kind": kind, "paths": arms, "rerandomize": rerandomize}
        case "send_email" | "send_sms":
            return node | make_send(rng, kind, trouble)
        case "webhook":
            save = {"tier": "body.tier"} if rng.random() < 0.5 else {}
            return node | {"endpoint": "shop", "save": save, "on_error": trouble()}
        case "update_contact":
            if rng.random() < 0.5:
                return node | {"increment": {"times": 1}}
            return node | {"set": {"nick": {"$": "contact.nick", "or": "you"}}}
        case "tag":
            return node | {"add": ["seen"]}
        case "notify":
            return node | {"to": "owner", "text": "look"}
        case "goal":
            return node | {"goal": "won"}
        case _:
            return {"kind": "leave", "reason": "enough"}


def make_wait(rng: Random, way) -> dict:
    match rng.randrange(6):
        case 0:
            return {"until": {"at": rng.choice(("02:30", "09:00", "23:30"))}}
        case 1:
            return {"until": {"from": "09:00", "to": "17:00", "weekdays": ["mon", "wed", "sat"]}}
        case 2:
            until = {"attribute": "renewal", "offset": rng.choice(("-PT2H", "P1D"))}
            return {"until": until, "on_missing": rng.choice(("exit", way()))}
        case _:
            return {"for": rng.choice(SHORT)}


def make_send(rng: Random, kind: str, trouble) -> dict:
    template = "hello" if kind == "send_email" else "text"
    send: dict = {"template": template}
    if rng.random() < 0.4:
        send["class"] = "transactional"
    else:
        send["topic"] = "news"
    if rng.random() < 0.4:
        send["on_skip"] = trouble()
    if rng.random() < 0.6:
        send["on_error"] = trouble()
    if rng.random() < 0.15:
        send["data"] = {"nick": {"$": "contact.nick"}}
    gates = {}
    if rng.random() < 0.2:
        gates["expires_after"] = "PT6H"
    if rng.random() < 0.2:
        gates["unknown_outcome"] = rng.choice(("resend", "no_resend"))
    return send | ({"gates": gates} if gates else {})


def add_loop(rng: Random, nodes: dict, keys: list) -> None:
    """Put a jump back at the end of the line, with a wait before it."""
    last = nodes[keys[-1]]
    if "next" in last or last["kind"] in ("leave", "branch", "split", "wait_for"):
        return
    last["next"] = "pause"
    nodes["pause"] = {"kind": "wait", "for": rng.choice(SHORT), "next": "again"}
    nodes["again"] = {"kind": "go_to", "next": rng.choice(keys), "at_most": rng.randint(1, 3)}
