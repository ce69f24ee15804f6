"""The browsers that take a contact's pushes: one comes, one goes, and which may be written to.

Whoever is at a page can say that they are somebody. So a device that only a page speaks of is written
to while no server has spoken of its contact; from then on, once the site's server vouches for who is
at that device (signed identity), as it is with addresses.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from channels.base import DeviceTold, Subscription
from engine.contacts.identify import Directory
from engine.db import change_rows, insert_into
from engine.models.contact import Contact, Identity, PushDevice

MOST: Final = 20
"""Devices of one contact; one more takes the place of that which was heard of longest ago."""
LONGEST_AGENT: Final = 40
_LIVE: Final = (
    select(
        PushDevice.id,
        PushDevice.contact_id,
        PushDevice.endpoint,
        PushDevice.p256dh,
        PushDevice.auth,
        PushDevice.worked_at,
        or_(PushDevice.is_confirmed, Contact.is_vouched.is_(False)).label("is_sure"),
    )
    .join(Contact, Contact.id == PushDevice.contact_id)
    .where(
        PushDevice.contact_id.in_(bindparam("ids", expanding=True)), PushDevice.gone_at.is_(None)
    )
    .order_by(PushDevice.id)
)  # built once: building it costs more than asking it


@dataclass(frozen=True, slots=True)
class Came:
    """A browser that somebody lets us push to.

    Attributes:
        external: the id by which the site knows who is at it.
        anonymous: the id of the visitor.
        is_signed: the site's server vouches for `external`.
        agent: the browser's name.
        replaces: the endpoint that this browser had before, which it has no more.
    """

    endpoint: str
    p256dh: str
    auth: str
    external: str | None
    anonymous: str | None
    is_signed: bool
    agent: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Of a contact: the devices that may be written to, and whether there are others."""

    devices: tuple[Subscription, ...]
    has_unsure: bool

    @property
    def address(self) -> str | None:
        """What stands for an address; None: it has no device."""
        return "devices" if self.devices or self.has_unsure else None


NOWHERE: Final = Reach((), has_unsure=False)


def subscribe(session: Session, came: Came, *, now: datetime) -> tuple[int, bool]:
    """Keep a device for whoever is at it; answer the contact, and whether it is new there.

    A browser is one person's: where somebody else was at it before, it is theirs no more. One whose
    subscription was renewed is the same browser: whoever knows its endpoint is at it.
    """
    contact_id = _find_or_make(session, came, now=now)
    digest = hash_endpoint(came.endpoint)
    digests = {digest, hash_endpoint(came.replaces or came.endpoint)}
    known = session.execute(
        select(PushDevice.contact_id, PushDevice.is_confirmed, PushDevice.gone_at)
        .where(PushDevice.endpoint_hash.in_(digests))
        .order_by(PushDevice.id)
        .with_for_update()
    ).all()
    before = [one for one in known if one.contact_id == contact_id]
    row = {
        "endpoint_hash": digest,
        "contact_id": contact_id,
        "endpoint": came.endpoint,
        "p256dh": came.p256dh,
        "auth": came.auth,
        "agent": came.agent[:LONGEST_AGENT],
        "is_confirmed": came.is_signed or any(one.is_confirmed for one in before),
        "created_at": now,
        "seen_at": now,
        "gone_at": None,
    }
    statement = insert_into(session, PushDevice)
    kept = {name: statement.excluded[name] for name in row if name != "created_at"}
    session.execute(
        statement.on_conflict_do_update(index_elements=[PushDevice.endpoint_hash], set_=kept), [row]
    )
    if renewed := digests - {digest}:
        change_rows(session, delete(PushDevice).where(PushDevice.endpoint_hash.in_(renewed)))
    _keep_few(session, contact_id)
    return contact_id, all(one.gone_at is not None for one in before)


def unsubscribe(session: Session, endpoint: str) -> int | None:
    """Forget a device; answer whose it was. Whoever knows its endpoint is at it."""
    digest = hash_endpoint(endpoint)
    contact_id = session.scalar(
        select(PushDevice.contact_id).where(
            PushDevice.endpoint_hash == digest, PushDevice.gone_at.is_(None)
        )
    )
    session.execute(delete(PushDevice).where(PushDevice.endpoint_hash == digest))
    return contact_id


