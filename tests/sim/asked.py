"""What colleagues are asked: by those who wait for it alone, and it ends once."""

from collections import Counter

OPEN = "q.answered_at IS NULL AND q.closed_at IS NULL"
TWICE = "SELECT id FROM question WHERE answered_at IS NOT NULL AND closed_at IS NOT NULL"
IN_VAIN = f"""
SELECT q.id FROM question q JOIN enrollment e ON e.id = q.enrollment_id
WHERE {OPEN} AND e.status NOT IN (0, 1)
"""
EARLY = "SELECT id FROM question WHERE escalated_at < escalate_at OR answered_at < asked_at"
WAITING = """
SELECT e.id, e.version_id, e.node FROM enrollment e WHERE e.status = 1 AND e.signal IS NULL
"""


class Asked:
    """Looks at questions."""

    def __init__(self, world, documents):
        self._world, self._query, self._documents = world, world.database.query, documents

    def before(self):
        """Nothing needs to be remembered."""

    def after(self):
        self._find("an_ask_ends_once", TWICE, "was answered, and taken back")
        self._find("nobody_asks_in_vain", IN_VAIN, "is open, and nobody waits for its answer")
        self._find("nobody_is_hurried", EARLY, "was told of before its time")

    def _find(self, name, question, words):
        if rows := self._query(question):
            self._world.complain(name, f"question {rows[0][0]} {words}")

    def check_rest(self):
        """See that whoever waits at a question is what one open question is about."""
        rows = self._query(f"SELECT q.enrollment_id, q.node FROM question q WHERE {OPEN}")
        asked = Counter((enrollment, node) for enrollment, node in rows)
        for enrollment, version, place in self._query(WAITING):
            key, node = list(self._documents[version]["nodes"].items())[place]
            if node["kind"] == "ask" and asked[enrollment, key] != 1:
                words = f"enrollment {enrollment} waits at {key}"
                asks = f"{asked[enrollment, key]} questions are open"
                self._world.complain("who_waits_is_asked", f"{words}, and {asks}")
