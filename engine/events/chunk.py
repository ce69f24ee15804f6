"""One chunk of what was said, gone through in memory: whom it is about, and what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from engine.contacts.attributes import Dossier, apply_traits, find_email
from engine.contacts.consent import ConsentChange, read_choices, record_consents
from engine.contacts.identify import Directory, Key, Known
from engine.contacts.merge import merge_attributes, merge_contacts
from engine.db import table_of
from engine.events.arrivals import CONTACT_UPDATED, Arrived, derive_activity
from engine.events.counting import Counting
from engine.events.incoming import Incoming, Trust
from engine.ids import new_id
from engine.models.contact import Contact

_KEPT_CONTEXT: Final = ("page", "campaign", "clamped", "journey_id", "channel", "library")
"""What of the senders' context is kept with an event; the rest is dropped, addresses among it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a batch: a sender's call, or an event of the product's own."""

    source: str
    trust: Trust
    received_at: datetime
    message_id: str | None
    own: dict[str, Any] | None
    call: Incoming | None

    @property
    def is_trusted(self) -> bool:
        """Whether it was said by somebody who may say everything about a contact."""
        return self.trust is not Trust.BROWSER

    def list_keys(self) -> list[Key]:
        """Return the identities it names."""
        if self.call is None:
            return []
        keys: list[Key] = []
        if self.call.external:
            keys.append(("external", self.call.external))
        if self.call.anonymous:
            keys.append(("anonymous", self.call.anonymous))
        if self.call.previous:
            keys += [("external", self.call.previous), ("anonymous", self.call.previous)]
        if email := self.find_email():
            keys.append(("email", email))
        return keys

    def find_email(self) -> str | None:
        """Return the address by which a trusted identify may find its contact."""
        if self.call is None or self.call.kind != "identify" or not self.is_trusted:
            return None
        address = find_email(self.call.data.get("email"))
        return None if address is None else address.casefold()


