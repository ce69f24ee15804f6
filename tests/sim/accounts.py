"""Accounts kept beside the engine's: what scores come to, and who said no."""

import json

from engine.journeys.deciding.plan import read_path
from engine.tasks import Lane

MOST = 1_000_000_000
HELD = "SELECT id, attributes FROM contact WHERE merged_into IS NULL AND erased_at IS NULL"
SEQS = "SELECT id, seq, contact_id FROM enrollment"
CHOICES = "SELECT contact_id, topic, channel, choice FROM consent"


class Scores:
    """Sees that a score is what its changes come to, and that nothing else changes it."""

    def __init__(self, world, documents):
        self._world, self._query, self._documents = world, world.database.query, documents
        self._scores, self._seqs = {}, {}

    def before(self):
        if self._world.eyes.lane is Lane.ADVANCE:
            self._seqs = {row[0]: row[1] for row in self._query(SEQS)}

    def after(self):
        lane, now = self._world.eyes.lane, self._look()
        if lane is Lane.ADVANCE:
            for enrollment, seq, contact in self._query(SEQS):
                if self._seqs.get(enrollment, seq) != seq and contact in self._scores:
                    self._add_up(enrollment, seq, self._scores[contact])
        for contact in self._scores.keys() & now.keys():
            expected = self._scores[contact]
            if now[contact] != expected and not (lane is Lane.INGEST and self._was_joined(contact)):
                words = f"contact {contact} has {now[contact]}, its changes come to {expected}"
                self._world.complain("scores_add_up", words)
        self._scores = now

    def _was_joined(self, contact):
        return self._query("SELECT id FROM contact WHERE merged_into = ?", contact)

    def _add_up(self, enrollment, seq, scores):
        """Add to scores what a pass has changed of them."""
        version, path = self._query(
            "SELECT version_id, path FROM pass_log WHERE enrollment_id = ? AND seq = ?",
            enrollment,
            seq,
        )[0]
        nodes = list(self._documents[version]["nodes"].values())
        for place, way in read_path(path):
            node = nodes[place]
            if node["kind"] == "score" and way is not None:
                held = node["to"] if "to" in node else scores.get(node["score"], 0) + node["by"]
                held = max(held, node.get("floor", -MOST))
                scores[node["score"]] = min(held, node.get("ceiling", MOST))

    def _look(self):
        return {id_: dict(json.loads(held).get("scores") or {}) for id_, held in self._query(HELD)}


class Choices:
    """Sees that no journey turns a contact's no into a yes."""

    def __init__(self, world):
        self._world, self._query = world, world.database.query
        self._before = {}

    def before(self):
        self._before = self._look()

    def after(self):
        if self._world.eyes.lane is not Lane.ADVANCE:
            return
        for key, choice in self._look().items():
            if choice == "subscribed" and self._before.get(key) == "unsubscribed":
                self._world.complain("a_no_stays_a_no", f"a journey subscribed {key}")

    def _look(self):
        return {tuple(key): choice for *key, choice in self._query(CHOICES)}
