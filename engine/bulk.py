"""Many rows at once, as fast as each database takes them.

PostgreSQL takes them as a COPY stream, or as one JSON parameter that it reads as rows of the table;
SQLite, which lives in our own process, takes them one by one. A statement a row costs PostgreSQL
about five times as much.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar

import orjson
import psycopg
from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    any_,
    bindparam,
    insert,
    literal,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session

from engine.db import insert_into, is_postgresql, table_of
from engine.document.json_text import write_json

Rows = Sequence[Mapping[str, Any]]
"""Each row by column name; all name the same columns."""
Writer = Callable[[Any], Any]
Value = TypeVar("Value")
_NEW: Final = "new_"


def copy_rows(session: Session, row: type[DeclarativeBase], rows: Rows) -> None:
    """Add rows that cannot be there yet.

    Raises:
        IntegrityError: one is there.
    """
    if not rows:
        return
    if not is_postgresql(session):
        session.connection().execute(insert(table_of(row)), list(rows))
        return
    names = tuple(rows[0])
    statement = f"COPY {row.__tablename__} ({', '.join(names)}) FROM STDIN"
    writers = _list_writers(row, names)
    driver: Any = session.connection().connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as stream:
            for each in rows:
                stream.write_row([write(each[name]) for name, write in writers])
    except psycopg.Error as error:
        raise DBAPIError.instance(statement, None, error, psycopg.Error) from error


def put_rows(
    session: Session, row: type[DeclarativeBase], rows: Rows, *, replacing: Collection[str] = ()
) -> None:
    """Add rows; where one with that primary key is there already, replace these columns of it.

    Args:
        replacing: columns; none: what is there stays as it is.
    """
    if not rows:
        return
    if is_postgresql(session):
        change = ", ".join(f"{name} = excluded.{name}" for name in replacing)
        keys = ", ".join(_list_keys(row))
        end = f"ON CONFLICT ({keys}) DO UPDATE SET {change}" if change else "ON CONFLICT DO NOTHING"
        names = ", ".join(rows[0])
        source = f"SELECT {names} FROM {_read_as(row)}"  # noqa: S608 - names of our own columns
        statement = text(f"INSERT INTO {row.__tablename__} ({names}) {source} {end}")
        session.execute(statement, {"rows": _write_json(rows)})
        return
    added = insert_into(session, row)
    if replacing:
        added = added.on_conflict_do_update(
            index_elements=_list_keys(row),
            set_={name: added.excluded[name] for name in replacing},
        )
    else:
        added = added.on_conflict_do_nothing()
    session.connection().execute(added, list(rows))


def change_many(session: Session, row: type[DeclarativeBase], rows: Rows) -> None:
    """Change rows, each told by its primary key, to the values of the other columns given."""
    if not rows:
        return
    keys, table = _list_keys(row), row.__tablename__
    names = [name for name in rows[0] if name not in keys]
    if is_postgresql(session):
        change = ", ".join(f"{name} = new.{name}" for name in names)
        same = " AND ".join(f"{table}.{key} = new.{key}" for key in keys)
        source = f"UPDATE {table} SET {change} FROM {_read_as(row)} AS new WHERE {same}"  # noqa: S608
        session.execute(text(source), {"rows": _write_json(rows)})
        return
    columns = table_of(row).c
    statement = (
        update(table_of(row))
        .where(*(columns[key] == bindparam(_NEW + key) for key in keys))
        .values({name: bindparam(_NEW + name) for name in names})
    )
    session.connection().execute(
        statement, [{_NEW + name: value for name, value in each.items()} for each in rows]
    )


def in_chunks(values: Sequence[Value], size: int) -> Iterator[Sequence[Value]]:
    """Yield so many values at a time, in their order."""
    for begin in range(0, len(values), size):
        yield values[begin : begin + size]


def is_any(
    session: Session, column: InstrumentedAttribute[Any], values: Collection[Any]
) -> ColumnElement[bool]:
    """Return the condition that a column is one of many values, as one parameter if possible."""
    if is_postgresql(session):
        return column == any_(literal(list(values), ARRAY(column.type)))
    return column.in_(list(values))


def is_among(column: InstrumentedAttribute[int], values: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a column is one of a few fixed numbers, which the statement states.

    A partial index serves a statement that says what the index says; a parameter says nothing.
    """
    return column.in_(bindparam(None, list(values), expanding=True, literal_execute=True))


def _read_as(row: type[DeclarativeBase]) -> str:
    """Return PostgreSQL's reading of the parameter `rows` as rows of a table."""
    return f"json_populate_recordset(CAST(NULL AS {row.__tablename__}), CAST(:rows AS json))"


def _write_json(rows: Rows) -> str:
    return orjson.dumps(list(rows), default=_write_bytes).decode()


def _write_bytes(value: object) -> str:
    """Return bytes in PostgreSQL's text form; orjson knows all else that rows hold."""
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    msg = f"{type(value).__name__} stands in no row"
    raise TypeError(msg)


@cache
def _list_keys(row: type[DeclarativeBase]) -> tuple[str, ...]:
    return tuple(column.name for column in table_of(row).primary_key)


@cache
def _list_writers(row: type[DeclarativeBase], names: tuple[str, ...]) -> list[tuple[str, Writer]]:
    """Return, of each column, what makes its value one that the driver can write."""
    columns = table_of(row).c
    return [
        (name, _write_document if isinstance(columns[name].type, JSON) else _keep) for name in names
    ]


def _keep(value: Any) -> Any:
    return value


def _write_document(value: Any) -> str | None:
    return None if value is None else write_json(value)
