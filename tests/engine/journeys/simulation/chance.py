"""Journeys and lives made at random, for the engine and the simulator to agree about."""

from datetime import timedelta

from engine.decision import Answered
from engine.events.arrivals import JOURNEY_START, JOURNEY_STOP
from engine.journeys.simulation.given import Identified, Kept, Received, Recorded, Tracked
from engine.journeys.simulation.setting import Assumed, AssumedAnswer
from tests.shop import NOON

DAYS = 21
EVENTS = ("Signed Up", "Product Added", "Order Completed", "Page Viewed", "Cancelled")
SEGMENTS = {
    "keen": {"event": "Page Viewed", "measure": "count", "op": "gte", "value": 2, "within": "P3D"},
    "paying": {"attribute": "plan", "op": "in", "value": ["pro", "team"]},
    "both": {"all": [{"segment": "keen", "op": "member"}, {"segment": "paying", "op": "member"}]},
}


def make_condition(rng, *, sent=()):
    leaves = [
        {"attribute": "plan", "op": "is", "value": rng.choice(["pro", "free"])},
        {"attribute": "visits", "op": "gte", "value": rng.randint(1, 3)},
        {"attribute": "tags", "op": "has_any", "value": ["hot"]},
        {"event": "Order Completed", "op": rng.choice(["done", "not_done"]), "within": "P2D"},
        {"event": "Page Viewed", "measure": "count", "op": "gte", "value": rng.randint(1, 4)},
        {
            "event": "Order Completed",
            "measure": "sum",
            "of": "total",
            "op": "gt",
            "value": 60,
            "within": "PT72H",
        },
        {
            "event": "Product Added",
            "measure": "count",
            "op": "gte",
            "value": 1,
            "where": {"property": "total", "op": "gt", "value": 50},
        },
        {"segment": rng.choice(list(SEGMENTS)), "op": rng.choice(["member", "not_member"])},
        {"consent": "news", "channel": "email", "op": "subscribed"},
        {"trigger": "properties.total", "op": "gt", "value": 50},
        {"context": "tier", "op": "is", "value": "gold"},
    ]
    if sent:
        leaves += 3 * [
            {
                "message": rng.choice(sent),
                "op": rng.choice(["clicked", "opened", "not_clicked", "sent"]),
            }
        ]
    some = rng.sample(leaves, rng.choice([1, 1, 1, 2]))
    return some[0] if len(some) == 1 else {rng.choice(["all", "any", "none"]): some}


def make_trigger(rng):
    key = {"entry_key": "properties.cart_id"} if rng.random() < 0.4 else {}
    return rng.choice(
        [
            {"kind": "event", "event": "Signed Up"},
            {"kind": "event", "event": "Product Added", **key},
            {"kind": "event", "event": "any"},
            {
                "kind": "absence",
                "after": {"event": "Product Added"},
                "without": {"event": "Order Completed"},
                "within": rng.choice(["PT1H", "PT20H", "P2D"]),
                **key,
            },
            {"kind": "inactivity", "no": "any", "for": rng.choice(["P1D", "P3D"])},
            {"kind": "inactivity", "no": ["Order Completed"], "for": "P2D"},
            {
                "kind": "segment",
                "segment": rng.choice(list(SEGMENTS)),
                "change": rng.choice(["entered", "left"]),
            },
            {"kind": "attribute", "attribute": "plan"},
            make_date(rng),
            make_date(rng),
            {"kind": "record", "type": "ticket", "change": make_change(rng)},
            {"kind": "record", "type": "ticket", "change": make_change(rng)},
            {
                "kind": "message",
                **rng.choice([{}, {"channel": "sms"}]),
                **rng.choice(
                    [{}, {"where": {"property": "text", "op": "contains", "value": "yes"}}]
                ),
            },
            {"kind": "journey", **rng.choice([{}, {"from": ["other"]}]), **key},
        ]
    )


