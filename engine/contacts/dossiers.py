"""The dossiers of a chunk's contacts: read once, changed in memory, written once."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import change_many, is_any
from engine.contacts.addresses import fold
from engine.contacts.attributes import Dossier, merge_dossiers
from engine.contacts.identify import LONGEST_VALUE, Directory, Key
from engine.contacts.merge import Merge
from engine.contacts.naming import find_name_keys
from engine.models.contact import Contact


class Dossiers:
    """What is held on some contacts. The caller holds their rows.

    Args:
        session: of a transaction.
        contact_ids: of whom.
    """

    def __init__(self, session: Session, contact_ids: Collection[int]) -> None:
        self._session = session
        self._held: dict[int, Dossier] = {}
        self._before: dict[int, set[Key]] = {}
        if contact_ids:
            self._load(contact_ids)

    def get(self, contact_id: int) -> Dossier:
        """Return what is held on a contact."""
        return self._held[contact_id]

    def merge(self, merges: Sequence[Merge], directory: Directory) -> None:
        """Take what is held on lost contacts into the dossiers of those that stay."""
        for loser, winner in merges:
            merge_dossiers(
                self._held[winner],
                self._held.pop(loser),
                is_kept_vouched=directory.get(winner).is_vouched,
            )

    def write(self, directory: Directory) -> None:
        """Write those that changed, and let their addresses lead to them."""
        changed = [dossier for dossier in self._held.values() if dossier.is_changed]
        for dossier in changed:
            contact_id = dossier.contact_id
            directory.move_addresses(contact_id, self._before[contact_id], _list_own_keys(dossier))
        change_many(
            self._session,
            Contact,
            [
                {
                    "id": dossier.contact_id,
                    "attributes": dossier.attributes,
                    "attribute_times": dossier.times,
                    "email": dossier.email,
                    "phone": dossier.phone,
                    "timezone": dossier.timezone,
                    "email_confirmed": dossier.email_confirmed,
                    "phone_confirmed": dossier.phone_confirmed,
                    **name_keys(dossier.attributes),
                }
                for dossier in changed
            ],
        )

    def _load(self, contact_ids: Collection[int]) -> None:
        rows = self._session.execute(
            select(
                Contact.id,
                Contact.attributes,
                Contact.attribute_times,
                Contact.email,
                Contact.phone,
                Contact.timezone,
                Contact.email_confirmed,
                Contact.phone_confirmed,
            ).where(is_any(self._session, Contact.id, contact_ids))
        )
        for row in rows:
            dossier = Dossier(
                row.id, dict(row.attributes), dict(row.attribute_times), row.email, row.phone,
                row.timezone, row.email_confirmed, row.phone_confirmed,
            )  # fmt: skip
            self._held[row.id] = dossier
            self._before[row.id] = _list_own_keys(dossier)


def name_keys(attributes: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the columns by which a contact of these attributes is found by name."""
    name, surname = find_name_keys(attributes)
    return {"name_key": name, "surname_key": surname}


def list_address_keys(email: str | None, phone: str | None) -> list[Key]:
    """Return the identities that addresses in their normal form are."""
    keys = [("email", fold("email", email))] if email else []
    keys += [("phone", phone)] if phone else []
    return [key for key in keys if len(key[1]) <= LONGEST_VALUE]


def _list_own_keys(dossier: Dossier) -> set[Key]:
    """Return the identities of the addresses that are surely this contact's."""
    email = dossier.email if dossier.email_confirmed else None
    phone = dossier.phone if dossier.phone_confirmed else None
    return set(list_address_keys(email, phone))
