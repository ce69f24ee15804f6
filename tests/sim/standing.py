"""Who may enter and move in which state of a journey, and where an edit leaves those inside."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from tests.sim.rows import read_instant

DUE, COMPLETED, EXITED, ASIDE = 0, 2, 3, 4
DOORS = """
SELECT j.id, j.key, j.state, j.entries_paused,
    (SELECT count(*) FROM enrollment e WHERE e.journey_id = j.id),
    (SELECT count(*) FROM enrollment e WHERE e.journey_id = j.id AND e.status IN (0, 1)),
    (SELECT count(*) FROM pass_log p JOIN journey_version v ON v.id = p.version_id
        WHERE v.journey_id = j.id)
FROM journey j
"""
STANDING = """
SELECT e.id, e.version_id, e.node, e.status, e.seq, e.arrived_at, e.reason, e.signal
FROM enrollment e JOIN journey j ON j.id = e.journey_id WHERE j.key = 'j'
"""


class Doors:
    """Sees that a closed journey lets nobody in, and that a paused one is still."""

    def __init__(self, world):
        self._world, self._query = world, world.database.query
        self._before = {}

    def before(self):
        self._before = self._look()

    def after(self):
        for journey, (key, state, closed, entered, active, passes) in self._look().items():
            if journey not in self._before:
                continue
            _, was, was_closed, had_entered, _, had_passed = self._before[journey]
            if "paused" == state == was and passes != had_passed:
                self._world.complain("paused_means_still", f"somebody moved in {key}, paused")
            is_shut = closed or state in ("paused", "stopped")
            was_shut = was_closed or was in ("paused", "stopped")
            if is_shut and was_shut and entered != had_entered:
                self._world.complain("closed_lets_nobody_in", f"somebody entered {key}, {state}")
            stops_all = self._world.frames[-1].step.what.get("ends_all")
            if "stopped" == state != was and stops_all and active:
                self._world.complain("stopped_means_out", f"{active} are inside {key}, stopped now")

    def _look(self):
        return {row[0]: row[1:] for row in self._query(DOORS)}


@dataclass(frozen=True)
class Moved:
    """Where an edit left an enrollment.

    Attributes:
        seq: passes that it had by then.
        left: the version in which it was.
        key: of the node in the new version; None: it is over.
        is_new: it arrives there.
    """

    seq: int
    left: int
    version: int
    key: str | None
    is_new: bool
    at: datetime


class Moves:
    """Sees that people are moved as it was said, and only then.

    Attributes:
        moved: by enrollment, in order.
    """

    def __init__(self, world, documents):
        self._world, self._query, self._documents = world, world.database.query, documents
        self._before = {}
        self.moved: dict[int, list[Moved]] = defaultdict(list)

    def before(self):
        self._before = {}
        if self._find_moves() is not None:
            self._before = {row[0]: row for row in self._query(STANDING) if row[3] in (0, 1)}
        elif self._is_replay():
            self._before = {row[0]: row for row in self._query(STANDING) if row[3] == ASIDE}

    def after(self):
        if self._is_replay():
            self._look_at_replayed()
            return
        moves = self._find_moves()
        if moves is None:
            return
        ((target,),) = self._query("SELECT version_id FROM journey WHERE key = 'j'")
        now = {row[0]: row for row in self._query(STANDING)}
        for enrollment, row in self._before.items():
            if row[1] != target:
                self._check(enrollment, row, now[enrollment], target, moves)
            elif row != now[enrollment]:
                self._complain(enrollment, "was moved within its version")

    def _find_moves(self):
        step = self._world.frames[-1].step
        return step.what.get("moves") if step.kind == "republish" else None

    def _is_replay(self):
        return self._world.frames[-1].step.kind == "replay"

    def _look_at_replayed(self):
        """See that who tries again does so in the live version, where that has the node still."""
        ((target,),) = self._query("SELECT version_id FROM journey WHERE key = 'j'") or [(None,)]
        now = {row[0]: row for row in self._query(STANDING)}
        for enrollment, row in self._before.items():
            if row[1] != target and now[enrollment][3] == DUE:
                key = list(self._documents[row[1]]["nodes"])[row[2]]
                fate, _ = say_fate(self._documents[row[1]], key, self._documents[target], {})
                if fate == "stay":
                    self._check(enrollment, (*row[:3], DUE, *row[4:]), now[enrollment], target, {})
                elif now[enrollment][1:3] != row[1:3]:
                    self._complain(enrollment, "was moved to a version without its node")

    def _check(self, enrollment, row, now, target, moves):
        _, version, place, status, seq, arrived, *_ = row
        document, edited = self._documents[version], self._documents[target]
        key = list(document["nodes"])[place]
        fate, to = say_fate(document, key, edited, moves)
        _, stands_in, node, became, _, arrives, reason, signal = now
        there = list(edited["nodes"]).index(to) if to else None
        match fate:
            case "stay":
                is_right = (stands_in, node, became, arrives) == (target, there, status, arrived)
            case "go":
                is_right = (stands_in, node, became, signal) == (target, there, DUE, None)
            case "complete":
                is_right = (stands_in, became) == (version, COMPLETED)
            case _:
                is_right = (stands_in, became, reason) == (version, EXITED, "journey_edited")
        if not is_right:
            words = f"was at {key}, was to {fate} {to or ''}, and is at place {node} of "
            self._complain(enrollment, f"{words}version {stands_in}, status {became}")
        at = read_instant(arrives) if to else self._world.now
        self.moved[enrollment].append(Moved(seq, version, target, to, fate == "go", at))

    def _complain(self, enrollment, words):
        self._world.complain("moves_as_said", f"enrollment {enrollment} {words}")


def say_fate(document, key, edited, moves):
    """Return what is to become of those at a node, and the node they are to be at."""
    node, nodes = document["nodes"][key], edited["nodes"]
    match moves.get(key):
        case None:
            is_there = nodes.get(key, {}).get("kind") == node["kind"]
            return ("stay", key) if is_there else ("be asked about", None)
        case "exit":
            return "exit", None
        case "continue":
            way = node.get("timeout") or node.get("otherwise") or node
            to = way.get("next")
            return ("complete", None) if to is None else ("go", to)
        case to:
            return "go", to
