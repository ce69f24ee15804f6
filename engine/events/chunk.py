"""One chunk of what was said, gone through in memory: whom it is about, and what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.contacts.attributes import CONSENTS, Applied, Speaker, apply_traits
from engine.contacts.choices import IMPORT, ConsentChange, read_choices
from engine.contacts.dossiers import Dossiers
from engine.contacts.identify import Directory, Known
from engine.contacts.merge import Merge, merge_contacts
from engine.db import lock_contacts, table_of
from engine.events.arrivals import CONTACT, CONTACT_UPDATED, Arrived, derive_activity
from engine.events.choosing import ask_addressed, take_choices
from engine.events.counting import Counting
from engine.events.entries import Entry
from engine.events.incoming import KEPT_CONTEXT, Incoming, parse_time
from engine.models.event import Event
from engine.models.record import Record

TRACKING: Final = "tracking"
_KEPT: Final = (*KEPT_CONTEXT, "clamped")
MOST_NAMED: Final = 20
"""Names of traits not taken that an event keeps, for whoever wonders."""


@dataclass(slots=True)
class Said:
    """An entry with the contact it is about.

    Attributes:
        was_vouched: somebody trusted had spoken of the contact before this.
    """

    entry: Entry
    known: Known
    was_vouched: bool

    @property
    def contact_id(self) -> int:
        """The contact it is about by now."""
        return self.known.resolve().contact_id


class Chunk:
    """The entries of one chunk, and the contacts they are about.

    Args:
        session: of a transaction in which no other process ingests.
        entries: in the order of arrival, without duplicates.
        now: the present instant.
    """

    def __init__(self, session: Session, entries: Sequence[Entry], *, now: datetime) -> None:
        self._session = session
        self._now = now
        keys = {key for entry in entries for key in entry.list_keys()}
        self._owners = _load_owners(session, entries)
        own = {self._find_owner(entry) for entry in entries if entry.own is not None}
        self._directory = Directory(session, keys, own, now=now)
        self._consents: list[ConsentChange] = []
        self._addressed: set[int] = set()
        self._said = [said for entry in entries if (said := self._identify(entry)) is not None]
        self._directory.write_contacts()
        self.merges: list[Merge] = self._directory.list_merges()
        merged = {one for merge in self.merges for one in merge}
        self._contact_ids = {said.contact_id for said in self._said} | merged
        if len(lock_contacts(session, self._contact_ids)) < len(self._contact_ids):
            msg = "a contact went away while its events were on their way"
            raise LookupError(msg)
        if _load_owners(session, entries) != self._owners:
            msg = "a record became another contact's while its events were being taken"
            raise LookupError(msg)
        self._dossiers = Dossiers(
            session,
            {said.contact_id for said in self._said if said.entry.list_traits()} | merged,
        )
        self._counting = Counting(session, self._contact_ids)

    @property
    def entries(self) -> list[Entry]:
        """The entries that become events; those about contacts that are gone do not."""
        return [said.entry for said in self._said]

    def apply(self, ids: Sequence[int], *, trigger_age: timedelta) -> list[Arrived]:
        """Join contacts, take what was said into dossiers and counters; answer the events.

        Args:
            ids: for the events, one for each of the entries.
            trigger_age: an event older than this lets nobody in (rule 5).
        """
        self._join()
        arrived: list[Arrived] = []
        for event_id, said in zip(ids, self._said, strict=True):
            if said.entry.call is not None:
                event = self._apply_call(event_id, said, said.entry.call, trigger_age)
            else:
                event = self._apply_own(event_id, said, said.entry.own or {})
            self._counting.count(event)
            arrived.append(event)
        return arrived

    def write(self) -> None:
        """Write dossiers, identities, consents and counters."""
        self._dossiers.write(self._directory)
        self._directory.write_identities()
        take_choices(self._session, self._consents, now=self._now)
        ask_addressed(self._session, self._addressed, now=self._now)
        self._counting.write()

    def _identify(self, entry: Entry) -> Said | None:
        """Return the entry with its contact; None if that is gone."""
        if entry.call is None:
            known = self._directory.find_by_id(self._find_owner(entry)) if entry.own else None
            return None if known is None else Said(entry, known, known.is_vouched)
        call = entry.call
        if call.kind == "alias" and call.external and call.previous:
            known = self._alias(entry, call.external, call.previous)
        else:
            known = self._directory.identify(
                external=call.external,
                anonymous=call.anonymous,
                addresses=entry.list_addresses(),
            )
        said = Said(entry, known, known.is_vouched)
        if entry.is_trusted:
            self._directory.vouch(known)
        return said

    def _find_owner(self, entry: Entry) -> int:
        """Return the contact of an event of the product's own: of a record, whose it is by now."""
        told: int = (entry.own or {})["own"]
        return told if entry.record_id is None else self._owners.get(entry.record_id, told)

    def _alias(self, entry: Entry, current: str, previous: str) -> Known:
        """Join two ids: any under a secret key, only an anonymous one of nobody else's by a page."""
        kind = "external" if self._directory.find(("external", previous)) else "anonymous"
        known = self._directory.find((kind, previous))
        if known is not None and known.is_named and not entry.may_join:
            return self._directory.identify(external=current, anonymous=None)
        return self._directory.alias(previous=(kind, previous), current=current)

    def _join(self) -> None:
        """Let what is held, counted and happened of lost contacts be of those that stay."""
        if not self.merges:
            return
        self._dossiers.merge(self.merges, self._directory)
        self._counting.join(self.merges)
        merge_contacts(self._session, self.merges)
        self._addressed |= {winner for _, winner in self.merges}
        _move_events(self._session, self.merges)

    def _apply_call(
        self, event_id: int, said: Said, call: Incoming, trigger_age: timedelta
    ) -> Arrived:
        entry, applied = said.entry, self._apply_traits(said, call)
        self._note_consents(said, call)
        if "email" in applied.changes:
            self._addressed.add(said.contact_id)
        mode = "history" if call.is_history and entry.may_join else "live"
        context = {name: call.context[name] for name in _KEPT if name in call.context}
        if applied.ignored:
            context["ignored"] = applied.ignored[:MOST_NAMED]
        return Arrived(
            id=event_id,
            contact_id=said.contact_id,
            name=call.name,
            occurred_at=call.occurred_at,
            received_at=entry.received_at,
            properties=call.data,
            context=context,
            mode=mode,
            may_trigger=mode == "live" and self._now - call.occurred_at <= trigger_age,
            is_activity=derive_activity(call.name, actor="contact", mode=mode),
            changes=applied.changes,
        )

    def _apply_traits(self, said: Said, call: Incoming) -> Applied:
        traits = said.entry.list_traits()
        if not traits:
            return Applied()
        return apply_traits(
            self._dossiers.get(said.contact_id),
            traits,
            said_at=call.occurred_at,
            speaker=_find_speaker(said),
        )

    def _note_consents(self, said: Said, call: Incoming) -> None:
        """Note the choices that a call states, in the two places where they stand.

        Those of a page, which is anybody's, count for nothing until the address confirms them.
        """
        around = call.context.get("consent")
        given = around.get("categoryPreferences") if isinstance(around, dict) else None
        source = said.entry.source.partition(":")[0]
        for choices in (given, said.entry.list_traits().get(CONSENTS)):
            for stated in read_choices(choices):
                chosen_at = parse_time(stated.chosen_at)
                self._consents.append(
                    ConsentChange(
                        contact_id=said.contact_id,
                        topic=stated.topic,
                        channel=stated.channel,
                        choice=stated.choice,
                        occurred_at=min(chosen_at or call.occurred_at, self._now),
                        source=IMPORT if source == IMPORT else TRACKING,
                        proof={"key": said.entry.source, "message_id": call.message_id}
                        | ({} if stated.proof is None else {"words": stated.proof}),
                        is_dated=chosen_at is not None,
                        is_trusted=said.entry.is_trusted,
                        is_proven=source == IMPORT or stated.proof is not None,
                    )
                )

    def _apply_own(self, event_id: int, said: Said, own: dict[str, Any]) -> Arrived:
        changes = own["d"].get("changes", {}) if own["n"] == CONTACT_UPDATED else {}
        subject = own.get("su")
        return Arrived(
            id=event_id,
            contact_id=said.contact_id,
            name=own["n"],
            occurred_at=datetime.fromisoformat(own["t"]),
            received_at=said.entry.received_at,
            properties=own["d"],
            context=own["c"],
            actor=own["w"],
            channel=own["ch"],
            cause_id=own["ca"],
            root_id=own["ro"],
            depth=own["de"],
            is_activity=derive_activity(own["n"], actor=own["w"], mode="live"),
            changes={name: (before, after) for name, (before, after) in changes.items()},
            subject=None if subject is None else (subject[0], subject[1]),
        )


def _load_owners(session: Session, entries: Sequence[Entry]) -> dict[int, int]:
    """Return whose the records are now that these entries are about, by the record's id.

    Who waits for word of a record is its contact of now: what was told of it before, and comes
    only now, is for that one.
    """
    about = {entry.record_id for entry in entries} - {None}
    if not about:
        return {}
    asked = select(Record.id, Record.contact_id).where(is_any(session, Record.id, about))
    return dict(session.execute(asked).all())


def _find_speaker(said: Said) -> Speaker:
    if said.entry.is_trusted:
        return "trusted"
    return "stranger" if said.was_vouched else "page"


def _move_events(session: Session, merges: Sequence[Merge]) -> None:
    event = table_of(Event)
    session.connection().execute(
        update(event)
        .where(event.c.contact_id == bindparam("loser"))
        .values(
            contact_id=bindparam("winner"),
            subject_id=case(
                (event.c.subject_kind == CONTACT, bindparam("winner")), else_=event.c.subject_id
            ),
        ),
        [{"loser": loser, "winner": winner} for loser, winner in merges],
    )
