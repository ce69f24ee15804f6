"""What happened to one contact, and a copy of everything held on it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from flask import Blueprint, Response
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.contacts.finding import get_by_uid
from engine.errors import Invalid
from engine.journeys.reporting.disclosing import disclose
from engine.journeys.reporting.timeline import read_timeline
from engine.journeys.reporting.timeline_rows import KINDS, Kind
from engine.language.say import say
from server.api.recording import record
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import House, get_house

PAGE: Final = 40

blueprint = Blueprint("timeline", __name__, url_prefix="/api/v1/contacts")


class Look(Given):
    """Which page of it: `kinds` parted by commas, `search` in names and properties."""

    kinds: Annotated[str, Field(max_length=80)] = ""
    search: Annotated[str, Field(max_length=100)] = ""
    before: Annotated[str, Field(max_length=120)] | None = None


class Entry(Answer):
    """One thing that happened.

    `what` says what the rest is about: an event, a message, an enrollment that was entered or
    ended, a choice (consent), a segment that was joined.
    """

    id: str
    kind: Kind
    what: Literal["event", "message", "entered", "ended", "consent", "segment"]
    at: datetime
    name: str
    key: str | None
    properties: dict[str, Any]
    channel: str | None
    state: str | None
    reason: str | None
    journey: str | None
    journey_name: str | None
    node: str | None
    enrollment: int | None
    by: str | None
    letter: int | None
    message: UUID | None
    subject: str | None
    marks: Mapping[str, datetime]
    received_at: datetime | None
    message_id: str | None
    notes: dict[str, Any]


class Timeline(Answer):
    """A page of it, the newest first; `next` is `before` of the page after it."""

    items: list[Entry]
    next: str | None


@blueprint.get("/<uuid:uid>/timeline")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="contacts")
def show_timeline(uid: UUID, query: Look) -> Timeline:
    """Show what happened to a contact: events, messages, journeys, choices, segments."""
    with get_house().database.reading() as session:
        line = read_timeline(
            session,
            get_by_uid(session, uid).id,
            kinds=_read_kinds(query.kinds),
            search=query.search,
            before=query.before,
            limit=PAGE,
        )
    items = [Entry.model_validate(asdict(one)) for one in line.items]
    return Timeline(items=items, next=line.next)


@blueprint.get("/<uuid:uid>/export")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="contacts", media_type="application/json")
def export(uid: UUID) -> Response:
    """Give a copy of everything held on a contact, as JSON; that it was given is on record."""
    house = get_house()
    with house.database.transaction() as session:
        contact = get_by_uid(session, uid)
        contact_id, uid = contact.id, contact.uid
        record(session, "contact.exported", str(uid))
    response = Response(_stream(house, contact_id), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="contact-{uid}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _stream(house: House, contact_id: int) -> Iterator[bytes]:
    with house.database.reading() as session:
        yield from disclose(session, contact_id, now=house.clock.now())


def _read_kinds(text: str) -> list[Kind]:
    asked = [one for one in text.split(",") if one]
    unknown = sorted(set(asked) - set(KINDS))
    if unknown:
        raise Invalid(say("kinds are {kinds}", kinds=", ".join(KINDS)))
    return [kind for kind in KINDS if kind in asked]
