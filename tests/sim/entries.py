"""Who entered: as often as there was reason to, and as often as is allowed."""

import json
from collections import Counter, defaultdict
from itertools import pairwise

from engine.document.durations import parse_elapsed
from engine.events.arrivals import JOURNEY_START, MESSAGE_RECEIVED
from tests.sim.rows import read_instant

ENTERED = """
SELECT e.contact_id, e.subject_kind, e.subject_id, e.entry_key, e.entered_at
FROM enrollment e JOIN journey j ON j.id = e.journey_id WHERE j.key = ? ORDER BY e.id
"""
GONE = """
SELECT merged_into FROM contact WHERE merged_into IS NOT NULL
UNION SELECT id FROM contact WHERE erased_at IS NOT NULL
"""


def check_entries(world):
    """Complain of the first subject that entered too often, or too soon."""
    for document in (world.script.document, world.script.other):
        if document is not None:
            _check_journey(world, document)


def _check_journey(world, document):
    entry, trigger, query = document["entry"], document["trigger"], world.database.query
    unclear = {id_ for (id_,) in query(GONE)}  # what those did is counted together, or not at all
    rows = query(ENTERED, document["key"])
    if len(rows) > entry.get("at_most", len(rows)):
        world.complain("at_most", f"{len(rows)} entered")
    entered, by_reason = defaultdict(list), Counter()
    for contact, kind, subject, key, at in rows:
        if contact not in unclear:
            entered[kind, subject, key].append(read_instant(at))
            by_reason[contact, key] += 1
    again = entry["reentry"]
    apart = parse_elapsed(again["not_within"]) if "not_within" in again else None
    for (kind, subject, key), instants in entered.items():
        who = f"{kind} {subject}, key {key!r}"
        if again["mode"] == "never" and len(instants) > 1:
            world.complain("enters_once", f"{who} entered {len(instants)} times")
        for before, after in pairwise(instants):
            if apart is not None and after - before < apart:
                world.complain("not_within", f"{who} entered at {before} and {after}")
    reasons = _count_reasons(query, document["key"], trigger)
    for (contact, key), times in by_reason.items() if reasons is not None else ():
        if times > reasons[contact, key]:
            words = f"contact {contact}, key {key!r} entered {times} times"
            said = f"{words} for {reasons[contact, key]} events"
            world.complain("an_event_lets_in_once", said)


def _count_reasons(query, journey, trigger):
    """Return by (contact, key) how often it may have been let in; None: nobody can say."""
    has_key = "entry_key" in trigger
    counts = Counter()
    match trigger["kind"]:
        case "event" | "absence":
            name, channels = "Go", None
        case "message":
            name, channels = MESSAGE_RECEIVED, {trigger.get("channel", "sms"), "email"}
        case "journey":
            name, channels = JOURNEY_START, None
        case _:
            return None
    for contact, properties, channel in query(
        "SELECT contact_id, properties, channel FROM event WHERE name = ?", name
    ):
        about = json.loads(properties)
        if name == JOURNEY_START:
            about = about["data"] if about.get("journey") == journey else None
        if about is not None and (channels is None or channel in channels):
            counts[contact, about.get("k") if has_key else ""] += 1
    return counts
