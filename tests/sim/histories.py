"""The history of each enrollment, held against the document: a way that is drawn, waits kept."""

from collections import Counter, defaultdict

from engine.actions.wait import WaitNode
from engine.ids import derive_id
from engine.journeys.deciding.plan import read_path
from engine.journeys.running.live import load_plans
from tests.sim.entries import check_entries
from tests.sim.nodes import SENDING, TELLING
from tests.sim.paces import check_paces
from tests.sim.rows import read_instant

SKIPPED = 9
ASIDE, EXITED, COMPLETED = 4, 3, 2
ROWS = """
SELECT e.id, e.version_id, e.status, e.node, e.entered_at, c.erased_at
FROM enrollment e JOIN contact c ON c.id = e.contact_id
"""
ANSWERS = """
SELECT enrollment_id, node, coalesce(answer, 'due'), count(*) FROM question
WHERE answered_at IS NOT NULL OR closed_at IS NOT NULL GROUP BY 1, 2, 3
"""


class History:
    """What one enrollment has done so far, as its passes tell it.

    Attributes:
        place: of the node at which it is.
        arrived: there, at.
        is_new: nothing was decided there yet.
        visits: by node, of what a node does once a visit.
        unsure: of these, visits whose node may have been left before it decided.
        answers: by (node, label), how often it went out of a question.
    """

    def __init__(self, plan, arrived):
        self.plan, self.place, self.arrived, self.is_new = plan, plan.start, arrived, True
        self.visits, self.unsure, self.answers = Counter(), Counter(), Counter()

    def move(self, moved, plan):
        """Go where an edit has left it; it stays where it is if it is over."""
        if moved.key is None:
            return
        self.plan, self.place = plan, plan.places[moved.key]
        if moved.is_new:
            self.arrived, self.is_new = moved.at, True

    def visit(self, *, is_sure):
        """Count a visit, if it is one, of the node at which it is."""
        if self.is_new:
            kind, key = self.plan.get_node(self.place).kind, self.plan.keys[self.place]
            (self.visits if is_sure else self.unsure)[key, kind] += 1
        self.is_new = False


