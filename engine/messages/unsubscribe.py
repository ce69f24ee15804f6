"""Acting on the link at the foot of a letter: the contact wants no more of this topic."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.contacts.choices import ConsentChange
from engine.contacts.consent import record_consents
from engine.db import lock_contacts
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import UNSUBSCRIBED
from engine.models.contact import Consent, Contact, Topic
from engine.models.message import Message

SOURCE: Final = "unsubscribe_link"


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
    """Record that the contact wants no more of this topic, with its proof, and tell journeys.

    Repeating it is harmless: who has said so already is not recorded again. What is not yet being
    handed over is stopped by the gates, which are asked right before.

    Args:
        session: of a transaction.
        subscription: what is unsubscribed from.
        how: `one_click` (RFC 8058) or `page`.
        now: the present instant.

    Returns:
        Whether the choice is new.
    """
    lock_contacts(session, [subscription.contact_id])
    choice = session.scalar(
        select(Consent.choice).where(
            Consent.contact_id == subscription.contact_id,
            Consent.topic == subscription.topic,
            Consent.channel == subscription.channel,
        )
    )
    if choice == "unsubscribed":
        return False
    change = ConsentChange(
        contact_id=subscription.contact_id,
        topic=subscription.topic,
        channel=subscription.channel,
        choice="unsubscribed",
        occurred_at=now,
        source=SOURCE,
        proof={"message_id": subscription.message_id, "how": how},
    )
    record_consents(session, [change], now=now)
    event = OwnEvent(
        contact_id=subscription.contact_id,
        name=UNSUBSCRIBED,
        occurred_at=now,
        properties={"topic": subscription.topic},
        channel=subscription.channel,
        cause_id=subscription.cause_id,
        message_id=f"unsubscribed:{subscription.message_id}:{now.isoformat()}",
    )
    append_own(session, [event], now=now)
    return True


def follow_merges(session: Session, contact_id: int) -> int | None:
    """Return the contact that this one is now; None if that one was erased (rule 116)."""
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
