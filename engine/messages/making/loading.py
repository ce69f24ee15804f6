"""Loads claimed messages with all that making them needs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.contacts.push_devices import NOWHERE, load_reach
from engine.events.arrivals import RECORD
from engine.events.incoming import HOPS
from engine.messages.library.assets import load_attachments
from engine.messages.library.locales import find_wish, look_up
from engine.messages.parcels import Parcel
from engine.messages.senders.from_whom import load_registered
from engine.messages.webhooks.endpoints import get_old_secret
from engine.models.contact import Contact, Topic
from engine.models.event import Event
from engine.models.journey import Enrollment
from engine.models.message import Endpoint, Message, Template, TemplateVersion

_PARCELS: Final = (
    select(
        Message.id,
        Message.uid,
        Message.channel,
        Message.message_class,
        Message.topic,
        Message.contact_id,
        Message.journey_id,
        Message.enrollment_id,
        Message.node,
        Message.visit,
        Message.cause_id,
        Message.attempts,
        Message.created_at,
        Message.data,
        Message.template,
        Message.template_version_id,
        Message.target,
        Message.expires_at,
        Contact.uid.label("contact_uid"),
        Contact.attributes,
        Contact.email,
        Contact.phone,
        Enrollment.data.label("enrollment"),
        Enrollment.subject_kind,
        Enrollment.subject_id,
        Topic.sender,
    )
    .join(Contact, Contact.id == Message.contact_id, isouter=True)
    .join(Enrollment, Enrollment.id == Message.enrollment_id, isouter=True)
    .join(Topic, Topic.key == Message.topic, isouter=True)
    .where(Message.id.in_(bindparam("ids", expanding=True)))
    .order_by(Message.id)
)  # built once: building it costs more than asking it


@dataclass(frozen=True, slots=True)
class _Words:
    """A version of a template as stored, with its variants by language tag."""

    version_id: int | None = None
    compiled: Mapping[str, Any] | None = None
    variants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sender: str | None = None
    files: Sequence[str] = ()

    def choose(self, attributes: Mapping[str, Any] | None) -> str | None:
        """Return which variant a contact reads; None: the words for everybody."""
        return look_up(find_wish(attributes or {}), self.variants) if self.variants else None


_NOTHING: Final = _Words()
_WORDS: Final = (
    TemplateVersion.id,
    TemplateVersion.compiled,
    TemplateVersion.compiled_variants,
    TemplateVersion.sender,
    TemplateVersion.files,
)


def load_parcels(
    session: Session, ids: Sequence[int], *, owner: str, now: datetime
) -> list[Parcel]:
    """Return the parcels of these messages, in the order in which they were due."""
    rows = session.execute(_PARCELS, {"ids": list(ids)}).all()
    unmade = {row.template for row in rows if row.template and not row.template_version_id}
    templates = _load_templates(session, unmade)
    made = _load_versions(session, {row.template_version_id for row in rows} - {None})
    endpoints = _load_endpoints(session, {_find_endpoint(row.data) for row in rows} - {None}, now)
    hops = _load_hops(session, [row for row in rows if row.channel == "webhook"])
    several = [*made.values(), *templates.values()]
    files = {one for words in several for one in words.files}
    attached = load_attachments(session, files) if files else {}
    named = {one.sender for one in several}
    named |= {each for row in rows for each in (row.sender, row.data.get("sender"))}
    senders = load_registered(session, {one for one in named if one})
    pushed = {row.contact_id for row in rows if row.channel == "push"}
    reach = load_reach(session, pushed) if pushed else {}
    parcels = []
    for row in rows:
        words = made.get(row.template_version_id) or templates.get(row.template) or _NOTHING
        variant = words.choose(row.attributes)
        travel: dict[str, Any] = row.enrollment or {}
        parcels.append(
            Parcel(
                id=row.id,
                uid=row.uid,
                channel=row.channel,
                message_class=row.message_class,
                topic=row.topic,
                contact_id=row.contact_id,
                journey_id=row.journey_id,
                enrollment_id=row.enrollment_id,
                node=row.node,
                visit=row.visit,
                cause_id=row.cause_id,
                attempts=row.attempts,
                created_at=row.created_at,
                owner=owner,
                settings=row.data,
                address=_find_address(row),
                devices=reach.get(row.contact_id, NOWHERE).devices if pushed else (),
                contact={
                    **(row.attributes or {}),
                    "id": str(row.contact_uid),
                    "email": row.email,
                    "phone": row.phone,
                },
                trigger=travel.get("trigger") or {},
                context=travel.get("context") or {},
                record=(RECORD, row.subject_id) if row.subject_kind == RECORD else None,
                template=row.template,
                template_version_id=words.version_id,
                compiled=words.compiled if variant is None else words.variants[variant],
                variant=variant,
                endpoint=endpoints.get(_find_endpoint(row.data)),
                target=row.target,
                hops=hops.get(row.cause_id, 0),
                expires_at=row.expires_at,
                sender=senders.get(row.data.get("sender"))
                or senders.get(words.sender)
                or senders.get(row.sender),
                attachments=tuple(attached.get(one) for one in words.files),
            )
        )
    return parcels


def _find_address(row: Any) -> str | None:
    match row.channel:
        case "push":
            return None
        case "email":
            address: str | None = row.email
        case _:
            address = row.phone
    return address


def _find_endpoint(data: dict[str, Any]) -> str | None:
    endpoint: str | None = data["data"].get("endpoint")
    return endpoint


def _load_templates(session: Session, keys: set[str]) -> dict[str, _Words]:
    if not keys:
        return {}
    rows = session.execute(
        select(
            Template.key,
            *_WORDS,
        )
        .join(TemplateVersion, TemplateVersion.id == Template.version_id)
        .where(Template.key.in_(keys))
    )
    return {key: _read(*columns) for key, *columns in rows}


def _load_versions(session: Session, ids: Collection[int]) -> dict[int, _Words]:
    """Return the words by which messages were made once; tried again, they stay the same."""
    if not ids:
        return {}
    rows = session.execute(select(*_WORDS).where(TemplateVersion.id.in_(ids)))
    return {columns[0]: _read(*columns) for columns in rows}


def _read(
    id_: int,
    compiled: Mapping[str, Any],
    variants: Mapping[str, Any] | None,
    sender: str | None,
    files: Sequence[str] | None,
) -> _Words:
    return _Words(id_, compiled, variants or {}, sender, files or ())


def _load_hops(session: Session, calls: Sequence[Any]) -> dict[int | None, int]:
    """Return through how many calls the events behind these calls came to us, by event."""
    causes = {row.cause_id for row in calls} - {None}
    if not causes:
        return {}
    rows = session.execute(select(Event.id, Event.context).where(Event.id.in_(causes)))
    told = {id_: (context or {}).get(HOPS) for id_, context in rows}
    return {id_: hops for id_, hops in told.items() if type(hops) is int}


def _load_endpoints(
    session: Session, keys: set[Any], now: datetime
) -> dict[str | None, dict[str, Any]]:
    if not keys:
        return {}
    return {
        row.key: {
            "url": row.url,
            "secret": row.secret,
            "old_secret": get_old_secret(row, now) or "",
            "headers": row.headers,
        }
        for row in session.scalars(select(Endpoint).where(Endpoint.key.in_(keys)))
    }
