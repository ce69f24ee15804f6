"""What enrollments are about: tickets that are somebody's, dates that are still the same."""

import json

STRAY = """
SELECT e.id, r.key FROM enrollment e JOIN record r ON r.id = e.subject_id
    JOIN contact c ON c.id = e.contact_id
WHERE e.subject_kind = 'record' AND c.erased_at IS NULL AND (e.contact_id <> r.contact_id OR e.entry_key <> r.key)
"""
SOLVED = """
SELECT e.id, v.document FROM enrollment e JOIN record r ON r.id = e.subject_id
    JOIN journey_version v ON v.id = e.version_id
WHERE e.subject_kind = 'record' AND e.status IN (0, 1) AND r.state = 'solved'
"""
DATED = """
SELECT e.id, e.data, c.attributes FROM enrollment e JOIN contact c ON c.id = e.contact_id
    JOIN journey j ON j.id = e.journey_id
WHERE j.key = 'j' AND e.status IN (0, 1)
"""
TOLD_TWICE = """
SELECT channel, provider_id FROM message WHERE direction = 'in'
    AND provider_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
"""


class Subjects:
    """Looks at subjects when all is at rest."""

    def __init__(self, world):
        self._world, self._query = world, world.database.query
        self._trigger = world.script.document["trigger"]

    def check_rest(self):
        match self._trigger["kind"]:
            case "record":
                self._check_records()
            case "date":
                self._check_dates()
            case "message":
                if rows := self._query(TOLD_TWICE):
                    self._world.complain("a_reply_counts_once", f"{rows} are there twice")
            case _:
                pass

    def _check_records(self):
        if rows := self._query(STRAY):
            words = "enrollments that are not of their ticket's contact, or key"
            self._world.complain("a_ticket_is_somebodys", f"{words}: {rows}")
        for enrollment, document in self._query(SOLVED):
            if any(one["reason"] == "solved" for one in json.loads(document).get("exits", ())):
                words = f"enrollment {enrollment} is inside, and its ticket is solved"
                self._world.complain("solved_means_out", words)

    def _check_dates(self):
        for enrollment, data, attributes in self._query(DATED):
            entered_for = json.loads(data)["trigger"]["anchor"]
            now = json.loads(attributes).get("renewal")
            if now != entered_for:
                words = f"enrollment {enrollment} is inside for {entered_for}, now it is {now}"
                self._world.complain("a_moved_date_means_out", words)
