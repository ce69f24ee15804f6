"""Finding items for letters: by their keys, or by what stands in their fields."""

import heapq
import re
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
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
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?\Z")
_MOST_KEPT: Final = 500_000
"""Values of fields that a process keeps."""


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
    return all(_fold(data.get(name)) & _fold(value) for name, value in where.items())


def _fold(value: Any) -> set[str]:
    """Return what a value, or each of several, is compared by: a number equals its text."""
    several = value if isinstance(value, list) else [value]
    return {write_value(one) for one in several if one is not None}


def write_value(value: Any) -> str:
    """Return a value as text: what is equal has one, so 10, 10.0 and "10". Pure."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _choose(session: Session, row: Catalog, wanted: Wanted) -> list[str]:
    limit = max(0, min(wanted.limit, MOST_LISTED))
    name = wanted.sort.removeprefix("-")
    is_falling = wanted.sort.startswith("-") != (name == NEWEST)
    if not wanted.where:
        if not name:
            return _list_first(session, row, limit)
        shelf = _SHELVES.get(session, row, name)
        keys = list((shelf.falling if is_falling else shelf.rising)[:limit])
        if len(keys) < limit:  # then those without such a field
            first = _list_first(session, row, len(shelf.values) + limit)
            keys += [key for key in first if key not in shelf.values]
        return keys[:limit]
    found: set[str] | None = None
    for field_name, value in wanted.where.items():
        having = _SHELVES.get(session, row, field_name).find(_fold(value))
        found = having if found is None else found & having
    if not name:
        return heapq.nsmallest(limit, found or ())
    levels = _SHELVES.get(session, row, name).levels
    sign = -1 if is_falling else 1

    def place(key: str) -> tuple[bool, int, str]:
        return key not in levels, sign * levels.get(key, 0), key

    return heapq.nsmallest(limit, found or (), key=place)


def _list_first(session: Session, row: Catalog, limit: int) -> list[str]:
    return list(
        session.scalars(
            select(CatalogItem.key)
            .where(CatalogItem.catalog_id == row.id, CatalogItem.generation == row.generation)
            .order_by(CatalogItem.key)
            .limit(limit)
        )
    )


class _Shelf:
    """What stands in one field of a catalog, by key, and what is told from it at its first use."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    @cached_property
    def _holders(self) -> dict[str, set[str]]:
        holders: dict[str, set[str]] = defaultdict(set)
        for key, value in self.values.items():
            for one in _fold(value):
                holders[one].add(key)
        return dict(holders)

    def find(self, wanted: Collection[str]) -> set[str]:
        """Return the keys of what has one of these values."""
        return set().union(*(self._holders.get(one, ()) for one in wanted))

    @cached_property
    def levels(self) -> dict[str, int]:
        """How high each value is among all, from the least on; numbers are less than texts."""
        ranks = {key: _rank(value) for key, value in self.values.items()}
        level = {rank: at for at, rank in enumerate(sorted(set(ranks.values())))}
        return {key: level[rank] for key, rank in ranks.items()}

    @cached_property
    def rising(self) -> list[str]:
        """The first keys from the least value on."""
        return heapq.nsmallest(MOST_LISTED, self.values, key=lambda key: (self.levels[key], key))

    @cached_property
    def falling(self) -> list[str]:
        """The first keys from the greatest value on."""
        return heapq.nsmallest(MOST_LISTED, self.values, key=lambda key: (-self.levels[key], key))


def _rank(value: Any) -> tuple[int, float, str]:
    """Return the place of a value: a text that writes a number, such as "14.50", is sorted as one."""
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.match(value)):
        return 0, float(value), ""
    return 1, 0.0, str(value)


class _Shelves:
    """Fields of catalogs: each is read once, and kept until its catalog changes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], _Shelf] = OrderedDict()
        self._lock = Lock()

    def get(self, session: Session, row: Catalog, name: str) -> _Shelf:
        """Return a field of a catalog."""
        place = (str(session.get_bind().engine.url), row.id, row.created_at)
        stamp = (*place, row.revision, name)
        with self._lock:
            if stamp in self._kept:
                self._kept.move_to_end(stamp)
                return self._kept[stamp]
        shelf = _Shelf(_read_field(session, row, name))
        with self._lock:
            for old in [one for one in self._kept if one[:3] == place and one[3] != row.revision]:
                del self._kept[old]
            self._kept[stamp] = shelf
            while (
                sum(len(one.values) for one in self._kept.values()) > _MOST_KEPT
                and len(self._kept) > 1
            ):
                self._kept.popitem(last=False)
        return shelf


def _read_field(session: Session, row: Catalog, name: str) -> dict[str, Any]:
    column: Any = CatalogItem.added_at if name == NEWEST else CatalogItem.data[name]
    asked = select(CatalogItem.key, column).where(
        CatalogItem.catalog_id == row.id, CatalogItem.generation == row.generation
    )
    if name == NEWEST:
        return {key: value.isoformat() for key, value in session.execute(asked)}
    return {key: value for key, value in session.execute(asked) if value is not None}


_SHELVES: Final = _Shelves()
