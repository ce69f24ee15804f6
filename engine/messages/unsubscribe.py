"""Acting on the link at the foot of a letter: the contact wants no more of this topic."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.contacts.addresses import fold
from engine.contacts.choices import ConsentChange
from engine.contacts.consent import record_consents
from engine.db import lock_contacts
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import UNSUBSCRIBED
from engine.models.contact import Consent, Contact, Topic
from engine.models.message import Message

SOURCE: Final = "unsubscribe_link"
MOST_SHARING: Final = 1_000
"""Contacts with one address that are looked at together."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a message was about: whose choice, for which topic, over which channel.

    Attributes:
        topic_name: as people read it.
    """

    contact_id: int
    topic: str
    topic_name: str
    channel: str
    message_id: int
    cause_id: int | None


def find_subscription(session: Session, message_uid: UUID) -> Subscription | None:
    """Return what the message was about; None of a message without a topic, or of none.

    A contact that was merged meanwhile is followed to the one it is now (rule 116).
    """
    row = session.execute(
        select(Message, Topic.name)
        .join(Topic, Topic.key == Message.topic, isouter=True)
        .where(Message.uid == message_uid, Message.topic.is_not(None))
    ).one_or_none()
    if row is None:
        return None
    message, topic_name = row
    contact_id = follow_merges(session, message.contact_id)
    if contact_id is None or message.topic is None:
        return None
    return Subscription(
        contact_id=contact_id,
        topic=message.topic,
        topic_name=topic_name or message.topic,
        channel=message.channel,
        message_id=message.id,
        cause_id=message.cause_id,
    )


def unsubscribe(session: Session, subscription: Subscription, *, how: str, now: datetime) -> bool:
    """Record that the letter's reader wants no more of this topic, with its proof, and tell journeys.

    Whoever else has the address is unsubscribed with its reader: nothing more comes to it. Repeating
    it is harmless: who has said so already is not recorded again. What is not yet being handed over
    is stopped by the gates, which are asked right before.

    Args:
        session: of a transaction.
        subscription: what is unsubscribed from.
        how: `one_click` (RFC 8058) or `page`.
        now: the present instant.

    Returns:
        Whether the choice is new.
    """
    readers = hold_readers(session, subscription.message_id, subscription.channel)
    known = set(
        session.scalars(
            select(Consent.contact_id).where(
                Consent.contact_id.in_(readers),
                Consent.topic == subscription.topic,
                Consent.channel == subscription.channel,
                Consent.choice == "unsubscribed",
            )
        )
    )
    changes = [
        ConsentChange(
            contact_id=contact_id,
            topic=subscription.topic,
            channel=subscription.channel,
            choice="unsubscribed",
            occurred_at=now,
            source=SOURCE,
            proof={"message_id": subscription.message_id, "how": how},
        )
        for contact_id in readers
        if contact_id not in known
    ]
    record_consents(session, changes, now=now)
    events = [
        OwnEvent(
            contact_id=change.contact_id,
            name=UNSUBSCRIBED,
            occurred_at=now,
            properties={"topic": change.topic},
            channel=change.channel,
            cause_id=subscription.cause_id if change.contact_id == readers[0] else None,
            message_id=f"unsubscribed:{subscription.message_id}:{change.contact_id}:{now.isoformat()}",
        )
        for change in changes
    ]
    append_own(session, events, now=now)
    return bool(changes)


def hold_readers(session: Session, message_id: int, channel: str) -> list[int]:
    """Take the affairs of a message's reader into this transaction, and of who shares the address.

    Returns:
        The contact to whom the message went, as it is by now, and behind it whoever else has the
        same e-mail address; nobody where the contact was erased.
    """
    held: list[int] = []
    while (found := _list_readers(session, message_id, channel)) != held:
        lock_contacts(session, found)  # until then one may be joined with another
        held = found
    return held


def _list_readers(session: Session, message_id: int, channel: str) -> list[int]:
    given = session.scalar(select(Message.contact_id).where(Message.id == message_id))
    reader = None if given is None else follow_merges(session, given)
    if reader is None:
        return []
    if channel != "email":
        return [reader]
    address = session.scalar(select(Contact.email).where(Contact.id == reader))
    if address is None:
        return [reader]
    others = session.scalars(
        select(Contact.id)
        .where(Contact.email.in_({address, fold("email", address)}), Contact.id != reader)
        .order_by(Contact.id)
        .limit(MOST_SHARING)
    )
    return [reader, *others]


def follow_merges(session: Session, contact_id: int) -> int | None:
    """Return the contact that this one is by now; None if it was erased."""
    seen: set[int] = set()
    current: int | None = contact_id
    while current is not None and current not in seen:
        seen.add(current)
        following = session.execute(
            select(Contact.merged_into).where(Contact.id == current, Contact.erased_at.is_(None))
        ).one_or_none()
        if following is None:
            return None
        if following[0] is None:
            return current
        current = following[0]
    return None
