"""Serves the application: gunicorn, started from here instead of from its own command.

`sojourn up` is one gunicorn worker process with threads, and the worker tree's threads in that same
process: SQLite wants one process, an in-process bell needs its ringer and its listener together,
and gunicorn's master stays beside them, so that a process that dies is started again. Its gthread
worker takes slow and idle connections off the threads, which plain threaded servers do not.
"""

import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Flask
from gunicorn.app.base import BaseApplication

from engine.config import Settings
from engine.errors import Invalid
from server.app import create_app
from server.lanes import LANES
from server.logs import configure_logs
from server.presence import Presence
from server.scheduler import Scheduler
from server.wiring import open_house
from server.worker import WorkerTree

THREADS: Final = 24
REQUEST_SECONDS: Final = 60
EXIT_SECONDS: Final = 25
"""After this long a stopping process is killed; its work lies in rows with leases."""


@dataclass(frozen=True, slots=True)
class Running:
    """What runs in one web process, and how it ends.

    Attributes:
        leave: called when it is asked to end, to end what would go on for long.
        stop: called when its requests are over.
    """

    app: Flask
    leave: Callable[[], None]
    stop: Callable[[], None]


class Site(BaseApplication):  # type: ignore[misc]
    """gunicorn around an application that is built in each worker process, after the fork.

    Args:
        options: gunicorn's settings.
        build: builds what runs in a worker process.
    """

    def __init__(self, options: Mapping[str, Any], build: Callable[[], Running]) -> None:
        self._options = options
        self._build = build
        self._running: Running | None = None
        super().__init__(prog="sojourn")

    def load_config(self) -> None:
        """Set gunicorn's settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", self._listen)
        self.cfg.set("worker_exit", self._leave)

    def load(self) -> Flask:
        """Return the application of this worker process."""
        self._running = self._build()
        return self._running.app

    def _listen(self, _worker: Any) -> None:
        """Hear of the end before gunicorn waits for requests under way, streams among them."""
        goes_on = signal.getsignal(signal.SIGTERM)

        def leave(number: int, frame: Any) -> None:
            if self._running is not None:
                self._running.leave()
            if callable(goes_on):
                goes_on(number, frame)

        signal.signal(signal.SIGTERM, leave)

    def _leave(self, _arbiter: Any, _worker: Any) -> None:
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second one would break into the ending
        if self._running is not None:
            self._running.stop()


def serve(
    build: Callable[[], Running],
    *,
    host: str,
    port: int,
    processes: int = 1,
    threads: int = THREADS,
) -> None:
    """Serve until a signal ends it."""
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": processes,
        "threads": threads,
        "worker_class": "gthread",
        "timeout": REQUEST_SECONDS,
        "graceful_timeout": EXIT_SECONDS,
        "keepalive": 5,
        "loglevel": "warning",
        "forwarded_allow_ips": "",  # proxies are named by SOJOURN_TRUSTED_PROXIES
        "control_socket_disable": True,
        "proc_name": "sojourn",
    }
    Site(options, build).run()


def build_web(settings: Settings, *, threads: int = THREADS) -> Running:
    """Build a process that serves, and leaves the work to workers elsewhere.

    Args:
        settings: of the instance.
        threads: that it will have.
    """
    configure_logs(settings.log_level)
    house = open_house(settings)
    house.streams.fit(threads)
    presence = Presence(house, "web")
    presence.start()

    def stop() -> None:
        house.closing.set()
        presence.stop()
        house.close()

    return Running(create_app(house), house.streams.end, stop)


def build_all(settings: Settings, blueprints: Sequence[Blueprint] = ()) -> Running:
    """Build a process that serves, works and schedules."""
    configure_logs(settings.log_level)
    house = open_house(settings)
    house.streams.fit(THREADS)
    tree = WorkerTree(house, LANES, role="web+worker+scheduler")
    scheduler = Scheduler(house)
    app = create_app(house, blueprints=blueprints)
    tree.start()
    scheduler.start()

    def stop() -> None:
        house.closing.set()
        scheduler.stop()
        tree.stop()
        house.close()

    return Running(app, house.streams.end, stop)


def refuse_taken_port(host: str, port: int) -> None:
    """Stop before anything is begun if the port cannot be had.

    Raises:
        Invalid: somebody else listens there, or we may not.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            msg = f"cannot listen on {host}:{port} ({error.strerror}): --port chooses another"
            raise Invalid(msg) from None
