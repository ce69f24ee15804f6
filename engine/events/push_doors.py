"""A page says that its browser takes pushes, or takes none any more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.contacts.choices import ConsentChange
from engine.contacts.consent import list_new, record_consents
from engine.contacts.push_devices import Came, hash_endpoint, subscribe, unsubscribe
from engine.db import lock_contacts
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import PUSH_SUBSCRIBED, PUSH_UNSUBSCRIBED
from engine.models.contact import Contact, Topic

SOURCE: Final = "push_prompt"


def take_subscription(
    session: Session,
    came: Came,
    topics: Sequence[str],
    *,
    shown: dict[str, Any],
    now: datetime,
) -> list[str]:
    """Keep a browser, and what its owner said yes to in it; answer the topics that were taken.

    A page speaks for its visitor where the site's server vouches for them, or has never spoken of
    them. A yes that a page states never lifts a no that was said elsewhere.

    Args:
        topics: keys; those that there are not, or that are put away, are left out.
        shown: what proves the yes: the page, the key.
    """
    contact_id, is_new = subscribe(session, came, now=now)
    lock_contacts(session, [contact_id])
    taken = _take_topics(session, came, contact_id, topics, shown=shown, now=now)
    if is_new:
        said = {"browser": came.agent} if came.agent else {}
        _tell(session, PUSH_SUBSCRIBED, contact_id, came.endpoint, said, now=now)
    return taken


def end_subscription(session: Session, endpoint: str, *, now: datetime) -> None:
    """Forget a browser. Repeating it is harmless."""
    contact_id = unsubscribe(session, endpoint)
    if contact_id is not None:
        _tell(session, PUSH_UNSUBSCRIBED, contact_id, endpoint, {}, now=now)


def _take_topics(
    session: Session,
    came: Came,
    contact_id: int,
    topics: Sequence[str],
    *,
    shown: dict[str, Any],
    now: datetime,
) -> list[str]:
    if not topics:
        return []
    is_vouched = session.scalar(select(Contact.is_vouched).where(Contact.id == contact_id))
    if is_vouched and not came.is_signed:
        return []
    offered = session.scalars(
        select(Topic.key)
        .where(Topic.key.in_(list(topics)), Topic.archived_at.is_(None))
        .order_by(Topic.key)
    ).all()
    changes = [
        ConsentChange(
            contact_id=contact_id,
            topic=topic,
            channel="push",
            choice="subscribed",
            occurred_at=now,
            source=SOURCE,
            proof=shown,
            is_dated=False,
            is_trusted=came.is_signed,
        )
        for topic in offered
    ]
    record_consents(session, list_new(session, changes), now=now)
    return list(offered)


def _tell(
    session: Session,
    name: str,
    contact_id: int,
    endpoint: str,
    properties: dict[str, Any],
    *,
    now: datetime,
) -> None:
    event = OwnEvent(
        contact_id=contact_id,
        name=name,
        occurred_at=now,
        properties=properties,
        actor="contact",
        channel="push",
        message_id=f"{name}:{hash_endpoint(endpoint).hex()[:32]}:{now.isoformat()}",
    )
    append_own(session, [event], now=now)