class Chunk:
    """The entries of one chunk, and the contacts they are about."""

    def __init__(self, session: Session, entries: Sequence[Entry], *, now: datetime) -> None:
        self._session = session
        self._entries = entries
        self._now = now
        keys = {key for entry in entries for key in entry.list_keys()}
        self._directory = Directory(session, keys, now=now)
        self._known: list[Known | None] = []
        self._dossiers: dict[int, Dossier] = {}
        self._consents: list[ConsentChange] = []
        self._counting: Counting | None = None

    def identify(self) -> list[int]:
        """Find or make the contact of every entry; answer all ids that are touched."""
        for entry in self._entries:
            self._known.append(None if entry.call is None else self._identify(entry, entry.call))
        self._directory.write_contacts()
        ids = {known.contact_id for known in self._known if known is not None}
        ids |= {known.resolve().contact_id for known in self._known if known is not None}
        ids |= {one.contact_id for pair in self._directory.joined for one in pair}
        ids |= {entry.own["own"] for entry in self._entries if entry.own is not None}
        return sorted(contact_id for contact_id in ids if contact_id is not None)

    def load(self, contact_ids: Sequence[int]) -> None:
        """Load what is known of the contacts, join those that are one, keep new identities."""
        self._counting = Counting(self._session, contact_ids)
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
            ).where(Contact.id.in_(list(contact_ids)))
        )
        for row in rows:
            self._dossiers[row.id] = Dossier(
                row.id, dict(row.attributes), dict(row.attribute_times), row.email, row.phone,
                row.timezone, row.email_confirmed, row.phone_confirmed,
            )  # fmt: skip
        for loser, winner in self._directory.joined:
            self._join(loser, winner)
        self._directory.write_identities()

    def apply(self, ids: Sequence[int], *, trigger_age: timedelta) -> list[Arrived]:
        """Take what was said into the dossiers and counters; answer the events, in order."""
        arrived: list[Arrived] = []
        for event_id, entry, known in zip(ids, self._entries, self._known, strict=True):
            if entry.call is not None and known is not None:
                event = self._apply_call(event_id, entry, entry.call, known, trigger_age)
            else:
                event = self._apply_own(event_id, entry, entry.own or {})
            if self._counting is not None:
                self._counting.count(event)
            arrived.append(event)
        return arrived

    def write(self) -> None:
        """Write dossiers, consents, counters and the identities that addresses make."""
        for dossier in self._dossiers.values():
            if dossier.is_changed and dossier.email and dossier.email_confirmed:
                known = Known(new_id(), dossier.contact_id)
                self._directory.attach_address("email", dossier.email.casefold(), known)
        self._directory.write_identities()
        changed = [dossier for dossier in self._dossiers.values() if dossier.is_changed]
        if changed:
            contact = table_of(Contact)
            self._session.connection().execute(
                update(contact)
                .where(contact.c.id == bindparam("the_id"))
                .values(
                    attributes=bindparam("new_attributes"),
                    attribute_times=bindparam("new_times"),
                    email=bindparam("new_email"),
                    phone=bindparam("new_phone"),
                    timezone=bindparam("new_timezone"),
                    email_confirmed=bindparam("email_ok"),
                    phone_confirmed=bindparam("phone_ok"),
                ),
                [_write_dossier(dossier) for dossier in changed],
            )
        record_consents(self._session, self._consents, now=self._now)
        if self._counting is not None:
            self._counting.write()

    def _identify(self, entry: Entry, call: Incoming) -> Known:
        if call.kind == "alias" and call.external and call.previous:
            return self._alias(entry, call.external, call.previous)
        return self._directory.identify(
            external=call.external, anonymous=call.anonymous, email=entry.find_email()
        )

    def _alias(self, entry: Entry, current: str, previous: str) -> Known:
        """Join two ids: any under a trusted key, only an anonymous one under a public key."""
        kind = "external" if self._directory.find(("external", previous)) else "anonymous"
        known = self._directory.find((kind, previous))
        if not entry.is_trusted and known is not None and known.is_named:
            return self._directory.identify(external=current, anonymous=None)
        return self._directory.alias(previous=(kind, previous), current=current)

    def _join(self, loser: Known, winner: Known) -> None:
        winner = winner.resolve()
        if loser.contact_id is None or winner.contact_id is None or self._counting is None:
            return
        if not merge_contacts(
            self._session, loser=loser.contact_id, winner=winner.contact_id, now=self._now
        ):
            return
        lost, kept = self._dossiers.pop(loser.contact_id), self._dossiers[winner.contact_id]
        kept.attributes, kept.times = merge_attributes(
            kept.attributes, kept.times, lost.attributes, lost.times
        )
        if kept.email is None:
            kept.email, kept.email_confirmed = lost.email, lost.email_confirmed
        if kept.phone is None:
            kept.phone, kept.phone_confirmed = lost.phone, lost.phone_confirmed
        kept.timezone = kept.timezone or lost.timezone
        kept.is_changed = True
        self._counting.join(loser.contact_id, winner.contact_id)

    def _apply_call(
        self, event_id: int, entry: Entry, call: Incoming, known: Known, trigger_age: timedelta
    ) -> Arrived:
        contact_id = known.resolve().contact_id or 0
        changes: dict[str, tuple[Any, Any]] = {}
        traits = call.data if call.kind == "identify" else call.context.get("traits")
        if isinstance(traits, dict):
            changes = apply_traits(
                self._dossiers[contact_id],
                traits,
                said_at=call.occurred_at,
                is_trusted=entry.is_trusted,
            )
        if entry.is_trusted:
            self._note_consents(entry, call, contact_id)
        mode = "history" if call.is_history and entry.is_trusted else "live"
        is_young = self._now - call.occurred_at <= trigger_age
        return Arrived(
            id=event_id,
            contact_id=contact_id,
            name=call.name,
            occurred_at=call.occurred_at,
            received_at=entry.received_at,
            properties=call.data,
            context={name: call.context[name] for name in _KEPT_CONTEXT if name in call.context},
            mode=mode,
            may_trigger=mode == "live" and is_young,
            is_activity=derive_activity(call.name, actor="contact", mode=mode),
            changes=changes,
        )

    def _note_consents(self, entry: Entry, call: Incoming, contact_id: int) -> None:
        """Note the choices that a trusted call carries, in the two places where they stand."""
        around = call.context.get("consent")
        given = around.get("categoryPreferences") if isinstance(around, dict) else None
        said = call.data.get("consents") if call.kind == "identify" else None
        for choices in (given, said):
            self._consents += [
                ConsentChange(
                    contact_id=contact_id,
                    topic=topic,
                    channel=channel,
                    choice=choice,
                    occurred_at=call.occurred_at,
                    source="tracking",
                    proof={"key": entry.source, "message_id": call.message_id},
                )
                for topic, channel, choice in read_choices(choices)
            ]

    def _apply_own(self, event_id: int, entry: Entry, own: dict[str, Any]) -> Arrived:
        changes = own["d"].get("changes", {}) if own["n"] == CONTACT_UPDATED else {}
        return Arrived(
            id=event_id,
            contact_id=own["own"],
            name=own["n"],
            occurred_at=datetime.fromisoformat(own["t"]),
            received_at=entry.received_at,
            properties=own["d"],
            context=own["c"],
            actor=own["w"],
            channel=own["ch"],
            cause_id=own["ca"],
            root_id=own["ro"],
            depth=own["de"],
            is_activity=derive_activity(own["n"], actor=own["w"], mode="live"),
            changes={name: (before, after) for name, (before, after) in changes.items()},
        )


def _write_dossier(dossier: Dossier) -> dict[str, Any]:
    return {
        "the_id": dossier.contact_id,
        "new_attributes": dossier.attributes,
        "new_times": dossier.times,
        "new_email": dossier.email,
        "new_phone": dossier.phone,
        "new_timezone": dossier.timezone,
        "email_ok": dossier.email_confirmed,
        "phone_ok": dossier.phone_confirmed,
    }
