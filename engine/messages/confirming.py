"""Double opt-in: the letter that asks whose an address is, and what its link does."""

import hmac
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.contacts.addresses import fold
from engine.contacts.choices import ConsentChange
from engine.contacts.consent import record_consents
from engine.contacts.requests import list_pending, take_turn
from engine.db import lock_contacts, lock_owner
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import CONFIRMED, SUBSCRIBED
from engine.ids import new_id
from engine.messages.links import ConfirmToken, seal_address
from engine.messages.standing import CONFIRMS
from engine.messages.states import MessageState
from engine.messages.templates import compile_words, load_partials, save_words
from engine.messages.unsubscribe import follow_merges
from engine.models.contact import Consent, ConsentRequest, Contact, Topic
from engine.models.message import Message, Template
from engine.resources import find_resource
from engine.tasks import Lane, ring

TEMPLATE: Final = "confirm-address"
"""Key of the letter's template. Its words may be changed like those of any other."""
SOURCE: Final = "confirmation_link"
VALID: Final = timedelta(days=14)
"""So long a letter's link confirms."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a letter's link confirms.

    Attributes:
        topics: key → name, as people read it.
        is_done: its reader has confirmed all of it already.
    """

    contact_id: int
    message_id: int
    topics: Mapping[str, str]
    is_done: bool


def write_letters(session: Session, *, now: datetime, limit: int, default_zone: str) -> int:
    """Write the letters that ask for what is to be confirmed; answer how many requests were due.

    One letter asks for all that one contact has to confirm. An address that had such a letter
    within 24 hours gets none, whoever enters it how often: then it is silent.
    """
    del default_zone
    due = session.scalars(
        select(ConsentRequest)
        .where(ConsentRequest.due_at.is_not(None), ConsentRequest.due_at <= now)
        .order_by(ConsentRequest.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    by_contact: defaultdict[int, list[ConsentRequest]] = defaultdict(list)
    for request in due:
        request.due_at = None
        by_contact[request.contact_id].append(request)
    if not due:
        return 0
    _ensure_template(session, now=now)
    addresses: dict[int, str | None] = dict(
        session.execute(
            select(Contact.id, Contact.email).where(Contact.id.in_(list(by_contact)))
        ).all()
    )
    names = _name_topics(session, {request.topic for request in due})
    for contact_id, requests in sorted(by_contact.items()):
        address = addresses.get(contact_id)
        if address is None or not take_turn(session, address, now=now):
            continue
        message = _build_message(contact_id, {one.topic: names[one.topic] for one in requests}, now)
        session.add(message)
        session.flush()
        for request in requests:
            request.message_id, request.letters = message.id, request.letters + 1
    session.flush()
    ring(session, Lane.EMAIL)
    return len(due)


def hold_asked(session: Session, token: ConfirmToken) -> None:
    """Take whom a letter asked into this transaction, so that what its link says stays so."""
    lock_owner(session, select(Message.contact_id).where(Message.uid == token.message_uid))


def find_confirmation(
    session: Session, token: ConfirmToken, secret: bytes, *, now: datetime
) -> Confirmation | None:
    """Return what a letter's link confirms; None of a link that is too old, or of nothing now.

    The letter went to one address; if the contact has another by now, the link says nothing of
    that one. A contact that was merged meanwhile is followed to the one it is now.
    """
    message = session.scalar(select(Message).where(Message.uid == token.message_uid))
    if message is None or now - message.created_at > VALID:
        return None
    contact_id = follow_merges(session, message.contact_id)
    address = session.scalar(select(Contact.email).where(Contact.id == contact_id))
    if contact_id is None or address is None:
        return None
    seal = seal_address(secret, token.message_uid, fold("email", address))
    asked: list[str] = message.data.get("topics") or []
    if not hmac.compare_digest(seal, token.seal) or not asked:
        return None
    names = _name_topics(session, set(asked))
    pending = {one.topic for one in list_pending(session, contact_id) if one.channel == "email"}
    if open_ones := [topic for topic in asked if topic in pending]:
        topics = {topic: names[topic] for topic in open_ones}
        return Confirmation(contact_id, message.id, topics, is_done=False)
    chosen = select(Consent.topic).where(
        Consent.contact_id == contact_id,
        Consent.channel == "email",
        Consent.choice == "subscribed",
        Consent.topic.in_(asked),
    )
    done = {topic: names[topic] for topic in session.scalars(chosen)}
    return Confirmation(contact_id, message.id, done, is_done=True) if done else None


def confirm(
    session: Session, found: Confirmation, *, shown: Mapping[str, Any], now: datetime
) -> None:
    """Let each yes count from now on, with its proof, and tell journeys. Repeating it is harmless.

    Args:
        shown: what proves it: the words on the page, from where it was confirmed.
    """
    lock_contacts(session, [found.contact_id])
    requests = [
        one
        for one in list_pending(session, found.contact_id)
        if one.channel == "email" and one.topic in found.topics
    ]
    changes = [
        ConsentChange(
            contact_id=found.contact_id,
            topic=one.topic,
            channel=one.channel,
            choice="subscribed",
            occurred_at=now,
            source=SOURCE,
            proof={
                **shown,
                "message_id": found.message_id,
                "asked": {
                    "at": one.asked_at.isoformat(),
                    "source": one.source,
                    **(one.proof or {}),
                },
            },
        )
        for one in requests
    ]
    if not changes:
        return
    record_consents(session, changes, now=now)
    for one in requests:
        one.confirmed_at, one.due_at = now, None
    session.flush()
    session.execute(
        update(Contact)
        .where(Contact.id == found.contact_id)
        .values(email_confirmed=True)
        .execution_options(synchronize_session=False)
    )
    append_own(
        session,
        [
            OwnEvent(
                contact_id=found.contact_id,
                name=name,
                occurred_at=now,
                properties={"topic": change.topic},
                channel=change.channel,
                message_id=f"{name}:{found.message_id}:{change.topic}:{now.isoformat()}",
            )
            for change in changes
            for name in (CONFIRMED, SUBSCRIBED)
        ],
        now=now,
    )


def _build_message(contact_id: int, topics: Mapping[str, str], now: datetime) -> Message:
    return Message(
        uid=new_id(),
        channel="email",
        message_class="transactional",
        contact_id=contact_id,
        template=TEMPLATE,
        data={
            "data": {"topic": ", ".join(topics.values())},
            "topics": list(topics),
            "gates": {CONFIRMS: True},
            "waits": False,
            "exits_on_error": False,
            "resends": False,
        },
        state=MessageState.QUEUED,
        created_at=now,
        due_at=now,
        expires_at=now + VALID,
    )


def _ensure_template(session: Session, *, now: datetime) -> None:
    """Keep the product's own words as a template, unless the instance has its own."""
    known = select(Template.id).where(Template.key == TEMPLATE, Template.version_id.is_not(None))
    if session.scalar(known) is not None:
        return
    folder = find_resource("templates/email") / "system"
    words = compile_words(
        "email",
        (folder / "confirm.mjml").read_text(encoding="utf-8"),
        {"de": (folder / "confirm.de.mjml").read_text(encoding="utf-8")},
        pool=None,
        partials=load_partials(),
    )
    save_words(session, TEMPLATE, words, by="sojourn", now=now)


def _name_topics(session: Session, keys: set[str]) -> dict[str, str]:
    asked = select(Topic.key, Topic.name).where(Topic.key.in_(sorted(keys)))
    names: dict[str, str] = dict(session.execute(asked).all())
    return {key: names.get(key, key) for key in keys}
