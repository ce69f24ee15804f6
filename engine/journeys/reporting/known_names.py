"""The names that an instance knows, for whoever writes a journey: names alone, never what they hold.

Cheap however large the tables are: of events, contacts and records the latest are looked at, and
the names of events are read off an index from one to the next.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.models.asset import LetterSender
from engine.models.contact import Contact, Topic
from engine.models.coupon import CouponPool
from engine.models.event import Event
from engine.models.fetching import FetchSource
from engine.models.journey import Journey
from engine.models.message import Endpoint, Template, TemplateVersion
from engine.models.record import Record
from engine.models.segment import Segment
from engine.rules.values import find_date_text, get_kind

LATEST: Final = 1_000
"""Events, contacts and records looked at."""
MOST_EVENTS: Final = 300
RARE: Final = 100
RARE_LATEST: Final = 10
"""Events that are not among the latest: of how many, and how many of each, are looked at."""
MOST_NAMES: Final = 200
DEEPEST: Final = 3
_PRODUCT: Final = ("tags", "scores")


@dataclass(frozen=True, slots=True)
class KnownName:
    """A property, attribute or field: its dotted name, and the kinds of its values, common first."""

    name: str
    kinds: list[str]


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event's name.

    Attributes:
        recent: how many of the latest events are of this name.
        last_at: when the last one occurred.
    """

    name: str
    recent: int
    last_at: datetime
    properties: list[KnownName]


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A type of records: the states they are in, and their fields."""

    type: str
    states: list[str]
    fields: list[KnownName]


@dataclass(frozen=True, slots=True)
class KnownKey:
    """Something kept under a key.

    Attributes:
        kind: the channel of a template, the opt-in of a topic, how a journey begins.
        names: the variables of a template.
    """

    key: str
    name: str
    kind: str = ""
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Everything there is to name; `looked_at` is of how many events `recent` counts."""

    looked_at: int
    events: list[KnownEvent]
    attributes: list[KnownName]
    tags: list[str]
    scores: list[str]
    segments: list[KnownKey]
    topics: list[KnownKey]
    templates: list[KnownKey]
    endpoints: list[KnownKey]
    senders: list[KnownKey]
    journeys: list[KnownKey]
    records: list[KnownRecord]
    coupon_pools: list[str]
    sources: list[str]


def load_names(session: Session) -> KnownNames:
    """Return what this instance knows by name."""
    looked_at, events = load_events(session)
    attributes = _load_attributes(session)
    return KnownNames(
        looked_at=looked_at,
        events=events,
        attributes=list_names(
            {name: value for name, value in each.items() if name not in _PRODUCT}
            for each in attributes
        ),
        tags=_list_tags(attributes),
        scores=_list_scores(attributes),
        segments=_load_keys(session, select(Segment.key, Segment.name)),
        topics=_load_keys(
            session, select(Topic.key, Topic.name, Topic.opt_in).where(Topic.archived_at.is_(None))
        ),
        templates=_load_templates(session),
        senders=_load_keys(session, select(LetterSender.key, LetterSender.name)),
        endpoints=[KnownKey(key, key) for key in session.scalars(select(Endpoint.key))],
        journeys=_load_keys(
            session,
            select(
                Journey.key,
                Journey.name,
                func.coalesce(Journey.draft["trigger"]["kind"].as_string(), ""),
            ),
        ),
        records=_load_records(session),
        coupon_pools=list(session.scalars(select(CouponPool.name).order_by(CouponPool.name))),
        sources=list(session.scalars(select(FetchSource.name).order_by(FetchSource.name))),
    )


def list_names(several: Iterable[Mapping[str, Any]]) -> list[KnownName]:
    """Return the dotted names of JSON objects with the kinds of their values, common ones first.

    A name that a condition cannot write (a dot or a quote in it) is left out.
    """
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in several:
        for path, value in _walk(each, ""):
            kinds[path][_name_kind(value)] += 1
    common = sorted(kinds.items(), key=lambda item: (-item[1].total(), item[0]))[:MOST_NAMES]
    return [KnownName(path, [kind for kind, _ in found.most_common()]) for path, found in common]


