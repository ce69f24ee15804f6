"""Letters and texts that come in: a message's row, what it answers, and the events of it."""

import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from engine.contacts.addresses import find_email, find_phone
from engine.contacts.finding import find_by_address, get_contact
from engine.db import insert_into, lock_contacts
from engine.errors import NotFound
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import MESSAGE_RECEIVED
from engine.ids import derive_id, new_id
from engine.language.say import say
from engine.messages.states import MessageState
from engine.models.message import Message, MessageContent

REPLIED: Final = {"email": "Email Replied", "sms": "SMS Replied"}
ANSWERABLE: Final = timedelta(days=7)
"""A text says not what it answers: it is the last that its sender was sent, within so long."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """What came in, as a provider or an application reports it.

    Attributes:
        sender: the address it came from.
        contact: an external id or ours, where the caller knows it.
        in_reply_to: our id of the message that it answers, or the provider's.
        provider_id: the provider's id of it: reported twice, it came once.
    """

    channel: Literal["email", "sms"]
    sender: str
    text: str
    subject: str = ""
    recipient: str = ""
    contact: str | None = None
    in_reply_to: str | None = None
    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of it.

    Attributes:
        uid: of the message's row.
        is_duplicate: it had been reported before.
        in_reply_to: uid of the message of ours that it answers.
    """

    uid: UUID
    is_duplicate: bool = False
    in_reply_to: UUID | None = None


def receive(session: Session, inbound: Inbound, *, now: datetime) -> Received:
    """Keep a message that came in; it becomes events that journeys may start, wait for or end by.

    Raises:
        NotFound: it is from nobody we know.
    """
    inbound = replace(inbound, sender=_normalize(inbound))
    answered = _find_named(session, inbound)
    contact_id = _find_sender(session, inbound, answered)
    lock_contacts(session, [contact_id])
    if answered is None and inbound.channel == "sms":
        answered = _find_last(session, contact_id, now)
    uid = (
        derive_id("inbound", inbound.channel, inbound.provider_id)
        if inbound.provider_id
        else new_id()
    )
    row = _build_row(inbound, uid, contact_id, answered, now)
    statement = insert_into(session, Message).values(row)
    message_id = session.scalar(
        statement.on_conflict_do_nothing(index_elements=[Message.uid]).returning(Message.id)
    )
    replied_to = answered.uid if answered else None
    if message_id is None:
        return Received(uid, is_duplicate=True, in_reply_to=replied_to)
    session.execute(insert_into(session, MessageContent), [_build_content(inbound, message_id)])
    events = [_tell(inbound, uid, contact_id, answered, now)]
    if answered is not None:
        session.execute(
            update(Message)
            .where(Message.id == answered.id, Message.replied_at.is_(None))
            .values(replied_at=now)
            .execution_options(synchronize_session=False)
        )
        events.append(_tell_reply(inbound, uid, contact_id, answered, now))
    append_own(session, events, now=now)
    return Received(uid, in_reply_to=replied_to)


def _normalize(inbound: Inbound) -> str:
    """Return the sender's address in the form in which addresses are kept; else as it is."""
    find = find_email if inbound.channel == "email" else find_phone
    return find(inbound.sender) or inbound.sender


def _find_named(session: Session, inbound: Inbound) -> Message | None:
    """Return the message of ours that it says to answer; None if it says nothing we know."""
    if inbound.in_reply_to is None:
        return None
    given = inbound.in_reply_to.strip()
    names = [Message.provider_id == given]
    if (uid := _read_uid(given)) is not None:
        names.append(Message.uid == uid)
    return session.scalar(
        select(Message)
        .where(Message.direction == "out", Message.channel == inbound.channel, or_(*names))
        .order_by(Message.id.desc())
        .limit(1)
    )


def _find_sender(session: Session, inbound: Inbound, answered: Message | None) -> int:
    if inbound.contact is not None:
        return get_contact(session, inbound.contact)
    found = find_by_address(session, inbound.channel, inbound.sender)
    if found is not None:
        return found
    if answered is not None:
        return answered.contact_id
    raise NotFound(
        say("nobody we know writes from this address, and it answers no message of ours")
    )


def _find_last(session: Session, contact_id: int, now: datetime) -> Message | None:
    return session.scalar(
        select(Message)
        .where(
            Message.contact_id == contact_id,
            Message.direction == "out",
            Message.channel == "sms",
            Message.sent_at > now - ANSWERABLE,
        )
        .order_by(Message.sent_at.desc(), Message.id.desc())
        .limit(1)
    )


def _build_row(
    inbound: Inbound, uid: UUID, contact_id: int, answered: Message | None, now: datetime
) -> dict[str, Any]:
    return {
        "uid": uid,
        "direction": "in",
        "channel": inbound.channel,
        "message_class": "transactional",
        "contact_id": contact_id,
        "data": {} if answered is None else {"in_reply_to": str(answered.uid)},
        "state": MessageState.SENT,
        "created_at": now,
        "due_at": now,
        "provider_id": inbound.provider_id,
    }


def _build_content(inbound: Inbound, message_id: int) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "sender": inbound.sender[:320],
        "recipient": inbound.recipient[:2000],
        "subject": inbound.subject[:998],
        "text": zlib.compress(inbound.text.encode()),
        "html": None,
        "headers": [],
    }


def _tell(
    inbound: Inbound, uid: UUID, contact_id: int, answered: Message | None, now: datetime
) -> OwnEvent:
    properties: dict[str, Any] = {
        "message": str(uid),
        "channel": inbound.channel,
        "from": inbound.sender,
        "text": inbound.text,
    }
    if inbound.subject:
        properties["subject"] = inbound.subject
    if answered is not None:
        properties |= _describe(answered)
    return OwnEvent(
        contact_id=contact_id,
        name=MESSAGE_RECEIVED,
        occurred_at=now,
        message_id=f"{uid}:received",
        properties=properties,
        actor="contact",
        channel=inbound.channel,
    )


def _tell_reply(
    inbound: Inbound, uid: UUID, contact_id: int, answered: Message, now: datetime
) -> OwnEvent:
    return OwnEvent(
        contact_id=contact_id,
        name=REPLIED[inbound.channel],
        occurred_at=now,
        message_id=f"{uid}:replied",
        properties={"message": str(uid)} | _describe(answered),
        actor="contact",
        channel=inbound.channel,
    )


def _describe(answered: Message) -> dict[str, Any]:
    """Return what events say of the message that was answered; nothing empty."""
    said = {
        "in_reply_to": str(answered.uid),
        "template": answered.template,
        "node": answered.node,
        "enrollment_id": answered.enrollment_id,
    }
    return {name: value for name, value in said.items() if value is not None}


def _read_uid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
