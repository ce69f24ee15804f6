"""P12: a mass mailing does not delay the letters that somebody waits for.

Real processes over PostgreSQL and Redis, and a mail server that is as fast as its account says.
A small campaign with every change; the promise's own figures with SOJOURN_FULL=1.
"""

import json
import os
import re
import threading
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, make_url, select

from engine.accounts import keys
from engine.accounts.keys import KeyKind
from engine.clock import SystemClock
from engine.db import Database
from engine.ids import new_id
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing.publish import publish, save_draft
from engine.messages.library.templates import save_template
from engine.messages.states import MessageState
from engine.models.contact import Consent, Contact, Topic
from engine.models.message import Message
from tests.conftest import ask_server
from tests.mail_sink import run_quick_sink
from tests.processes import free_port, is_ready, run_command, running, wait_until
from tests.shop import WORDS, compile_words

IS_FULL = bool(os.environ.get("SOJOURN_FULL"))
pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(1200 if IS_FULL else 120)]
PEOPLE = 100_000 if IS_FULL else 600
RATE = 200 if IS_FULL else 100
LONGEST = 300 if IS_FULL else 60
"""Seconds that are looked at: what of the mailing is still to go then says nothing more."""
JOURNEYS = {
    "mailing": {
        "entry": {"reentry": {"mode": "never"}},
        "nodes": {"send": {"kind": "send_email", "template": "hello", "topic": "news"}},
    },
    "reset": {
        "trigger": {"kind": "event", "event": "Password Asked"},
        "nodes": {"send": {"kind": "send_email", "template": "hello", "class": "transactional"}},
    },
}


@pytest.fixture
def shared(postgres_url, redis_url):
    """A database of PostgreSQL with so many people, and a mailing to all of them in a moment."""
    name = f"faults_{uuid4().hex[:8]}"
    ask_server(postgres_url, f"CREATE DATABASE {name}")
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    run_command("migrate", SOJOURN_DATABASE_URL=url, SOJOURN_REDIS_URL=redis_url)
    database = Database(url)
    fill(database)
    yield database, url, redis_url
    database.close()
    ask_server(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


def fill(database):
    now = SystemClock().now()
    with database.transaction() as session:
        session.add(Topic(key="news", name="News", opt_in="explicit", created_at=now))
        save_template(
            session, "hello", "email", WORDS["email"], compile_words("email"), by="test", now=now
        )
        for first in range(0, PEOPLE, 1000):
            people = [
                {
                    "uid": new_id(),
                    "created_at": now,
                    "attributes": {"plan": "pro"},
                    "email": f"c{number}@example.com",
                    "email_confirmed": True,
                }
                for number in range(first, min(first + 1000, PEOPLE))
            ]
            ids = session.scalars(insert(Contact).returning(Contact.id), people).all()
            said = {"topic": "news", "channel": "email", "choice": "subscribed", "changed_at": now}
            session.execute(insert(Consent), [said | {"contact_id": one} for one in ids])


def go_live(database, key, **more):
    document = {"format": 1, "key": key, "name": key, "start": "send", **JOURNEYS[key], **more}
    with database.transaction() as session:
        now = SystemClock().now()
        save_draft(session, parse_journey(json.dumps(document)), now=now)
        publish(session, key, by="test", now=now)


def post(url, key, number):
    """Ask for a reset as a shop's server does; answers how long that took."""
    call = {
        "userId": f"r{number}",
        "event": "Password Asked",
        "context": {"traits": {"email": f"reset{number}@example.com"}},
    }
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    began = time.monotonic()
    with urlopen(Request(url, json.dumps(call).encode(), headers), timeout=30) as answer:
        assert answer.status == 200
    return time.monotonic() - began


def find_share(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def read_peaks(*leaders):
    """The most memory that each process of these groups has taken, in megabytes."""
    peaks = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) in leaders:
                found = re.search(r"VmHWM:\s+(\d+) kB", (folder / "status").read_text())
                peaks += [int(found[1]) // 1024] if found else []
        except (OSError, ProcessLookupError):
            continue
    return peaks


def count_busiest(instants):
    most, start = 0, 0
    for end, at in enumerate(instants):
        while at - instants[start] >= 1:
            start += 1
        most = max(most, end - start + 1)
    return most


def test_r093_p12_a_mass_mailing_delays_no_letter_that_somebody_waits_for(
    shared, tmp_path, measured
):
    database, url, redis_url = shared
    port, log = free_port(), tmp_path / "log"
    with database.transaction() as session:
        _, key = keys.create(session, KeyKind.SERVER, "tests", now=SystemClock().now())
    go_live(database, "reset")
    asked_at, webs, stop = {}, [], threading.Event()

    def ask():
        number = 0
        while not stop.wait(1 if IS_FULL else 0.25):
            number += 1
            webs.append(post(f"http://127.0.0.1:{port}/v1/track", key, number))
            asked_at[f"reset{number}@example.com"] = time.monotonic()

    with run_quick_sink() as sink, ExitStack() as stack:
        settings = {
            "SOJOURN_DATABASE_URL": url,
            "SOJOURN_REDIS_URL": redis_url,
            "SOJOURN_EMAIL_URL": f"{sink.url}?rate={RATE}",
        }
        web = stack.enter_context(
            running("web", "--port", str(port), "--processes", "1", log=log, **settings)
        )
        wait_until(lambda: is_ready(f"http://127.0.0.1:{port}"), what="the web")
        stack.enter_context(running("scheduler", log=log, **settings))
        worker = stack.enter_context(running("worker", log=log, **settings))
        once = (SystemClock().now() + timedelta(seconds=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
        audience = {"attribute": "plan", "op": "is", "value": "pro"}
        go_live(
            database, "mailing", trigger={"kind": "schedule", "once": once, "audience": audience}
        )
        wait_until(lambda: len(sink.taken) > 5, seconds=60, what="the mailing")
        asker = threading.Thread(target=ask, daemon=True)
        asker.start()
        until = time.monotonic() + LONGEST
        while time.monotonic() < until and len(sink.taken) < PEOPLE:
            time.sleep(0.2)
        stop.set()
        asker.join()
        time.sleep(0.5)
        wait_until(lambda: asked_at.keys() <= dict(sink.taken).keys(), what="the last reset")
        peaks = read_peaks(web.pid, worker.pid)
        instants = [at for _, at in sink.taken]
        came_at = dict(sink.taken)

    waits = [came_at[one] - at for one, at in asked_at.items()]
    mailed = sum(one.startswith("c") for one, _ in sink.taken)
    figures = {
        "letters of the mailing": mailed,
        "per second": round(len(instants) / (instants[-1] - instants[0]), 1),
        "busiest second": count_busiest(instants),
        "resets": len(waits),
        "resets p50 s": round(find_share(waits, 0.5), 2),
        "resets p95 s": round(find_share(waits, 0.95), 2),
        "resets p99 s": round(find_share(waits, 0.99), 2),
        "web p95 ms": round(find_share(webs, 0.95) * 1000),
        "largest process MB": max(peaks),
    }
    for name, value in figures.items():
        measured(name, value)
    assert len(waits) >= 5
    assert mailed == PEOPLE or instants[-1] > max(asked_at.values())  # it went on all the while
    assert figures["resets p95 s"] <= 5
    assert figures["resets p99 s"] <= 15
    assert figures["web p95 ms"] <= 300
    assert figures["largest process MB"] <= 400
    assert figures["busiest second"] <= RATE * 1.05
    with database.reading() as session:
        sent = select(func.count()).where(Message.state == MessageState.SENT)
        assert session.scalar(sent) == len(sink.taken)
