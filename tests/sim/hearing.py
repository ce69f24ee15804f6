"""Whether every event that was processed did what it does: to those inside, and at the door."""

import json
from datetime import datetime, timedelta

from engine.events.arrivals import JOURNEY_START, JOURNEY_STOP, NO_ACTIVITY, SYSTEM
from engine.journeys.deciding.gates import DEEPEST_CHAIN
from engine.tasks import Lane
from tests.sim.documents import OTHER
from tests.sim.rows import read_instant

TOLERANCE = timedelta(seconds=5)
WAITING = 1
INSIDE = """
SELECT e.id, e.contact_id, e.entry_key, e.status, e.node, e.entered_at, e.arrived_at, e.wake_at,
    e.signal, e.data, e.version_id, j.key
FROM enrollment e JOIN journey j ON j.id = e.journey_id WHERE e.status IN (0, 1)
"""
EVENTS = """
SELECT id, contact_id, name, occurred_at, mode, actor, properties, depth FROM event WHERE id > ?
"""
OPEN = "SELECT 1 FROM journey WHERE key = ? AND state = 'live' AND NOT entries_paused"
HAS_BEEN = """
SELECT 1 FROM enrollment e JOIN journey j ON j.id = e.journey_id
WHERE j.key = ? AND e.contact_id = ? AND e.entry_key = ?
"""


class Hearing:
    """Looks at the events of each chunk."""

    def __init__(self, world, documents):
        self._world, self._query, self._documents = world, world.database.query, documents
        self._last, self._inside = 0, {}

    def before(self):
        if self._world.eyes.lane is Lane.INGEST:
            self._last = self._query("SELECT coalesce(max(id), 0) FROM event")[0][0]
            self._inside = {row[0]: row for row in self._query(INSIDE)}

    def after(self):
        if self._world.eyes.lane is not Lane.INGEST:
            return
        events = self._query(EVENTS, self._last)
        if not events:
            return
        now = {row[0]: row for row in self._query(INSIDE) if row[0] in self._inside}
        for event in events:
            if event[-1] > DEEPEST_CHAIN + 1:
                words = f"journeys have led to one another {event[-1]} times"
                self._world.complain("chains_end", words)
            for row in now.values():
                if row[1] == event[1] and event[4] == "live":
                    self._look_at_event(event, self._inside[row[0]], row)
            if event[2] == JOURNEY_START:
                self._look_at_start(event)

    def _look_at_event(self, event, before, row):
        event_id, _, name, occurred, _, actor, properties, _ = event
        occurred, about = read_instant(occurred), json.loads(properties)
        enrollment, _, key, status, place, entered, arrived, wake, signal, data, version, _ = before
        document, trigger = self._documents[version], json.loads(data).get("trigger") or {}
        began = trigger.get("occurred_at")
        since = datetime.fromisoformat(began) if began else read_instant(entered)
        if event_id != trigger.get("id") and occurred >= since - TOLERANCE:
            self._look_at_exits(document, name, actor, about, row)
        node = list(document["nodes"].values())[place]
        if status != WAITING or signal is not None or node["kind"] != "wait_for":
            return
        is_in_time = read_instant(arrived) - TOLERANCE <= occurred <= read_instant(wake)
        for path in node["paths"]:
            is_it = path.get("event") == name and is_about(document, path, about, key)
            if is_it and is_in_time and row[3] == WAITING:
                self._world.complain("event_wakes", f"enrollment {enrollment} waits on for {name}")

    def _look_at_exits(self, document, name, actor, about, row):
        enrollment, key, journey = row[0], row[2], row[-1]
        for one in document.get("exits", ()):
            if "event" not in one:
                continue
            acts = actor == "contact" and name not in NO_ACTIVITY
            is_it = acts if one["event"] == "any" else name == one["event"]
            if is_it and is_about(document, one, about, key):
                self._world.complain("exit_means_out", f"enrollment {enrollment} is still inside")
        if name == JOURNEY_STOP and actor == SYSTEM and about.get("journey") == journey:
            is_meant = about["entry_key"] in (None, key) and about["enrollment_id"] != enrollment
            if is_meant:
                words = f"enrollment {enrollment} of {journey} is still inside"
                self._world.complain("stop_journey_means_out", words)

    def _look_at_start(self, event):
        """See that whoever a journey asks to let in has been in the other one, which asks nothing."""
        _, contact, _, _, _, _, properties, depth = event
        about = json.loads(properties)
        if about.get("journey") != OTHER or depth > DEEPEST_CHAIN or not self._query(OPEN, OTHER):
            return
        has_key = "entry_key" in self._world.script.other["trigger"]
        key = about["data"]["k"] if has_key else ""
        if not self._query(HAS_BEEN, OTHER, contact, key):
            self._world.complain("start_journey_means_in", f"contact {contact} was not let in")


def is_about(document, match, about, key):
    """Return whether an event is about the same thing as an enrollment of this key."""
    found = about.get("k")
    if "match_key" in match:
        return found == key
    return "entry_key" not in document["trigger"] or found is None or found == key
