"""The command from outside: real processes, their words and their exit codes."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from server.cli import app
from tests.processes import call
from tests.seal import SECRET_KEY
from tests.server.test_broker import free_port
from tests.server.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from server.cli import main; main()"]
START_SECONDS = 60


def environ(**settings):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SOJOURN_")}
    if "SOJOURN_DATABASE_URL" in settings:
        clean["SOJOURN_SECRET_KEY"] = SECRET_KEY
    return clean | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"} | settings


def run(*arguments, code=0, **settings):
    ended, out, err = call(arguments, environ(**settings), seconds=60)
    assert ended == code, out + err
    assert "Traceback" not in err
    return out if code == 0 else out + err


class Instance:
    """A running process of the product, ended by the test that began it."""

    def __init__(self, log, *arguments, **settings):
        self.log = log
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [*COMMAND, *map(str, arguments)], env=environ(**settings), stdout=file, stderr=file
            )

    def says(self, words):
        return words in self.log.read_text()

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=30)


@pytest.fixture
def start(tmp_path):
    running = []

    def begin(*arguments, **settings):
        log = tmp_path / f"log{len(running)}"
        running.append(Instance(log, *arguments, **settings))
        return running[-1]

    yield begin
    for each in running:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


def fetch(port, path, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read().decode()


def is_ready(port):
    try:
        return fetch(port, "/readyz") == "ready\n"
    except OSError:
        return False


def start_up(start, data, **settings):
    port = free_port()
    instance = start("up", "--data", data, "--port", port, **settings)
    assert wait_until(lambda: is_ready(port), START_SECONDS), instance.log.read_text()
    return instance, port


def test_a_key_is_alone_on_the_last_line_and_is_listed_without_its_secret(tmp_path):
    said = run("keys", "create", "--kind", "write", "--name", "the shop", "--data", tmp_path / "d")
    key = said.splitlines()[-1]
    assert re.fullmatch("wk_[0-9A-Za-z]{61}", key)
    listed = run("keys", "list", SOJOURN_DATA=str(tmp_path / "d"))
    assert "the shop" in listed
    assert key not in listed
    id_ = listed.split()[0]
    assert "Revoked" in run("keys", "revoke", id_, "--data", tmp_path / "d")
    assert "revoked" in run("keys", "list", "--data", tmp_path / "d")


def test_the_data_folder_is_for_its_owner_alone(tmp_path):
    run("migrate", "--data", tmp_path / "d")
    assert (tmp_path / "d").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (("keys", "create", "--kind", "admin", "--name", "x"), {}, "'write', 'browser', 'server'"),
        (("keys", "create", "--kind", "write"), {}, "--name"),
        (("keys", "create", "--kind", "write", "--name", " "), {}, "a key needs a name"),
        (
            ("keys", "create", "--kind", "server", "--name", "x", "--scope", "all"),
            {},
            "scopes are",
        ),
        (("keys", "revoke", "nobody"), {}, "there is no key"),
        (("keys", "list"), {"SOJOURN_SMPT_URL": "x"}, "unknown setting SOJOURN_SMPT_URL"),
        (("keys", "list"), {"SOJOURN_TIMEZONE": "Berlin"}, "SOJOURN_TIMEZONE"),
        (("keys", "list"), {"SOJOURN_REDIS_URL": "redis://x"}, "SOJOURN_DATABASE_URL"),
        (("up", "--port", "0"), {}, "--port"),
        (("web",), {}, "sojourn up"),
        (("worker",), {}, "sojourn up"),
        (("scheduler",), {}, "sojourn up"),
        (("clock", "advance", "soon"), {}, "PT1H is an hour"),
        (("clock", "advance", "PT1H"), {}, "SOJOURN_VIRTUAL_CLOCK"),
        (("clock", "advance", "PT0S"), {"SOJOURN_VIRTUAL_CLOCK": "true"}, "a clock moves ahead"),
        (("journeys", "validate", "nothing.json"), {}, "there is no such file"),
        (("journeys", "export", "nothing"), {}, "there is no journey"),
        (("users", "password", "nobody@example.com", "--password", "x" * 12), {}, "too easy"),
        (("nonsense",), {}, "No such command"),
    ],
)
def test_wrong_input_is_answered_in_words(tmp_path, arguments, settings, words):
    said = run(*arguments, code=2, SOJOURN_DATA=str(tmp_path / "d"), **settings)
    assert words in said


def test_a_database_that_is_away_is_not_wrong_input():
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    assert "not available" in run("migrate", code=1, SOJOURN_DATABASE_URL=url)


def test_the_release_is_shown():
    assert re.fullmatch(r"sojourn \S+\n", run("--version"))


def test_help_lists_every_command():
    said = run("--help")
    for name in ("up", "web", "worker", "scheduler", "migrate", "keys", "journeys", "doctor"):
        assert f" {name} " in said


def test_migrating_again_changes_nothing(tmp_path):
    first = run("migrate", "--data", tmp_path / "d")
    assert run("migrate", "--data", tmp_path / "d") == first


def test_a_production_database_is_migrated_by_its_command_alone(postgres_url):
    from uuid import uuid4

    from sqlalchemy import make_url

    from tests.conftest import ask_server

    name = f"commands_{uuid4().hex[:8]}"
    ask_server(postgres_url, f"CREATE DATABASE {name}")
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    assert "sojourn migrate" in run("keys", "list", code=2, SOJOURN_DATABASE_URL=url)
    run("migrate", SOJOURN_DATABASE_URL=url)
    assert "No keys yet" in run("keys", "list", SOJOURN_DATABASE_URL=url)
    ask_server(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


def test_the_whole_product_starts_takes_commands_and_ends(start, tmp_path):
    data = tmp_path / "d"
    instance, port = start_up(start, data)
    assert "/setup#token=" in instance.log.read_text()

    key = run("keys", "create", "--kind", "server", "--name", "x", "--data", data).split()[-1]
    page = json.loads(fetch(port, "/api/v1/queues", Authorization=f"Bearer {key}"))
    assert [each["role"] for each in page["processes"]] == ["web+worker+scheduler"]
    assert "BAD" not in run("doctor", "--data", data)

    refused = run("up", "--data", data, "--port", free_port(), code=2)
    assert f"process {instance.process.pid}" in refused
    assert "another `sojourn up`" in refused

    assert instance.stop() == 0
    assert instance.says("worker_stopped")
    assert "0 at work" in run("doctor", "--data", data, code=1)


def test_a_port_that_is_taken_is_said_so(start, tmp_path):
    _, port = start_up(start, tmp_path / "one")
    said = run("up", "--data", tmp_path / "two", "--port", port, code=2)
    assert "--port chooses another" in said


def test_ctrl_c_ends_it_too(start, tmp_path):
    instance, _ = start_up(start, tmp_path / "d")
    assert instance.stop(signal.SIGINT) == 0
    assert instance.says("worker_stopped")


def test_a_process_that_dies_is_started_again(start, tmp_path):
    _, port = start_up(start, tmp_path / "d")
    key = run("keys", "create", "--kind", "server", "--name", "x", "--data", tmp_path / "d")

    def processes():
        try:
            page = fetch(port, "/api/v1/queues", Authorization=f"Bearer {key.split()[-1]}")
        except OSError:
            return []
        return [each["id"] for each in json.loads(page)["processes"]]

    assert wait_until(lambda: len(processes()) == 1)
    (first,) = processes()
    os.kill(int(first.split(":")[1]), signal.SIGKILL)
    assert wait_until(lambda: len(processes()) == 2, START_SECONDS)


def test_a_killed_instance_leaves_no_lock_behind(start, tmp_path):
    data = tmp_path / "d"
    instance, _ = start_up(start, data)
    instance.process.kill()
    instance.process.wait()

    def starts_again():
        port = free_port()
        again = start("up", "--data", data, "--port", port)
        is_up = wait_until(
            lambda: is_ready(port) or again.process.poll() is not None, START_SECONDS
        )
        return is_up and again.process.poll() is None

    assert wait_until(starts_again, START_SECONDS)


def test_processes_of_their_own_share_a_database_and_a_redis(start, postgres_url, redis_url):
    from uuid import uuid4

    from sqlalchemy import make_url

    from tests.conftest import ask_server

    name = f"commands_{uuid4().hex[:8]}"
    ask_server(postgres_url, f"CREATE DATABASE {name}")
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    settings = {"SOJOURN_DATABASE_URL": url, "SOJOURN_REDIS_URL": redis_url}
    run("migrate", **settings)
    port = free_port()
    running = [
        start("web", "--port", port, "--processes", 1, **settings),
        start("worker", **settings),
        start("scheduler", **settings),
    ]
    key = run("keys", "create", "--kind", "server", "--name", "x", **settings).split()[-1]

    def roles():
        if not is_ready(port):
            return []
        page = json.loads(fetch(port, "/api/v1/queues", Authorization=f"Bearer {key}"))
        return sorted(each["role"] for each in page["processes"] if each["alive"])

    assert wait_until(lambda: roles() == ["scheduler", "web", "worker"], START_SECONDS)
    assert "BAD" not in run("doctor", **settings)
    assert [each.stop() for each in running] == [0, 0, 0]
    ask_server(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


def test_users_are_added_listed_and_disabled(tmp_path):
    data = ("--data", tmp_path / "d")
    secret = ("--password", "correct horse battery")
    run("users", "add", "ann@example.com", "--name", "Ann", "--role", "owner", *secret, *data)
    run("users", "add", "bob@example.com", "--name", "Bob", *secret, *data)
    listed = run("users", "list", *data)
    assert re.search(r"owner +active +ann@example.com", listed)
    assert re.search(r"viewer +active +bob@example.com", listed)
    run("users", "password", "bob@example.com", *secret, *data)
    run("users", "disable", "bob@example.com", *data)
    assert re.search(r"viewer +disabled +bob@example.com", run("users", "list", *data))
    assert "the last owner stays" in run("users", "disable", "ann@example.com", *data, code=2)


def list_commands():
    def walk(command, words):
        inner = getattr(command, "commands", None)
        if inner is None:
            return [" ".join(words)]
        return [name for key in inner for name in walk(inner[key], [*words, key])]

    return walk(get_command(app), ["sojourn"])


def test_every_command_is_written_down():
    page = (ROOT / "docs" / "commands.md").read_text()
    commands = list_commands()
    assert len(commands) >= 20
    assert [each for each in commands if f"`{each}" not in page] == []


def test_every_command_has_words_of_its_own():
    for command in list_commands():
        shown = CliRunner().invoke(app, [*command.split()[1:], "--help"])
        assert shown.exit_code == 0 and "Usage" in shown.output, command


def test_secrets_are_sealed_by_a_key_that_is_changed_and_without_which_nothing_starts(tmp_path):
    data = {"SOJOURN_DATA": str(tmp_path / "data")}
    run("migrate", **data)
    file = tmp_path / "data" / "secret.key"
    assert file.stat().st_mode & 0o777 == 0o600 and len(file.read_text().split()) == 1
    shown = run("keys", "identity", **data)
    before = file.read_text().split()
    assert "Sealed 2 rows" in run("keys", "rotate", **data)
    new, old = file.read_text().split()
    assert [old] == before and new != old
    file.write_text(f"{new}\n")
    assert run("keys", "identity", **data) == shown
    file.write_text(f"{old}\n")
    assert "bring back the one that they were sealed by" in run("keys", "list", code=1, **data)
    file.unlink()
    assert "missing" in run("keys", "list", code=1, **data)
    assert not file.exists()
    given = {**data, "SOJOURN_SECRET_KEY": f"{run('keys', 'generate').strip()},{new}"}
    run("keys", "rotate", **given)
    assert run("keys", "identity", **given) == shown


def test_a_server_of_databases_asks_for_a_key_of_its_own(tmp_path):
    url = {"SOJOURN_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}
    said = run("migrate", code=2, SOJOURN_SECRET_KEY="short", **url)
    assert "keys generate" in said
