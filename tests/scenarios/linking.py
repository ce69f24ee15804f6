"""Nodes that link journeys, and what became of those who were inside."""

from engine.journeys.by_key import get_journey
from engine.journeys.reporting.reports import report
from engine.models.journey import Enrollment, Journey

SIGNED_UP = {"kind": "event", "event": "Signed Up"}
AGAIN = {"reentry": {"mode": "after_exit"}}
WAIT = {"kind": "wait", "for": "P1D"}


def enrollments(shop, key):
    [(journey_id,)] = shop.ask(Journey.id, key=key)
    rows = shop.ask(
        Enrollment.entry_key, Enrollment.status, Enrollment.reason, journey_id=journey_id
    )
    return sorted(rows)


def refusals(shop, key):
    with shop.database.reading() as session:
        return report(session, get_journey(session, key))["refused"]


def sign_up(shop, **call):
    shop.say(event="Signed Up", userId="ann", **call)
    shop.work()


def emit(event, **properties):
    return {"kind": "emit_event", "event": event, "properties": properties}


def start(journey, **data):
    return {"kind": "start_journey", "journey": journey, "data": data}


def called(shop, **document):
    shop.publish(
        **{
            "key": "called",
            "trigger": {"kind": "journey"},
            "start": "w",
            "nodes": {"w": WAIT},
            **document,
        }
    )
