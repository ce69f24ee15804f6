"""Finding items for letters: by their keys, or by what stands in their fields."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import in_chunks, is_any
from engine.catalogs.keeping import CHUNK
from engine.models.catalog import Catalog, CatalogItem

MOST_LISTED: Final = 50
USUALLY_LISTED: Final = 10
NEWEST: Final = "newest"
"""Sorts by when items came, the last first."""
_MOST_SHELVES: Final = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items somebody wants.

    Attributes:
        where: a value that a field must have, or several of which it must have one.
        sort: a field, from its least on; with a minus before it from its greatest on; "": by key.
    """

    where: Mapping[str, Any] = field(default_factory=dict)
    sort: str = ""
    limit: int = USUALLY_LISTED


def find_catalogs(session: Session, names: Collection[str]) -> dict[str, Catalog]:
    """Return the catalogs of these names."""
    asked = select(Catalog).where(Catalog.name.in_(sorted(names)))
    return {row.name: row for row in session.scalars(asked)}


def find_items(
    session: Session, row: Catalog, keys: Collection[str]
) -> dict[str, Mapping[str, Any]]:
    """Return the items of these keys."""
    found: dict[str, Mapping[str, Any]] = {}
    for several in in_chunks(sorted(set(keys)), CHUNK):
        asked = select(CatalogItem.key, CatalogItem.data).where(
            CatalogItem.catalog_id == row.id,
            CatalogItem.generation == row.generation,
            is_any(session, CatalogItem.key, several),
        )
        found |= {one.key: one.data for one in session.execute(asked)}
    return found


def list_items(
    session: Session, row: Catalog, asked: Sequence[Wanted]
) -> list[list[Mapping[str, Any]]]:
    """Return, for each that is wanted, its items; what several want is read once."""
    keys = [_choose(session, row, one) for one in asked]
    items = find_items(session, row, {key for several in keys for key in several})
    return [[items[key] for key in several if key in items] for several in keys]


def is_wanted(data: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    """Return whether an item has in each of these fields what is wanted. Pure."""
    return all(is_same(data.get(name), value) for name, value in where.items())


def is_same(has: Any, wanted: Any) -> bool:
    """Return whether a value is what is wanted, or one of several. A number equals its text. Pure."""
    several = wanted if isinstance(wanted, list) else [wanted]
    own = has if isinstance(has, list) else [has]
    return any(_fold(one) == _fold(other) for one in own for other in several if one is not None)


def _fold(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _choose(session: Session, row: Catalog, wanted: Wanted) -> list[str]:
    limit = max(0, min(wanted.limit, MOST_LISTED))
    if not wanted.where and not wanted.sort:
        return _list_first(session, row, limit)
    keys: list[str] | None = None
    for name, value in wanted.where.items():
        shelf = _SHELVES.get(session, row, name)
        keys = [
            key
            for key in (shelf if keys is None else keys)
            if key in shelf and is_same(shelf[key], value)
        ]
    name = wanted.sort.removeprefix("-")
    if not name:
        return sorted(keys or ())[:limit]
    shelf = _SHELVES.get(session, row, name)
    if keys is None:
        keys = list(shelf)
        if len(keys) < limit:
            keys += [key for key in _list_first(session, row, limit) if key not in shelf]
    is_falling = wanted.sort.startswith("-") != (name == NEWEST)
    known = sorted(key for key in keys if key in shelf)
    known.sort(key=lambda key: _rank(shelf[key]), reverse=is_falling)
    return [*known, *sorted(key for key in keys if key not in shelf)][:limit]


def _rank(value: Any) -> tuple[int, float, str]:
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, str(value)


def _list_first(session: Session, row: Catalog, limit: int) -> list[str]:
    return list(
        session.scalars(
            select(CatalogItem.key)
            .where(CatalogItem.catalog_id == row.id, CatalogItem.generation == row.generation)
            .order_by(CatalogItem.key)
            .limit(limit)
        )
    )


class _Shelves:
    """What stands in one field of a catalog, by key: read once, and kept until the catalog changes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], dict[str, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, session: Session, row: Catalog, name: str) -> dict[str, Any]:
        """Return a field's values by the items' keys, in no order."""
        stamp = (str(session.get_bind().engine.url), row.id, row.created_at, row.revision, name)
        with self._lock:
            if stamp in self._kept:
                self._kept.move_to_end(stamp)
                return self._kept[stamp]
        column: Any = CatalogItem.added_at if name == NEWEST else CatalogItem.data[name]
        asked = select(CatalogItem.key, column).where(
            CatalogItem.catalog_id == row.id, CatalogItem.generation == row.generation
        )
        shelf = {key: value for key, value in session.execute(asked) if value is not None}
        if name == NEWEST:
            shelf = {key: value.isoformat() for key, value in shelf.items()}
        with self._lock:
            for old in [
                one for one in self._kept if one[:3] == stamp[:3] and one[3] != row.revision
            ]:
                del self._kept[old]
            self._kept[stamp] = shelf
            while len(self._kept) > _MOST_SHELVES:
                self._kept.popitem(last=False)
        return shelf


_SHELVES: Final = _Shelves()
