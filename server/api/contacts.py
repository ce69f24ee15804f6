"""Contacts: a list to search and to filter, and everything known of one."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from flask import Blueprint
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.contacts.finding import get_by_uid
from engine.contacts.push_devices import list_devices
from engine.contacts.requests import list_pending
from engine.contacts.sms_opt_outs import find_opt_outs
from engine.contacts.suppression import FORGOTTEN, find_reasons
from engine.errors import Invalid
from engine.journeys.reporting.passages import Passage, list_passages
from engine.models.contact import Consent, Contact, ContactState, Identity, Topic
from engine.models.segment import Segment, SegmentMember
from engine.segments.choosing import Choosing, Wanted
from engine.segments.counting import list_private
from engine.when.zones import resolve_zone
from server.api.conditions import PRIVATE, describe_name, read_condition
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.wiring import get_house

PAGE: Final = 50
PASSAGES: Final = 100
MOST_IDENTITIES: Final = 100
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
Search = Annotated[str, Field(max_length=200)]
Key = Annotated[str, Field(min_length=1, max_length=64)]

blueprint = Blueprint("contacts", __name__, url_prefix="/api/v1/contacts")


class Item(Answer):
    """A contact in a list."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    external_id: str | None
    created_at: datetime
    active_at: Annotated[datetime | None, Field(description="When it last did something itself.")]


class Total(Answer):
    """How many there are; at least so many where it is not exact."""

    count: int
    exact: bool


class Items(Answer):
    """A page of them, the newest first.

    `is_cut` says that finding them took too long: the page may be short though more follow.
    `total` stands in the first page alone; null where counting takes too long.
    """

    items: list[Item]
    next: int | None
    is_cut: bool
    total: Total | None


class Page(Given):
    """Which page, and whom to look for: the beginning of an address, an id or a name."""

    before: RowId | None = None
    search: Search = ""
    segment: Key | None = None


class Sought(Page):
    """The same, of those for whom a condition is true now."""

    condition: dict[str, Any] | None = None


class Known(Answer):
    """What recognises a contact."""

    kind: str
    value: str


class Choice(Answer):
    """What a contact chose for a topic."""

    topic: str
    topic_name: str
    channel: str
    choice: str
    changed_at: datetime


class Pending(Answer):
    """A yes that counts only once its owner confirms it; `letters`: how often they were asked."""

    topic: str
    topic_name: str
    channel: str
    asked_at: datetime
    letters: int


class Membership(Answer):
    """A segment that it is in."""

    key: str
    name: str
    since: datetime


class Suppressed(Answer):
    """An address of it that is never written to."""

    channel: str
    reason: str
    since: datetime
    may_lift: bool


class Device(Answer):
    """A browser that takes pushes; `is_confirmed`: the site's server vouches for who is at it."""

    browser: str
    is_confirmed: bool
    created_at: datetime
    worked_at: Annotated[datetime | None, Field(description="When it last took a push.")]


class Shown(Item):
    """Everything known of one contact, save what happened: that is its timeline.

    `said_at` tells when each attribute was said; `zone` is by which clock its local times are read.
    """

    timezone: str | None
    zone: str
    zone_source: str
    email_confirmed: bool
    phone_confirmed: bool
    identities: list[Known]
    attributes: dict[str, Any]
    said_at: dict[str, datetime]
    consents: list[Choice]
    pending: list[Pending]
    paused_until: datetime | None
    segments: list[Membership]
    enrollments: list[Passage]
    suppressions: list[Suppressed]
    devices: list[Device]


@blueprint.get("")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="contacts")
def show_all(query: Page) -> Items:
    """List contacts, the newest first."""
    return _list(Wanted(query.search, query.segment), query.before)


@blueprint.post("/search")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="contacts")
def search(body: Sought) -> Items:
    """List the contacts for whom a condition is true now, the newest first."""
    condition = None if body.condition is None else read_condition(body.condition)
    if condition is not None and (private := list_private(condition)):
        raise Invalid(PRIVATE.format(", ".join(private)))
    return _list(Wanted(body.search, body.segment, condition), body.before)


