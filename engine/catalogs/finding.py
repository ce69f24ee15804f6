"""Finding items for letters: by their keys, or by what stands in their fields."""

import heapq
import re
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Double, String, cast, func, literal, select, type_coerce
from sqlalchemy.orm import Session

from engine.bulk import in_chunks, is_any
from engine.catalogs.keeping import CHUNK
from engine.db import is_postgresql
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
        keys = list(shelf.falling if is_falling else shelf.rising)[:limit]
        if len(keys) < limit:  # then those without such a field
            first = _list_first(session, row, shelf.size + limit)
            keys += [key for key in first if key not in shelf.levels]
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
    """What stands in one field of a catalog, and what is told from it at its first use.

    Many items have the same in it, so each value is looked at once, and not once an item.
    """

    def __init__(self, groups: Sequence[tuple[Any, Sequence[str]]]) -> None:
        """Take each value with the keys of the items that have it."""
        self._groups = groups
        self.size = sum(len(keys) for _, keys in groups)

    @cached_property
    def _holders(self) -> dict[str, list[Sequence[str]]]:
        holders: dict[str, list[Sequence[str]]] = defaultdict(list)
        for value, keys in self._groups:
            for one in _fold(value):
                holders[one].append(keys)
        return dict(holders)

    def find(self, wanted: Collection[str]) -> set[str]:
        """Return the keys of what has one of these values."""
        return set().union(*(keys for one in wanted for keys in self._holders.get(one, ())))

    @cached_property
    def _ordered(self) -> list[list[str]]:
        """The keys by their values, from the least on; numbers are less than texts."""
        by_rank: dict[tuple[int, float, str], list[str]] = defaultdict(list)
        for value, keys in self._groups:
            by_rank[_rank(value)] += keys
        return [by_rank[rank] for rank in sorted(by_rank)]

    @cached_property
    def levels(self) -> dict[str, int]:
        """How high each key's value is among all."""
        return {key: level for level, keys in enumerate(self._ordered) for key in keys}

    @cached_property
    def rising(self) -> list[str]:
        """The first keys from the least value on."""
        return _take_first(self._ordered)

    @cached_property
    def falling(self) -> list[str]:
        """The first keys from the greatest value on."""
        return _take_first(reversed(self._ordered))


def _take_first(ordered: Iterable[Sequence[str]]) -> list[str]:
    keys: list[str] = []
    for several in ordered:
        keys += heapq.nsmallest(MOST_LISTED - len(keys), several)
        if len(keys) == MOST_LISTED:
            break
    return keys


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
            while sum(one.size for one in self._kept.values()) > _MOST_KEPT and len(self._kept) > 1:
                self._kept.popitem(last=False)
        return shelf


def _read_field(session: Session, row: Catalog, name: str) -> list[tuple[Any, list[str]]]:
    if name == NEWEST:
        return list(_group(session, row, _write_instant(session)).items())
    if is_postgresql(session):
        written: ColumnElement[str] = cast(CatalogItem.data[name], String)  # `true` is no number
    elif orjson.dumps(name) == f'"{name}"'.encode():
        data = type_coerce(CatalogItem.data, String)
        written = data.op("->", return_type=String())(literal(f'$."{name}"'))
    else:  # a path of SQLite cannot say such a name
        texts = _group(session, row, type_coerce(CatalogItem.data, String))
        whole = [(orjson.loads(text), keys) for text, keys in texts.items()]
        return [(data[name], keys) for data, keys in whole if name in data]
    groups = _group(session, row, written)
    return [(orjson.loads(text), keys) for text, keys in groups.items() if text is not None]


def _group(session: Session, row: Catalog, column: ColumnElement[Any]) -> dict[Any, list[str]]:
    """Return the keys of the items by what they have there."""
    asked = select(CatalogItem.key, column).where(
        CatalogItem.catalog_id == row.id, CatalogItem.generation == row.generation
    )
    groups: dict[Any, list[str]] = defaultdict(list)
    for key, value in session.connection().execute(asked):
        groups[value].append(key)
    return groups


def _write_instant(session: Session) -> ColumnElement[Any]:
    """Return since when an item is there, such that it sorts."""
    if is_postgresql(session):
        return cast(func.extract("epoch", CatalogItem.added_at), Double)
    return type_coerce(CatalogItem.added_at, String)


_SHELVES: Final = _Shelves()
