"""The history of each enrollment, held against the document: a way that is drawn, waits kept."""

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import pairwise

from engine.actions.wait import WaitNode
from engine.document.durations import parse_elapsed
from engine.journeys.live import load_plans
from engine.journeys.plan import read_path

ASIDE, EXITED, COMPLETED = 4, 3, 2


def read_instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Histories:
    """All enrollments of one world, over."""

    def __init__(self, world):
        self._world, self._query = world, world.database.query
        self._document = world.script.document
        with world.database.reading() as session:
            versions = [id_ for (id_,) in self._query("SELECT id FROM journey_version")]
            self._plans = load_plans(session, versions)
        self._passes = defaultdict(list)
        for enrollment, *rest in self._query(
            "SELECT enrollment_id, seq, at, version_id, path FROM pass_log ORDER BY 1, 2"
        ):
            self._passes[enrollment].append(rest)
        self._messages = Counter(
            self._query("SELECT enrollment_id, node FROM message WHERE enrollment_id IS NOT NULL")
        )

    def check(self):
        """Complain of the first history that cannot be."""
        for row in self._query("SELECT id, version_id, status, node, entered_at FROM enrollment"):
            self._check_history(*row)
        self._check_entries()

    def _check_history(self, enrollment, version, status, node, entered):
        plan = self._plans[version]
        place, arrived, is_first = plan.start, read_instant(entered), True
        visits, unsure = Counter(), Counter()
        passes = self._passes[enrollment]
        for number, (seq, said_at, pinned, path) in enumerate(passes, start=1):
            at = read_instant(said_at)
            if (seq, pinned) != (number, version):
                self._complain(enrollment, f"pass {number} is numbered {seq}, of version {pinned}")
            for step, (here, way) in enumerate(steps := read_path(path), start=1):
                if here != place:
                    self._complain(enrollment, f"pass {seq} goes on at {here}, it was at {place}")
                is_last = step == len(steps)
                is_end = is_last and number == len(passes) and status in (EXITED, ASIDE)
                if is_first:  # who was taken out at its last node may have left before deciding
                    counted = unsure if way is None and is_end else visits
                    counted[plan.keys[here]] += 1
                is_first = False
                if way is None:
                    if not is_last:
                        self._complain(enrollment, f"pass {seq} goes on from where it stopped")
                    continue
                self._check_wait(enrollment, plan, here, way, arrived, at)
                following = plan.ways[here][way].next
                if following is None:
                    if not is_last or status != COMPLETED or number != len(passes):
                        self._complain(enrollment, f"pass {seq} completes, and it did not")
                    continue
                place, arrived, is_first = plan.places[following], at, True
        if place != node:
            self._complain(enrollment, f"its passes lead to {place}, it is at {node}")
        for key in visits | unsure:
            count, made = visits[key], self._messages[enrollment, key]
            drawn = self._document["nodes"][key]
            sends = drawn["kind"] in ("send_email", "send_sms", "webhook") and "data" not in drawn
            if sends and not count <= made <= count + unsure[key]:
                words = f"{count} visits of {key} made {made} messages"
                self._world.complain("every_visit_sends", f"enrollment {enrollment}: {words}")

    def _check_wait(self, enrollment, plan, place, way, arrived, left):
        node = plan.get_node(place)
        if not isinstance(node, WaitNode) or node.duration is None:
            return
        if plan.ways[place][way].label == "next" and left - arrived < node.duration.shortest:
            words = f"{plan.keys[place]} was waited at from {arrived} to {left} only"
            self._world.complain("no_wait_ends_early", f"enrollment {enrollment}: {words}")

    def _complain(self, enrollment, words):
        self._world.complain("history_is_a_way", f"enrollment {enrollment}: {words}")

    def _check_entries(self):
        entry, trigger = self._document["entry"], self._document["trigger"]
        joined = {
            id_
            for (id_,) in self._query(
                "SELECT merged_into FROM contact UNION "
                "SELECT id FROM contact WHERE erased_at IS NOT NULL"
            )
        }
        entered = defaultdict(list)
        rows = self._query("SELECT contact_id, entry_key, entered_at FROM enrollment ORDER BY id")
        for contact, key, at in rows:
            entered[contact, key].append(read_instant(at))
        if len(rows) > entry.get("at_most", len(rows)):
            self._world.complain("at_most", f"{len(rows)} entered")
        again = entry["reentry"]
        apart = parse_elapsed(again["not_within"]) if "not_within" in again else None
        may_begin = self._count_begins(trigger)
        for (contact, key), instants in entered.items():
            if contact in joined:
                continue
            who = f"contact {contact}, key {key!r}"
            if again["mode"] == "never" and len(instants) > 1:
                self._world.complain("enters_once", f"{who} entered {len(instants)} times")
            if may_begin is not None and len(instants) > may_begin[contact, key]:
                words = f"{who} entered {len(instants)} times for {may_begin[contact, key]} events"
                self._world.complain("an_event_lets_in_once", words)
            for before, after in pairwise(instants):
                if apart is not None and after - before < apart:
                    self._world.complain("not_within", f"{who} entered at {before} and {after}")

    def _count_begins(self, trigger):
        if trigger["kind"] not in ("event", "absence"):
            return None
        counts = Counter()
        for contact, properties in self._query(
            "SELECT contact_id, properties FROM event WHERE name = 'Go'"
        ):
            key = json.loads(properties).get("k") if "entry_key" in trigger else ""
            counts[contact, key] += 1
        return counts
