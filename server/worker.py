"""A worker: Dramatiq's threads for the bells, and a clock of its own for those that were lost."""

import threading
import time
from collections.abc import Mapping
from typing import Final

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from engine.tasks import Lane
from server.actors import declare_actors
from server.broker import BrokerBell
from server.desk import Desk, Work
from server.logs import describe_failure, get_logger
from server.presence import Presence
from server.wiring import House

POLL_SECONDS: Final = 2.0
"""How often every lane is looked at unasked; also how late a due wait can be noticed."""
FINISH_SECONDS: Final = 20
"""How long a stopping worker may take over what it has begun."""
REDIS_IDLE_MS: Final = 25
"""How long a queue in Redis that was found empty is left alone, at most."""
STUB_IDLE_MS: Final = 1000
"""Within one process a bell wakes its thread at once; this only bounds how long stopping takes."""


class WorkerTree:
    """Everything in one process that works the lanes.

    Args:
        house: of this process; its bell's broker is listened to.
        lanes: what is done in each lane.
        role: what the process calls itself on the queues page.
    """

    def __init__(self, house: House, lanes: Mapping[Lane, Work], *, role: str = "worker") -> None:
        if not isinstance(house.bell, BrokerBell):
            raise TypeError(house.bell)
        self.house = house
        self._desk = Desk(house, lanes)
        broker = house.bell.broker
        declare_actors(broker, self._desk.look)
        self._worker = dramatiq.Worker(
            broker,
            worker_threads=house.settings.worker_threads,
            worker_timeout=REDIS_IDLE_MS if isinstance(broker, RedisBroker) else STUB_IDLE_MS,
        )
        self._pollers = [
            threading.Thread(target=self._poll, args=(lane,), name=f"poll-{lane}", daemon=True)
            for lane in lanes
        ]
        self._presence = Presence(house, role)

    def start(self) -> None:
        """Start every thread and return."""
        self._worker.broker.emit_after("process_boot")  # as Dramatiq's own command does
        self._worker.start()
        for poller in self._pollers:
            poller.start()
        self._presence.start()
        get_logger().info("worker_started", process=self._presence.id)

    def stop(self) -> None:
        """Take no more work, finish what is begun within `FINISH_SECONDS`, and return.

        What is not finished by then stays leased in its rows and is taken up elsewhere.
        """
        self.house.closing.set()
        until = time.monotonic() + FINISH_SECONDS + 1
        stopper = threading.Thread(target=self._stop_dramatiq, name="stopper", daemon=True)
        stopper.start()
        for thread in (stopper, *self._pollers):
            thread.join(timeout=max(0.0, until - time.monotonic()))
        self._presence.stop()
        get_logger().info("worker_stopped", process=self._presence.id)

    def _stop_dramatiq(self) -> None:
        try:
            self._worker.stop(timeout=FINISH_SECONDS * 1000)
        except Exception as error:  # noqa: BLE001 - a door: Redis may be away just now
            get_logger().warning("worker_stop_failed", **describe_failure(error))

    def _poll(self, lane: Lane) -> None:
        """Look at a lane every few seconds: with Redis away, this is how work goes on."""
        while not self.house.closing.wait(POLL_SECONDS):
            try:
                self._desk.look(lane)
            except Exception as error:  # noqa: BLE001 - a door: it looks again soon
                get_logger().error("poll_failed", lane=lane, **describe_failure(error))
