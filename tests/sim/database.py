"""A database that is emptied for each seed, and tells the world before and after every commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
from psycopg.adapt import Loader
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

import engine.models.entry
import engine.models.event
import engine.models.message
import engine.models.operation
import engine.models.question
import engine.models.record
import engine.models.segment  # noqa: F401 - all tables are made
from engine.db import Database, _prepare_sqlite, ensure_partitions
from engine.document.json_text import write_json
from engine.invariants.checking import INVARIANTS
from engine.journeys.responding import echoes
from engine.journeys.running import live
from engine.models.base import Base
from engine.rules.sql_values import register_sqlite
from tests.seal import SEAL

BEGINNING = datetime(2026, 3, 25, 12, tzinfo=UTC)
"""When every seed begins: a few days before clocks change in Europe."""
MONTHS = 20
"""So many of them a seed may last."""


def compile_invariants(dialect):
    """Return the invariants' questions as plain SQL: asked thousands of times a second."""
    literal = {"literal_binds": True}
    return [
        (one, str(one.build(0).compile(dialect=dialect, compile_kwargs=literal)))
        for one in INVARIANTS
        if one.breaks is None
    ]


class SimDatabase(Database):
    """What both kinds have in common.

    Attributes:
        at: called outside of transactions, at every point where a process may die or be held up.
        before, after: called right before a transaction begins, and right after its commit.
        fails: called right before a commit; what it raises rolls the transaction back.
        questions: (invariant, SQL) of those that a question alone answers.
    """

    def __init__(self, url, **options):
        super().__init__(url, ring=self._hear, seal=SEAL, **options)
        self.rung = set()
        self.questions = compile_invariants(self.engine.dialect)
        self.forget_hooks()

    def _hear(self, lanes):
        self.rung |= set(lanes)

    def forget_hooks(self):
        self.at: Callable[[str], None] = lambda _: None
        self.fails: Callable[[], None] = lambda: None
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def begin_anew(self, furnish):
        """Hold what `furnish` puts into an empty database, and nothing else.

        Compiled statements stay.
        """
        self.forget_hooks()
        self._begin_anew(furnish)
        live._plans.pop(self.engine, None)
        echoes._echoes.pop(self.engine, None)
        self.rung = set()

    def _begin_anew(self, furnish):
        raise NotImplementedError

    def query(self, statement, *values):
        """Return the rows that a question in SQLite's words finds, as SQLite's texts say them."""
        raise NotImplementedError

    @contextmanager
    def transaction(self) -> Iterator:
        self.at("begin")
        self.before()
        with super().transaction() as session:
            yield session
            self.fails()
        self.after()
        self.at("committed")


class InMemory(SimDatabase):
    """SQLite: one connection, to a database in this process's memory."""

    def __init__(self):
        super().__init__("sqlite://", on_sqlite_connect=[register_sqlite])
        Base.metadata.create_all(self.engine)
        self._raw = self.engine.raw_connection().driver_connection
        self._raw.rollback()
        self._furnished = None

    def _connect(self, hooks, pool_size):
        engine = create_engine(
            "sqlite://",
            json_serializer=write_json,
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
        )
        _prepare_sqlite(engine, hooks)
        return engine

    def _begin_anew(self, furnish):
        if self._furnished is None:
            furnish(self)
            self._furnished = self._raw.serialize()
        self._raw.deserialize(self._furnished)
        self._raw.execute("PRAGMA foreign_keys=ON")

    def query(self, statement, *values):
        return self._raw.execute(statement, values).fetchall()


class OnServer(SimDatabase):
    """PostgreSQL.

    Args:
        url: of a database that is migrated, and nobody else's.
    """

    def __init__(self, url):
        super().__init__(url)
        with super().transaction() as session:
            ensure_partitions(session, now=BEGINNING, months=MONTHS)
        options = "-c TimeZone=UTC"
        self._raw = psycopg.connect(url, autocommit=True, options=options)
        for name, loader in LOADERS.items():
            self._raw.adapters.register_loader(name, loader)
        self._tables = [table.name for table in Base.metadata.sorted_tables]

    def _begin_anew(self, furnish):
        held = [table for table in self._tables if self.query(f"SELECT 1 FROM {table} LIMIT 1")]
        for table in reversed(held):
            self._raw.execute(f"DELETE FROM {table}")
        for (name,) in self.query("SELECT sequencename FROM pg_sequences WHERE last_value > 0"):
            self._raw.execute(f"ALTER SEQUENCE {name} RESTART")
        furnish(self)

    def query(self, statement, *values):
        if values:
            statement = statement.replace("%", "%%").replace("?", "%s")
        return self._raw.execute(statement, values or None).fetchall()

    def close(self):
        self._raw.close()
        super().close()


class AsText(Loader):
    def load(self, data):
        return bytes(data).decode()


class AsInstant(AsText):
    def load(self, data):
        instant, _, fraction = super().load(data).removesuffix("+00").partition(".")
        return f"{instant}.{fraction:0<6}"


class AsUid(AsText):
    def load(self, data):
        return super().load(data).replace("-", "")


LOADERS = {"timestamptz": AsInstant, "json": AsText, "jsonb": AsText, "uuid": AsUid}
