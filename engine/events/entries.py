"""Raw batches, read again: each item with who said it, and how far that is believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from engine.contacts.addresses import find_email, find_phone
from engine.contacts.dossiers import list_address_keys
from engine.contacts.identify import Key
from engine.events.arrivals import RECORD
from engine.events.incoming import Incoming, Trust


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a batch: a sender's call, or an event of the product's own.

    Attributes:
        own: an event of the product's own, as `engine.events.accepting` wrote it.
    """

    source: str
    trust: Trust
    received_at: datetime
    message_id: str | None
    own: dict[str, Any] | None = None
    call: Incoming | None = None

    @property
    def record_id(self) -> int | None:
        """The ticket, deal or cart that an event of the product's own is about; None if none."""
        kind, subject_id = (self.own or {}).get("su") or (None, None)
        return subject_id if kind == RECORD else None

    @property
    def is_trusted(self) -> bool:
        """Whether who said it may say everything about this contact."""
        return self.trust is not Trust.BROWSER

    @property
    def may_join(self) -> bool:
        """Whether who said it may say that two contacts are one, and speak of the past.

        A signed visitor may speak for himself alone.
        """
        return self.trust in (Trust.WRITE, Trust.SYSTEM)

    def list_traits(self) -> Mapping[str, Any]:
        """Return what the call says of its contact: as its purpose, or by the way."""
        if self.call is None:
            return {}
        if self.call.kind == "identify":
            return self.call.data
        around = self.call.context.get("traits")
        return around if isinstance(around, dict) else {}

    def list_addresses(self) -> list[Key]:
        """Return the addresses by which a trusted call may find its contact."""
        if self.call is None or not self.may_join:
            return []
        traits = self.list_traits()
        return list_address_keys(find_email(traits.get("email")), find_phone(traits.get("phone")))

    def list_keys(self) -> list[Key]:
        """Return all identities that the call names."""
        if self.call is None:
            return []
        call, keys = self.call, self.list_addresses()
        if call.external:
            keys.append(("external", call.external))
        if call.anonymous:
            keys.append(("anonymous", call.anonymous))
        if call.previous:
            keys += [("external", call.previous), ("anonymous", call.previous)]
        return keys


def read_entries(body: bytes, *, source: str, trust: Trust, received_at: datetime) -> list[Entry]:
    """Return the items of a batch's inflated body."""
    rows: list[dict[str, Any]] = orjson.loads(body)
    return [_read_entry(row, source, trust, received_at) for row in rows]


def _read_entry(row: dict[str, Any], source: str, trust: Trust, received_at: datetime) -> Entry:
    if "own" in row:
        return Entry(source, trust, received_at, row["i"], own=row)
    call = Incoming.from_json(row)
    if call.is_signed and trust is Trust.BROWSER:
        trust = Trust.SIGNED
    return Entry(source, trust, received_at, call.message_id, call=call)