class Histories:
    """All enrollments of one world, over."""

    def __init__(self, world):
        self._world, self._query = world, world.database.query
        self._moved = world.eyes.moves.moved
        with world.database.reading() as session:
            versions = [id_ for (id_,) in self._query("SELECT id FROM journey_version")]
            self._plans = load_plans(session, versions)
        self._passes = defaultdict(list)
        for enrollment, *rest in self._query(
            "SELECT enrollment_id, seq, at, version_id, path FROM pass_log ORDER BY 1, 2"
        ):
            self._passes[enrollment].append(rest)
        made = "SELECT enrollment_id, node, count(*) FROM {} GROUP BY 1, 2"
        self._messages = self._count(
            "SELECT enrollment_id, node, count(DISTINCT visit) FROM message "
            "WHERE direction = 'out' GROUP BY 1, 2"
        )
        self._questions = self._count(made.format("question"))
        self._answers = self._count(ANSWERS)
        self._told = self._count("SELECT message_id, count(*) FROM event GROUP BY 1")

    def _count(self, question):
        return Counter({tuple(key): count for *key, count in self._query(question)})

    def check(self):
        """Complain of the first history that cannot be."""
        for row in self._query(ROWS):
            self._check_history(*row)
        check_entries(self._world)
        check_paces(self._world, self._passes, self._plans)

    def _check_history(self, enrollment, version, status, node, entered, erased):
        passes, moves = self._passes[enrollment], list(self._moved.get(enrollment, ()))
        first = self._find_first(version, passes, moves)
        history = History(self._plans[first], read_instant(entered))
        for number, (seq, said_at, pinned, path) in enumerate(passes, start=1):
            self._move(history, moves, number - 1)
            if (seq, pinned) != (number, history.plan.version_id):
                self._complain(enrollment, f"pass {number} is numbered {seq}, of version {pinned}")
            is_last = number == len(passes)
            at, steps = read_instant(said_at), read_path(path)
            self._follow(history, enrollment, at, steps, status if is_last else None)
        self._move(history, moves, len(passes))
        if (history.plan.version_id, history.place) != (version, node):
            words = f"its passes lead to {history.place} of version {history.plan.version_id}"
            self._complain(enrollment, f"{words}, it is at {node} of {version}")
        self._check_effects(enrollment, history, is_erased=erased is not None)

    def _find_first(self, version, passes, moves):
        """Return the version in which an enrollment began."""
        if passes and not (moves and moves[0].seq == 0):
            return passes[0][2]
        return moves[0].left if moves else version

    def _move(self, history, moves, seq):
        while moves and moves[0].seq == seq:
            moved = moves.pop(0)
            history.move(moved, self._plans[moved.version])

    def _follow(self, history, enrollment, at, steps, ends):
        """Go along a pass; `ends` says how its enrollment ended, if it is the last one."""
        plan = history.plan
        for step, (here, way) in enumerate(steps, start=1):
            if here != history.place:
                self._complain(enrollment, f"a pass goes on at {here}, it was at {history.place}")
            is_last = step == len(steps)
            # Who was taken out at its last node may have left before deciding.
            history.visit(is_sure=way is not None or not is_last or ends not in (EXITED, ASIDE))
            if way is None:
                if not is_last:
                    self._complain(enrollment, "a pass goes on from where it stopped")
                continue
            self._check_wait(enrollment, history, way, at)
            if plan.get_node(here).kind == "ask":
                history.answers[plan.keys[here], plan.ways[here][way].label] += 1
            following = plan.ways[here][way].next
            if following is None:
                if not is_last or ends != COMPLETED:
                    self._complain(enrollment, "a pass completes, and it did not")
                continue
            history.place, history.arrived, history.is_new = plan.places[following], at, True

    def _check_effects(self, enrollment, history, *, is_erased):
        for key, kind in history.visits | history.unsure:
            count, unsure = history.visits[key, kind], history.unsure[key, kind]
            has_holes = any(
                "data" in document["nodes"].get(key, {}) for document in self._documents
            )
            if kind in SENDING and not has_holes:
                made = self._messages[enrollment, key]
                self._compare("every_visit_sends", enrollment, key, count, unsure, made)
            elif kind == "ask" and not is_erased:
                made = self._questions[enrollment, key]
                self._compare("every_visit_asks", enrollment, key, count, unsure, made)
                self._check_answers(enrollment, history, key)
            elif kind in TELLING and not is_erased:
                self._check_told(enrollment, key, count, unsure)

    @property
    def _documents(self):
        return self._world.script.documents

    def _compare(self, name, enrollment, key, count, unsure, made):
        if not count <= made <= count + unsure:
            words = f"{count} visits of {key} made {made}"
            self._world.complain(name, f"enrollment {enrollment}: {words}")

    def _check_answers(self, enrollment, history, key):
        for (node, label), count in history.answers.items():
            if node == key and count > self._answers[enrollment, key, label]:
                words = f"enrollment {enrollment} left {key} by {label}, and nobody said so"
                self._world.complain("an_answer_is_followed", words)

    def _check_told(self, enrollment, key, count, unsure):
        """See that each visit told others once, by an event of its own.

        An edit may leave numbers out: what somebody may have visited is not numbered again.
        """
        visits = range(1, count + unsure + SKIPPED)
        times = [self._told[str(derive_id("told", enrollment, key, n)),] for n in visits]
        if max(times) > 1:
            words = f"enrollment {enrollment}: a visit of {key} told others {max(times)} times"
            self._world.complain("every_visit_tells", words)
        self._compare("every_visit_tells", enrollment, key, count, unsure, sum(times))

    def _check_wait(self, enrollment, history, way, left):
        plan, place, arrived = history.plan, history.place, history.arrived
        node = plan.get_node(place)
        if not isinstance(node, WaitNode) or node.duration is None:
            return
        if plan.ways[place][way].label == "next" and left - arrived < node.duration.shortest:
            words = f"{plan.keys[place]} was waited at from {arrived} to {left} only"
            self._world.complain("no_wait_ends_early", f"enrollment {enrollment}: {words}")

    def _complain(self, enrollment, words):
        self._world.complain("history_is_a_way", f"enrollment {enrollment}: {words}")
