"""Counts of versions and their nodes: summed per chunk, added with one statement.

Whoever writes an enrollment's node counts its arrival there, and whoever takes it away counts why:
so the books balance at every commit (rule 127, `engine.invariants`).
"""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.models.journey import Tally

TallyKey = tuple[int, int, str]
"""(version id, place of the node or -1 for the whole version, label)."""

ENTERED = "entered"
COMPLETED = "completed"
MOVED_IN = "moved_in"
"""From an older version, by a migration; `moved_out` is counted there."""
MOVED_OUT = "moved_out"
SET_ASIDE = "set_aside"
"""Those that are set aside now: one that is replayed is taken off again."""


def name_exit(reason: str) -> str:
    """Return the label under which leaving early for a reason is counted."""
    return f"exited:{reason}"[:80]


def name_way(way: int) -> str:
    """Return the label under which a way out is counted, by its place."""
    return f"way:{way}"


def name_refusal(reason: str) -> str:
    """Return the label under which a refused entry is counted (rule 11)."""
    return f"refused:{reason}"[:80]


def name_reassigned(label: str) -> str:
    """Return the label under which holders of an arm that is gone are counted (rule 60)."""
    return f"reassigned:{label}"[:80]


def name_goal(goal: str) -> str:
    """Return the label under which a goal is counted once its enrollments are gone."""
    return f"goal:{goal}"[:80]


def add_tallies(session: Session, counts: Mapping[TallyKey, int]) -> None:
    """Add these counts. Rows are taken in one order, so that two workers never wait in a circle."""
    rows = [
        {"version_id": version, "node": node, "label": label, "n": n}
        for (version, node, label), n in sorted(counts.items())
        if n
    ]
    if not rows:
        return
    statement = insert_into(session, Tally)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[Tally.version_id, Tally.node, Tally.label],
            set_={"n": Tally.n + statement.excluded.n},
        ),
        rows,
    )


def load_tallies(session: Session, version_id: int) -> dict[int, Counter[str]]:
    """Return the counts of a version, by node and label."""
    found: dict[int, Counter[str]] = {}
    rows = session.execute(
        select(Tally.node, Tally.label, Tally.n).where(Tally.version_id == version_id)
    )
    for node, label, n in rows:
        found.setdefault(node, Counter())[label] = n
    return found
