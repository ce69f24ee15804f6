"""Messages found by what is known of them and of whom they are for: a bounded page, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from engine.bulk import is_among
from engine.contacts.finding import get_by_uid
from engine.contacts.searching import select_found
from engine.db import OutOfTime, limited
from engine.errors import Unavailable
from engine.language.say import say
from engine.messages.states import MessageState
from engine.models.contact import Contact
from engine.models.journey import Journey
from engine.models.message import Message, MessageContent, Template

LOOKING: Final = timedelta(seconds=3)
MOST_PEOPLE: Final = 1_000
"""Of whom messages are looked for, where more are found by what was typed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages to list: all that is given has to be true of one.

    Attributes:
        search: the beginning of an address, name or id of whom it is for; a message's own id whole.
        contact: whom it is for, by id.
        journey: key.
        node: of the journey.
        template: key.
        states: any of these; none: all.
        received: those that came in, too; with no states given, they alone.
        reason: why it did not leave.
        since: not intended before.
        until: intended before.
    """

    search: str = ""
    contact: UUID | None = None
    journey: str | None = None
    node: str | None = None
    template: str | None = None
    channel: str | None = None
    message_class: str | None = None
    states: tuple[MessageState, ...] = ()
    received: bool = False
    reason: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A message in a list."""

    message: Message
    contact: Contact
    journey: str | None
    journey_name: str | None
    template_name: str | None
    recipient: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of messages.

    Attributes:
        next: the id below which the next page begins; None: there is none.
        is_cut: so many people were found that only the newest of them were looked at.
    """

    lines: list[Line]
    next: int | None
    is_cut: bool = False


def find_messages(session: Session, wanted: Wanted, *, before: int | None, limit: int) -> Found:
    """Return a page of messages, the newest first.

    Raises:
        NotFound: there is no such contact.
        Unavailable: finding them takes too long.
    """
    try:
        with limited(session, LOOKING):
            return _find(session, wanted, before, limit)
    except OutOfTime:
        raise Unavailable(say("finding them takes too long: narrow what is looked for")) from None


def _find(session: Session, wanted: Wanted, before: int | None, limit: int) -> Found:
    asked = select(Message.id).order_by(Message.id.desc()).limit(limit + 1)
    asked, is_cut = _narrow_people(session, asked, wanted)
    for condition in _list_conditions(wanted):
        asked = asked.where(condition)
    if before is not None:
        asked = asked.where(Message.id < before)
    ids = list(session.scalars(asked))
    lines = _load(session, ids[:limit])
    return Found(lines, ids[limit - 1] if len(ids) > limit else None, is_cut)


def _narrow_people(
    session: Session, asked: Select[int], wanted: Wanted
) -> tuple[Select[int], bool]:
    """Ask first who is meant, so that each of them is then one stretch of an index."""
    if wanted.contact is not None:
        asked = asked.where(Message.contact_id == get_by_uid(session, wanted.contact).id)
    text = wanted.search.strip()
    if not text:
        return asked, False
    if (uid := _read_uid(text)) is not None:
        own = session.scalar(select(Message.id).where(Message.uid == uid))
        if own is not None:
            return asked.where(Message.id == own), False
    people = list(
        session.scalars(
            select(Contact.id)
            .where(Contact.id.in_(select_found(session, text)), Contact.erased_at.is_(None))
            .order_by(Contact.id.desc())
            .limit(MOST_PEOPLE + 1)
        )
    )
    return asked.where(Message.contact_id.in_(people[:MOST_PEOPLE])), len(people) > MOST_PEOPLE


def _list_conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    same = {
        Message.template: wanted.template,
        Message.channel: wanted.channel,
        Message.message_class: wanted.message_class,
        Message.reason: wanted.reason,
        Message.node: wanted.node,
    }
    found = [column == value for column, value in same.items() if value is not None]
    if wanted.journey is not None:
        journeys = select(Journey.id).where(Journey.key == wanted.journey).scalar_subquery()
        found.append(Message.journey_id == journeys)
    if wanted.since is not None:
        found.append(Message.created_at >= wanted.since)
    if wanted.until is not None:
        found.append(Message.created_at < wanted.until)
    states: list[ColumnElement[bool]] = []
    if wanted.states:
        states.append(and_(Message.direction == "out", is_among(Message.state, wanted.states)))
    if wanted.received:
        states.append(Message.direction == "in")
    return [*found, or_(*states)] if states else found


def _load(session: Session, ids: Sequence[int]) -> list[Line]:
    rows = session.execute(
        select(
            Message,
            Contact,
            Journey.key,
            Journey.name,
            Template.name,
            MessageContent.recipient,
            MessageContent.subject,
        )
        .join(Contact, Contact.id == Message.contact_id)
        .join(Journey, Journey.id == Message.journey_id, isouter=True)
        .join(Template, Template.key == Message.template, isouter=True)
        .join(MessageContent, MessageContent.message_id == Message.id, isouter=True)
        .where(Message.id.in_(ids))
        .order_by(Message.id.desc())
    )
    return [Line(*row) for row in rows]


def _read_uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