def _walk(container: Mapping[str, Any], above: str) -> Iterable[tuple[str, Any]]:
    for name, value in container.items():
        if not name or len(name) > 60 or any(char in '."\\' or char < " " for char in name):
            continue
        path = f"{above}.{name}" if above else name
        if isinstance(value, dict) and value and path.count(".") < DEEPEST - 1:
            yield from _walk(value, path)
        else:
            yield path, value


def _name_kind(value: object) -> str:
    return "date" if find_date_text(value) is not None else get_kind(value)


def load_events(session: Session) -> tuple[int, list[KnownEvent]]:
    """Return how many of the latest events were looked at, and every name, common ones first."""
    columns = Event.name, Event.occurred_at, Event.properties
    latest = session.execute(select(*columns).order_by(Event.id.desc()).limit(LATEST)).all()
    seen: defaultdict[str, list[tuple[datetime, dict[str, Any]]]] = defaultdict(list)
    for name, occurred_at, properties in latest:
        seen[name].append((occurred_at, properties))
    recent = {name: len(rows) for name, rows in seen.items()}
    rare = [name for name in _list_event_names(session) if name not in seen]
    for name in rare[:RARE]:
        rows = session.execute(
            select(*columns)
            .where(Event.name == name)
            .order_by(Event.occurred_at.desc())
            .limit(RARE_LATEST)
        )
        seen[name] = [(occurred_at, properties) for _, occurred_at, properties in rows]
    events = [
        KnownEvent(
            name=name,
            recent=recent.get(name, 0),
            last_at=max(occurred_at for occurred_at, _ in rows),
            properties=list_names(properties for _, properties in rows),
        )
        for name, rows in seen.items()
        if rows
    ]
    return len(latest), sorted(events, key=lambda one: (-one.recent, one.name))


def _list_event_names(session: Session) -> list[str]:
    """Return every name, each read off the index as the next after the one before it."""
    names = select(func.min(Event.name).label("name")).cte("names", recursive=True)
    following = select(func.min(Event.name)).where(Event.name > names.c.name).scalar_subquery()
    names = names.union_all(select(following).where(names.c.name.is_not(None)))
    found = select(names.c.name).where(names.c.name.is_not(None)).limit(MOST_EVENTS)
    return list(session.scalars(found))


def _load_attributes(session: Session) -> list[dict[str, Any]]:
    there = Contact.merged_into.is_(None), Contact.erased_at.is_(None)
    latest = select(Contact.attributes).where(*there).order_by(Contact.id.desc()).limit(LATEST)
    return list(session.scalars(latest))


def _list_tags(attributes: Iterable[Mapping[str, Any]]) -> list[str]:
    tags = Counter(
        tag
        for each in attributes
        if isinstance(each.get("tags"), list)
        for tag in each["tags"]
        if isinstance(tag, str)
    )
    return [tag for tag, _ in tags.most_common(MOST_NAMES)]


def _list_scores(attributes: Iterable[Mapping[str, Any]]) -> list[str]:
    scores = Counter(
        name
        for each in attributes
        if isinstance(each.get("scores"), dict)
        for name in each["scores"]
    )
    return [name for name, _ in scores.most_common(MOST_NAMES)]


def _load_keys(session: Session, asked: Any) -> list[KnownKey]:
    rows = session.execute(asked.order_by(asked.selected_columns[0]))
    return [KnownKey(key, name, *kind) for key, name, *kind in rows]


def _load_templates(session: Session) -> list[KnownKey]:
    rows = session.execute(
        select(Template.key, Template.name, Template.channel, TemplateVersion.compiled["variables"])
        .join(TemplateVersion, TemplateVersion.id == Template.version_id, isouter=True)
        .order_by(Template.key)
    )
    return [
        KnownKey(key, name, channel, sorted({each["path"] for each in variables or []}))
        for key, name, channel, variables in rows
    ]


def _load_records(session: Session) -> list[KnownRecord]:
    rows = session.execute(
        select(Record.type, Record.state, Record.fields).order_by(Record.id.desc()).limit(LATEST)
    )
    by_type: defaultdict[str, list[tuple[str | None, dict[str, Any]]]] = defaultdict(list)
    for type_, state, fields in rows:
        by_type[type_].append((state, fields))
    return [
        KnownRecord(
            type=type_,
            states=sorted({state for state, _ in several if state})[:MOST_NAMES],
            fields=list_names(fields for _, fields in several),
        )
        for type_, several in sorted(by_type.items())
    ]
