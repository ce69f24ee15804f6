"""SQLite in memory, emptied for each seed, that tells the world before and after every commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

import engine.models.entry
import engine.models.event
import engine.models.message
import engine.models.operation
import engine.models.question
import engine.models.record
import engine.models.segment  # noqa: F401 - all tables are made
from engine.db import Database, _prepare_sqlite
from engine.document.json_text import write_json
from engine.journeys import live
from engine.models.base import Base
from engine.rules.sql_values import register_sqlite


class SimDatabase(Database):
    """One connection, to a database in this process's memory.

    Attributes:
        at: called outside of transactions, at every point where a process may die or be held up.
        before, after: called right before a transaction begins, and right after its commit.
        fails: called right before a commit; what it raises rolls the transaction back.
    """

    def __init__(self):
        super().__init__("sqlite://", on_sqlite_connect=[register_sqlite], ring=self._hear)
        Base.metadata.create_all(self.engine)
        self.raw = self.engine.raw_connection().driver_connection
        self.raw.rollback()
        self._empty = self.raw.serialize()
        self.rung = set()
        self.forget_hooks()

    def _connect(self, hooks, pool_size):
        engine = create_engine(
            "sqlite://",
            json_serializer=write_json,
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
        )
        _prepare_sqlite(engine, hooks)
        return engine

    def _hear(self, lanes):
        self.rung |= set(lanes)

    def forget_hooks(self):
        self.at: Callable[[str], None] = lambda _: None
        self.fails: Callable[[], None] = lambda: None
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def empty(self):
        """Take everything out; compiled statements stay."""
        self.forget_hooks()
        self.raw.deserialize(self._empty)
        self.raw.execute("PRAGMA foreign_keys=ON")
        live._plans.pop(self.engine, None)
        self.rung = set()

    @contextmanager
    def transaction(self) -> Iterator:
        self.at("begin")
        self.before()
        with super().transaction() as session:
            yield session
            self.fails()
        self.after()
        self.at("committed")

    def query(self, statement, *values):
        return self.raw.execute(statement, values).fetchall()
