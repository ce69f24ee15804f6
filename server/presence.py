"""Says every few seconds that this process lives, for the queues page and the metrics."""

import os
import platform
import threading
from typing import Final

from engine.errors import EngineError
from engine.ids import new_id
from engine.models.operation import Process
from server import queues
from server.logs import describe_failure, get_logger
from server.wiring import House

BEAT_SECONDS: Final = 5


class Presence:
    """A process's heartbeats.

    Args:
        house: of this process.
        role: web, worker or scheduler; several joined by `+`.
    """

    def __init__(self, house: House, role: str) -> None:
        self.house = house
        self.role = role
        self.id = f"{platform.node()[:40]}:{os.getpid()}:{new_id().hex[-12:]}"
        self._started_at = house.wall.now()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="presence", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, and take this process off the list: it ended in good order."""
        self._stop.set()
        self._thread.join(timeout=1)
        try:
            with self.house.database.transaction() as session:
                queues.forget_process(session, self.id)
        except EngineError as error:
            get_logger().warning("presence_left", **describe_failure(error))

    def beat(self) -> None:
        """Say once that this process lives."""
        process = Process(
            id=self.id, role=self.role, started_at=self._started_at, details={"pid": os.getpid()}
        )
        with self.house.database.transaction() as session:
            queues.note_process(session, process, wall=self.house.wall.now())

    def _beat_on(self) -> None:
        while True:
            try:
                self.beat()
            except Exception as error:  # noqa: BLE001 - a door: it beats again soon
                get_logger().warning("beat_lost", **describe_failure(error))
            if self._stop.wait(BEAT_SECONDS):
                return
