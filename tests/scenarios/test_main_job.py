"""The main job with real processes, real clients and a real mail server."""

import re
import shutil
import subprocess
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from tests.conftest import ask_server
from tests.mail_sink import run_sink
from tests.processes import free_port, is_ready, run_command, running, wait_until

EXAMPLES = str(Path(__file__).parents[2] / "examples" / "journeys")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(params=["embedded", "processes"])
def instance(request, tmp_path):
    """An instance with a sink behind it: `sojourn up`, or web, worker and scheduler apart."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        sink = stack.enter_context(run_sink())
        settings = {"SOJOURN_EMAIL_URL": sink.url, "SOJOURN_VIRTUAL_CLOCK": "1"}
        log = tmp_path / "log"
        if request.param == "embedded":
            settings["SOJOURN_DATA"] = str(tmp_path / "data")
            commands = [("up", "--port", str(port))]
        else:
            name = f"main_{uuid4().hex[:8]}"
            server = request.getfixturevalue("postgres_url")
            ask_server(server, f"CREATE DATABASE {name}")
            stack.callback(ask_server, server, f"DROP DATABASE {name} WITH (FORCE)")
            database = make_url(server).set(database=name)
            settings["SOJOURN_DATABASE_URL"] = database.render_as_string(hide_password=False)
            settings["SOJOURN_REDIS_URL"] = request.getfixturevalue("redis_url")
            run_command("migrate", **settings)
            commands = [("web", "--port", str(port)), ("worker",), ("scheduler",)]
        for words in commands:
            stack.enter_context(running(*words, log=log, **settings))
        wait_until(lambda: is_ready(url), what=f"the web ({log.read_text()[-2000:]})")
        run_command("journeys", "apply", EXAMPLES, **settings)
        made = run_command("keys", "create", "--kind", "write", "--name", "test", **settings)
        yield url, made.strip().splitlines()[-1], sink, settings


def pass_time(settings, by):
    run_command("clock", "advance", by, **settings)


def read_depths(url):
    """Return how much waits in each lane, as the metrics say."""
    with urllib.request.urlopen(f"{url}/metrics", timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    found = [re.match(r'sojourn_lane_depth\{lane="(\w+)"\} (\S+)', line) for line in lines]
    return {match[1]: float(match[2]) for match in found if match}


def wait_for_letters(sink, expected):
    wait_until(lambda: len(sink.letters) >= len(expected), what=f"{expected}, {sink.subjects}")
    assert sink.subjects == sorted(expected)


def test_the_right_letters_and_only_those_reach_the_sink(instance):
    url, key, sink, settings = instance
    import rudderstack.analytics as rudder
    import segment.analytics as segment

    client = segment.Client(key, host=url, gzip=True, sync_mode=True)
    client.identify(
        "ann",
        {
            "email": "ann@example.com",
            "first_name": "Ann",
            "plan": "pro",
            "consents": {"newsletter": True, "offers": True},
        },
    )
    client.track("ann", "Signed Up")
    welcome = ("ann@example.com", "Welcome to Sojourn, Ann")
    wait_for_letters(sink, [welcome])

    for cart in ("one", "two"):
        items = [{"name": f"Jacket {cart}", "quantity": 1, "price": "€ 150"}]
        client.track("ann", "Product Added", {"cart_id": cart, "total": 150, "items": items})
    client.track("ann", "Order Completed", {"cart_id": "one", "total": 150})
    quiet = rudder.Client(key, host=url, sync_mode=True)
    quiet.identify("bob", {"email": "bob@example.com", "consents": {"offers": True}})
    quiet.track("bob", "Page Viewed")
    client.track("ann", "Ticket Closed", {"ticket_id": "T1"})
    wait_until(lambda: read_depths(url)["ingest"] == 0, seconds=30, what="all events processed")

    pass_time(settings, "PT1H1M")
    nudge = ("ann@example.com", "You left something behind")
    wait_for_letters(sink, [welcome, nudge])
    text = sink.letters[-1][2].get_payload()[0].get_payload(decode=True).decode()
    assert "Jacket two" in text
    assert "Jacket one" not in text

    pass_time(settings, "P1D")
    survey = ("ann@example.com", "How did we do?")
    offer = {"Ten per cent off your cart", "We will bring it for free"}
    wait_until(
        lambda: survey in sink.subjects and offer & {s for _, s in sink.subjects},
        seconds=25,
        what="survey and offer",
    )
    pass_time(settings, "P31D")
    wait_until(lambda: ("bob@example.com", "It has been a while") in sink.subjects)
    assert sum(recipient == "bob@example.com" for recipient, _ in sink.subjects) == 1


@pytest.fixture(scope="session")
def segment_for_node(tmp_path_factory):
    """Give a folder with Segment's library for Node: one a worker, so none sees half of it."""
    folder = tmp_path_factory.mktemp("segment-node")
    command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "@segment/analytics-node@2"]
    subprocess.run(command, cwd=folder, check=True, timeout=120)
    return folder


@pytest.mark.skipif(shutil.which("npm") is None, reason="Segment's library for Node needs npm")
def test_segments_library_for_node_is_understood(instance, segment_for_node):
    url, key, sink, _ = instance
    script = """
    const { Analytics } = require('@segment/analytics-node');
    const [writeKey, host] = process.argv.slice(1);
    const analytics = new Analytics({ writeKey, host });
    analytics.identify({ userId: 'nora', traits: { email: 'nora@example.com', first_name: 'Nora' } });
    analytics.track({ userId: 'nora', event: 'Signed Up' });
    analytics.closeAndFlush({ timeout: 20000 }).then(() => process.exit(0));
    """
    command = ["node", "-e", script, key, url]
    subprocess.run(command, cwd=segment_for_node, check=True, timeout=60)
    wait_for_letters(sink, [("nora@example.com", "Welcome to Sojourn, Nora")])
