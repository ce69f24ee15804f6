"""Fixtures of all tests: databases with the schema in them, and real servers."""

import shutil
import tempfile
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from engine.db import Database
from engine.rules.sql_values import register_sqlite
from server.migrating import migrate
from tests.rules import find_rules, summarise
from tests.seal import SEAL
from tests.services import find_fast_folder, run_postgres, run_redis
from tests.shop import Shop


def pytest_configure(config):
    """Keep the tests' files in memory where it has room: SQLite waits for the disk at every commit."""
    is_worker = hasattr(config, "workerinput")
    fast = None if is_worker or config.option.basetemp else find_fast_folder()
    if fast is not None:
        folder = tempfile.mkdtemp(prefix="sj-tests-", dir=fast)
        config.option.basetemp = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_terminal_summary(terminalreporter):
    """Say at the end which numbered rules the tests that passed have held."""
    passed = terminalreporter.stats.get("passed", [])
    names = [report.nodeid.rpartition("::")[2].partition("[")[0] for report in passed]
    if any(find_rules(name) for name in names):
        terminalreporter.write_line(summarise(names))
    for report in passed + terminalreporter.stats.get("failed", []):
        if report.user_properties:
            figures = "; ".join(f"{name} {value}" for name, value in report.user_properties)
            terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {figures}")


@pytest.fixture
def measured(request):
    """Keeps what a test measured; it is told at the end of the run."""
    return lambda name, value: request.node.user_properties.append((name, value))


SCHEMA_AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_url():
    with run_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url():
    with run_redis() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate(database, now=SCHEMA_AT)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url):
    url = create_database(postgres_url)
    database = Database(url)
    migrate(database, now=SCHEMA_AT)
    database.close()
    yield make_url(url).database
    drop_database(postgres_url, url)


@pytest.fixture
def sqlite_database(sqlite_template, tmp_path):
    path = tmp_path / "sojourn.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}", on_sqlite_connect=[register_sqlite], seal=SEAL)
    yield database
    database.close()


@pytest.fixture
def postgres_database(postgres_url, postgres_template):
    url = create_database(postgres_url, template=postgres_template)
    database = Database(url, seal=SEAL)
    yield database
    database.close()
    drop_database(postgres_url, url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    kind = {"sqlite": "sqlite_database", "postgresql": "postgres_database"}[request.param]
    return request.getfixturevalue(kind)


@pytest.fixture
def shop(database):
    """An instance on a clock of its own."""
    return Shop(database)


def create_database(server, *, template="template1"):
    """Make a database on a PostgreSQL server, and return its URL."""
    name = f"test_{uuid4().hex[:12]}"
    ask_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_database(server, url):
    ask_server(server, f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


def ask_server(url, statement):
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
