"""Contacts: a list to search, and everything known of one."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from flask import Blueprint
from pydantic import Field
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.accounts import audit
from engine.accounts.permissions import Permission
from engine.errors import NotFound
from engine.journeys.forgetting import ask_for_erasure
from engine.journeys.live import load_plans
from engine.journeys.states import EnrollmentStatus
from engine.messages.states import MessageState
from engine.models.contact import Consent, Contact, Identity
from engine.models.event import Event
from engine.models.journey import Enrollment
from engine.models.message import Message
from engine.models.segment import SegmentMember
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.wiring import get_house

PAGE: Final = 50
LATEST: Final = 100
"""Entries of a contact's timeline."""

blueprint = Blueprint("contacts", __name__, url_prefix="/api/v1/contacts")


class Item(Answer):
    """A contact in a list."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    external_id: str | None
    created_at: datetime


class Items(Answer):
    """A page of them, the newest first."""

    items: list[Item]
    next: int | None


class Page(Given):
    """Which page, and whom to look for: an address, an external id, or the beginning of one."""

    before: RowId | None = None
    search: Annotated[str, Field(max_length=200)] = ""


class Choice(Answer):
    """What a contact chose for a topic."""

    topic: str
    channel: str
    choice: str
    changed_at: datetime


class Passage(Answer):
    """A contact's passage through a journey."""

    id: int
    journey: str
    version: int
    status: str
    node: str
    entered_at: datetime
    wake_at: datetime | None
    ended_at: datetime | None
    reason: str | None


class Happened(Answer):
    """Something on the timeline: an event, or a message.

    `kind` is event or message; `details` its properties, or what became of it.
    """

    kind: str
    at: datetime
    name: str
    details: dict[str, Any]


class Shown(Item):
    """Everything known of one contact."""

    timezone: str | None
    email_confirmed: bool
    attributes: dict[str, Any]
    consents: list[Choice]
    segments: list[str]
    enrollments: list[Passage]
    timeline: list[Happened]


class Erase(Given):
    """Whether its addresses are never to be written to again, whoever imports them."""

    suppress: bool = True


class Erasing(Answer):
    """Who is being forgotten."""

    id: UUID


@blueprint.get("")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="contacts")
def show_all(query: Page) -> Items:
    """List contacts, the newest first."""
    asked = (
        select(Contact)
        .where(Contact.merged_into.is_(None), Contact.erased_at.is_(None))
        .order_by(Contact.id.desc())
        .limit(PAGE + 1)
    )
    if query.before is not None:
        asked = asked.where(Contact.id < query.before)
    if words := query.search.strip():
        named = select(Identity.contact_id).where(Identity.value.startswith(words, autoescape=True))
        asked = asked.where(
            or_(Contact.id.in_(named), Contact.email.startswith(words.casefold(), autoescape=True))
        )
    with get_house().database.reading() as session:
        rows = list(session.scalars(asked))
        names = _load_external(session, [row.id for row in rows])
    items = [Item(**_describe(row, names.get(row.id))) for row in rows[:PAGE]]
    return Items(items=items, next=rows[PAGE - 1].id if len(rows) > PAGE else None)


@blueprint.get("/<uuid:uid>")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="contacts")
def show(uid: UUID) -> Shown:
    """Show everything known of one contact."""
    with get_house().database.reading() as session:
        row = _get(session, uid)
        names = _load_external(session, [row.id])
        return Shown(
            **_describe(row, names.get(row.id)),
            timezone=row.timezone,
            email_confirmed=row.email_confirmed,
            attributes=row.attributes,
            consents=[
                Choice(
                    topic=one.topic,
                    channel=one.channel,
                    choice=one.choice,
                    changed_at=one.changed_at,
                )
                for one in session.scalars(select(Consent).where(Consent.contact_id == row.id))
            ],
            segments=sorted(
                session.scalars(
                    select(SegmentMember.segment).where(SegmentMember.contact_id == row.id)
                )
            ),
            enrollments=_load_passages(session, row.id),
            timeline=_load_timeline(session, row.id),
        )


@blueprint.delete("/<uuid:uid>")
@requires(Permission.ERASE_CONTACTS)
@endpoint(tag="contacts", status=202)
def erase(uid: UUID, query: Erase) -> Erasing:
    """Forget a person for good: seconds from now, behind all that was accepted before."""
    house = get_house()
    with house.database.transaction() as session:
        contact = _get(session, uid)
        actor = get_actor().name
        ask_for_erasure(
            session, contact.id, suppresses=query.suppress, by=actor, now=house.clock.now()
        )
        audit.record(
            session,
            actor=actor,
            action="contact.erased",
            target=str(contact.uid),
            details={"suppress": query.suppress},
            now=house.wall.now(),
        )
        return Erasing(id=contact.uid)


def _get(session: Session, uid: UUID) -> Contact:
    """Return a contact, or the one that it was merged into.

    Raises:
        NotFound: there is none, or none any more.
    """
    row = session.scalar(select(Contact).where(Contact.uid == uid))
    if row is not None and row.merged_into is not None:
        row = session.get(Contact, row.merged_into)
    if row is None or row.erased_at is not None:
        raise NotFound("there is no such contact")
    return row


def _describe(row: Contact, external_id: str | None) -> dict[str, Any]:
    attributes = row.attributes
    parts = [attributes.get("first_name"), attributes.get("last_name")]
    name = attributes.get("name") or " ".join(str(part) for part in parts if part)
    return {
        "id": row.uid,
        "name": str(name or ""),
        "email": row.email,
        "phone": row.phone,
        "external_id": external_id,
        "created_at": row.created_at,
    }


def _load_external(session: Session, ids: list[int]) -> dict[int, str]:
    rows = session.execute(
        select(Identity.contact_id, Identity.value).where(
            Identity.contact_id.in_(ids), Identity.kind == "external"
        )
    )
    return dict(rows.all())


def _load_passages(session: Session, contact_id: int) -> list[Passage]:
    rows = session.scalars(
        select(Enrollment)
        .where(Enrollment.contact_id == contact_id)
        .order_by(Enrollment.id.desc())
        .limit(LATEST)
    ).all()
    plans = load_plans(session, {row.version_id for row in rows})
    return [
        Passage(
            id=row.id,
            journey=plans[row.version_id].key,
            version=plans[row.version_id].number,
            status=EnrollmentStatus(row.status).name.lower(),
            node=plans[row.version_id].keys[row.node],
            entered_at=row.entered_at,
            wake_at=row.wake_at,
            ended_at=row.ended_at,
            reason=row.reason,
        )
        for row in rows
    ]


def _load_timeline(session: Session, contact_id: int) -> list[Happened]:
    events = session.scalars(
        select(Event)
        .where(Event.contact_id == contact_id)
        .order_by(Event.occurred_at.desc(), Event.id.desc())
        .limit(LATEST)
    )
    messages = session.scalars(
        select(Message)
        .where(Message.contact_id == contact_id)
        .order_by(Message.id.desc())
        .limit(LATEST)
    )
    happened = [
        Happened(kind="event", at=one.occurred_at, name=one.name, details=one.properties)
        for one in events
    ]
    happened += [
        Happened(
            kind="message",
            at=one.sent_at or one.created_at,
            name=one.template or one.channel,
            details={
                "channel": one.channel,
                "state": MessageState(one.state).name.lower(),
                "reason": one.reason,
                "node": one.node,
                "id": one.id,
            },
        )
        for one in messages
    ]
    return sorted(happened, key=lambda one: one.at, reverse=True)[:LATEST]