@blueprint.get("/<uuid:uid>")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="contacts")
def show(uid: UUID) -> Shown:
    """Show everything known of one contact."""
    house = get_house()
    with house.database.reading() as session:
        row = get_by_uid(session, uid)
        zone = resolve_zone(contact=row.timezone, instance=house.settings.timezone)
        return Shown(
            **_describe(session, [row])[0],
            timezone=row.timezone,
            zone=zone.zone.key,
            zone_source=zone.source.value,
            email_confirmed=row.email_confirmed,
            phone_confirmed=row.phone_confirmed,
            identities=_load_identities(session, row.id),
            attributes=row.attributes,
            said_at={
                name: _EPOCH + timedelta(microseconds=micros)
                for name, micros in row.attribute_times.items()
                if name in row.attributes
            },
            consents=load_choices(session, row.id),
            pending=load_pending(session, row.id),
            paused_until=row.paused_until,
            segments=_load_memberships(session, row.id),
            enrollments=list_passages(session, row.id, limit=PASSAGES),
            suppressions=_load_suppressions(session, row),
            devices=[
                Device(
                    browser=one.agent,
                    is_confirmed=one.is_confirmed or not row.is_vouched,
                    created_at=one.created_at,
                    worked_at=one.worked_at,
                )
                for one in list_devices(session, row.id)
            ],
        )


def _list(wanted: Wanted, before: int | None) -> Items:
    house = get_house()
    with house.database.reading() as session:
        choosing = Choosing(session, wanted, house.clock.now(), house.settings.timezone)
        found = choosing.list_page(before=before, limit=PAGE)
        total = choosing.count() if before is None else None
        rows = session.scalars(
            select(Contact).where(Contact.id.in_(found.ids)).order_by(Contact.id.desc())
        ).all()
        items = [Item(**one) for one in _describe(session, rows)]
    return Items(
        items=items,
        next=found.next,
        is_cut=found.is_cut,
        total=None if total is None else Total(count=total.count, exact=total.exact),
    )


def _describe(session: Session, rows: Any) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    external = session.execute(
        select(Identity.contact_id, Identity.value).where(
            Identity.contact_id.in_(ids), Identity.kind == "external"
        )
    )
    active = session.execute(
        select(ContactState.contact_id, ContactState.active_at).where(
            ContactState.contact_id.in_(ids)
        )
    )
    names: dict[int, str] = dict(external.all())
    seen: dict[int, datetime | None] = dict(active.all())
    return [
        {
            "id": row.uid,
            "name": describe_name(row),
            "email": row.email,
            "phone": row.phone,
            "external_id": names.get(row.id),
            "created_at": row.created_at,
            "active_at": seen.get(row.id),
        }
        for row in rows
    ]


def _load_identities(session: Session, contact_id: int) -> list[Known]:
    rows = session.execute(
        select(Identity.kind, Identity.value)
        .where(Identity.contact_id == contact_id)
        .order_by(Identity.kind, Identity.created_at.desc())
        .limit(MOST_IDENTITIES)
    )
    return [Known(kind=kind, value=value) for kind, value in rows]


def load_choices(session: Session, contact_id: int) -> list[Choice]:
    """Return how a contact's choices stand."""
    rows = session.execute(
        select(Consent, Topic.name)
        .join(Topic, Topic.key == Consent.topic, isouter=True)
        .where(Consent.contact_id == contact_id)
        .order_by(Consent.topic, Consent.channel)
    )
    return [
        Choice(
            topic=one.topic,
            topic_name=name or one.topic,
            channel=one.channel,
            choice=one.choice,
            changed_at=one.changed_at,
        )
        for one, name in rows
    ]


def name_topics(session: Session) -> dict[str, str]:
    """Return every topic's name by its key."""
    return dict(session.execute(select(Topic.key, Topic.name)).all())


def load_pending(session: Session, contact_id: int) -> list[Pending]:
    """Return what a contact was asked to confirm and has not."""
    rows = list_pending(session, contact_id)
    names = name_topics(session) if rows else {}
    return [
        Pending(
            topic=one.topic,
            topic_name=names.get(one.topic, one.topic),
            channel=one.channel,
            asked_at=one.asked_at,
            letters=one.letters,
        )
        for one in rows
    ]


def _load_memberships(session: Session, contact_id: int) -> list[Membership]:
    rows = session.execute(
        select(Segment.key, Segment.name, SegmentMember.since)
        .join(SegmentMember, SegmentMember.segment == Segment.key)
        .where(SegmentMember.contact_id == contact_id)
        .order_by(Segment.name, Segment.key)
    )
    return [Membership(key=key, name=name, since=since) for key, name, since in rows]


def _load_suppressions(session: Session, row: Contact) -> list[Suppressed]:
    addresses = [("email", row.email)] if row.email else []
    addresses += [("sms", row.phone)] if row.phone else []
    found = find_reasons(session, [(channel, str(address)) for channel, address in addresses])
    shown = [
        Suppressed(
            channel=channel,
            reason=one.reason,
            since=one.created_at,
            may_lift=one.reason != FORGOTTEN,
        )
        for (channel, _), one in sorted(found.items())
    ]
    told = find_opt_outs(session, [row.phone] if row.phone else [])
    return shown + [
        Suppressed(channel="sms", reason="opted_out", since=one.created_at, may_lift=False)
        for one in told.values()
    ]
