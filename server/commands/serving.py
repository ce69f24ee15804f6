"""`sojourn up`, `web`, `worker`, `scheduler`, `migrate`: the processes of an instance."""

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from typing import Annotated, Any

import typer

from engine.accounts import instance
from engine.config import PREFIX, Settings
from engine.errors import Invalid
from server import migrating, wsgi
from server.broker import SilentBell
from server.lanes import LANES
from server.lock import hold_lock
from server.opening import DataOption, open_settings, prepare
from server.presence import Presence
from server.scheduler import Scheduler
from server.wiring import House, open_house
from server.worker import WorkerTree

PortOption = Annotated[int, typer.Option(min=1, max=65535, help="Where it listens.")]
HostOption = Annotated[str, typer.Option(help="At which address of this machine; 0.0.0.0: all.")]


def up(
    data: DataOption = None,
    port: PortOption = 8000,
    host: HostOption = "127.0.0.1",
) -> None:
    """Run everything in one process: the web, a worker and a scheduler."""
    settings = open_settings(data, base_url=_derive_base(host, port))
    wsgi.refuse_taken_port(host, port)
    with ExitStack() as stack:
        if settings.is_embedded:
            stack.enter_context(hold_lock(settings.data))
        _introduce(settings, migrates=True)
        wsgi.serve(lambda: wsgi.build_all(settings), host=host, port=port)


def web(
    port: PortOption = 8000,
    host: HostOption = "127.0.0.1",
    processes: Annotated[int, typer.Option(min=1, max=64, help="How many.")] = 2,
    threads: Annotated[int, typer.Option(min=1, max=128, help="Of each process.")] = 12,
) -> None:
    """Serve requests; workers and schedulers run elsewhere."""
    settings = _open_shared(base_url=_derive_base(host, port))
    wsgi.refuse_taken_port(host, port)
    _introduce(settings, migrates=False)
    wsgi.serve(
        lambda: wsgi.build_web(settings, threads=threads),
        host=host,
        port=port,
        processes=processes,
        threads=threads,
    )


def worker() -> None:
    """Work the lanes: process events, move contacts on, hand messages over."""
    house = _open_ready()
    tree = WorkerTree(house, LANES)
    _run_until_signal(tree.start, tree.stop, house)


def scheduler() -> None:
    """Tick: ring for lost bells, note schedules that come due, keep house."""
    house = _open_ready()
    ticks = Scheduler(house, presence=Presence(house, "scheduler"))
    _run_until_signal(ticks.start, ticks.stop, house)


def migrate(data: DataOption = None) -> None:
    """Bring the database's schema up to this release. Repeating it is harmless."""
    settings = open_settings(data)
    house = open_house(settings, bell=SilentBell())
    try:
        revision = migrating.migrate(house.database, now=house.wall.now())
    finally:
        house.close()
    typer.echo(f"The schema is at {revision}.")


def _derive_base(host: str, port: int) -> str | None:
    """Return where people reach the instance, unless the environment says."""
    if os.environ.get(f"{PREFIX}BASE_URL"):
        return None
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _open_shared(**given: Any) -> Settings:
    settings = open_settings(None, **given)
    if settings.is_embedded:
        msg = (
            "this process works beside others, which needs SOJOURN_DATABASE_URL "
            "(and SOJOURN_REDIS_URL); without them, `sojourn up` runs everything in one"
        )
        raise Invalid(msg)
    return settings


def _open_ready() -> House:
    house = open_house(_open_shared())
    try:
        prepare(house)
    except BaseException:
        house.close()
        raise
    return house


def _introduce(settings: Settings, *, migrates: bool) -> None:
    """See to the schema, say where the instance is, and how its first owner is made."""
    house = open_house(settings, bell=SilentBell())
    try:
        if migrates:
            migrating.migrate(house.database, now=house.wall.now())
        else:
            prepare(house)
        with house.database.transaction() as session:
            token = instance.ensure_setup_token(session)
    finally:
        house.close()  # no connection may cross the fork to come
    typer.echo(f"Sojourn runs at {settings.base_url}")
    if token is not None:
        typer.echo(f"First start: make the owner at {settings.base_url}/setup#token={token}")


def _run_until_signal(start: Callable[[], None], stop: Callable[[], None], house: House) -> None:
    reader, writer = os.pipe()  # a handler may interrupt any lock, but not a write to a pipe
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os.write(writer, b"."))
    start()
    os.read(reader, 1)
    stop()
    house.close()
