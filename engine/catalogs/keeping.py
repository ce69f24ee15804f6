"""Catalogs and what is in them: made, changed, taken away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import String, cast, delete, func, or_, select
from sqlalchemy.orm import Session

from engine.bulk import in_chunks, is_any, put_rows
from engine.catalogs.items import MOST_ITEMS, Item
from engine.db import change_rows
from engine.errors import Conflict, Invalid, NotFound, TooMuch
from engine.language.say import say
from engine.models.catalog import Catalog, CatalogInterest, CatalogItem

MOST_CATALOGS: Final = 50
MOST_AT_ONCE: Final = 1_000
"""Items put in or taken out by one call."""
CHUNK: Final = 500
NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")
PATH: Final = re.compile(r"[^.\[\]]+(\[\])?(\.[^.\[\]]+(\[\])?){0,3}\Z")


@dataclass(frozen=True, slots=True)
class Settings:
    """What somebody says of a catalog.

    Attributes:
        key_field: the field whose value tells items apart.
        category_field: by which a contact's own preference is told; None: none.
        interest: the event by which people show what they want, and where in it the key stands.
        owned: the same of what they have already, so that it is not recommended to them.
    """

    description: str = ""
    key_field: str = "id"
    category_field: str | None = None
    interest: tuple[str, str] | None = None
    owned: tuple[str, str] | None = None


def list_catalogs(session: Session) -> Sequence[Catalog]:
    """Return all of them by name."""
    return session.scalars(select(Catalog).order_by(Catalog.name)).all()


def get_catalog(session: Session, name: str) -> Catalog:
    """Return one of them.

    Raises:
        NotFound: there is none of this name.
    """
    found = session.scalar(select(Catalog).where(Catalog.name == name))
    if found is None:
        raise NotFound(say("there is no catalog {name!r}", name=name))
    return found


def lock_catalog(session: Session, name: str) -> Catalog:
    """Return one of them, such that nobody else changes it before this transaction ends.

    Raises:
        NotFound: there is none of this name.
    """
    found = session.scalar(select(Catalog).where(Catalog.name == name).with_for_update())
    if found is None:
        raise NotFound(say("there is no catalog {name!r}", name=name))
    return found


def save_catalog(session: Session, name: str, given: Settings, *, now: datetime) -> Catalog:
    """Make a catalog, or change what is said of it.

    Raises:
        Invalid: no such name or path.
        Conflict: it has items, which are told apart by another field.
        TooMuch: there are too many catalogs.
    """
    if not NAME.match(name):
        raise Invalid(say("{name!r} is no name: a to z, digits, - and _, from a letter", name=name))
    for event in (given.interest, given.owned):
        if event is not None and not PATH.match(event[1]):
            msg = say("{path!r} is no place in an event: sku, or products[].sku", path=event[1])
            raise Invalid(msg)
    row = session.scalar(select(Catalog).where(Catalog.name == name).with_for_update())
    interest, owned = given.interest or (None, None), given.owned or (None, None)
    if row is None:
        if len(list_catalogs(session)) >= MOST_CATALOGS:
            raise TooMuch(say("there are at most {n} catalogs", n=MOST_CATALOGS))
        row = Catalog(name=name, generation=1, revision=0, items=0, created_at=now)
    elif row.items and row.key_field != given.key_field:
        msg = say("its items are told apart by {field!r}: take them out first", field=row.key_field)
        raise Conflict(msg)
    elif (row.interest_event, row.interest_property) != interest:
        session.execute(delete(CatalogInterest).where(CatalogInterest.catalog_id == row.id))
        row.counted_day = row.counted_at = None
    row.description, row.key_field = given.description, given.key_field
    row.category_field = given.category_field
    row.interest_event, row.interest_property = interest
    row.owned_event, row.owned_property = owned
    _note_change(row, now)
    session.add(row)
    session.flush()
    return row


def delete_catalog(session: Session, name: str) -> None:
    """Take a catalog away with everything in it.

    Raises:
        NotFound: there is none of this name.
    """
    session.delete(lock_catalog(session, name))


def put_items(session: Session, row: Catalog, items: Sequence[Item], *, now: datetime) -> int:
    """Put items in, each in the place of one with its key; answer how many are new.

    Raises:
        TooMuch: there would be too many.
    """
    by_key = {one.key: one for one in items}
    known = find_known(session, row, row.generation, list(by_key))
    new = len(by_key) - len(known)
    if row.items + new > MOST_ITEMS:
        raise TooMuch(say("a catalog holds at most {n:,} items", n=MOST_ITEMS))
    write_items(session, row.id, row.generation, list(by_key.values()), known, now=now)
    row.items += new
    _note_change(row, now)
    return new


def find_known(
    session: Session, row: Catalog, generation: int, keys: Sequence[str]
) -> dict[str, datetime]:
    """Return which of these keys are there, and since when."""
    found: dict[str, datetime] = {}
    for several in in_chunks(keys, CHUNK):
        asked = select(CatalogItem.key, CatalogItem.added_at).where(
            CatalogItem.catalog_id == row.id,
            CatalogItem.generation == generation,
            is_any(session, CatalogItem.key, several),
        )
        found |= {one.key: one.added_at for one in session.execute(asked)}
    return found


def write_items(
    session: Session,
    catalog_id: int,
    generation: int,
    items: Sequence[Item],
    known: dict[str, datetime],
    *,
    now: datetime,
) -> None:
    """Write items of a generation; those that were known stay as old as they are."""
    rows = [
        {
            "catalog_id": catalog_id,
            "generation": generation,
            "key": one.key,
            "data": dict(one.data),
            "added_at": known.get(one.key, now),
        }
        for one in items
    ]
    for several in in_chunks(rows, CHUNK):
        put_rows(session, CatalogItem, several, replacing=("data",))


def delete_items(session: Session, row: Catalog, keys: Sequence[str], *, now: datetime) -> int:
    """Take items out; answer how many there were of them."""
    gone = 0
    for several in in_chunks(list(dict.fromkeys(keys)), CHUNK):
        statement = delete(CatalogItem).where(
            CatalogItem.catalog_id == row.id,
            CatalogItem.generation == row.generation,
            is_any(session, CatalogItem.key, several),
        )
        gone += change_rows(session, statement)
    row.items -= gone
    _note_change(row, now)
    return gone


def list_page(
    session: Session, row: Catalog, *, after: str, search: str, limit: int
) -> Sequence[CatalogItem]:
    """Return items by their keys, from one on; those in which a text stands anywhere."""
    asked = (
        select(CatalogItem)
        .where(
            CatalogItem.catalog_id == row.id,
            CatalogItem.generation == row.generation,
            CatalogItem.key > after,
        )
        .order_by(CatalogItem.key)
        .limit(limit)
    )
    if search:
        data = cast(CatalogItem.data, String)
        written = orjson.dumps(search).decode()[
            1:-1
        ]  # as it stands in JSON: a quote has a backslash
        asked = asked.where(
            or_(
                func.lower(CatalogItem.key).contains(search.lower(), autoescape=True),
                func.lower(data).contains(written.lower(), autoescape=True),
                data.contains(written, autoescape=True),  # SQLite lowers A to Z alone
            )
        )
    return session.scalars(asked).all()


def find_item(session: Session, row: Catalog, key: str) -> CatalogItem | None:
    """Return the item of this key; None: there is none."""
    return session.get(CatalogItem, (row.id, row.generation, key))


def list_newest(session: Session, row: Catalog, *, limit: int) -> list[dict[str, Any]]:
    """Return the items that came last."""
    return list(
        session.scalars(
            select(CatalogItem.data)
            .where(CatalogItem.catalog_id == row.id, CatalogItem.generation == row.generation)
            .order_by(CatalogItem.added_at.desc(), CatalogItem.key)
            .limit(limit)
        )
    )


def _note_change(row: Catalog, now: datetime) -> None:
    row.revision += 1
    row.updated_at = now
