"""What is worth showing somebody of a catalog, and why.

First what is wanted most of the kind that this contact wants itself, then what is wanted most by all, then
what came last; without what the contact has already.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.catalogs.finding import find_items, is_wanted, write_value
from engine.catalogs.interest import sum_interest
from engine.catalogs.items import read_values
from engine.catalogs.keeping import list_newest
from engine.models.catalog import Catalog
from engine.models.event import Event

MOST_POPULAR: Final = 500
MOST_NEW: Final = 100
MOST_SHOWN: Final = 20
USUALLY_SHOWN: Final = 3
_PAST: Final = timedelta(days=365)
_EVENTS_A_CONTACT: Final = 100
"""Of one name, the last."""


class Why(StrEnum):
    """Why something is recommended."""

    OWN_CATEGORY = "own_category"
    POPULAR = "popular"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be recommended; `people` want it."""

    key: str
    data: Mapping[str, Any]
    people: int


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody's own wishes.

    Attributes:
        owned: the keys of what it has.
        category: of most that it wanted; None: unknown.
    """

    owned: frozenset[str] = frozenset()
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Recommended:
    """An item, by how many people it was wanted, and why it is here."""

    key: str
    data: Mapping[str, Any]
    people: int
    why: Why


@dataclass(frozen=True, slots=True)
class Ask:
    """For whom so many are wanted, of those in whose fields these values stand."""

    contact_id: int
    limit: int = USUALLY_SHOWN
    where: Mapping[str, Any] = field(default_factory=dict)


def recommend(
    session: Session, row: Catalog, asked: Sequence[Ask], *, now: datetime
) -> list[list[Recommended]]:
    """Return what is recommended to each, for all of them with the same few statements."""
    candidates = load_candidates(session, row, now=now)
    people = load_people(session, row, {one.contact_id for one in asked}, now=now)
    return [
        choose(candidates, people.get(one.contact_id, Person()), one, row.category_field)
        for one in asked
    ]


def choose(
    candidates: Sequence[Candidate], person: Person, asked: Ask, category_field: str | None
) -> list[Recommended]:
    """Return what is recommended to one person. Pure.

    Args:
        candidates: the most wanted first, then the newest.
        person: for whom.
        asked: how many, of which.
        category_field: which field tells the kind of an item.
    """
    fitting = [
        one
        for one in candidates
        if one.key not in person.owned and is_wanted(one.data, asked.where)
    ]
    own = [
        one
        for one in fitting
        if person.category is not None
        and category_field is not None
        and read_kind(one.data, category_field) == person.category
    ]
    first = {one.key for one in own}
    ordered = [*own, *(one for one in fitting if one.key not in first)]
    return [
        Recommended(one.key, one.data, one.people, _say_why(one, is_own=one.key in first))
        for one in ordered[: max(0, min(asked.limit, MOST_SHOWN))]
    ]


def read_kind(data: Mapping[str, Any], category_field: str) -> str | None:
    """Return the kind of an item as text; None: it has none. Pure."""
    value = data.get(category_field)
    return write_value(value) if isinstance(value, str | int | float) else None


def _say_why(one: Candidate, *, is_own: bool) -> Why:
    if is_own:
        return Why.OWN_CATEGORY
    return Why.POPULAR if one.people else Why.NEWEST


def load_candidates(session: Session, row: Catalog, *, now: datetime) -> list[Candidate]:
    """Return what may be recommended: the most wanted first, then the newest."""
    popular = sum_interest(session, row, limit=MOST_POPULAR, now=now)
    items = find_items(session, row, [key for key, _ in popular])
    found = [Candidate(key, items[key], people) for key, people in popular if key in items]
    known = {one.key for one in found}
    newest = list_newest(session, row, limit=MOST_NEW)
    keyed = ((str(data[row.key_field]), data) for data in newest)
    return [*found, *(Candidate(key, data, 0) for key, data in keyed if key not in known)]


def load_people(
    session: Session, row: Catalog, contact_ids: Collection[int], *, now: datetime
) -> dict[int, Person]:
    """Return what is known of these contacts by their own events of the last year."""
    places = {
        event: path
        for event, path in (
            (row.owned_event, row.owned_property),
            (row.interest_event, row.interest_property),
        )
        if event and path
    }
    known = {one for one in contact_ids if one}
    if not places or not known:
        return {}
    place = func.row_number().over(
        partition_by=(Event.contact_id, Event.name), order_by=Event.occurred_at.desc()
    )
    rows = (
        select(Event.contact_id, Event.name, Event.properties, place.label("place"))
        .where(
            Event.contact_id.in_(sorted(known)),
            Event.name.in_(sorted(places)),
            Event.occurred_at > now - _PAST,
        )
        .subquery()
    )
    asked = select(rows.c.contact_id, rows.c.name, rows.c.properties).where(
        rows.c.place <= _EVENTS_A_CONTACT
    )
    owned: dict[int, set[str]] = defaultdict(set)
    wanted: dict[int, Counter[str]] = defaultdict(Counter)
    for contact_id, name, properties in session.execute(asked):
        if name == row.owned_event:
            owned[contact_id].update(read_values(properties or {}, row.owned_property or ""))
        if name == row.interest_event:
            wanted[contact_id].update(read_values(properties or {}, row.interest_property or ""))
    return _describe(session, row, owned, wanted)


def _describe(
    session: Session,
    row: Catalog,
    owned: Mapping[int, set[str]],
    wanted: Mapping[int, Counter[str]],
) -> dict[int, Person]:
    kinds: dict[str, str] = {}
    if row.category_field is not None:
        items = find_items(session, row, {key for keys in wanted.values() for key in keys})
        kinds = {
            key: kind
            for key, data in items.items()
            if (kind := read_kind(data, row.category_field)) is not None
        }
    people = {}
    for contact_id in owned.keys() | wanted.keys():
        counted: Counter[str] = Counter()
        for key, n in wanted.get(contact_id, Counter()).items():
            if key in kinds:
                counted[kinds[key]] += n
        best = max(sorted(counted), key=counted.__getitem__) if counted else None
        people[contact_id] = Person(frozenset(owned.get(contact_id, ())), best)
    return people
