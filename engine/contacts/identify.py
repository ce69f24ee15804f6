"""Who is this? Finds, creates, promotes and joins contacts by what recognises them.

A chunk at a time: identities are read once, decided in memory, written once. Two contacts whom the
site knows by two ids are one person only if a trusted sender says so outright, by an alias.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.orm import Session

from engine.bulk import copy_rows, is_any, put_rows
from engine.contacts.merge import Merge
from engine.db import table_of
from engine.ids import new_id
from engine.models.contact import Contact, Identity

Key = tuple[str, str]
"""(kind, value) of an identity: external, anonymous, email or phone."""
LONGEST_VALUE: Final = 254


@dataclass(slots=True, eq=False)
class Known:
    """A contact while a chunk's identities are gone through.

    Attributes:
        contact_id: 0 until a new one has been written.
        is_named: it has an external id.
        is_vouched: somebody trusted has spoken of it.
        joined_into: the contact that it turned out to be.
    """

    uid: UUID
    contact_id: int = 0
    is_named: bool = False
    is_vouched: bool = False
    joined_into: "Known | None" = None

    def resolve(self) -> "Known":
        """Return the contact it is by now."""
        known = self
        while known.joined_into is not None:
            known = known.joined_into
        if known is not self:
            self.joined_into = known  # so that no chain is walked twice
        return known


class Directory:
    """The identities of one chunk: read once, decided in memory, written once.

    Args:
        session: of a transaction.
        keys: identities that the chunk names.
        contact_ids: contacts that it names by their own ids.
        now: the present instant.
    """

    def __init__(
        self,
        session: Session,
        keys: Iterable[Key],
        contact_ids: Iterable[int] = (),
        *,
        now: datetime,
    ) -> None:
        self._session = session
        self._now = now
        self._contacts: dict[int, Known] = {}
        self._known: dict[Key, Known] = {}
        self._added: dict[Key, Known] = {}
        self._made: list[Known] = []
        self._vouched: list[Known] = []
        self._joined: list[Known] = []
        self._left: list[tuple[Key, int]] = []
        self._load(set(keys), set(contact_ids))

    def find(self, key: Key) -> Known | None:
        """Return the contact an identity leads to, or None."""
        known = self._known.get(key)
        return None if known is None else known.resolve()

    def find_by_id(self, contact_id: int) -> Known | None:
        """Return the contact with this id, or the one it was merged into; None if it is gone."""
        known = self._contacts.get(contact_id)
        return None if known is None else known.resolve()

    def get(self, contact_id: int) -> Known:
        """Return a contact of this chunk.

        Raises:
            LookupError: it is none of them.
        """
        return self._contacts[contact_id]

    def identify(
        self, *, external: str | None, anonymous: str | None, addresses: Sequence[Key] = ()
    ) -> Known:
        """Return the contact of a call, made, named or joined as needed.

        Who has no external id yet is whoever a call with one says he is: the visitor with this
        anonymous id, the subscriber with this address. Who has one stays apart.

        Args:
            addresses: of a trusted call.
        """
        visitor = self.find(("anonymous", anonymous)) if anonymous else None
        found = (self.find(key) for key in addresses)
        subscriber = next((known for known in found if known is not None), None)
        if external is not None:
            known = self._name(external, subscriber, visitor)
        else:
            named = (one for one in (visitor, subscriber) if one is not None and one.is_named)
            known = next(named, None) or visitor or subscriber or self._make()
        if anonymous and visitor is None:
            self._attach(("anonymous", anonymous), known)
        for other in (visitor, subscriber):
            if other is not None and not other.resolve().is_named:
                self.join(other, known)
        return known.resolve()

    def alias(self, *, previous: Key, current: str) -> Known:
        """Make one contact of two, as the sender asks; answer the one that stays."""
        winner, loser = self.find(("external", current)), self.find(previous)
        if winner is None:
            winner = loser or self._make()
            self._attach(("external", current), winner)
            winner.is_named = True
        if loser is None:
            self._attach(previous, winner)
        else:
            self.join(loser, winner)
        return winner

    def join(self, loser: Known, winner: Known) -> None:
        """Take note that two contacts are one person."""
        loser, winner = loser.resolve(), winner.resolve()
        if loser is winner:
            return
        if loser.is_vouched:
            self.vouch(winner)
        loser.joined_into = winner
        self._joined.append(loser)

    def vouch(self, known: Known) -> None:
        """Take note that somebody trusted has spoken of this contact."""
        if not known.is_vouched:
            known.is_vouched = True
            self._vouched.append(known)

    def list_merges(self) -> list[Merge]:
        """Return the contacts that turned out to be others; what was only made here has no row."""
        return [
            (loser.contact_id, loser.resolve().contact_id)
            for loser in self._joined
            if loser.contact_id
        ]

    def write_contacts(self) -> None:
        """Write the new contacts, so that each has an id, and who is vouched for by now."""
        made = {known.uid: known for known in self._made if known.joined_into is None}
        copy_rows(
            self._session,
            Contact,
            [
                {
                    "uid": known.uid,
                    "created_at": self._now,
                    "attributes": {},
                    "attribute_times": {},
                    "email_confirmed": False,
                    "phone_confirmed": False,
                    "is_vouched": known.is_vouched,
                }
                for known in made.values()
            ],
        )
        if made:
            asked = select(Contact.uid, Contact.id).where(is_any(self._session, Contact.uid, made))
            for uid, contact_id in self._session.execute(asked):
                made[uid].contact_id = contact_id
                self._contacts[contact_id] = made[uid]
        old = [
            known.contact_id
            for known in self._vouched
            if known.contact_id and known.uid not in made
        ]
        if old:
            self._session.execute(
                update(Contact)
                .where(is_any(self._session, Contact.id, old))
                .values(is_vouched=True)
                .execution_options(synchronize_session=False)
            )

    def move_addresses(self, contact_id: int, before: set[Key], after: set[Key]) -> None:
        """Let a contact's new addresses lead to it, unless they lead to another already."""
        known = self._contacts[contact_id]
        for key in after:
            if key not in self._known:
                self._attach(key, known)
        self._left += [(key, contact_id) for key in before - after]

    def write_identities(self) -> None:
        """Write the new identities, and take away addresses that contacts have no more.

        One that another process wrote meanwhile stays as it is.
        """
        if self._left:
            identity = table_of(Identity)
            self._session.connection().execute(
                delete(identity).where(
                    identity.c.kind == bindparam("old_kind"),
                    identity.c.value == bindparam("old_value"),
                    identity.c.contact_id == bindparam("owner"),
                ),
                [
                    {"old_kind": kind, "old_value": value, "owner": contact_id}
                    for (kind, value), contact_id in self._left
                ],
            )
        put_rows(
            self._session,
            Identity,
            [
                {
                    "kind": kind,
                    "value": value,
                    "contact_id": known.resolve().contact_id,
                    "created_at": self._now,
                }
                for (kind, value), known in self._added.items()
            ],
        )
        self._added.clear()
        self._left.clear()

    def _name(self, external: str, *others: Known | None) -> Known:
        """Return the contact with this external id; a nameless one gets it, else a new one."""
        named = self.find(("external", external))
        if named is None:
            nameless = (known for known in others if known is not None and not known.is_named)
            named = next(nameless, None) or self._make()
            self._attach(("external", external), named)
            named.is_named = True
        return named

    def _make(self) -> Known:
        known = Known(new_id())
        self._made.append(known)
        return known

    def _attach(self, key: Key, known: Known) -> None:
        self._known[key] = self._added[key] = known

    def _load(self, keys: set[Key], contact_ids: set[int]) -> None:
        by_kind: dict[str, list[str]] = defaultdict(list)
        for kind, value in keys:
            by_kind[kind].append(value)
        found: dict[Key, int] = {}
        for kind, values in by_kind.items():
            rows = self._session.execute(
                select(Identity.value, Identity.contact_id).where(
                    Identity.kind == kind, is_any(self._session, Identity.value, values)
                )
            )
            found.update({(kind, value): contact_id for value, contact_id in rows})
        stays = self._follow_merges(contact_ids)
        self._load_contacts({*found.values(), *stays.values()})
        self._known = {key: self._contacts[contact_id] for key, contact_id in found.items()}
        self._contacts |= {
            lost: self._contacts[kept] for lost, kept in stays.items() if kept in self._contacts
        }

    def _follow_merges(self, contact_ids: set[int]) -> dict[int, int]:
        """Return, of each contact that is there, the one it is by now."""
        if not contact_ids:
            return {}
        rows = self._session.execute(
            select(Contact.id, func.coalesce(Contact.merged_into, Contact.id)).where(
                is_any(self._session, Contact.id, contact_ids)
            )
        )
        return dict(rows.all())

    def _load_contacts(self, contact_ids: set[int]) -> None:
        if not contact_ids:
            return
        is_named = exists().where(Identity.contact_id == Contact.id, Identity.kind == "external")
        rows = self._session.execute(
            select(Contact.id, Contact.uid, Contact.is_vouched, is_named).where(
                is_any(self._session, Contact.id, contact_ids), Contact.erased_at.is_(None)
            )
        )
        for contact_id, uid, is_vouched, has_name in rows:
            self._contacts[contact_id] = Known(
                uid, contact_id, is_named=has_name, is_vouched=is_vouched
            )
