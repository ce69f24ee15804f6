"""Contacts by what callers call them: an id of ours or of theirs, or an address."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.contacts.addresses import fold
from engine.errors import NotFound
from engine.models.contact import Contact, Identity


def find_contacts(session: Session, given: Sequence[str]) -> dict[str, int]:
    """Return the contacts' rows by what was given: an external id, or our own."""
    found = dict(
        session.execute(
            select(Identity.value, Identity.contact_id).where(
                Identity.kind == "external", Identity.value.in_(list(given))
            )
        ).all()
    )
    uids = {one: uid for one in given if one not in found and (uid := _read_uid(one))}
    rows = session.execute(
        select(Contact.uid, Contact.id, Contact.merged_into).where(
            Contact.uid.in_(uids.values()), Contact.erased_at.is_(None)
        )
    )
    by_uid = {uid: merged or own for uid, own, merged in rows}
    return found | {one: by_uid[uid] for one, uid in uids.items() if uid in by_uid}


def get_contact_id(session: Session, given: str) -> int:
    """Return the contact with an external id, or one of ours.

    Raises:
        NotFound: there is none.
    """
    found = find_contacts(session, [given])
    if given not in found:
        msg = f"there is no contact {given!r}"
        raise NotFound(msg)
    return found[given]


def find_by_address(session: Session, channel: str, address: str) -> int | None:
    """Return the contact whose confirmed address this is; None if it is nobody's."""
    kind = "email" if channel == "email" else "phone"
    return session.scalar(
        select(Identity.contact_id).where(
            Identity.kind == kind, Identity.value == fold(kind, address)
        )
    )


def _read_uid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
