"""What is looked at after every commit, whenever all is at rest, and at the end."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import sqlite

from engine.events.arrivals import NO_ACTIVITY
from engine.invariants.checking import INVARIANTS, find_broken
from engine.tasks import Lane
from tests.sim.histories import Histories

TOLERANCE = timedelta(seconds=5)
STARTS = """
SELECT m.uid, m.lease_owner, m.started_at, m.due_at, m.enrollment_id, m.node, m.visit, m.channel,
    m.message_class, m.data, e.is_recalled, j.state, c.choice, p.timezone, p.email, p.phone
FROM message m JOIN contact p ON p.id = m.contact_id
    LEFT JOIN enrollment e ON e.id = m.enrollment_id LEFT JOIN journey j ON j.id = m.journey_id
    LEFT JOIN consent c ON c.contact_id = m.contact_id AND c.topic = m.topic
        AND c.channel = m.channel
WHERE m.state = 1 AND m.started_at IS NOT NULL
"""
INSIDE = """
SELECT id, contact_id, entry_key, status, node, entered_at, arrived_at, wake_at, signal, data
FROM enrollment WHERE status IN (0, 1)
"""
SETTLED = """
SELECT e.id, m.node, m.visit, e.data, m.state
FROM enrollment e JOIN message m ON m.enrollment_id = e.id
WHERE e.status = 1 AND e.signal IS NULL AND m.state NOT IN (0, 1, 6)
"""


def compile_invariants():
    """Return the invariants' questions as plain SQL: asked thousands of times a second."""
    dialect = sqlite.dialect()
    return [
        (
            one,
            str(one.build(0).compile(dialect=dialect, compile_kwargs={"literal_binds": True})),
        )
        for one in INVARIANTS
        if one.breaks is None
    ]


QUESTIONS = compile_invariants()


def read_instant(text):
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


