"""An instance in one thread: the real doors and engine, a clock, deaths, and all eyes on the books."""

from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from engine.errors import Unavailable
from engine.journeys.deciding.retiming import ResumePolicy
from engine.journeys.entering import schedules
from engine.journeys.publishing import pausing, stopping
from engine.journeys.running import questions
from engine.messages.carriers import accounts
from engine.messages.compose.render_pool import Rendered
from engine.tasks import Lane
from server.lanes import LANES
from tests.sim.carriers import Ledger, draw_fate
from tests.sim.database import BEGINNING
from tests.sim.deeds import Deeds
from tests.sim.eyes import Eyes
from tests.sim.furnishing import PUSH_DIGEST, PUSH_TEXT, build_house, furnish, settle_in
from tests.sim.rows import read_instant

LONGEST = timedelta(days=400)
MOST_ROUNDS = 600
MOST_WAKES = 3_000
LISTENED_TO = {"absence", "inactivity", "segment", "schedule", "date", "record"}
"""Kinds of trigger that let in by time."""


class Died(BaseException):
    """The process is gone, as by `kill -9`."""


class Violation(Exception):
    """Something does not hold."""

    def __init__(self, name, words):
        super().__init__(f"{name}: {words}")
        self.name, self.words = name, words


class Frame:
    """A process at work on one step: how many points it has passed, and what befalls it there.

    Attributes:
        starts: messages that it has marked as leaving, by uid.
    """

    def __init__(self, step):
        self.step, self.points, self.commits = step, 0, 0
        self.starts: dict[Any, dict[str, Any]] = {}
        self.died = False


