"""Putting a whole file in the place of all items of a catalog.

The items come in beside those in use, in short transactions, and are in use all at once at the end: no
letter ever sees half of a file, and nothing changes where it cannot be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.catalogs.items import Item
from engine.catalogs.keeping import find_known, lock_catalog, write_items
from engine.db import change_rows
from engine.errors import Conflict
from engine.ids import new_id
from engine.language.say import say
from engine.models.catalog import Catalog, CatalogItem

GIVEN_UP: Final = timedelta(minutes=2)
"""An upload of which nothing was heard for so long is over."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One that is under way.

    Attributes:
        id: told to nobody else.
        generation: into which its items come.
    """

    name: str
    id: str
    generation: int
    key_field: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """What came of it."""

    items: int
    added: int
    removed: int


def is_heard_of(row: Catalog, *, wall: datetime) -> bool:
    """Return whether an upload is under way that was heard of lately. Pure."""
    if row.upload is None:
        return False
    return wall - datetime.fromisoformat(row.upload["heard_at"]) < GIVEN_UP


def check_free(row: Catalog, *, wall: datetime) -> None:
    """Look whether items may be changed: while a file comes in, what is changed would be lost at its end.

    Raises:
        Conflict: somebody uploads just now.
    """
    if row.upload is not None and is_heard_of(row, wall=wall):
        raise Conflict(say("{by} uploads a file just now: wait a moment", by=row.upload["by"]))


def begin(session: Session, name: str, *, by: str, wall: datetime) -> Upload:
    """Begin to replace the items of a catalog.

    Args:
        session: of a transaction.
        name: of the catalog.
        by: who does, as the audit names callers.
        wall: by the machine's clock.

    Raises:
        NotFound: there is no such catalog.
        Conflict: somebody does so just now.
    """
    row = lock_catalog(session, name)
    check_free(row, wall=wall)
    _sweep(session, row)
    upload = Upload(name, new_id().hex, row.generation + 1, row.key_field)
    row.upload = {"id": upload.id, "by": by, "heard_at": wall.isoformat(), "rows": 0, "percent": 0}
    return upload


def add(
    session: Session,
    upload: Upload,
    items: Sequence[Item],
    *,
    percent: int,
    now: datetime,
    wall: datetime,
) -> int:
    """Write some items of the file, and how far it has come; answer how many of them are new.

    Raises:
        Conflict: another upload has taken its place.
    """
    row = _hold(session, upload)
    known = find_known(session, row, row.generation, [one.key for one in items])
    write_items(session, row.id, upload.generation, items, known, now=now)
    told = row.upload or {}
    rows = told.get("rows", 0) + len(items)
    row.upload = {**told, "rows": rows, "percent": percent, "heard_at": wall.isoformat()}
    return len(items) - len(known)


def finish(session: Session, upload: Upload, *, items: int, added: int, now: datetime) -> Replaced:
    """Use the file's items from now on.

    Args:
        items: how many it has.
        added: how many of them are new.

    Raises:
        Conflict: another upload has taken its place.
    """
    row = _hold(session, upload)
    removed = row.items - (items - added)
    row.generation, row.items, row.upload = upload.generation, items, None
    row.key_field = upload.key_field  # of an empty catalog it may have been changed meanwhile
    row.revision += 1
    row.updated_at = now
    return Replaced(items, added, max(0, removed))


def abandon(session: Session, upload: Upload) -> None:
    """Forget a file that is not used after all."""
    row = session.scalar(select(Catalog).where(Catalog.name == upload.name).with_for_update())
    if row is not None and row.upload is not None and row.upload["id"] == upload.id:
        row.upload = None
        _sweep(session, row)


def sweep(session: Session, name: str) -> int:
    """Take away what is not in use any more; answer how many items those were."""
    row = lock_catalog(session, name)  # else an upload that begins just now loses what it wrote
    return 0 if row.upload is not None else _sweep(session, row)


def _hold(session: Session, upload: Upload) -> Catalog:
    row = lock_catalog(session, upload.name)
    if row.upload is None or row.upload["id"] != upload.id:
        raise Conflict(say("another upload has taken the place of this one"))
    return row


def _sweep(session: Session, row: Catalog) -> int:
    return change_rows(
        session,
        delete(CatalogItem).where(
            CatalogItem.catalog_id == row.id, CatalogItem.generation != row.generation
        ),
    )