def make_date(rng):
    return {
        "kind": "date",
        "attribute": "renews_on",
        "repeat": rng.choice(["never", "never", "monthly", "yearly"]),
        **rng.choice([{}, {"offset": "-P2D"}, {"offset": "-PT3H"}, {"offset": "P1D"}]),
        **rng.choice([{}, {"at": "09:00"}]),
    }


def make_change(rng):
    clock = {"kind": "clock", "after": rng.choice(["PT20H", "P2D"])}
    return rng.choice(
        [
            {"kind": "created"},
            {"kind": "state", "to": ["solved"]},
            {"kind": "state", "from": ["open"]},
            {"kind": "changed", **rng.choice([{}, {"field": "priority"}])},
            {**clock, "without_change": True},
            {**clock, "state": ["open"]},
            clock,
        ]
    )


def make_node(rng, nexts, sent):
    """A node whose ways lead to what comes later."""
    way = {"next": rng.choice(nexts)} if nexts and rng.random() < 0.92 else {}
    also = {"next": rng.choice(nexts)} if nexts and rng.random() < 0.8 else {}
    kind = rng.choice(
        [
            "wait",
            "wait",
            "wait_for",
            "wait_for",
            "branch",
            "split",
            "mail",
            "mail",
            "text",
            "webhook",
            "update",
            "tag",
            "notify",
            "goal",
            "leave",
            "ask",
        ]
    )
    match kind:
        case "ask":
            return {
                "kind": "ask",
                "to": "owner",
                "text": "may we?",
                "form": [{"name": "sum", "kind": "number"}],
                "paths": [{"label": "yes", **way}, {"label": "no", **also}],
                "due": {"after": rng.choice(["PT5H", "P1D"]), **also},
                **rng.choice([{}, {"escalate": {"after": "PT2H", "to": "team:desk"}}]),
            }
        case "wait":
            how = rng.choice(
                [
                    {"for": rng.choice(["PT45M", "P1D", "P1DT3H", "P3D"])},
                    {"until": {"at": "09:00"}},
                    {
                        "until": {
                            "at": "17:30",
                            "weekdays": ["mon", "wed", "fri"],
                            "days_ahead": rng.randint(0, 2),
                        }
                    },
                    {"until": {"from": "08:00", "to": "12:00"}},
                    {
                        "until": {"attribute": "renews_on", "offset": "-P1D", "at": "10:00"},
                        "on_missing": rng.choice(["exit", also]),
                    },
                ]
            )
            return {"kind": "wait", **how, **way}
        case "wait_for":
            paths = [
                {"label": "bought", "event": "Order Completed", **also},
                {"label": "seen", "event": "any" if rng.random() < 0.3 else "Page Viewed", **way},
                {"label": "so", "when": make_condition(rng, sent=sent), **also},
            ]
            chosen = rng.sample(paths, rng.randint(1, 3))
            since = {"since": "entry"} if rng.random() < 0.2 else {}
            if any(path.get("event") == "any" for path in chosen):
                since = {}
            return {
                "kind": "wait_for",
                "paths": chosen,
                "ignore_past": rng.random() < 0.3,
                "timeout": {"after": rng.choice(["PT5H", "P1D", "P2D"]), **way},
                **since,
            }
        case "branch":
            return {
                "kind": "branch",
                "paths": [{"label": "yes", "when": make_condition(rng, sent=sent), **way}],
                "otherwise": also,
            }
        case "split":
            return {
                "kind": "split",
                "rerandomize": rng.choice(["never", "each_run"]),
                "paths": [
                    {"label": "a", "weight": 50, **way},
                    {"label": "b", "weight": 50, **also},
                ],
            }
        case "mail" | "text":
            extra = {}
            if rng.random() < 0.3:
                extra["on_skip"] = rng.choice(["exit", also])
            if rng.random() < 0.4:
                extra["on_error"] = rng.choice(["continue", also])
            if rng.random() < 0.3:
                extra["gates"] = {"expires_after": rng.choice(["PT2H", "P1D"])}
            if rng.random() < 0.5:
                extra |= {"class": "marketing", "topic": rng.choice(["news", "shop"])}
            else:
                extra |= {"class": "transactional"}
            data = {"total": {"$": "trigger.properties.total", "or": None}}
            return {
                "kind": "send_email" if kind == "mail" else "send_sms",
                "template": "hello" if kind == "mail" else "text",
                "data": data,
                **extra,
                **way,
            }
        case "webhook":
            return {
                "kind": "webhook",
                "endpoint": "crm",
                "save": rng.choice([{}, {"tier": "body.tier"}, {"code": "status"}]),
                "on_error": rng.choice(["continue", "exit", also]),
                **way,
            }
        case "update":
            return {
                "kind": "update_contact",
                "set": {"plan": rng.choice(["pro", "free", "team"])},
                "increment": {"visits": 1},
                **way,
            }
        case "tag":
            return {"kind": "tag", "add": ["hot"], "remove": ["cold"], **way}
        case "notify":
            return {"kind": "notify", "to": "owner", "text": "hello", **way}
        case "goal":
            return {"kind": "goal", "goal": "arrived", **way}
        case _:
            return {"kind": "leave", "reason": "enough"}


