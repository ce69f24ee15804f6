"""What ended a wait before its time, as an enrollment's row keeps it."""

from collections.abc import Mapping
from typing import Any

from engine.decision import Answered, EventArrived, GoOn, MessageSettled, Recheck, Signal


def write_signal(signal: Signal) -> dict[str, Any]:
    """Return the JSON of a signal."""
    match signal:
        case EventArrived(path, event):
            return {"kind": "event", "path": path, "event": dict(event)}
        case MessageSettled(fate, reason, answer, channel, tried):
            said = {"kind": "message", "fate": fate, "reason": reason, "answer": dict(answer)}
            return said | {"channel": channel, "tried": list(tried)}
        case Answered(label, values):
            return {"kind": "answer", "label": label, "values": dict(values)}
        case GoOn():
            return {"kind": "go_on"}
        case Recheck():
            return {"kind": "recheck"}


def read_signal(data: Mapping[str, Any] | None) -> Signal | None:
    """Return the signal that `write_signal` wrote."""
    if data is None:
        return None
    match data["kind"]:
        case "event":
            return EventArrived(data["path"], data["event"])
        case "message":
            said = data["fate"], data["reason"], data["answer"]
            return MessageSettled(*said, data.get("channel", ""), tuple(data.get("tried", ())))
        case "answer":
            return Answered(data["label"], data["values"])
        case "go_on":
            return GoOn()
        case _:
            return Recheck()
