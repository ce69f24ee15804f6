"""Workers killed amid sends and waits, Redis emptied meanwhile: none lost, few doubled.

Three kills by default, a hundred with SOJOURN_FULL=1.
"""

import json
import os
import signal
from collections import Counter
from contextlib import ExitStack
from uuid import uuid4

import pytest
import redis
from sqlalchemy import func, make_url, select

from engine.clock import SystemClock
from engine.db import Database
from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing.publish import publish, save_draft
from engine.messages.handover.delivery import GROUP
from engine.messages.library.templates import compile_source, save_template
from engine.messages.states import MessageState
from engine.models.journey import Enrollment
from engine.models.message import Message
from server.bench.journey import LETTER
from tests.conftest import ask_server
from tests.mail_sink import run_sink
from tests.processes import kill, run_command, running, wait_until
from tests.seal import SEAL

IS_FULL = bool(os.environ.get("SOJOURN_FULL"))
pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(3600 if IS_FULL else 420)]
CONTACTS = 2_000
KILLS = 100 if IS_FULL else 3
THREADS = 4
JOURNEY = json.dumps(
    {
        "format": 1,
        "key": "twice",
        "name": "A letter, a wait, a letter",
        "trigger": {"kind": "event", "event": "Signed Up"},
        "start": "hello",
        "nodes": {
            "hello": {
                "kind": "send_email",
                "template": "hello",
                "class": "transactional",
                "next": "moment",
            },
            "moment": {"kind": "wait", "for": "PT2S", "next": "later"},
            "later": {"kind": "send_email", "template": "later", "class": "transactional"},
        },
    }
)
LETTERS = 2 * CONTACTS


@pytest.fixture
def shared(postgres_url, redis_url):
    """A database of PostgreSQL with a live journey, and a Redis."""
    name = f"faults_{uuid4().hex[:8]}"
    ask_server(postgres_url, f"CREATE DATABASE {name}")
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    run_command("migrate", SOJOURN_DATABASE_URL=url, SOJOURN_REDIS_URL=redis_url)
    database = Database(url, seal=SEAL)
    now = SystemClock().now()
    with database.transaction() as session:
        for key in ("hello", "later"):
            source = LETTER.replace("Hello", key)
            words = compile_source("email", source)
            save_template(session, key, "email", source, words, by="test", now=now)
        save_draft(session, parse_journey(JOURNEY), now=now)
        publish(session, "twice", by="test", now=now)
    yield database, url, redis_url
    database.close()
    ask_server(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


def sign_up(database, contacts):
    now = SystemClock().now()
    calls = [
        read_call(
            {
                "type": "track",
                "event": "Signed Up",
                "userId": f"c{number}",
                "messageId": f"m{number}",
                "context": {
                    "traits": {
                        "email": f"c{number}@example.com",
                        "first_name": "C",
                        "plan": "pro",
                    }
                },
            },
            kind=None,
            received_at=now,
        )
        for number in range(contacts)
    ]
    for start in range(0, contacts, 100):
        with database.transaction() as session:
            accept(session, calls[start : start + 100], source="test", trust=Trust.WRITE, now=now)


def count(database, *conditions):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Message).where(*conditions))


def test_r056_r058_kill_9_loses_nobody_and_doubles_only_what_was_in_flight(shared, tmp_path):
    database, url, redis_url = shared
    log = tmp_path / "log"
    with run_sink() as sink, ExitStack() as stack:
        settings = {
            "SOJOURN_DATABASE_URL": url,
            "SOJOURN_REDIS_URL": redis_url,
            "SOJOURN_EMAIL_URL": sink.url,
            "SOJOURN_WORKER_THREADS": str(THREADS),
        }
        stack.enter_context(running("scheduler", log=log, **settings))
        sign_up(database, CONTACTS)
        for turn in range(KILLS):
            with running("worker", log=log, **settings) as worker:
                mark = len(sink.letters) + LETTERS // (KILLS + 2)
                wait_until(
                    lambda mark=mark: len(sink.letters) >= mark,
                    seconds=120,
                    what=f"letter {mark} after {turn} kills ({log.read_text()[-1500:]})",
                )
                kill(worker, signal.SIGKILL)
                redis.from_url(redis_url).flushall()
        stack.enter_context(running("worker", log=log, **settings))
        # Leases of the dead run out on the database's own time; nothing here waits for less.
        with database.transaction() as session:
            held = session.scalars(
                select(Message).where(Message.state == MessageState.SENDING)
            ).all()
            for message in held:
                message.due_at = SystemClock().now()
        wait_until(
            lambda: count(database, Message.state == MessageState.SENT) == LETTERS,
            seconds=150,
            what=f"{LETTERS} letters sent ({log.read_text()[-1500:]})",
        )
    copies = Counter((recipient, subject) for recipient, subject, _ in sink.letters)
    with database.reading() as session:
        ended = session.scalar(
            select(func.count()).select_from(Enrollment).where(Enrollment.status == 2)
        )
    assert ended == CONTACTS
    assert len(copies) == LETTERS
    assert sum(copies.values()) - LETTERS <= KILLS * THREADS * GROUP
    assert max(copies.values()) <= 1 + KILLS
