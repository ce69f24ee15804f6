"""Nodes made up by chance: every kind that a journey may have, with its settings."""

from dataclasses import dataclass
from random import Random
from typing import Any

from engine.actions import ACTIONS

SHORT = ("PT1M", "PT10M", "PT1H", "PT24H", "PT36H", "P1D", "P2D")
IS_PRO = {"attribute": "plan", "op": "is", "value": "pro"}
IS_GONE = {"attribute": "plan", "op": "is", "value": "gone"}
EVENTS = ("Go", "Buy", "Click", "Look")
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
    ("score", 2),
    ("consent", 1),
    ("emit_event", 2),
    ("start_journey", 2),
    ("stop_journey", 1),
    ("throttle", 2),
    ("ask", 3),
    ("notify", 1),
    ("goal", 1),
    ("leave", 1),
)
WALKED = {kind for kind, _ in KINDS} | {"go_to", "send_first", "send_push"}
assert set(ACTIONS) == WALKED, "a new kind of node is drawn, too"
SENDING = ("send_email", "send_sms", "send_push", "send_first", "webhook")
PUSHED = 0.3
"""Of what would be a text, so much is a push: drawn apart, so that seeds mean what they meant."""
TELLING = ("emit_event", "start_journey", "stop_journey")
FORKS = ("leave", "branch", "split", "wait_for", "ask")
ANSWERS = ("yes", "no")
SCORE = "points"


@dataclass(frozen=True)
class Setting:
    """What nodes of one seed have in common.

    Attributes:
        pace: of its throttles: `at_most`, `per`.
        other: key of the journey that is started and stopped.
        may_start: it lets in whom this one asks it to.
    """

    pace: dict[str, Any]
    other: str
    may_start: bool


def make_node(
    rng: Random, kind: str, following: str | None, later: list, setting: Setting
) -> dict[str, Any]:
    """Return a node that leads to `following`, and by its side ways to some of `later`."""
    node = {"kind": kind} | lead(following)

    def way():
        return lead(rng.choice(later))

    def trouble():
        return rng.choice(("continue", "exit", way()))

    match kind:
        case "wait":
            return node | make_wait(rng, way)
        case "wait_for":
            return {"kind": kind} | make_wait_for(rng, following, way)
        case "ask":
            return {"kind": kind} | make_ask(rng, following, way)
        case "branch":
            paths = [{"label": "pro", "when": IS_PRO, **way()}]
            return {"kind": kind, "paths": paths, "otherwise": lead(following)}
        case "split":
            second = {"label": "b", "weight": 50, **lead(following)}
            arms = [{"label": "a", "weight": 50, **way()}, second]
            rerandomize = rng.choice(("never", "each_run"))
            return {"kind": kind, "paths": arms, "rerandomize": rerandomize}
        case "send_email":
            return node | make_send(rng, kind, trouble)
        case "send_sms":
            send = make_send(rng, kind, trouble)
            if Random(f"push {following} {send}").random() < PUSHED:
                return node | send | {"kind": "send_push", "template": "note"}
            return try_both(node | send)
        case "webhook":
            save = {"tier": "body.tier"} if rng.random() < 0.5 else {}
            return node | {"endpoint": "shop", "save": save, "on_error": trouble()}
        case "leave":
            return {"kind": "leave", "reason": "enough"}
        case _:
            return node | make_instant(rng, kind, setting)


def lead(target: str | None) -> dict[str, str]:
    """Return a way out; one that leads nowhere has no target."""
    return {} if target is None else {"next": target}


