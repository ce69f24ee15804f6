"""The database: connections, transactions and partitions. The only file that commits.

SQLite is the embedded default (WAL, every commit on disk, one writer at a time); PostgreSQL is for
production. The SQL that differs between them lives where `is_postgresql` is asked.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Delete, Engine, Select, Table, Update, create_engine, event, make_url, text
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from engine.document.json_text import write_json
from engine.errors import Unavailable
from engine.sealing import SEAL_ATTRIBUTE, Seal
from engine.tasks import Ring, ring_after_commit

BUSY_SECONDS: Final = 5
"""How long a transaction waits for another process's write on SQLite before it gives up."""
POOL_SECONDS: Final = 2
_READ: Final[Mapping[str, Any]] = {"sojourn_read": True}
_STEADY: Final[Mapping[str, Any]] = {**_READ, "isolation_level": "REPEATABLE READ"}
PARTITIONED: Final = ("event", "pass_log")
"""Append-only logs, cut by month on PostgreSQL by the column of their time of arrival."""


class OutOfTime(Exception):
    """What was asked took longer than it was given, and was stopped."""


class Database:
    """One database, as doors use it.

    Args:
        url: `sqlite:////path/file.db` or `postgresql://…` (psycopg 3).
        on_sqlite_connect: called with each new SQLite driver connection, to register functions.
        ring: told the lanes that a committed transaction rang for.
        pool_size: connections kept open on PostgreSQL.
        seal: of the secrets in it; without one they can be neither read nor written.
    """

    def __init__(
        self,
        url: str,
        *,
        on_sqlite_connect: Sequence[Callable[[Any], None]] = (),
        ring: Ring | None = None,
        pool_size: int = 10,
        seal: Seal | None = None,
    ) -> None:
        self.url = make_url(url)
        self.is_postgresql = self.url.get_backend_name() == "postgresql"
        self.seal = seal
        self.engine = self._connect(on_sqlite_connect, pool_size)
        # Types are given the dialect and nothing else; it is this engine's own.
        setattr(self.engine.dialect, SEAL_ATTRIBUTE, seal)
        self._factory = sessionmaker(self.engine, expire_on_commit=False)
        if ring is not None:
            ring_after_commit(self._factory, ring)
        self._write_lock = threading.Lock()

    def _connect(self, hooks: Sequence[Callable[[Any], None]], pool_size: int) -> Engine:
        if self.is_postgresql:
            url = self.url.set(drivername="postgresql+psycopg")
            options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 10}
            arguments: dict[str, Any] = {"connect_timeout": 5}
        else:
            url, options = self.url, {"pool_size": 32, "max_overflow": 32}
            arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        engine = create_engine(
            url,
            json_serializer=write_json,
            pool_timeout=POOL_SECONDS,
            connect_args=arguments,
            pool_pre_ping=self.is_postgresql,
            **options,
        )
        if not self.is_postgresql:
            _prepare_sqlite(engine, hooks)
        return engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session whose work is committed at the end, or rolled back if anything is raised.

        Raises:
            Unavailable: the database cannot be reached, is full, or stays locked.
        """
        # One writer at a time is SQLite's nature; queueing here is fair, its own waiting is not.
        turn = nullcontext() if self.is_postgresql else self._write_lock
        try:
            with turn, self._factory() as session, session.begin():
                yield session
        except (OperationalError, PoolTimeout) as error:
            raise Unavailable(_describe(error)) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise Unavailable(_describe(error)) from error
            raise

    @contextmanager
    def reading(self, *, steady: bool = False) -> Iterator[Session]:
        """Give a session for reading alone; on SQLite it does not wait for writers.

        What it has loaded stays readable afterwards; what it has changed is rolled back.

        Args:
            steady: all that is read is of one moment, whatever others commit meanwhile; on SQLite it
                always is.

        Raises:
            Unavailable: the database cannot be reached.
        """
        try:
            with self._factory() as session:
                session.connection(
                    execution_options=_STEADY if steady and self.is_postgresql else _READ
                )
                yield session
        except (OperationalError, PoolTimeout) as error:
            raise Unavailable(_describe(error)) from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def is_postgresql(session: Session) -> bool:
    """Return whether this session speaks to PostgreSQL (else SQLite)."""
    return session.get_bind().dialect.name == "postgresql"


@contextmanager
def limited(session: Session, limit: timedelta) -> Iterator[None]:
    """Stop what is asked inside when it takes longer; the transaction goes on without it.

    On PostgreSQL each statement may take so long, on SQLite all of them together.

    Raises:
        OutOfTime: it was stopped.
    """
    stop = _stop_on_postgresql if is_postgresql(session) else _stop_on_sqlite
    try:
        with session.begin_nested(), stop(session, limit):
            yield
    except DBAPIError as error:
        if is_stopped(error):
            raise OutOfTime from error
        raise


def is_stopped(error: DBAPIError) -> bool:
    """Return whether a statement was stopped because its time was over."""
    origin = error.orig
    by_postgresql = getattr(origin, "sqlstate", None) == "57014"
    return by_postgresql or getattr(origin, "sqlite_errorname", None) == "SQLITE_INTERRUPT"


@contextmanager
def _stop_on_postgresql(session: Session, limit: timedelta) -> Iterator[None]:
    milliseconds = max(1, round(limit.total_seconds() * 1000))
    session.execute(text(f"SET LOCAL statement_timeout = {milliseconds}"))
    yield
    session.execute(text("SET LOCAL statement_timeout = DEFAULT"))


@contextmanager
def _stop_on_sqlite(session: Session, limit: timedelta) -> Iterator[None]:
    connection = session.connection().connection.driver_connection
    timer = threading.Timer(limit.total_seconds(), cast("Any", connection).interrupt)
    timer.start()
    try:
        yield
    finally:
        # It may be stopping just now: nobody else gets the connection before that is over.
        timer.cancel()
        timer.join()


def insert_into(session: Session, row: type[Any]) -> Any:
    """Return the dialect's INSERT of a row class, which knows ON CONFLICT."""
    return postgresql_insert(row) if is_postgresql(session) else sqlite_insert(row)


