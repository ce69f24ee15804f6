"""Events as they come in: a tail to watch while tracking is put in."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.contacts.finding import find_contacts
from engine.events.recent import MOST_COUNTED, count_recent, list_recent
from server.api.conditions import describe_name
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

LATEST: Final = 100

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


class EventsShown(Answer):
    """The newest first. Of a name asked for, how often it happened in a day and in a week."""

    items: list[EventShown]
    today: int | None
    week: int | None
    most: int


class EventPage(Given):
    """Which events: of a name, of a contact (by id, external id or address)."""

    name: Annotated[str | None, Field(max_length=128)] = None
    contact: Annotated[str | None, Field(max_length=254)] = None


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
            return EventsShown(items=[], today=None, week=None, most=MOST_COUNTED)
        rows = list_recent(session, name=name, contact_id=contact, limit=LATEST)
        today = week = None
        if name is not None:
            now = house.clock.now()
            today = count_recent(session, name, now=now, within=timedelta(days=1))
            week = count_recent(session, name, now=now, within=timedelta(days=7))
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
            )
            for event, who in rows
        ]
    return EventsShown(items=items, today=today, week=week, most=MOST_COUNTED)
