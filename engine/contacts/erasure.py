"""Forgetting a person: what the contacts' own room holds of it (rules 72 to 74).

The row stays, empty and without a name, for figures and messages of before stand on it. Higher
rooms forget what is theirs, see `engine.journeys.responding.forgetting`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.contacts.identify import Key
from engine.contacts.suppression import FORGOTTEN, suppress
from engine.db import change_rows
from engine.models.contact import (
    Consent,
    ConsentProof,
    ConsentRequest,
    Contact,
    ContactState,
    Identity,
    PushDevice,
)
from engine.models.limit import SendingUse
from engine.models.record import Record
from engine.models.segment import SegmentMember, SegmentRecheck

_OWNED: Final = (
    Identity,
    Consent,
    ConsentProof,
    ConsentRequest,
    PushDevice,
    ContactState,
    SegmentMember,
    SegmentRecheck,
    SendingUse,
    Record,
)


def list_identities(session: Session, contact_ids: Collection[int]) -> set[Key]:
    """Return what recognises these contacts."""
    rows = session.execute(
        select(Identity.kind, Identity.value).where(Identity.contact_id.in_(list(contact_ids)))
    )
    return {(kind, value) for kind, value in rows}


def suppress_addresses(session: Session, contact_ids: Collection[int], *, now: datetime) -> None:
    """Never write to these contacts' addresses again; only their keyed hashes are kept."""
    rows = session.execute(
        select(Contact.email, Contact.phone).where(Contact.id.in_(list(contact_ids)))
    )
    for email, phone in rows.all():
        for channel, address in (("email", email), ("sms", phone)):
            if address:
                suppress(session, channel, address, reason=FORGOTTEN, now=now)


def erase_contacts(session: Session, contact_ids: Collection[int], *, now: datetime) -> None:
    """Empty these contacts' rows, and drop all that recognises, describes or counts them.

    The caller holds the rows. Repeating it is harmless.
    """
    ids = list(contact_ids)
    for owned in _OWNED:
        change_rows(session, delete(owned).where(owned.contact_id.in_(ids)))
    change_rows(
        session,
        update(Contact)
        .where(Contact.id.in_(ids))
        .values(
            attributes={},
            attribute_times={},
            email=None,
            phone=None,
            timezone=None,
            email_confirmed=False,
            phone_confirmed=False,
            name_key=None,
            surname_key=None,
            paused_until=None,
            erased_at=now,
        ),
    )
