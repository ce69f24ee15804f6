"""Measures the main job: event → condition → e-mail into a local sink → end.

Runs on a scratch database beside the one that the settings name, which it drops again.
"""

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, func, make_url, select, text
from sqlalchemy.exc import DBAPIError

from engine.config import Settings
from engine.errors import Unavailable
from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.ids import new_id
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing.publish import publish, save_draft
from engine.messages.library.templates import compile_source, save_template
from engine.messages.states import MessageState
from engine.models.event import EventBatch
from engine.models.message import Message
from server.bench.sink import run_sink
from server.lanes import LANES
from server.migrating import migrate
from server.wiring import House, open_house
from server.worker import WorkerTree

BATCH: Final = 100
LONGEST: Final = timedelta(minutes=30)
JOURNEY: Final = """{
  "format": 1, "key": "bench", "name": "Bench",
  "trigger": {"kind": "event", "event": "Signed Up"},
  "start": "paying",
  "nodes": {
    "paying": {"kind": "branch", "otherwise": {}, "paths": [
      {"label": "yes", "when": {"attribute": "plan", "op": "in", "value": ["pro", "team"]}, "next": "hello"}]},
    "hello": {"kind": "send_email", "template": "bench", "class": "transactional"}
  }
}"""
LETTER: Final = """<mjml><mj-head><mj-title>Hello {{ contact.first_name }}</mj-title></mj-head><mj-body>
<mj-section><mj-column><mj-text>Good to have you here, {{ contact.first_name }}.</mj-text>
<mj-button href="https://shop.example/{{ contact.plan }}">Look around</mj-button>
</mj-column></mj-section></mj-body></mjml>"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; seconds, and bytes of this process at its largest."""

    contacts: int
    accept_seconds: float
    total_seconds: float
    cpu_seconds: float
    peak_bytes: int

    @property
    def per_second(self) -> float:
        """Contacts a second, from the first event to the last letter taken."""
        return self.contacts / self.total_seconds


def measure_journey(settings: Settings, contacts: int, say: Callable[[int], None]) -> Figures:
    """Send so many contacts through, and answer what it took.

    Args:
        settings: name the database server; without one SQLite is measured.
        contacts: how many.
        say: told now and then how many letters have been taken.
    """
    with run_sink() as smtp_url, _scratch(settings, smtp_url) as house:
        _prepare(house)
        tree = WorkerTree(house, LANES)
        tree.start()
        try:
            started, cpu = time.perf_counter(), time.process_time()
            _send_events(house, contacts)
            accepted = time.perf_counter()
            _wait_until_sent(house, contacts, say)
            ended = time.perf_counter()
            used = time.process_time() - cpu
        finally:
            tree.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Figures(contacts, accepted - started, ended - started, used, peak)


@contextmanager
def _scratch(settings: Settings, smtp_url: str) -> Iterator[House]:
    """Give a house on an empty database, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sojourn-bench-") as folder:
        changed: dict[str, Any] = {"email_url": smtp_url, "data": Path(folder), "redis_url": ""}
        if settings.is_embedded:
            with _opened(settings.model_copy(update=changed)) as house:
                yield house
            return
        name = f"sojourn_bench_{new_id().hex[-8:]}"
        url = make_url(settings.database_url)
        _ask(settings.database_url, f"CREATE DATABASE {name}")
        try:
            own = url.set(database=name).render_as_string(hide_password=False)
            with _opened(settings.model_copy(update={**changed, "database_url": own})) as house:
                yield house
        finally:
            _ask(settings.database_url, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _opened(settings: Settings) -> Iterator[House]:
    house = open_house(settings)
    try:
        migrate(house.database, now=house.wall.now())
        yield house
    finally:
        house.close()


def _ask(url: str, statement: str) -> None:
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    except DBAPIError as error:
        raise Unavailable(f"the benchmark needs a database of its own: {error.orig}") from error
    finally:
        engine.dispose()


def _prepare(house: House) -> None:
    now = house.clock.now()
    compiled = compile_source("email", LETTER)
    with house.database.transaction() as session:
        save_template(session, "bench", "email", LETTER, compiled, by="bench", now=now)
        save_draft(session, parse_journey(JOURNEY), now=now)
        publish(session, "bench", by="bench", now=now)


def _send_events(house: House, contacts: int) -> None:
    """Accept what a shop's server would say of so many new contacts, in batches of a hundred."""
    for start in range(0, contacts, BATCH):
        now = house.clock.now()
        calls = []
        for number in range(start, min(start + BATCH, contacts)):
            traits = {"email": f"c{number}@example.com", "first_name": f"C{number}", "plan": "pro"}
            about = {"userId": f"c{number}", "context": {"traits": traits}}
            call = {"type": "track", "event": "Signed Up", "messageId": f"m{number}", **about}
            calls.append(read_call(call, kind=None, received_at=now))
        with house.database.transaction() as session:
            accept(session, calls, source="bench", trust=Trust.WRITE, now=now)


def _wait_until_sent(house: House, contacts: int, say: Callable[[int], None]) -> None:
    deadline = time.monotonic() + LONGEST.total_seconds()
    sent = 0
    while sent < contacts:
        if time.monotonic() > deadline:
            waiting = _count(house, select(func.count()).select_from(EventBatch))
            raise Unavailable(f"only {sent} of {contacts} letters left; {waiting} batches wait")
        house.closing.wait(0.1)
        asked = select(func.count()).where(Message.state == MessageState.SENT)
        sent = _count(house, asked)
        say(sent)


def _count(house: House, asked: Any) -> int:
    with house.database.reading() as session:
        return int(session.scalar(asked) or 0)
