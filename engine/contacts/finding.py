"""Finds contacts by whatever a person has at hand: an external id, our own id, an e-mail address."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.contacts.addresses import find_email, fold
from engine.contacts.identify import LONGEST_VALUE
from engine.errors import NotFound
from engine.language.say import say
from engine.models.contact import Contact, Identity


def find_contacts(session: Session, given: Sequence[str]) -> dict[str, int]:
    """Return the ids of the contacts' rows by what was given; who is unknown is left out.

    An external id comes first, then our own, then an e-mail address that leads to one contact
    alone. A contact that was merged is the one it was merged into.
    """
    asked = [one for one in dict.fromkeys(given) if len(one) <= LONGEST_VALUE]
    found = _find_identities(session, "external", {one: one for one in asked})
    found |= _find_uids(session, [one for one in asked if one not in found])
    addresses = {one: fold("email", one) for one in asked if one not in found and find_email(one)}
    found |= _find_identities(session, "email", addresses)
    return found | _find_unconfirmed(session, [one for one in addresses if one not in found])


def get_contact(session: Session, given: str) -> int:
    """Return the id of one contact's row.

    Raises:
        NotFound: nobody has this external id, id or e-mail address.
    """
    found = find_contacts(session, [given]).get(given)
    if found is None:
        msg = say(
            "there is no contact {given!r}: give an external id, an id or an e-mail address",
            given=given,
        )
        raise NotFound(msg)
    return found


def get_by_uid(session: Session, uid: UUID) -> Contact:
    """Return a contact by its own id, or the one that it was merged into.

    Raises:
        NotFound: there is none, or none any more.
    """
    row = session.scalar(select(Contact).where(Contact.uid == uid))
    if row is not None and row.merged_into is not None:
        row = session.get(Contact, row.merged_into)
    if row is None or row.erased_at is not None:
        raise NotFound(say("there is no such contact"))
    return row


def find_by_address(session: Session, channel: str, address: str) -> int | None:
    """Return the contact whose confirmed address this is; None if it is nobody's."""
    kind = "email" if channel == "email" else "phone"
    return session.scalar(
        select(Identity.contact_id).where(
            Identity.kind == kind, Identity.value == fold(kind, address)
        )
    )


def _find_identities(session: Session, kind: str, values: dict[str, str]) -> dict[str, int]:
    if not values:
        return {}
    rows = session.execute(
        select(Identity.value, Identity.contact_id).where(
            Identity.kind == kind, Identity.value.in_(list(values.values()))
        )
    )
    by_value = dict(rows.all())
    return {one: by_value[value] for one, value in values.items() if value in by_value}


def _find_uids(session: Session, given: Collection[str]) -> dict[str, int]:
    uids = {one: uid for one in given if (uid := _read_uid(one)) is not None}
    if not uids:
        return {}
    rows = session.execute(
        select(Contact.uid, func.coalesce(Contact.merged_into, Contact.id)).where(
            Contact.uid.in_(uids.values()), Contact.erased_at.is_(None)
        )
    )
    by_uid = dict(rows.all())
    return {one: by_uid[uid] for one, uid in uids.items() if uid in by_uid}


def _find_unconfirmed(session: Session, given: Collection[str]) -> dict[str, int]:
    """Return whose address it may be though nobody vouched for it, where that is one contact."""
    if not given:
        return {}
    written = {one: find_email(one) or one for one in given}
    rows = session.execute(
        select(Contact.email, func.min(Contact.id))
        .where(Contact.email.in_(list(written.values())), Contact.merged_into.is_(None))
        .group_by(Contact.email)
        .having(func.count() == 1)
    )
    by_email = dict(rows.all())
    return {one: by_email[email] for one, email in written.items() if email in by_email}


def _read_uid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