def make_instant(rng: Random, kind: str, setting: Setting) -> dict[str, Any]:
    """Return what a node is told that goes on at once, or in its turn."""
    match kind:
        case "update_contact":
            if rng.random() < 0.5:
                return {"increment": {"times": 1}}
            return {"set": {"nick": {"$": "contact.nick", "or": "you"}}}
        case "tag":
            return {"add": ["seen"]}
        case "notify":
            return {"to": "owner", "text": "look"}
        case "goal":
            return {"goal": "won"}
        case "score":
            return make_score(rng)
        case "consent":
            choice = rng.choice(("subscribed", "unsubscribed"))
            return {"topic": "news", "channel": rng.choice(("email", "sms")), "choice": choice}
        case "emit_event":
            told = {"event": rng.choice(EVENTS)}
            if rng.random() < 0.5:
                told["properties"] = {"k": rng.choice(("a", "b"))}
            return told
        case "start_journey":
            if not setting.may_start:
                return {"kind": "tag", "add": ["asked"]}
            return {"journey": setting.other, "data": {"k": rng.choice(("a", "b"))}}
        case "stop_journey":
            key = {"entry_key": rng.choice(("a", "b"))} if rng.random() < 0.4 else {}
            return {"journey": rng.choice((setting.other, setting.other, "j")), **key}
        case "throttle":
            return setting.pace
        case other:
            raise ValueError(other)


def make_score(rng: Random) -> dict[str, Any]:
    if rng.random() < 0.25:
        return {"score": SCORE, "to": rng.choice((0, 7, -3))}
    score = {"score": SCORE, "by": rng.choice((1, 5, -2))}
    if rng.random() < 0.3:
        score["ceiling"] = 9
    if rng.random() < 0.3:
        score["floor"] = -1
    return score


def make_wait_for(rng: Random, following: str | None, way) -> dict[str, Any]:
    paths = [{"label": "clicked", "event": "Click", **way()}]
    if rng.random() < 0.4:
        paths.append({"label": "pro", "when": IS_PRO, **way()})
    if rng.random() < 0.2:
        paths.append({"label": "looked", "event": "Look", **way()})
    return {"paths": paths, "timeout": {"after": rng.choice(SHORT), **lead(following)}}


def make_ask(rng: Random, following: str | None, way) -> dict[str, Any]:
    due = rng.choice(("PT1H", "PT24H", "P2D"))
    ask: dict[str, Any] = {
        "to": "owner",
        "text": "May they?",
        "paths": [{"label": label, **way()} for label in ANSWERS],
        "due": {"after": due, **lead(following)},
    }
    if rng.random() < 0.4:
        ask["escalate"] = {"after": "PT10M", "to": "role:admin"}
    if rng.random() < 0.4:
        ask["form"] = [{"name": "why", "kind": "text", "required": rng.random() < 0.5}]
    return ask


def make_wait(rng: Random, way) -> dict[str, Any]:
    match rng.randrange(6):
        case 0:
            at = rng.choice(("02:30", "09:00", "23:30"))
            return {"until": {"best_hour": "contact"} if at == "23:30" else {"at": at}}
        case 1:
            return {"until": {"from": "09:00", "to": "17:00", "weekdays": ["mon", "wed", "sat"]}}
        case 2:
            until = {"attribute": "renewal", "offset": rng.choice(("-PT2H", "P1D"))}
            return {"until": until, "on_missing": rng.choice(("exit", way()))}
        case _:
            return {"for": rng.choice(SHORT)}


def make_send(rng: Random, kind: str, trouble) -> dict[str, Any]:
    template = "hello" if kind == "send_email" else "text"
    send: dict[str, Any] = {"template": template}
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


def try_both(node: dict[str, Any]) -> dict[str, Any]:
    """Return a text that minds what becomes of it as one that goes by either channel.

    Drawn with the texts, so that seeds keep their meaning.
    """
    if "on_skip" not in node or "data" in node:
        return node
    tries = [{"channel": "email", "template": "hello"}, {"channel": "sms", "template": "text"}]
    if node.get("class") == "transactional":
        tries.reverse()
    on_failure = "error" if "gates" in node else "next"
    rest = {name: value for name, value in node.items() if name != "template"}
    return rest | {"kind": "send_first", "tries": tries, "on_failure": on_failure}


def add_loop(rng: Random, nodes: dict, keys: list) -> None:
    """Put a jump back at the end of the line, with a wait before it."""
    last = nodes[keys[-1]]
    if "next" in last or last["kind"] in FORKS:
        return
    last["next"] = "pause"
    nodes["pause"] = {"kind": "wait", "for": rng.choice(SHORT), "next": "again"}
    nodes["again"] = {"kind": "go_to", "next": rng.choice(keys), "at_most": rng.randint(1, 3)}
