"""What is looked at after every commit, whenever all is at rest, and at the end."""

import json
from uuid import UUID
from zoneinfo import ZoneInfo

from engine.invariants.checking import INVARIANTS
from tests.sim.accounts import Choices, Scores
from tests.sim.asked import Asked
from tests.sim.hearing import Hearing
from tests.sim.histories import Histories
from tests.sim.rows import read_instant, read_uid
from tests.sim.standing import Doors, Moves
from tests.sim.subjects import Subjects

STARTS = """
SELECT m.uid, m.lease_owner, m.started_at, m.due_at, m.enrollment_id, m.node, m.visit, m.channel,
    m.message_class, m.data, m.version_id, e.is_recalled, j.state, j.sends_paused, c.choice,
    p.timezone, p.email, p.phone
FROM message m JOIN contact p ON p.id = m.contact_id
    LEFT JOIN enrollment e ON e.id = m.enrollment_id LEFT JOIN journey j ON j.id = m.journey_id
    LEFT JOIN consent c ON c.contact_id = m.contact_id AND c.topic = m.topic
        AND c.channel = m.channel
WHERE m.state = 1 AND m.started_at IS NOT NULL
"""
SETTLED = """
SELECT e.id, m.node, m.visit, e.data, m.state, e.version_id, e.node
FROM enrollment e JOIN message m ON m.enrollment_id = e.id
WHERE e.status = 1 AND e.signal IS NULL AND m.state NOT IN (0, 1, 6) AND NOT EXISTS (
    SELECT 1 FROM message later WHERE later.enrollment_id = m.enrollment_id
    AND later.node = m.node AND later.visit = m.visit AND later.id > m.id)
"""
STUCK = """
SELECT e.id FROM enrollment e JOIN journey j ON j.id = e.journey_id
WHERE e.status IN (0, 1) AND e.wake_at <= ? AND j.state <> 'paused'
"""
LATE = """
SELECT m.id FROM message m LEFT JOIN journey j ON j.id = m.journey_id
WHERE m.state IN (0, 1) AND m.due_at <= ? AND NOT coalesce(j.sends_paused OR j.state = 'paused', ?)
"""


class Documents(dict):
    """By version id: the journey as it was published."""

    def __init__(self, query):
        super().__init__()
        self._query = query

    def __missing__(self, version):
        ((found,),) = self._query("SELECT document FROM journey_version WHERE id = ?", version)
        self[version] = document = json.loads(found)
        return document


class Eyes:
    """Looks at one world.

    Attributes:
        lane: whose work is being done.
        documents: by version id.
        moves: where edits have left people.
    """

    def __init__(self, world):
        self._world = world
        self._query = world.database.query
        self.lane = None
        self.documents = Documents(self._query)
        kinds = world.script.kinds
        self.moves = Moves(world, self.documents)
        self._asked = Asked(world, self.documents)
        self._subjects = Subjects(world)
        self._looking = [Doors(world), self.moves]
        self._looking += [self._asked] * ("ask" in kinds)
        self._looking += [Scores(world, self.documents)] * ("score" in kinds)
        self._looking += [Choices(world)] * ("consent" in kinds)
        self._looking += [Hearing(world, self.documents)]
        self._dead: set[tuple[str, str]] = set()
        self._dying: dict[UUID, tuple[str, str]] = {}

    def count_batches(self):
        return self._query("SELECT count(*) FROM event_batch WHERE set_aside_at IS NULL")[0][0]

    # --- at every commit -----------------------------------------------------------------------

    def before_commit(self):
        """Remember what the transaction that begins now will find."""
        for one in self._looking:
            one.before()

    def after_commit(self):
        """See whether all holds that must hold at every commit."""
        for one, question in self._world.database.questions:
            if rows := self._query(question):
                self._world.complain(one.name, f"{one.holds} {rows[:3]}")
        for one in self._looking:
            one.after()
        self._look_at_starts()

    def _look_at_starts(self):
        """Look at each message that has just been marked as leaving."""
        world = self._world
        for row in self._query(STARTS):
            uid, owner, started, lease, enrollment, node, visit, channel, kind, data = row[:10]
            version, recalled, state, is_silent, choice, zone, email, phone = row[10:]
            uid = read_uid(uid)
            known = world.starts.get(uid)
            if known is not None and known["owner"] == owner:
                continue
            where = f"{channel} of enrollment {enrollment} at {node}, visit {visit}"
            gates = json.loads(data)["gates"]
            address = email if channel == "email" else phone
            reasons = {
                "after_exit": bool(recalled),
                "while_paused": state == "paused" or is_silent,
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
                "resends": self._may_resend(self.documents[version], node, channel),
            }
        failed = self._query("SELECT uid FROM message WHERE state = 4 AND details LIKE '5.1.1%'")
        self._dead |= {self._dying[read_uid(uid)] for (uid,) in failed}

    def note_dead(self, uid, channel, recipient):
        """Take note that an address takes nothing; it counts once that is written down."""
        self._dying[uid] = (channel, getattr(recipient, "address", recipient))

    def _may_resend(self, document, node, channel):
        said = document["nodes"][node].get("gates", {}).get("unknown_outcome")
        return channel != "sms" if said is None else said == "resend"

    def _is_quiet(self, gates, zone, started):
        quiet = gates.get("quiet")
        if not quiet:
            return False
        zone = ZoneInfo(gates.get("zone") or zone or "UTC")
        clock = read_instant(started).astimezone(zone).strftime("%H:%M:%S")
        return clock >= quiet["from"] or clock < quiet["to"]

    # --- at rest -------------------------------------------------------------------------------

    def check_rest(self):
        """See that nothing is left that should have been done by now."""
        world, stamp = self._world, self._world.stamp()
        asides = self._query("SELECT error FROM event_batch WHERE set_aside_at IS NOT NULL")
        if asides:
            world.complain("batches_work", f"a batch was set aside: {asides[0][0]}")
        if stuck := self._query(STUCK, stamp):
            world.complain("nobody_is_stuck", f"enrollments {stuck} are due")
        if late := self._query(LATE, stamp, False):
            world.complain("no_message_is_stuck", f"messages {late} are due")
        self._asked.check_rest()
        self._subjects.check_rest()
        for enrollment, node, visit, data, state, version, place in self._query(SETTLED):
            is_here = list(self.documents[version]["nodes"])[place] == node
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
        self._check_invariants()
        for (uid,) in self._query("SELECT uid FROM message WHERE state = 2 AND direction = 'out'"):
            if not any(one.is_taken for one in world.ledger.handed[read_uid(uid)]):
                world.complain("sent_was_handed_over", f"{world.name(read_uid(uid))} was not")
        Histories(world).check()

    def _check_invariants(self):
        """See that those invariants hold that take more than a question to the database."""
        with self._world.database.reading() as session:
            for one in INVARIANTS:
                if one.breaks is None:
                    continue
                broken = [row for row in session.execute(one.build(0)) if one.breaks(row)]
                if broken:
                    self._world.complain(one.name, f"{one.holds} {broken[:3]}")