def load_reach(session: Session, contact_ids: Collection[int]) -> dict[int, Reach]:
    """Return the devices of these contacts; of those who have none, nothing."""
    devices: defaultdict[int, list[Subscription]] = defaultdict(list)
    unsure: set[int] = set()
    for row in session.execute(_LIVE, {"ids": list(contact_ids)}):
        if not row.is_sure:
            unsure.add(row.contact_id)
            continue
        one = Subscription(
            row.id, row.endpoint, row.p256dh, row.auth, has_worked=row.worked_at is not None
        )
        devices[row.contact_id].append(one)
    return {one: Reach(tuple(devices[one]), one in unsure) for one in {*devices, *unsure}}


def takes_pushes(*, sure: bool = True) -> ColumnElement[bool]:
    """Return the condition that a contact, of a query of contacts, has a device that takes pushes.

    Args:
        sure: it may be written to as well.
    """
    live = exists().where(PushDevice.contact_id == Contact.id, PushDevice.gone_at.is_(None))
    if sure:
        live = live.where(or_(PushDevice.is_confirmed, Contact.is_vouched.is_(False)))
    return live.correlate(Contact)


def list_devices(session: Session, contact_id: int) -> Sequence[PushDevice]:
    """Return the devices of a contact that take pushes, those heard of last first."""
    return session.scalars(
        select(PushDevice)
        .where(PushDevice.contact_id == contact_id, PushDevice.gone_at.is_(None))
        .order_by(PushDevice.seen_at.desc(), PushDevice.id)
    ).all()


def has_devices(session: Session, contact_id: int) -> bool:
    """Return whether a contact has a device that takes pushes."""
    asked = select(PushDevice.id).where(
        PushDevice.contact_id == contact_id, PushDevice.gone_at.is_(None)
    )
    return session.scalar(asked.limit(1)) is not None


def note_told(session: Session, told: Collection[DeviceTold], *, now: datetime) -> None:
    """Note which devices took a push, and which are gone for good."""
    took = sorted(one.subscription for one in told if one.took)
    gone = sorted(one.subscription for one in told if one.is_gone)
    for ids, column in ((took, PushDevice.worked_at), (gone, PushDevice.gone_at)):
        if ids:
            statement = update(PushDevice).where(PushDevice.id.in_(ids)).values({column: now})
            session.execute(statement.execution_options(synchronize_session=False))


def hash_endpoint(endpoint: str) -> bytes:
    """Return by what an endpoint is found, however long it is."""
    return hashlib.sha256(endpoint.encode()).digest()


def _find_or_make(session: Session, came: Came, *, now: datetime) -> int:
    """Return whose device it is, as tracking would find them; the site's own id comes first."""
    key = ("external", came.external) if came.external else ("anonymous", came.anonymous or "")
    directory = Directory(session, [key], now=now)
    known = directory.identify(
        external=came.external, anonymous=None if came.external else came.anonymous
    )
    if came.is_signed:
        directory.vouch(known)
    directory.write_contacts()
    directory.write_identities()
    kept = session.scalar(
        select(Identity.contact_id).where(Identity.kind == key[0], Identity.value == key[1])
    )
    if kept is not None and kept != known.contact_id:  # another process was quicker
        change_rows(session, delete(Contact).where(Contact.id == known.contact_id))
        return kept
    return known.contact_id


def _keep_few(session: Session, contact_id: int) -> None:
    """Drop what is beyond the measure: first what no server vouches for, then the oldest."""
    ids = session.scalars(
        select(PushDevice.id)
        .where(PushDevice.contact_id == contact_id)
        .order_by(
            PushDevice.gone_at.is_not(None),
            PushDevice.is_confirmed.desc(),
            PushDevice.seen_at.desc(),
            PushDevice.id.desc(),
        )
        .offset(MOST)
        .limit(MOST)
    ).all()
    if ids:
        change_rows(session, delete(PushDevice).where(PushDevice.id.in_(ids)))