def make_journey(rng):
    size = rng.randint(2, 9)
    keys = [f"n{place}" for place in range(size)]
    nodes, sent = {}, []
    for place, key in enumerate(keys):
        nodes[key] = make_node(rng, keys[place + 1 : place + 4], sent)
        if nodes[key]["kind"] in ("send_email", "send_sms"):
            sent.append(key)
    waits = [key for key in keys if nodes[key]["kind"] == "wait" and "for" in nodes[key]]
    if waits and rng.random() < 0.6:
        nodes["again"] = {"kind": "go_to", "next": rng.choice(waits), "at_most": rng.randint(1, 3)}
        for node in nodes.values():
            if node["kind"] in ("tag", "notify", "update_contact", "send_email"):
                node["next"] = "again"
    trigger = make_trigger(rng)
    is_record = trigger["kind"] == "record"
    urgent = {"subject": "priority", "op": "is", "value": "high"}
    if is_record:
        exits_of_records = [
            {"event": "Record Changed", "reason": "moved"},
            {"when": urgent, "reason": "urgent"},
        ]
        for node in nodes.values():
            if node["kind"] == "branch":
                node["paths"][0]["when"] = urgent
    exits = [
        {"event": "Cancelled", "reason": "cancelled"},
        {"event": "Order Completed", "reason": "bought"},
        {"when": make_condition(rng), "reason": "so it is"},
        {"event": "any", "reason": "active again"},
        *(exits_of_records if is_record else ()),
    ]
    key = rng.choice([{"mode": "never"}, {"mode": "after_exit"}, {"mode": "after_exit"}])
    if key["mode"] == "after_exit" and rng.random() < 0.5:
        key["not_within"] = rng.choice(["P1D", "PT36H"])
    entry = {"reentry": key}
    if rng.random() < 0.3:
        entry["when"] = make_condition(rng)
    if rng.random() < 0.2:
        entry["at_most"] = rng.randint(1, 4)
    settings = {"timezone": rng.choice(["contact", "America/New_York"])}
    if rng.random() < 0.4:
        settings["quiet_hours"] = {
            "from": "20:00",
            "to": "08:00",
            "policy": rng.choice(["hold", "skip"]),
        }
    if rng.random() < 0.3:
        settings["holdout_percent"] = 50
    return {
        "format": 1,
        "key": "j",
        "name": "J",
        "subject": "record" if is_record else "contact",
        "trigger": trigger,
        "entry": entry,
        "exits": rng.sample(exits, rng.choice([0, 0, 1, 1, 2])),
        "goals": [
            {"name": "ordered", "event": "Order Completed", "value": "properties.total"},
            {"name": "soon", "event": "Page Viewed", "within": "P2D"},
            {"name": "arrived"},
        ],
        "settings": settings,
        "start": "n0",
        "nodes": nodes,
    }


