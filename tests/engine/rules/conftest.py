"""One database of each kind for all of these tests: they only read, once the world is stored."""

from uuid import uuid4

import pytest
from sqlalchemy import make_url

from engine.db import Database
from engine.rules.sql_values import register_sqlite
from server.migrating import migrate
from tests.conftest import SCHEMA_AT, ask_server


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "rules.db"
    database = Database(f"sqlite:///{path}", on_sqlite_connect=[register_sqlite])
    migrate(database, now=SCHEMA_AT)
    yield database.engine
    database.close()


@pytest.fixture(scope="session")
def postgres(postgres_url):
    name = f"rules_{uuid4().hex[:8]}"
    ask_server(postgres_url, f"CREATE DATABASE {name}")
    url = make_url(postgres_url).set(database=name)
    database = Database(url.render_as_string(hide_password=False))
    migrate(database, now=SCHEMA_AT)
    yield database.engine
    database.close()
    ask_server(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    return request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
