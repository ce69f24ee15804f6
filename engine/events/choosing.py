"""What a chunk's calls state of consent: choices that count, and a yes that is to be confirmed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from engine.contacts.choices import ConsentChange
from engine.contacts.consent import list_new, record_consents
from engine.contacts.requests import find_double_topics, keep_requests, put_due
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import REQUESTED
from engine.tasks import Lane, ring


def take_choices(session: Session, stated: Sequence[ConsentChange], *, now: datetime) -> None:
    """Keep what was stated. The caller holds the contacts' rows.

    A page is anybody's: all it can do is to have the address asked.
    """
    if not stated:
        return
    open_ones = [change for change in stated if change.wants_confirming]
    double = find_double_topics(session, {change.topic for change in open_ones})
    asking = [change for change in open_ones if change.topic in double]
    trusted = [
        change
        for change in stated
        if change.is_trusted and not (change.wants_confirming and change.topic in double)
    ]
    record_consents(session, list_new(session, trusted), now=now)
    asked = keep_requests(session, list_new(session, asking), now=now)
    if asked:
        tell_requested(session, asked, now=now)


def ask_addressed(session: Session, contact_ids: Collection[int], *, now: datetime) -> None:
    """Have these contacts asked for what they said before they had an address."""
    if contact_ids and put_due(session, contact_ids, now=now):
        ring(session, Lane.SEGMENTS)


def tell_requested(session: Session, asked: Sequence[ConsentChange], *, now: datetime) -> None:
    """Tell journeys of each yes that waits to be confirmed, and ring for its letter."""
    events = [
        OwnEvent(
            contact_id=change.contact_id,
            name=REQUESTED,
            occurred_at=now,
            properties={"topic": change.topic},
            channel=change.channel,
            message_id=f"requested:{change.contact_id}:{change.topic}:{now.isoformat()}",
        )
        for change in asked
    ]
    append_own(session, events, now=now)
    ring(session, Lane.SEGMENTS)
