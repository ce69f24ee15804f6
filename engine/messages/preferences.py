"""What a person chooses on their own page: topics by channel, a rest from marketing, or nothing more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.contacts.choices import CHANNELS, EVERYTHING, Choice, ConsentChange
from engine.contacts.consent import record_consents
from engine.contacts.push_devices import has_devices
from engine.contacts.requests import list_pending
from engine.errors import Invalid
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import PAUSED, RESUMED, SUBSCRIBED, UNSUBSCRIBED
from engine.language.say import say
from engine.messages.unsubscribe import follow_merges, hold_readers
from engine.models.contact import Consent, Contact, Topic
from engine.models.message import Message

SOURCE: Final = "preference_page"
PAUSES: Final = (30, 60, 90)
"""Days for which somebody may ask for a rest."""
Line = tuple[str, str]
"""(topic, channel)."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A topic that people may choose, with what comes of it now, by channel.

    Attributes:
        pending: it waits to be confirmed by the letter that was sent.
    """

    key: str
    name: str
    description: str
    channels: Mapping[str, bool]
    pending: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Whose page it is, and what stands on it."""

    contact_id: int
    message_id: int
    language: str | None
    topics: Sequence[Offered]
    paused_until: datetime | None


def find_person(session: Session, message_uid: UUID, *, now: datetime) -> Person | None:
    """Return whom a message went to, and their choices; None if they, or it, are gone.

    Topics that are put away or kept private are not among them. A channel is offered to whom it
    can reach.
    """
    row = session.execute(
        select(Message.id, Message.contact_id).where(Message.uid == message_uid)
    ).one_or_none()
    contact_id = None if row is None else follow_merges(session, row.contact_id)
    if row is None or contact_id is None:
        return None
    contact = session.get_one(Contact, contact_id)
    channels = [
        name
        for name, address in (("email", contact.email), ("sms", contact.phone))
        if address is not None
    ]
    if has_devices(session, contact_id):
        channels.append("push")
    chosen = _load_choices(session, contact_id)
    pending = {one.topic for one in list_pending(session, contact_id)}
    topics = session.scalars(
        select(Topic)
        .where(Topic.archived_at.is_(None), Topic.is_public.is_(True))
        .order_by(Topic.name, Topic.key)
    ).all()
    offered = [
        Offered(
            topic.key,
            topic.name,
            topic.description,
            {name: _comes(chosen, topic, name) for name in channels},
            topic.key in pending,
        )
        for topic in topics
    ]
    paused = contact.paused_until
    is_paused = paused is not None and paused > now
    language = contact.attributes.get("language") or contact.attributes.get("locale")
    return Person(
        contact_id,
        row.id,
        language if isinstance(language, str) else None,
        offered,
        paused if is_paused else None,
    )


def choose(
    session: Session,
    person: Person,
    ticked: Collection[Line],
    seen: Collection[Line] = (),
    *,
    shown: Mapping[str, Any],
    now: datetime,
) -> int:
    """Keep what a person ticked; answer how many choices are others now.

    Only what the page offers is looked at. The link came to the person's own address, so that a
    yes needs no letter of its own.

    Args:
        seen: what stood on the page: what was offered only since is not chosen by it. Without any,
            all that is offered now stood there.
        shown: what proves it: the words on the page, from where they were sent.
    """
    wanted: dict[Line, Choice] = {
        (topic.key, channel): "subscribed" if (topic.key, channel) in ticked else "unsubscribed"
        for topic in person.topics
        for channel, comes in topic.channels.items()
        if ((topic.key, channel) in ticked) != comes and (not seen or (topic.key, channel) in seen)
    }
    return _keep(session, person, wanted, shown=shown, now=now)


def leave_everything(
    session: Session, person: Person, *, shown: Mapping[str, Any], now: datetime
) -> int:
    """Let no marketing come any more, of no topic: not of private ones, nor of those to come."""
    readers = hold_readers(session, person.message_id, "email")
    topics = {
        EVERYTHING,
        *session.scalars(select(Topic.key)),
        *session.scalars(select(Consent.topic).where(Consent.contact_id.in_(readers))),
    }
    wanted: dict[Line, Choice] = {
        (topic, channel): "unsubscribed" for topic in sorted(topics) for channel in CHANNELS
    }
    return _keep(session, person, wanted, shown=shown, now=now)


def pause(session: Session, person: Person, days: int | None, *, now: datetime) -> None:
    """Let no marketing come for so many days; None: from now on it comes again.

    Raises:
        Invalid: for a time that is not offered.
    """
    if days is not None and days not in PAUSES:
        raise Invalid(say("marketing can rest for 30, 60 or 90 days"))
    readers = hold_readers(session, person.message_id, "email")
    if not readers:
        return
    contact_id = readers[0]
    until = None if days is None else now + timedelta(days=days)
    session.execute(
        update(Contact)
        .where(Contact.id == contact_id)
        .values(paused_until=until)
        .execution_options(synchronize_session=False)
    )
    name = PAUSED if until is not None else RESUMED
    event = OwnEvent(
        contact_id=contact_id,
        name=name,
        occurred_at=now,
        properties={} if until is None else {"until": until.isoformat()},
        actor="contact",
        message_id=f"{name}:{contact_id}:{now.isoformat()}",
    )
    append_own(session, [event], now=now)


def _keep(
    session: Session,
    person: Person,
    wanted: Mapping[Line, Choice],
    *,
    shown: Mapping[str, Any],
    now: datetime,
) -> int:
    """Keep choices of the letter's reader; a no to letters is one of whoever else has the address."""
    if not wanted:
        return 0
    readers = hold_readers(session, person.message_id, "email")
    chosen = {contact_id: _load_choices(session, contact_id) for contact_id in readers}
    changes = [
        ConsentChange(
            contact_id=contact_id,
            topic=topic,
            channel=channel,
            choice=choice,
            occurred_at=now,
            source=SOURCE,
            proof={**shown, "message_id": person.message_id},
        )
        for contact_id in readers
        for (topic, channel), choice in wanted.items()
        if (contact_id == readers[0] or (channel, choice) == ("email", "unsubscribed"))
        and chosen[contact_id].get((topic, channel)) != choice
    ]
    record_consents(session, changes, now=now)
    events = [
        OwnEvent(
            contact_id=change.contact_id,
            name=SUBSCRIBED if change.choice == "subscribed" else UNSUBSCRIBED,
            occurred_at=now,
            properties={"topic": change.topic},
            channel=change.channel,
            message_id=f"page:{person.message_id}:{change.key}:{now.isoformat()}",
        )
        for change in changes
        if change.topic != EVERYTHING
    ]
    append_own(session, events, now=now)
    return len(changes)


def _load_choices(session: Session, contact_id: int) -> dict[Line, str]:
    rows = session.execute(
        select(Consent.topic, Consent.channel, Consent.choice).where(
            Consent.contact_id == contact_id
        )
    )
    return {(topic, channel): choice for topic, channel, choice in rows}


def _comes(chosen: Mapping[Line, str], topic: Topic, channel: str) -> bool:
    choice = chosen.get((topic.key, channel)) or chosen.get((EVERYTHING, channel))
    return topic.opt_in == "implied" if choice is None else choice == "subscribed"
