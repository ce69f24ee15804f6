"""Triggers as documents write them, and events that happen."""

import json
from dataclasses import dataclass, field

from engine.triggers import TRIGGERS


def trigger_of(kind, **fields):
    """A trigger, read as a document is; a trailing underscore is no part of a field's name."""
    written = {"kind": kind} | {name.rstrip("_"): value for name, value in fields.items()}
    return TRIGGERS[kind].model_validate_json(json.dumps(written))


@dataclass
class Happened:
    """An event, as triggers look at it."""

    name: str
    properties: dict = field(default_factory=dict)
    is_activity: bool = True


def happened(name, *, is_activity=True, **properties):
    """An event with these properties."""
    return Happened(name, properties, is_activity)