class World(Deeds):
    """One seed's instance.

    Attributes:
        trace: what happened, in words.
        starts: per message's uid, what was seen when it was marked as leaving the last time.
    """

    def __init__(self, database, script):
        database.begin_anew(furnish)
        self.database, self.script = database, script
        self.now = BEGINNING
        self.behind = timedelta(0)
        self.is_rough = True
        self.trace: list[str] = []
        self.frames: list[Frame] = []
        self.under_way: list[list[Any]] = []
        self.starts: dict[Any, dict[str, Any]] = {}
        self.tries: dict[Any, int] = {}
        self.calls: dict[int, dict[str, Any]] = {}
        self.keys = [one["key"] for one in (script.document, script.other) if one]
        self.lets_in_by_time = script.document["trigger"]["kind"] in LISTENED_TO
        self.ledger = Ledger(self)
        self.house = build_house(self)
        self.eyes = Eyes(self)
        settle_in(self)
        database.at, database.fails = self.at, self._fail
        database.before, database.after = self.eyes.before_commit, self.eyes.after_commit

    # --- what the doors see --------------------------------------------------------------------

    def render(self, template, contexts, *, lenient=False):
        """Make letters without a child process."""
        self.at("render")
        text = PUSH_TEXT if template.digest == PUSH_DIGEST else b"Hello"
        return [Rendered("Hello", "", text, b"Hello", {}) for _ in contexts]

    def draw_fate(self, uid):
        """Return how a provider answers the next try of a message."""
        if not self.is_rough:
            return "accepted"
        self.tries[uid] = self.tries.get(uid, 0) + 1
        return draw_fate(self.script.seed, uid, self.tries[uid])

    def name(self, uid):
        start = self.starts.get(uid)
        return start["where"] if start else str(uid)

    # --- what befalls a process ----------------------------------------------------------------

    def at(self, _point):
        """Pass a point outside of transactions: somebody else may act here, and we may die."""
        if not self.frames:
            return
        frame = self.frames[-1]
        frame.points += 1
        for point, step in frame.step.meanwhile:
            if point == frame.points and self.is_rough:
                self.tell(f"held up at point {point}")
                kept, self.behind = self.behind, timedelta(0)
                self.do(step)
                self.behind = kept
        if frame.points == frame.step.dies_at and self.is_rough:
            self.tell(f"died at point {frame.points}")
            raise Died

    def _fail(self):
        if self.frames and self.is_rough:
            frame = self.frames[-1]
            frame.commits += 1
            if frame.commits == frame.step.fails_at:
                self.tell(f"commit {frame.commits} failed")
                raise Unavailable("the database is not available: asked to fail")

    @contextmanager
    def _process(self, step):
        frame = Frame(step)
        self.frames.append(frame)
        depth = len(self.under_way)
        try:
            yield frame
        except Died:
            frame.died = True
        except Unavailable:
            frame.died = True
        except Violation:
            raise
        except Exception as error:
            words = f"{type(error).__name__}: {error}".splitlines()[0][:300]
            raise Violation("no_error", f"{step.kind} raised {words}") from error
        finally:
            self.frames.pop()
            for several in self.under_way[depth:]:
                self.ledger.end(several, died=frame.died, now=self.now)
            del self.under_way[depth:]

    def do(self, step):
        """Do one step, whatever befalls its process."""
        self.tell(f"{self.now:%d %b %H:%M:%S} {step}")
        getattr(self, f"_do_{step.kind}")(step)

    def tell(self, words):
        self.trace.append(f"{'    ' * len(self.frames)}{words}")

    def complain(self, name, words):
        """Stop here, since something does not hold."""
        raise Violation(name, words)

    # --- steps ---------------------------------------------------------------------------------

    def _do_work(self, step):
        self.behind = timedelta(seconds=step.what.get("behind", 0))
        kept, self.eyes.lane = self.eyes.lane, self._choose_lane(step.what)
        try:
            with self._process(step) as frame:
                if self.eyes.lane is Lane.SEGMENTS:
                    self._note_schedules()
                self._resume_accounts()
                frame.done = LANES[self.eyes.lane](self.house)
                if self.eyes.lane is Lane.SMS:  # pushes go beside texts: see tests.sim.nodes
                    frame.done += LANES[Lane.PUSH](self.house)
        finally:
            self.behind, self.eyes.lane = timedelta(0), kept
        return 0 if frame.died else frame.done

    def _choose_lane(self, what):
        """Return the lane that was drawn; else one of those with something due."""
        busy = self._list_busy()
        if what["lane"]:
            return Lane(what["lane"])
        return busy[what["pick"] % len(busy)] if busy else Lane.ADVANCE

    def _do_bell(self, step):
        if not self.database.rung:
            return
        lane = min(self.database.rung)
        self.database.rung.discard(lane)
        fate = step.what["fate"]
        for _ in range({"lost": 0, "heard": 1, "doubled": 2}[fate]):
            self._do_work(type(step)("work", {"lane": lane}, step.dies_at, step.fails_at))

    def _do_pass(self, step):
        self.now += timedelta(seconds=step.what["seconds"])

    def _do_due(self, _step):
        if (due := self.find_next()) is not None:
            self.now = max(self.now, due)

    # --- beginning and end ---------------------------------------------------------------------

    def run(self):
        """Live through the script; then, without faults, until nobody is inside any more."""
        for step in self.script.steps:
            self.do(step)
        self.is_rough = False
        self.tell(f"{self.now:%d %b %H:%M:%S} faults stop, nobody enters any more")
        self._settle()
        self.eyes.check_rest()
        step = SimpleNamespace(kind="end", what={}, dies_at=0, fails_at=0, meanwhile=())
        keep = ResumePolicy.KEEP
        for key in self.keys:
            for what in pausing.Pausable:
                asked = {"what": what, "waits": keep, "default_zone": "UTC"}
                self._operate(step, pausing.resume, key, **asked)
        self._escalate(step)
        for key in self.keys:
            self._operate(step, stopping.stop, key, ends_all=False)
        self.lets_in_by_time = False
        end = self.now + LONGEST
        for _ in range(MOST_WAKES):
            self._settle()
            self.eyes.check_rest()
            due = self.find_next()
            if due is None or due > end:
                break
            self.now = max(self.now, due)
            if "ask" in self.script.kinds:
                self._escalate(step)
        self.eyes.check_end()

    def _settle(self):
        """Work all lanes until there is nothing more to do now."""
        for _ in range(MOST_ROUNDS):
            busy = False
            for lane in self._list_busy():
                work = SimpleNamespace(kind="work", what={"lane": lane}, meanwhile=())
                work.dies_at = work.fails_at = 0
                busy = bool(self._do_work(work)) or busy
            if not busy and not self.eyes.count_batches():
                return
        self.complain("comes_to_rest", "there is always something more to do, at one instant")

    def _escalate(self, step):
        self._operate(step, questions.escalate_due)

    def _note_schedules(self):
        with self.database.transaction() as session:
            schedules.note_due(session, now=self.now, default_zone="UTC")

    def _resume_accounts(self):
        """Do what a colleague does where a provider does not let us in."""
        with self.database.transaction() as session:
            for (channel, name), row in accounts.list_accounts(session).items():
                if row.paused_at is not None:
                    accounts.resume_account(session, channel, name)

    def _list_busy(self):
        """Return lanes in which something is due; segments and silences are always looked at."""
        due = (
            "SELECT 'ingest' FROM event_batch WHERE set_aside_at IS NULL UNION "
            "SELECT 'advance' FROM enrollment WHERE status IN (0, 1) AND wake_at <= ? UNION "
            "SELECT channel FROM message WHERE state IN (0, 1) AND due_at <= ?"
        )
        found = self.database.query(due, self.stamp(), self.stamp())
        lanes = sorted(Lane(lane) for (lane,) in found)
        if self.lets_in_by_time:
            lanes.append(Lane.SEGMENTS)
        return lanes

    def find_next(self):
        """Return the next instant at which something is due; None if nothing ever is."""
        (found,) = self.database.query(
            "SELECT min(at) FROM (SELECT min(wake_at) AS at FROM enrollment WHERE status IN (0, 1) "
            "UNION ALL SELECT min(due_at) FROM message WHERE state IN (0, 1) "
            "UNION ALL SELECT min(due_at) FROM watch JOIN journey ON journey.id = journey_id "
            "WHERE state = 'live' AND NOT entries_paused) AS dues"
        )[0]
        return read_instant(found)

    def stamp(self):
        """Return the present instant as its text stands in rows."""
        return self.now.replace(tzinfo=None).isoformat(" ", "microseconds")
