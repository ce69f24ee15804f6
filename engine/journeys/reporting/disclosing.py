"""Everything held on one contact, as a person may ask for it (GDPR, articles 15 and 20).

Source: Regulation (EU) 2016/679: a copy of the personal data, in a structured, commonly used and
machine-readable format.
"""

import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import DeclarativeBase, Session

from engine.models.contact import Consent, ConsentProof, ConsentRequest, Contact, Identity
from engine.models.event import Event
from engine.models.journey import Enrollment, GoalReached, Journey
from engine.models.message import Message, MessageContent, TestLetter
from engine.models.question import Question
from engine.models.record import Record
from engine.models.segment import Segment, SegmentMember
from engine.models.touch import Touch

FORMAT: Final = 1
BATCH: Final = 500
Row = dict[str, Any]


def disclose(session: Session, contact_id: int, *, now: datetime) -> Iterator[bytes]:
    """Yield a JSON document with everything held on a contact, piece by piece.

    It is read a few hundred rows at a time, so that a long history costs no memory.

    Args:
        session: for reading, open until the last piece is taken.
        now: the present instant.
    """
    contact = session.get_one(Contact, contact_id)
    about = {
        "id": str(contact.uid),
        "created_at": contact.created_at,
        "email": contact.email,
        "email_confirmed": contact.email_confirmed,
        "phone": contact.phone,
        "phone_confirmed": contact.phone_confirmed,
        "timezone": contact.timezone,
        "paused_until": contact.paused_until,
        "attributes": contact.attributes,
    }
    yield b'{"format":%d,"written_at":%s,"contact":%s' % (FORMAT, _dump(now), _dump(about))
    for name, (asked, write) in _list_parts(contact_id).items():
        yield b",\n" + _dump(name) + b":["
        is_first = True
        for row in session.execute(asked.execution_options(yield_per=BATCH)):
            yield (b"\n" if is_first else b",\n") + _dump(write(row))
            is_first = False
        yield b"]"
    yield b"}\n"


def _list_parts(contact_id: int) -> dict[str, tuple[Select[Any], Callable[[Any], Row]]]:
    """Return what else is held, by name: what to ask for, and how a row is written."""

    def of(table: type[DeclarativeBase], *names: str) -> tuple[Select[Any], Callable[[Any], Row]]:
        columns = [_column(table, name) for name in names]
        asked = select(*columns).where(_column(table, "contact_id") == contact_id)
        return asked.order_by(columns[0]), lambda row: dict(zip(names, row, strict=True))

    return {
        "identities": of(Identity, "kind", "value", "created_at"),
        "consents": of(Consent, "topic", "channel", "choice", "changed_at"),
        "consent_history": of(
            ConsentProof,
            "occurred_at", "recorded_at", "topic", "channel", "choice", "source", "proof",
        ),
        "consent_requests": of(
            ConsentRequest, "asked_at", "topic", "channel", "source", "proof", "confirmed_at"
        ),
        "segments": (
            select(SegmentMember.segment, Segment.name, SegmentMember.since)
            .join(Segment, Segment.key == SegmentMember.segment)
            .where(SegmentMember.contact_id == contact_id)
            .order_by(SegmentMember.segment),
            lambda row: {"key": row[0], "name": row[1], "since": row[2]},
        ),
        "records": of(Record, "type", "key", "state", "fields", "created_at", "updated_at"),
        "journeys": (
            select(Enrollment, Journey.key, Journey.name)
            .join(Journey, Journey.id == Enrollment.journey_id)
            .where(Enrollment.contact_id == contact_id)
            .order_by(Enrollment.id),
            lambda row: _write_enrollment(*row),
        ),
        "goals": (
            select(GoalReached.at, GoalReached.goal, GoalReached.value, Journey.key)
            .join(Enrollment, Enrollment.id == GoalReached.enrollment_id)
            .join(Journey, Journey.id == Enrollment.journey_id)
            .where(Enrollment.contact_id == contact_id)
            .order_by(GoalReached.at),
            lambda row: {"at": row[0], "goal": row[1], "value": row[2], "journey": row[3]},
        ),
        "messages": (
            select(Message, MessageContent.recipient, MessageContent.subject, MessageContent.text)
            .join(MessageContent, MessageContent.message_id == Message.id, isouter=True)
            .where(Message.contact_id == contact_id)
            .order_by(Message.id),
            lambda row: _write_message(*row),
        ),
        "opens_and_clicks": (
            select(Touch.at, Touch.kind, Touch.made_by, Touch.agent, Touch.network, Message.uid)
            .join(Message, Message.id == Touch.message_id)
            .where(Message.contact_id == contact_id)
            .order_by(Touch.id),
            lambda row: dict(
                zip(("at", "kind", "made_by", "agent", "network", "message"), row, strict=True)
            ),
        ),
        "test_letters": of(TestLetter, "sent_at", "channel", "template", "subject"),
        "questions": of(
            Question, "asked_at", "node", "words", "answered_at", "answer", "values", "closed_at"
        ),
        "events": of(
            Event,
            "occurred_at", "received_at", "name", "message_id", "properties", "context", "actor",
            "channel", "mode",
        ),
    }  # fmt: skip


def _column(table: type[DeclarativeBase], name: str) -> ColumnElement[Any]:
    column: ColumnElement[Any] = getattr(table, name)
    return column


def _write_enrollment(row: Enrollment, key: str, name: str) -> Row:
    return {
        "journey": key,
        "name": name,
        "entered_at": row.entered_at,
        "entry_key": row.entry_key,
        "ended_at": row.ended_at,
        "reason": row.reason,
        "data": row.data,
    }


def _write_message(
    row: Message, recipient: str | None, subject: str | None, text: bytes | None
) -> Row:
    return {
        "created_at": row.created_at,
        "sent_at": row.sent_at,
        "delivered_at": row.delivered_at,
        "opened_at": row.opened_at,
        "clicked_at": row.clicked_at,
        "bounced_at": row.bounced_at,
        "direction": row.direction,
        "channel": row.channel,
        "class": row.message_class,
        "topic": row.topic,
        "template": row.template,
        "to": recipient,
        "subject": subject,
        "text": None if text is None else zlib.decompress(text).decode(),
    }


def _dump(value: Any) -> bytes:
    return orjson.dumps(value, default=str, option=orjson.OPT_UTC_Z)
