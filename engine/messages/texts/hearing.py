"""Texts that come in: kept as messages, and what they ask for is done at once (rules 122 and 123)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.contacts.addresses import find_phone
from engine.contacts.sms_opt_outs import BY_TEXT, find_opt_outs, opt_in, opt_out
from engine.db import insert_into
from engine.errors import NotFound
from engine.events.accepting import OwnEvent, append_own
from engine.ids import derive_id
from engine.language.say import Sentence
from engine.messages.library.locales import find_wish
from engine.messages.parcels import ANSWER
from engine.messages.states import MessageState
from engine.messages.texts.inbound import Inbound, Received, receive
from engine.messages.texts.keywords import Meaning, read_meaning
from engine.messages.texts.sms_words import Kind, SmsWords, load_sms_words
from engine.models.contact import Contact
from engine.models.message import Message
from engine.tasks import Lane, ring

ANSWER_WITHIN: Final = timedelta(minutes=5)
"""So long the one confirmation of an opt-out may take, by 47 CFR 64.1200(a)(12)."""
OPTED_OUT: Final = "SMS Opted Out"
OPTED_IN: Final = "SMS Opted In"
UNCLEAR: Final = "SMS Unclear"
_LONGEST_PROOF: Final = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a text.

    Attributes:
        received: its row; None: whoever wrote it is nobody we know.
        meaning: what it asks for.
        is_new: it changed something, and was answered if answers are on.
    """

    received: Received | None
    meaning: Meaning
    is_new: bool = False


def hear(
    session: Session,
    inbound: Inbound,
    *,
    brand: str,
    now: datetime,
    written_at: datetime | None = None,
    is_answered: bool = False,
    is_rest: bool = False,
) -> Heard:
    """Keep a text that came in, and do what it asks for.

    An opt-out holds for numbers of nobody, too. It is confirmed once; a second STOP is not answered.

    Args:
        session: of a transaction.
        inbound: of the channel sms.
        brand: in whose name is answered, unless the instance says otherwise.
        now: the present instant.
        written_at: by the provider's word; texts may come late, and in another order. None: now.
        is_answered: the provider has answered already.
        is_rest: it is a later part of a longer text, and no beginning.
    """
    received = _receive(session, inbound, now=now)
    number = find_phone(inbound.sender)
    if number is None or is_rest or (received is not None and received.is_duplicate):
        return Heard(received, Meaning.OTHER)
    words = load_sms_words(session)
    is_opted_out = bool(find_opt_outs(session, [number]))
    meaning = read_meaning(inbound.text, is_opted_out=is_opted_out, stop_words=words.stop_words)
    is_new = _act(session, meaning, number, inbound, now=min(written_at or now, now))
    if received is None:
        return Heard(None, meaning, is_new)
    contact = _find_contact(session, received)
    if is_new:
        _tell(session, contact, received, meaning, inbound, now=now)
    if meaning is Meaning.UNCLEAR:
        _ask_for_a_look(session, contact, received, inbound, now=now)
    kind = _find_answer(meaning, is_new=is_new)
    if kind is not None and words.answers and not is_answered:
        _answer(session, contact, received, kind, words, brand=brand, now=now)
    return Heard(received, meaning, is_new)


def _receive(session: Session, inbound: Inbound, *, now: datetime) -> Received | None:
    try:
        return receive(session, inbound, now=now)
    except NotFound:
        return None


def _act(
    session: Session, meaning: Meaning, number: str, inbound: Inbound, *, now: datetime
) -> bool:
    match meaning:
        case Meaning.STOP:
            return opt_out(session, number, source=BY_TEXT, now=now, written_to=inbound.recipient)
        case Meaning.START:
            return opt_in(session, number, now=now)
        case _:
            return False


def _find_answer(meaning: Meaning, *, is_new: bool) -> Kind | None:
    """Return what is answered; to HELP always, to STOP and START only where they changed something."""
    match meaning:
        case Meaning.HELP:
            return "help"
        case Meaning.STOP if is_new:
            return "stop"
        case Meaning.START if is_new:
            return "start"
        case _:
            return None


def _find_contact(session: Session, received: Received) -> Any:
    return session.execute(
        select(Contact.id, Contact.attributes, Contact.phone)
        .join(Message, Message.contact_id == Contact.id)
        .where(Message.uid == received.uid)
    ).one()


def _tell(
    session: Session,
    contact: Any,
    received: Received,
    meaning: Meaning,
    inbound: Inbound,
    *,
    now: datetime,
) -> None:
    name = OPTED_OUT if meaning is Meaning.STOP else OPTED_IN
    append_own(session, [_build_event(name, contact, received, inbound, now)], now=now)


def _build_event(
    name: str, contact: Any, received: Received, inbound: Inbound, now: datetime
) -> OwnEvent:
    return OwnEvent(
        contact_id=contact.id,
        name=name,
        occurred_at=now,
        message_id=f"{received.uid}:{name}",
        properties={
            "message": str(received.uid),
            "text": inbound.text[:_LONGEST_PROOF],
            "to": inbound.recipient,
        },
        actor="contact",
        channel="sms",
    )


def _ask_for_a_look(
    session: Session, contact: Any, received: Received, inbound: Inbound, *, now: datetime
) -> None:
    """Put a text before a colleague that may ask for no more of them."""
    append_own(session, [_build_event(UNCLEAR, contact, received, inbound, now)], now=now)
    answered = None
    if received.in_reply_to is not None:
        answered = session.scalar(
            select(Message.enrollment_id).where(Message.uid == received.in_reply_to)
        )
    # A notice that names nobody's enrollment holds no personal data, so it quotes no text then.
    quoted = f" “{inbound.text[:_LONGEST_PROOF]}”" if answered is not None else ""
    words = Sentence(
        "A text that came in may ask for no more texts:{quoted}. It opted nobody out by itself; "
        "look at the message {message}, and suppress the number if that is what it says.",
        quoted=quoted,
        message=str(received.uid),
    )
    notice = NewNotice(str(derive_id("unclear", str(received.uid))), OWNER, words, answered)
    add_notices(session, [notice], now=now)


def _answer(
    session: Session,
    contact: Any,
    received: Received,
    kind: Kind,
    words: SmsWords,
    *,
    brand: str,
    now: datetime,
) -> None:
    """Write the one answer, due now; it is no use later."""
    text = words.choose(kind, wish=find_wish(contact.attributes or {}), brand=brand)
    row = {
        "uid": derive_id("sms_answer", str(received.uid)),
        "channel": "sms",
        "message_class": "transactional",
        "contact_id": contact.id,
        "data": {"data": {}, "gates": {}, "resends": False, ANSWER: text},
        "state": MessageState.QUEUED,
        "created_at": now,
        "due_at": now,
        "expires_at": now + ANSWER_WITHIN,
    }
    statement = insert_into(session, Message)
    session.execute(statement.on_conflict_do_nothing(index_elements=[Message.uid]), [row])
    ring(session, Lane.SMS)