class Eyes:
    """Looks at one world.

    Attributes:
        lane: whose work is being done.
    """

    def __init__(self, world):
        self._world = world
        self._query = world.database.query
        self.document = world.script.document
        self.lane = None
        self._keys = list(self.document["nodes"])
        self._dead: set[tuple[str, str]] = set()
        self._dying: dict[UUID, tuple[str, str]] = {}
        self._was_paused = False
        self._passes = 0
        self._last_event = 0
        self._inside: dict[int, tuple] = {}

    def read_uid(self, text):
        return UUID(hex=text)

    def count_batches(self):
        return self._query("SELECT count(*) FROM event_batch WHERE set_aside_at IS NULL")[0][0]

    # --- at every commit -----------------------------------------------------------------------

    def before_commit(self):
        """Remember what the transaction that begins now will find."""
        self._was_paused, self._passes = self._look_at_passes()
        if self.lane is Lane.INGEST:
            self._last_event = self._query("SELECT coalesce(max(id), 0) FROM event")[0][0]
            self._inside = {row[0]: row for row in self._query(INSIDE)}

    def after_commit(self):
        """See whether all holds that must hold at every commit."""
        for one, question in QUESTIONS:
            if rows := self._query(question):
                self._world.complain(one.name, f"{one.holds} {rows[:3]}")
        is_paused, passes = self._look_at_passes()
        if is_paused and self._was_paused and passes != self._passes:
            self._world.complain("paused_means_still", "somebody moved in a paused journey")
        if self.lane is Lane.INGEST:
            self._look_at_events()
        self._look_at_starts()

    def _look_at_passes(self):
        ((state, passes),) = self._query(
            "SELECT (SELECT state FROM journey), (SELECT count(*) FROM pass_log)"
        ) or [(None, 0)]
        return state == "paused", passes

    def _look_at_starts(self):
        """Look at each message that has just been marked as leaving."""
        world = self._world
        for row in self._query(STARTS):
            uid, owner, started, lease, enrollment, node, visit, channel, kind, data = row[:10]
            recalled, state, choice, zone, email, phone = row[10:]
            uid = self.read_uid(uid)
            known = world.starts.get(uid)
            if known is not None and known["owner"] == owner:
                continue
            where = f"{channel} of enrollment {enrollment} at {node}, visit {visit}"
            gates = json.loads(data)["gates"]
            address = email if channel == "email" else phone
            reasons = {
                "after_exit": bool(recalled),
                "while_paused": state == "paused",
                "after_unsubscribe": kind == "marketing" and choice == "unsubscribed",
                "held_out": kind == "marketing" and gates.get("holdout"),
                "dead_address": (channel, address) in self._dead,
                "in_quiet_hours": kind == "marketing" and self._is_quiet(gates, zone, started),
            }
            for name, is_so in reasons.items():
                if is_so:
                    world.complain(name, f"{where} began to leave")
            world.starts[uid] = world.frames[-1].starts[uid] = {
                "owner": owner,
                "lease_until": read_instant(lease),
                "where": where,
                "resends": self._may_resend(node, channel),
            }
        failed = self._query("SELECT uid FROM message WHERE state = 4 AND details LIKE '5.1.1%'")
        self._dead |= {self._dying[self.read_uid(uid)] for (uid,) in failed}

    def note_dead(self, uid, channel, recipient):
        """Take note that an address takes nothing; it counts once that is written down."""
        self._dying[uid] = (channel, getattr(recipient, "address", recipient))

    def _may_resend(self, node, channel):
        said = self.document["nodes"][node].get("gates", {}).get("unknown_outcome")
        return channel != "sms" if said is None else said == "resend"

    def _is_quiet(self, gates, zone, started):
        quiet = gates.get("quiet")
        if not quiet:
            return False
        zone = ZoneInfo(gates.get("zone") or zone or "UTC")
        clock = read_instant(started).astimezone(zone).strftime("%H:%M:%S")
        return clock >= quiet["from"] or clock < quiet["to"]

    def _look_at_events(self):
        """See that every event that was just processed did what it does to those inside."""
        events = self._query(
            "SELECT id, contact_id, name, occurred_at, mode, actor, properties FROM event "
            "WHERE id > ?",
            self._last_event,
        )
        if not events:
            return
        now = {row[0]: row for row in self._query(INSIDE) if row[0] in self._inside}
        for event in events:
            for row in now.values():
                if row[1] == event[1] and event[4] == "live":
                    self._look_at_event(event, self._inside[row[0]], row)

    def _look_at_event(self, event, before, row):
        event_id, _, name, occurred, _, actor, properties = event
        occurred, found = read_instant(occurred), json.loads(properties).get("k")
        enrollment, _, key, _, _, entered, arrived, wake, signal, data = before
        trigger = json.loads(data).get("trigger") or {}
        began = trigger.get("occurred_at")
        since = datetime.fromisoformat(began) if began else read_instant(entered)
        for one in self.document["exits"]:
            if "event" not in one or event_id == trigger.get("id"):
                continue
            acts = actor == "contact" and name not in NO_ACTIVITY
            is_it = acts if one["event"] == "any" else name == one["event"]
            if is_it and occurred >= since - TOLERANCE and self._is_about(one, found, key):
                self._world.complain("exit_means_out", f"enrollment {enrollment} is still inside")
        node = self.document["nodes"][self._keys[row[4]]]
        if before[3] != 1 or signal is not None or row[3] != 1 or node["kind"] != "wait_for":
            return
        is_in_time = read_instant(arrived) - TOLERANCE <= occurred <= read_instant(wake)
        for path in node["paths"]:
            if path.get("event") == name and is_in_time and self._is_about(path, found, key):
                self._world.complain("event_wakes", f"enrollment {enrollment} waits on for {name}")

    def _is_about(self, match, found, key):
        if "match_key" in match:
            return found == key
        has_key = "entry_key" in self.document["trigger"]
        return not has_key or found is None or found == key

    # --- at rest -------------------------------------------------------------------------------

    def check_rest(self):
        """See that nothing is left that should have been done by now."""
        world, stamp = self._world, self._world.stamp()
        is_paused, _ = self._look_at_passes()
        asides = self._query("SELECT error FROM event_batch WHERE set_aside_at IS NOT NULL")
        if asides:
            world.complain("batches_work", f"a batch was set aside: {asides[0][0]}")
        if not is_paused:
            stuck = self._query(
                "SELECT id FROM enrollment WHERE status IN (0, 1) AND wake_at <= ?", stamp
            )
            if stuck:
                world.complain("nobody_is_stuck", f"enrollments {stuck} are due")
            late = self._query(
                "SELECT id FROM message WHERE state IN (0, 1) AND due_at <= ?", stamp
            )
            if late:
                world.complain("no_message_is_stuck", f"messages {late} are due")
        for enrollment, node, visit, data, state in self._query(SETTLED):
            (place,) = self._query("SELECT node FROM enrollment WHERE id = ?", enrollment)[0]
            is_here = self._keys[place] == node
            if is_here and json.loads(data).get("visits", {}).get(node, 1) == visit:
                words = f"enrollment {enrollment} waits at {node} for a message in state {state}"
                world.complain("settled_is_told", words)
        seen = dict(
            self._query(
                "SELECT message_id, count(*) FROM event WHERE message_id LIKE 'm%' "
                "AND length(message_id) < 8 GROUP BY message_id"
            )
        )
        ((erased,),) = self._query("SELECT count(*) FROM contact WHERE erased_at IS NOT NULL")
        for number in world.calls:
            # Of who was erased nobody can tell any more what it said.
            if seen.get(f"m{number}") != 1 and (seen.get(f"m{number}") or not erased):
                words = f"m{number} was accepted and is there {seen.get(f'm{number}', 0)} times"
                world.complain("said_counts_once", words)

    def check_end(self):
        """See that everybody got out, each by a way that is drawn, and every letter left."""
        world = self._world
        inside = self._query("SELECT id, node, status, wake_at FROM enrollment WHERE status < 2")
        if inside:
            world.complain("everybody_gets_out", f"still inside: {inside[:3]}")
        with world.database.reading() as session:
            for broken in find_broken(session):
                world.complain(broken.name, f"{broken.holds} {broken.rows[:3]}")
        for (uid,) in self._query("SELECT uid FROM message WHERE state = 2"):
            if not any(one.is_taken for one in world.ledger.handed[self.read_uid(uid)]):
                world.complain("sent_was_handed_over", f"{world.name(self.read_uid(uid))} was not")
        Histories(world).check()