def make_life(rng, who):
    """What happens to a contact, `(at, who, what)`, in order; first of all it is told of."""
    born = NOON + timedelta(minutes=rng.randint(1, 3000))
    traits = {
        "plan": rng.choice(["pro", "free", "team"]),
        "timezone": rng.choice(["Europe/Berlin", "Asia/Tokyo", "nowhere"]),
        "consents": {"news": rng.random() < 0.7, "shop": {"sms": rng.random() < 0.7}},
        "renews_on": rng.choice(["2026-04-02", "2026-03-20", "soon"]),
    }
    if rng.random() < 0.9:
        traits["email"] = f"{who}@example.com"
    if rng.random() < 0.7:
        traits["phone"] = "+15551234567"
    life = [(born, Identified(traits))]
    at = born
    for place in range(rng.randint(2, 25)):
        pause = rng.choice([0, 0, 10, 45, 300, 1440, 2000, 4000])
        at += timedelta(minutes=pause if place else 10)  # it is known before anything else
        name = rng.choice(EVENTS)
        what = Tracked(name, {"cart_id": rng.choice(["x", "y"]), "total": rng.choice([10, 55, 99])})
        if rng.random() < 0.2:
            what = Identified({"plan": rng.choice(["pro", "free", "team"])})
        elif rng.random() < 0.1:
            what = Identified({"consents": {"news": rng.random() < 0.5}})
        elif rng.random() < 0.35:
            what = make_happening(rng, who)
        life.append((at, what))
    return [(at, who, what) for at, what in life]


def make_happening(rng, who):
    """What is not tracked: a ticket, a letter, a date, what another journey asks for."""
    asks = {"journey": "j", "asked_by": rng.choice(["other", "third"])}
    data = {"cart_id": rng.choice(["x", "y"]), "total": rng.choice([10, 99])}
    stop = {**asks, "enrollment_id": 0, "entry_key": rng.choice([None, None, "x"])}
    key, state = f"{who}-{rng.choice([1, 2])}", rng.choice(["open", "open", "solved", None])
    return rng.choice(
        [
            Kept("ticket", key, state, {"priority": rng.choice(["high", "low"])}),
            Kept("ticket", key, state, {"priority": "low", "owner": "bob"}),
            Kept("deal", key, "open"),
            Received(rng.choice(["email", "sms"]), rng.choice(["yes, please", "no"])),
            Recorded(JOURNEY_START, {**asks, "data": data}, depth=1),
            Recorded(JOURNEY_START, {**asks, "data": data}, depth=rng.choice([2, 11])),
            Recorded(JOURNEY_STOP, stop, depth=1),
            Identified({"renews_on": rng.choice(["2026-04-05", "2026-04-09", None])}),
        ]
    )


def make_answers(rng, document):
    """By node, what a colleague answers."""
    return {
        key: AssumedAnswer(
            Answered(rng.choice(["yes", "no"]), rng.choice([{}, {"sum": 5}])),
            timedelta(minutes=rng.choice([10, 200, 400])),
        )
        for key, node in document["nodes"].items()
        if node["kind"] == "ask" and rng.random() < 0.7
    }


def make_assumptions(rng, document):
    assumed = {}
    for key, node in document["nodes"].items():
        if node["kind"] in ("send_email", "send_sms") and rng.random() < 0.7:
            fate = rng.choice(["sent", "delivered", "opened", "clicked", "clicked", "failed"])
            assumed[key] = Assumed(fate, after=timedelta(minutes=rng.choice([5, 100])))
        elif node["kind"] == "webhook" and rng.random() < 0.6:
            body = rng.choice([{"tier": "gold"}, {}])
            assumed[key] = rng.choice(
                [Assumed("failed"), Assumed(answer={"status": 200, "headers": {}, "body": body})]
            )
    return assumed
