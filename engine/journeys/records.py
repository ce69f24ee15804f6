"""Records: one ticket, deal or cart, as an application keeps it up to date (rule 136).

What is said of a record is its whole state; what changed by it becomes an event of the contact that
it is about, so that triggers, exits, segments and reports see it as they see everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.contacts.finding import get_contact
from engine.db import change_rows, insert_into, lock_contacts
from engine.errors import Invalid, LostUpdate, NotFound
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import RECORD, RECORD_CHANGED, RECORD_CREATED
from engine.events.incoming import check_value
from engine.ids import new_id
from engine.journeys.deciding.known_record import OWN_NAMES, describe_changed, list_record_changes
from engine.journeys.deciding.ticking import name_watch
from engine.language.say import say
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Watch
from engine.models.question import Question
from engine.models.record import Record

CONTACT_NAME: Final = "contact"
"""Under which a change of the contact stands among changes of fields."""
RESERVED: Final = frozenset({*OWN_NAMES, CONTACT_NAME})


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it stands now, and what was new in it.

    Attributes:
        contact_uid: of whom it is.
        changes: name → [before, after]; of a new record, all there is.
    """

    record: Record
    contact_uid: str
    is_new: bool
    changes: Mapping[str, list[Any]]


def get_record(session: Session, type_: str, key: str) -> Record:
    """Return a record.

    Raises:
        NotFound: there is none.
    """
    record = _find(session, type_, key)
    if record is None:
        msg = say("there is no {type} {key!r}", type=type_, key=key)
        raise NotFound(msg)
    return record


def keep_record(
    session: Session,
    type_: str,
    key: str,
    *,
    contact: str,
    state: str | None,
    fields: Mapping[str, Any],
    now: datetime,
) -> Kept:
    """Make a record, or bring it up to date; what changed becomes an event. No change, no event.

    Args:
        session: of a transaction.
        type_: ticket, deal, cart.
        key: the application's own id of it.
        contact: whom it is about: an external id, or ours.
        state: such as open; None has none.
        fields: all of them; one that is left out is gone.
        now: the present instant.

    Raises:
        NotFound: no such contact.
        Invalid: a field bears a name that records have anyway, or a value that cannot be kept.
        LostUpdate: another call made or moved the record at this moment.
    """
    if taken := RESERVED & fields.keys():
        msg = say("a field may not be called {taken!r}: every record has that", taken=min(taken))
        raise Invalid(msg)
    check_value(dict(fields), "fields")
    contact_id = get_contact(session, contact)
    before = _find(session, type_, key)
    held = lock_contacts(session, {contact_id, before.contact_id if before else contact_id})
    if contact_id not in held:
        msg = say("there is no contact {contact!r}", contact=contact)
        raise NotFound(msg)
    record = _find(session, type_, key)
    if (record is None) is not (before is None) or (record and record.contact_id not in held):
        raise LostUpdate(_just_now(type_, key))
    if record is None:
        return _make(session, type_, key, contact_id, state, fields, now)
    return _change(session, record, contact_id, state, fields, now)


def _make(
    session: Session,
    type_: str,
    key: str,
    contact_id: int,
    state: str | None,
    fields: Mapping[str, Any],
    now: datetime,
) -> Kept:
    row = {
        "type": type_,
        "key": key,
        "contact_id": contact_id,
        "state": state,
        "fields": dict(fields),
        "created_at": now,
        "updated_at": now,
        "state_since": now,
    }
    statement = insert_into(session, Record).values(row).on_conflict_do_nothing()
    record: Record | None = session.scalar(statement.returning(Record))
    if record is None:
        raise LostUpdate(_just_now(type_, key))
    changes = list_record_changes({}, None, fields, state)
    _tell(session, RECORD_CREATED, record, changes, now)
    return Kept(record, _get_uid(session, contact_id), is_new=True, changes=changes)


def _change(
    session: Session,
    record: Record,
    contact_id: int,
    state: str | None,
    fields: Mapping[str, Any],
    now: datetime,
) -> Kept:
    changes = list_record_changes(record.fields, record.state, fields, state)
    if state != record.state:
        record.state, record.state_since = state, now
    uid = _get_uid(session, contact_id)
    if contact_id != record.contact_id:
        changes[CONTACT_NAME] = [_get_uid(session, record.contact_id), uid]
        record.contact_id = contact_id
        _hand_over(session, record)
    if changes:
        record.fields, record.updated_at = dict(fields), now
        session.flush()
        _tell(session, RECORD_CHANGED, record, changes, now)
    return Kept(record, uid, is_new=False, changes=changes)


def _hand_over(session: Session, record: Record) -> None:
    """Let what goes on for the record be its new contact's. Both contacts' rows are held.

    Messages stay the contact's they were meant for.
    """
    enrolled = (Enrollment.subject_kind == RECORD, Enrollment.subject_id == record.id)
    asked = Question.enrollment_id.in_(select(Enrollment.id).where(*enrolled))
    watched = Watch.key == name_watch(record.id)
    for row, concerned in ((Question, (asked,)), (Enrollment, enrolled), (Watch, (watched,))):
        statement = update(row).where(*concerned).values(contact_id=record.contact_id)
        change_rows(session, statement)


def _tell(
    session: Session, name: str, record: Record, changes: Mapping[str, Any], now: datetime
) -> None:
    event = OwnEvent(
        contact_id=record.contact_id,
        name=name,
        occurred_at=now,
        message_id=str(new_id()),
        properties=describe_changed(record.type, record.key, record.state, record.fields, changes),
        subject=(RECORD, record.id),
    )
    append_own(session, [event], now=now)


def _find(session: Session, type_: str, key: str) -> Record | None:
    return session.scalar(
        select(Record)
        .where(Record.type == type_, Record.key == key)
        .execution_options(populate_existing=True)
    )


def _get_uid(session: Session, contact_id: int) -> str:
    return str(session.scalar(select(Contact.uid).where(Contact.id == contact_id)))


def _just_now(type_: str, key: str) -> str:
    return f"the {type_} {key!r} was made or moved by another call just now; send it again"
