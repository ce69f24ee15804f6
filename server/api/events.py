"""Events as they come in: a tail to watch while tracking is put in."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.contacts.finding import find_contacts
from engine.events.recent import MOST_COUNTED, count_recent, list_recent
from engine.events.refused import list_refused
from engine.journeys.reporting.known_names import load_events
from engine.models.event import Event
from server.api.conditions import describe_name
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

LATEST: Final = 100
NAMES_COUNTED: Final = 60
"""Of the names most common lately; counting reads a stretch of an index for each."""

blueprint = Blueprint("events", __name__, url_prefix="/api/v1/events")


class EventShown(Answer):
    """An event with whom it is about."""

    id: str
    name: str
    occurred_at: datetime
    received_at: datetime
    message_id: str | None
    properties: dict[str, Any]
    contact: UUID | None
    who: str
    mode: str
    notes: Annotated[dict[str, Any], Field(description="What is odd: `clamped` (its time could not be), `ignored` (attributes that a page may not set).")]  # fmt: skip
    library: Annotated[str | None, Field(description="What sent it.")]


class EventsShown(Answer):
    """The newest first. Of a name asked for, how often it happened in a day and in a week.

    `last` is the newest event's id there was, to be asked `after` next.
    """

    items: list[EventShown]
    today: int | None
    week: int | None
    most: int
    last: str | None


class EventPage(Given):
    """Which events: of a name, of a contact (by id, external id or address), after another."""

    name: Annotated[str | None, Field(max_length=128)] = None
    contact: Annotated[str | None, Field(max_length=254)] = None
    after: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = None


class RefusedShown(Answer):
    """A tracking call that was not taken, and why; `unsaid` others of which nothing is kept."""

    id: int
    at: datetime
    path: str
    status: int
    code: str
    message: str
    key: str | None
    origin: str | None
    event: str | None
    message_id: str | None
    unsaid: int


class RefusedItems(Answer):
    """The newest first."""

    items: list[RefusedShown]


class EventProperty(Answer):
    """A property by its dotted name, with the kinds of its values."""

    name: str
    kinds: list[str]


class EventName(Answer):
    """An event's name: how often in a day and in a week (null: not counted), when last."""

    name: str
    today: int | None
    week: int | None
    last_at: datetime
    properties: list[EventProperty]


class EventNames(Answer):
    """Every name, common ones first; a count of `most` means at least so many."""

    items: list[EventName]
    most: int


@blueprint.get("/recent")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="events")
def show_recent(query: EventPage) -> EventsShown:
    """Show what came in last."""
    house = get_house()
    name, given = query.name or None, query.contact or None
    with house.database.reading() as session:
        contact = find_contacts(session, [given]).get(given) if given else None
        if given and contact is None:
            return EventsShown(items=[], today=None, week=None, most=MOST_COUNTED, last=None)
        rows = list_recent(session, name=name, contact_id=contact, after=query.after, limit=LATEST)
        today = week = None
        if name is not None:
            now = house.clock.now()
            today, week = _count(session, name, now, 1), _count(session, name, now, 7)
        items = [
            EventShown(
                id=str(event.id),
                name=event.name,
                occurred_at=event.occurred_at,
                received_at=event.received_at,
                message_id=event.message_id,
                properties=event.properties,
                contact=who.uid if who else None,
                who=(describe_name(who) or who.email or "") if who else "",
                mode=event.mode,
                notes=_list_notes(event),
                library=_name_library(event),
            )
            for event, who in rows
        ]
        last = max((event.id for event, _ in rows), default=query.after)
    return EventsShown(
        items=items,
        today=today,
        week=week,
        most=MOST_COUNTED,
        last=None if last is None else str(last),
    )


@blueprint.get("/refused")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="events")
def show_refused() -> RefusedItems:
    """Show the tracking calls that were refused last, each with the reason."""
    with get_house().database.reading() as session:
        rows = list_refused(session, limit=LATEST)
    names = RefusedShown.model_fields
    return RefusedItems(
        items=[RefusedShown(**{name: getattr(row, name) for name in names}) for row in rows]
    )


@blueprint.get("/names")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="events")
def show_names() -> EventNames:
    """Count the events of each name, and show which properties they come with."""
    house = get_house()
    now = house.clock.now()
    with house.database.reading() as session:
        _, known = load_events(session)
        items = [
            EventName(
                name=one.name,
                today=_count(session, one.name, now, 1) if place < NAMES_COUNTED else None,
                week=_count(session, one.name, now, 7) if place < NAMES_COUNTED else None,
                last_at=one.last_at,
                properties=[EventProperty(name=p.name, kinds=p.kinds) for p in one.properties],
            )
            for place, one in enumerate(known)
        ]
    return EventNames(items=items, most=MOST_COUNTED)


def _count(session: Session, name: str, now: datetime, days: int) -> int:
    return count_recent(session, name, now=now, within=timedelta(days=days))


def _list_notes(event: Event) -> dict[str, Any]:
    context = event.context or {}
    return {name: context[name] for name in ("clamped", "ignored") if name in context}


def _name_library(event: Event) -> str | None:
    library = (event.context or {}).get("library")
    if not isinstance(library, dict) or not isinstance(library.get("name"), str):
        return None
    version = library.get("version")
    return f"{library['name']} {version}"[:80] if version else library["name"][:80]
