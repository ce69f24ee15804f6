"""Forgetting a person whose journeys are under way (rules 72 and 73).

Asked for by an event of the product's own, so that it takes its turn behind all that was accepted
before it: nothing that is still on its way in brings the person back.
"""

import zlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.contacts.erasure import erase_contacts, list_identities, suppress_addresses
from engine.contacts.identify import Key
from engine.db import change_rows
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import CONTACT_ERASED, USER, Arrived
from engine.events.entries import Entry, read_entries
from engine.events.incoming import Trust
from engine.ids import new_id
from engine.journeys.running.inside import end_enrollments, load_held
from engine.messages.lookups.coupons.codes import detach_codes
from engine.messages.states import OPEN, DoubtReason, MessageState, SkipReason
from engine.models.call import CallAttempt
from engine.models.entry import EntryRefusal, LateEntry
from engine.models.event import Event, EventBatch
from engine.models.feedback import Saying
from engine.models.journey import Enrollment, JourneyEntry, Notice, Pass, Watch
from engine.models.message import Message, MessageContent, TestLetter
from engine.models.question import Question
from engine.models.touch import MessageLinks, Touch
from engine.reasons import ExitReason

CONTACT: Final = "contact"


def ask_for_erasure(
    session: Session, contact_id: int, *, suppresses: bool, by: str, now: datetime
) -> None:
    """Let a contact be forgotten, seconds from now: behind all that was accepted before.

    Args:
        suppresses: never write to its addresses again, whoever imports them (rule 74).
        by: who asks.
    """
    event = OwnEvent(
        contact_id=contact_id,
        name=CONTACT_ERASED,
        occurred_at=now,
        properties={"suppresses": suppresses, "by": by},
        actor=USER,
        message_id=f"erase:{contact_id}:{now.isoformat()}",
    )
    append_own(session, [event], now=now)


def _asks(one: Arrived) -> bool:
    """Return whether an event asks for it indeed: no sender and no journey can be a user."""
    return one.name == CONTACT_ERASED and one.actor == USER


def forget_asked(session: Session, arrived: Sequence[Arrived], *, now: datetime) -> None:
    """Forget the contacts of whom these events ask it. The caller holds their rows."""
    asked = {one.contact_id: one.properties for one in arrived if _asks(one)}
    if not asked:
        return
    suppressed = [one for one, about in asked.items() if about.get("suppresses")]
    suppress_addresses(session, suppressed, now=now)
    ids = list(asked)
    _end_enrollments(session, ids, now=now)
    _drop_messages(session, ids)
    detach_codes(session, ids)
    _empty_events(session, ids)
    _scrub_set_aside(session, ids, list_identities(session, ids))
    erase_contacts(session, ids, now=now)


def _end_enrollments(session: Session, ids: Collection[int], *, now: datetime) -> None:
    """End what is under way; of what is over only where it went and which arms it held stay."""
    held = [one for several in load_held(session, ids).values() for one in several]
    for one in held:
        one.leave(ExitReason.CONTACT_DELETED)
    end_enrollments(session, held, now=now)
    enrollments = select(Enrollment.id).where(Enrollment.contact_id.in_(ids))
    for about in (Question, Notice):
        change_rows(session, delete(about).where(about.enrollment_id.in_(enrollments)))
    change_rows(session, update(Pass).where(Pass.enrollment_id.in_(enrollments)).values(notes=None))
    change_rows(
        session,
        update(Enrollment)
        .where(Enrollment.contact_id.in_(ids))
        .values(data={}, signal=None, entry_key=""),
    )
    for waiting in (Watch, LateEntry, EntryRefusal, TestLetter):
        change_rows(session, delete(waiting).where(waiting.contact_id.in_(ids)))
    _rename_entries(session, ids)


def _rename_entries(session: Session, ids: Collection[int]) -> None:
    """Let no entry key, which may be an address, tell whose entry it was; the count stays."""
    entries = session.execute(
        select(JourneyEntry.journey_id, JourneyEntry.subject_id, JourneyEntry.entry_key).where(
            JourneyEntry.subject_kind == CONTACT,
            JourneyEntry.subject_id.in_(ids),
            JourneyEntry.entry_key != "",
        )
    ).all()
    for journey_id, subject_id, key in entries:
        change_rows(
            session,
            update(JourneyEntry)
            .where(
                JourneyEntry.journey_id == journey_id,
                JourneyEntry.subject_kind == CONTACT,
                JourneyEntry.subject_id == subject_id,
                JourneyEntry.entry_key == key,
            )
            .values(entry_key=str(new_id())),
        )


def _drop_messages(session: Session, ids: Collection[int]) -> None:
    """Cancel what has not left, and keep no word of what has."""
    mine = Message.contact_id.in_(ids)
    change_rows(
        session,
        update(Message)
        .where(mine, Message.state.in_(OPEN), Message.started_at.is_(None))
        .values(state=MessageState.CANCELLED, reason=SkipReason.CONTACT_DELETED),
    )
    # What is being handed over right now cannot be taken back; its receipt finds no lease.
    change_rows(
        session,
        update(Message)
        .where(mine, Message.state.in_(OPEN))
        .values(state=MessageState.UNCERTAIN, reason=DoubtReason.CONTACT_DELETED),
    )
    change_rows(
        session,
        update(Saying)
        .where(Saying.message_id.in_(select(Message.id).where(mine)))
        .values(words="", address_hash=None),
    )
    for kept in (MessageContent, CallAttempt, Touch, MessageLinks):
        theirs = kept.message_id.in_(select(Message.id).where(mine))
        change_rows(session, delete(kept).where(theirs))
    change_rows(
        session,
        update(Message)
        .where(mine)
        .values(data={}, details=None, provider_id=None, lease_owner=None),
    )


def _empty_events(session: Session, ids: Collection[int]) -> None:
    """Keep that something happened, and when, for the figures; not what was said."""
    change_rows(
        session,
        update(Event)
        .where(Event.contact_id.in_(ids))
        .values(properties={}, context=None, message_id=None),
    )


def _scrub_set_aside(session: Session, ids: Collection[int], keys: set[Key]) -> None:
    """Take what is about these contacts out of batches that were set aside."""
    batches = session.scalars(select(EventBatch).where(EventBatch.set_aside_at.is_not(None)))
    for batch in batches:
        kept = _list_others(batch, ids, keys)
        if kept:
            batch.body, batch.items = zlib.compress(orjson.dumps(kept), 1), len(kept)
        else:
            session.delete(batch)


def _list_others(batch: EventBatch, ids: Collection[int], keys: set[Key]) -> list[Any]:
    """Return the items that are about somebody else; none if nobody can tell whom it is about."""
    try:
        body = zlib.decompress(batch.body)
        rows: list[Any] = orjson.loads(body)
        entries = read_entries(
            body, source=batch.source, trust=Trust(batch.trust), received_at=batch.received_at
        )
    except (ValueError, LookupError, TypeError, AttributeError, zlib.error):
        return []
    pairs = zip(rows, entries, strict=True)
    return [row for row, entry in pairs if not _is_about(entry, ids, keys)]


def _is_about(entry: Entry, ids: Collection[int], keys: set[Key]) -> bool:
    if entry.own is not None:
        return entry.own["own"] in ids
    return not keys.isdisjoint(entry.list_keys())
