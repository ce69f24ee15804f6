"""Works the lanes of one process: bells and clocks ask, the desk looks."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.tasks import Lane
from server import queues
from server.logs import describe_failure, get_logger
from server.wiring import House

Work = Callable[[House], int]
"""Does one chunk of a lane, in transactions of its own; answers how many things were done."""

LOOK_SECONDS: Final = 10
"""After this long a look ends and rings again, so that other lanes get their turn."""
LONGEST_REST_SECONDS: Final = 30
ALONE: Final = frozenset({Lane.INGEST, Lane.SEGMENTS})
"""Lanes of which the whole instance has one consumer at a time: one thread a process is plenty."""


@dataclass(slots=True)
class Turn:
    """How one lane stands in this process.

    Attributes:
        most: threads that may work it at once.
        is_asked: somebody asked while all places were taken: whoever works looks once more.
        rests_until: by the process's monotonic clock, after failures.
    """

    most: int
    running: int = 0
    is_asked: bool = False
    failures: int = 0
    rests_until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> bool:
        """Take a place; answers whether there was one."""
        with self.lock:
            if time.monotonic() < self.rests_until:
                return False
            if self.running >= self.most:
                self.is_asked = True
                return False
            self.running += 1
            return True

    def leave(self) -> None:
        """Give the place back."""
        with self.lock:
            self.running -= 1

    def leave_unless_asked(self) -> bool:
        """Give the place back, unless somebody asked meanwhile; answers whether it was."""
        with self.lock:
            if self.is_asked:
                self.is_asked = False
                return False
            self.running -= 1
            return True

    def rest(self) -> float:
        """Let the lane rest after a failure, longer each time; answers for how many seconds."""
        with self.lock:
            self.failures += 1
            seconds = float(min(2 ** (self.failures - 1), LONGEST_REST_SECONDS))
            self.rests_until = time.monotonic() + seconds
            return seconds


@dataclass(slots=True)
class Tally:
    """What one look came to."""

    done: int = 0
    failed: int = 0


class Desk:
    """Works the lanes of one process.

    A lane takes at most half of the threads, so that a long one leaves room for the others. A
    failing chunk is logged and counted, and its lane rests a moment; nothing kills the worker.

    Args:
        house: of this process.
        lanes: what is done in each.
    """

    def __init__(self, house: House, lanes: Mapping[Lane, Work]) -> None:
        self.house = house
        self._lanes = lanes
        shared = max(1, house.settings.worker_threads // 2)
        self._turns = {lane: Turn(1 if lane in ALONE else shared) for lane in lanes}

    def look(self, lane: Lane) -> None:
        """Work a lane until nothing is left to do, or time is up; then ring for the rest.

        Harmless when nothing is to be done, or when others of this process are at it already.
        """
        turn = self._turns[lane]
        if self.house.closing.is_set() or not turn.begin():
            return
        tally = Tally()
        try:
            is_left = self._work(lane, turn, tally)
        except BaseException as error:  # a time limit or the interpreter's end, from outside
            turn.leave()
            get_logger().error("look_interrupted", lane=lane, **describe_failure(error))
            raise
        finally:
            self._count(lane, tally)
        if is_left:
            self.house.bell.ring((lane,))

    def _work(self, lane: Lane, turn: Turn, tally: Tally) -> bool:
        """Do chunk after chunk and give the place back; answers whether something is left."""
        until = time.monotonic() + LOOK_SECONDS
        while not self.house.closing.is_set():
            done = self._do_chunk(lane, turn, tally)
            if done is None:
                break
            if done == 0 and turn.leave_unless_asked():
                return False
            if time.monotonic() >= until:
                turn.leave()
                return True
        turn.leave()
        return False

    def _do_chunk(self, lane: Lane, turn: Turn, tally: Tally) -> int | None:
        """Return how much was done; None if the chunk failed."""
        try:
            done = self._lanes[lane](self.house)
        except Exception as error:  # noqa: BLE001 - a door: no chunk may kill the worker
            tally.failed += 1
            get_logger().error(
                "chunk_failed", lane=lane, rests_seconds=turn.rest(), **describe_failure(error)
            )
            return None
        turn.failures = 0
        tally.done += done
        return done

    def _count(self, lane: Lane, tally: Tally) -> None:
        if not tally.done and not tally.failed:
            return
        try:
            with self.house.database.transaction() as session:
                queues.count_minute(
                    session,
                    lane,
                    done=tally.done,
                    failed=tally.failed,
                    wall=self.house.wall.now(),
                )
        except Exception as error:  # noqa: BLE001 - a door: figures are worth less than the work
            get_logger().warning("figures_lost", lane=lane, **describe_failure(error))
