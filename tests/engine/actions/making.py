"""Nodes as documents write them, and facts about a contact called Ann."""

import json
from datetime import UTC, datetime

from engine.actions import ACTIONS
from engine.decision import Facts
from engine.rules.counters import Event, RawHistory
from engine.rules.evaluate import ContactState, evaluate
from engine.when.zones import get_zone

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
ANN = "018f6f8e-1c1e-7000-8000-000000000001"


def at(text):
    """The instant of `2026-03-25 12:00`, UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def node_of(kind, **fields):
    """A node, read as a document is; a trailing underscore is no part of a field's name."""
    written = {"kind": kind} | {name.rstrip("_"): value for name, value in fields.items()}
    return ACTIONS[kind].model.model_validate_json(json.dumps(written))


def facts_of(*, now=NOW, zone="Europe/Berlin", events=(), **fields):
    """What a node may know; Ann's events are given as (name, occurred_at, properties)."""
    known = [Event(name, occurred_at, properties) for name, occurred_at, properties in events]
    state = ContactState(
        attributes=fields.pop("attributes", {"plan": "pro"}),
        timezone=zone,
        history=RawHistory.of(known),
        trigger=fields.pop("trigger", {}),
        context=fields.pop("context", {}),
        node_messages=fields.pop("node_messages", {}),
    )
    given = {
        "arrived_at": now,
        "entered_at": now,
        "journey": "welcome",
        "node": "here",
        "visit": 1,
        "contact_uid": ANN,
        "past_events": tuple(known),
    } | fields
    return Facts(
        now=now,
        zone=get_zone(zone),
        state=state,
        holds=lambda condition: evaluate(condition, state, now=now, default_zone=zone),
        **given,
    )


def decide(node, facts):
    """What the node answers."""
    return ACTIONS[node.kind].decide(node, facts)