def change_rows(session: Session, statement: Update | Delete) -> int:
    """Run an UPDATE or DELETE and answer how many rows it changed; objects in memory stay as is."""
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return int(getattr(result, "rowcount", 0))


def table_of(row: type[DeclarativeBase]) -> Table:
    """Return the table of a row class, for statements that take many sets of values at once."""
    return cast(Table, row.__table__)


def lock_contacts(session: Session, contact_ids: Iterable[int]) -> list[int]:
    """Take these contacts' affairs into this transaction, and answer the ids that exist.

    Whoever changes anything of a contact holds its row first, in ascending order, so that no two
    wait for each other in a circle. On SQLite the transaction itself is the lock.
    """
    ids = sorted(set(contact_ids))
    if not ids:
        return []
    if not is_postgresql(session):
        return ids
    rows = session.scalars(
        text("SELECT id FROM contact WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE"),
        {"ids": ids},
    )
    return list(rows)


def lock_owner(session: Session, asked: Select[int]) -> int | None:
    """Take the affairs of the contact that something belongs to; answer its id, None if it is gone.

    It may be joined with another until its row is held. Who has been joined is held by nobody else
    any more, so holding the other one as well makes no circle.

    Args:
        asked: for the id of the contact whose it is by now.
    """
    held: int | None = None
    while (contact_id := session.scalar(asked)) != held:
        if contact_id is not None:
            lock_contacts(session, [contact_id])
        held = contact_id
    return held


def ensure_partitions(session: Session, *, now: datetime, months: int = 3) -> list[str]:
    """Create the coming months' partitions of the append-only logs; answers those it made.

    Repeating it is harmless. SQLite has no partitions: nothing happens there.
    """
    if not is_postgresql(session):
        return []
    made = []
    for table in PARTITIONED:
        month = now.astimezone(UTC).date().replace(day=1)
        for _ in range(months):
            following = _next_month(month)
            name = f"{table}_{month:%Y_%m}"
            there = session.scalar(text("SELECT to_regclass(:name)"), {"name": name})
            if there is None:
                session.execute(
                    text(
                        f"CREATE TABLE {name} PARTITION OF {table} "
                        f"FOR VALUES FROM ('{month}') TO ('{following}')"
                    )
                )
                made.append(name)
            month = following
    return made


def _next_month(day: date) -> date:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)


def _prepare_sqlite(engine: Engine, hooks: Sequence[Callable[[Any], None]]) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "temp_store=MEMORY",
            "cache_size=-65536",
        ):
            connection.execute(f"PRAGMA {pragma}")
        for hook in hooks:
            hook(connection)

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        reads = connection.get_execution_options().get("sojourn_read", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _describe(error: Exception) -> str:
    """Return what to tell: the driver's first line, never the statement with its values."""
    origin = getattr(error, "orig", None)
    lines = str(origin if origin is not None else error).splitlines()
    return f"the database is not available: {lines[0] if lines else type(error).__name__}"
