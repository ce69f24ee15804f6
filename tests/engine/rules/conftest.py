"""One database of each kind for all of these tests: they only read, once the world is stored."""

import pytest

from engine.db import Database
from engine.rules.sql_values import register_sqlite
from server.migrating import migrate
from tests.conftest import SCHEMA_AT, create_database, drop_database


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "rules.db"
    database = Database(f"sqlite:///{path}", on_sqlite_connect=[register_sqlite])
    migrate(database, now=SCHEMA_AT)
    yield database.engine
    database.close()


@pytest.fixture(scope="session")
def postgres(postgres_url):
    url = create_database(postgres_url)
    database = Database(url)
    migrate(database, now=SCHEMA_AT)
    yield database.engine
    database.close()
    drop_database(postgres_url, url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    return request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
