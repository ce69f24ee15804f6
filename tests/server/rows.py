"""Rows as the engine would have written them, for doors that only read or put back."""

import zlib
from itertools import count
from uuid import uuid4

from engine.journeys.deciding.states import EnrollmentStatus
from engine.messages.states import MessageState
from engine.models.contact import Contact
from engine.models.event import Event, EventBatch
from engine.models.journey import Enrollment, Journey, JourneyVersion
from engine.models.message import Message, MessageContent

_EVENT_IDS = count(1)


def add(session, row):
    session.add(row)
    session.flush()
    return row


def add_contact(session, now, **values):
    return add(session, Contact(uid=uuid4(), created_at=now, **values))


def add_batch(session, now, **values):
    defaults = {"source": "key:1", "trust": "write", "items": 3, "body": b"", "received_at": now}
    return add(session, EventBatch(**defaults | values))


def add_event(session, contact, name, at, **values):
    event = Event(
        id=next(_EVENT_IDS),
        received_at=at,
        contact_id=contact.id,
        subject_id=contact.id,
        name=name,
        occurred_at=at,
        **values,
    )
    return add(session, event)


def add_journey(session, now, key="welcome"):
    journey = add(
        session,
        Journey(key=key, name=key, state="live", draft={}, created_at=now, updated_at=now),
    )
    version = add(
        session,
        JourneyVersion(
            journey_id=journey.id,
            number=1,
            document={},
            digest="",
            published_at=now,
            published_by="user:1",
        ),
    )
    return journey, version


def add_enrollment(session, now, journey, version, contact, **values):
    defaults = {
        "status": EnrollmentStatus.WAITING,
        "node": 0,
        "entered_at": now,
        "arrived_at": now,
        "wake_at": now,
        "subject_id": contact.id,
    }
    return add(
        session,
        Enrollment(
            journey_id=journey.id,
            version_id=version.id,
            contact_id=contact.id,
            **defaults | values,
        ),
    )


def add_message(session, now, contact, **values):
    defaults = {
        "uid": uuid4(),
        "channel": "email",
        "message_class": "marketing",
        "topic": "newsletter",
        "node": "hello",
        "template": "welcome",
        "state": MessageState.QUEUED,
        "created_at": now,
        "due_at": now,
    }
    return add(session, Message(contact_id=contact.id, **defaults | values))


def add_letter(session, now, contact, *, html=b"<p>Hello</p>", text=b"Hello", **values):
    message = add_message(
        session,
        now,
        contact,
        **{"state": MessageState.SENT, "provider": "mailbox", "sent_at": now} | values,
    )
    add(
        session,
        MessageContent(
            message_id=message.id,
            sender="Shop <hello@example.com>",
            recipient="ann@example.com",
            subject="Hello",
            text=zlib.compress(text),
            html=None if html is None else zlib.compress(html),
            headers=[["List-Unsubscribe", "<https://example.com/u/x>"]],
        ),
    )
    return message
