"""Who is this? Finds, creates, promotes and joins contacts by what recognises them.

A chunk at a time: identities are read once, decided in memory, written once. External ids never
meet: two known contacts are only joined by an explicit alias under a trusted key.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.ids import new_id
from engine.models.contact import Contact, Identity

Key = tuple[str, str]
"""(kind, value) of an identity: external, anonymous, email or phone."""
LONGEST_CHAIN: Final = 100


@dataclass(slots=True)
class Known:
    """A contact while a chunk's identities are gone through.

    Attributes:
        contact_id: None until a new one has been written.
        is_named: it has an external id.
        joined_into: the contact that it turned out to be.
    """

    uid: UUID
    contact_id: int | None = None
    is_named: bool = False
    joined_into: "Known | None" = None

    def resolve(self) -> "Known":
        """Return the contact it is by now."""
        known, steps = self, 0
        while known.joined_into is not None and steps < LONGEST_CHAIN:
            known, steps = known.joined_into, steps + 1
        return known


class Directory:
    """The identities of one chunk: read once, decided in memory, written once."""

    def __init__(self, session: Session, keys: Iterable[Key], *, now: datetime) -> None:
        self._session = session
        self._now = now
        self._known: dict[Key, Known] = {}
        self._added: dict[Key, Known] = {}
        self._made: list[Known] = []
        self.joined: list[tuple[Known, Known]] = []
        self._load(set(keys))

    def find(self, key: Key) -> Known | None:
        """Return the contact an identity leads to, or None."""
        known = self._known.get(key)
        return None if known is None else known.resolve()

    def identify(
        self, *, external: str | None, anonymous: str | None, email: str | None = None
    ) -> Known:
        """Return the contact of a call, made, named or joined as needed.

        Args:
            email: of a trusted call: it may lead to somebody who has no external id yet.
        """
        named = self.find(("external", external)) if external else None
        unnamed = self.find(("anonymous", anonymous)) if anonymous else None
        by_email = self.find(("email", email)) if email else None
        if external is None:
            return unnamed or self._add_to(by_email or self._make(), anonymous=anonymous)
        if named is None:
            named = next(
                (known for known in (by_email, unnamed) if known and not known.is_named), None
            )
            named = named or self._make()
            self._attach(("external", external), named)
            named.is_named = True
        if anonymous and unnamed is None:
            self._attach(("anonymous", anonymous), named)
        elif unnamed is not None and unnamed is not named and not unnamed.is_named:
            self.join(unnamed, named)
        return named

    def alias(self, *, previous: Key, current: str) -> Known:
        """Make one contact of two, as the sender asks; answer the one that stays."""
        winner = self.find(("external", current))
        loser = self.find(previous)
        if winner is None:
            winner = loser or self._make()
            self._attach(("external", current), winner)
            winner.is_named = True
        if loser is None:
            self._attach(previous, winner)
        elif loser is not winner:
            self.join(loser, winner)
        return winner

    def join(self, loser: Known, winner: Known) -> None:
        """Take note that two contacts are one person."""
        loser, winner = loser.resolve(), winner.resolve()
        if loser is winner:
            return
        loser.joined_into = winner
        self.joined.append((loser, winner))

    def attach_address(self, kind: str, address: str, known: Known) -> None:
        """Let an address lead to this contact, unless it leads to another already."""
        if (kind, address) not in self._known:
            self._attach((kind, address), known)

    def write_contacts(self) -> None:
        """Write the new contacts, so that each has an id."""
        made = [known for known in self._made if known.contact_id is None]
        if not made:
            return
        self._session.execute(
            insert_into(self._session, Contact),
            [
                {
                    "uid": known.uid,
                    "created_at": self._now,
                    "attributes": {},
                    "attribute_times": {},
                    "email_confirmed": False,
                    "phone_confirmed": False,
                }
                for known in made
            ],
        )
        rows = self._session.execute(
            select(Contact.uid, Contact.id).where(Contact.uid.in_([known.uid for known in made]))
        )
        ids = dict(rows.all())
        for known in made:
            known.contact_id = ids[known.uid]

    def write_identities(self) -> None:
        """Write the new identities; one that another process wrote meanwhile stays as it is."""
        rows = [
            {
                "kind": kind,
                "value": value,
                "contact_id": known.resolve().contact_id,
                "created_at": self._now,
            }
            for (kind, value), known in self._added.items()
        ]
        if rows:
            self._session.execute(
                insert_into(self._session, Identity).on_conflict_do_nothing(), rows
            )
        self._added.clear()

    def _make(self) -> Known:
        known = Known(new_id())
        self._made.append(known)
        return known

    def _add_to(self, known: Known, *, anonymous: str | None) -> Known:
        if anonymous:
            self._attach(("anonymous", anonymous), known)
        return known

    def _attach(self, key: Key, known: Known) -> None:
        self._known[key] = self._added[key] = known

    def _load(self, keys: set[Key]) -> None:
        by_kind: dict[str, list[str]] = defaultdict(list)
        for kind, value in keys:
            by_kind[kind].append(value)
        rows: list[Any] = []
        for kind, values in by_kind.items():
            rows += self._session.execute(
                select(Identity.kind, Identity.value, Identity.contact_id, Contact.uid)
                .join(Contact, Contact.id == Identity.contact_id)
                .where(Identity.kind == kind, Identity.value.in_(values))
            ).all()
        ids = {row.contact_id for row in rows}
        named = set(
            self._session.scalars(
                select(Identity.contact_id).where(
                    Identity.contact_id.in_(ids), Identity.kind == "external"
                )
            )
        )
        contacts: dict[int, Known] = {}
        for row in rows:
            known = contacts.setdefault(
                row.contact_id,
                Known(row.uid, row.contact_id, is_named=row.contact_id in named),
            )
            self._known[row.kind, row.value] = known
