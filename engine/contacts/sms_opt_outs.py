"""Who asked for no more texts: by sender and the keyed hash of the number (rule 123)."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.contacts.suppression import find_hashes, hash_addresses
from engine.db import change_rows, insert_into
from engine.models.contact import SmsOptOut

OWN_BRAND: Final = "own"
"""The sender of all texts of an instance: it speaks for one brand."""
BY_TEXT: Final = "text"
BY_PROVIDER: Final = "provider"
"""A provider refuses the number because its owner told it to."""


def opt_out(
    session: Session, number: str, *, source: str, now: datetime, written_to: str = ""
) -> bool:
    """Send no more texts to a number, of whatever journey; answer whether that is new.

    Args:
        now: when that was asked for; of several times the last is kept.
    """
    row = {
        "sender": OWN_BRAND,
        "address_hash": _hash(session, number),
        "source": source,
        "number": written_to[:40],
        "created_at": now,
    }
    statement = insert_into(session, SmsOptOut).values(row)
    added = session.scalar(statement.on_conflict_do_nothing().returning(SmsOptOut.address_hash))
    if added is None:
        later = update(SmsOptOut).where(
            SmsOptOut.sender == OWN_BRAND,
            SmsOptOut.address_hash == row["address_hash"],
            SmsOptOut.created_at < now,
        )
        change_rows(session, later.values(created_at=now))
    return added is not None


def opt_in(session: Session, number: str, *, now: datetime) -> bool:
    """Let a number be written to again that asked for that at `now`; answer whether it was not.

    One that has asked for no more since then stays as it is: texts may come in another order.
    """
    change = delete(SmsOptOut).where(
        SmsOptOut.sender == OWN_BRAND,
        SmsOptOut.address_hash == _hash(session, number),
        SmsOptOut.created_at <= now,
    )
    return change_rows(session, change) > 0


def find_opt_outs(session: Session, numbers: Collection[str]) -> dict[str, SmsOptOut]:
    """Return, of those who asked for no more texts, since when and how."""
    hashes = find_hashes(session, [("sms", number) for number in numbers])
    if not hashes:
        return {}
    rows = session.scalars(
        select(SmsOptOut).where(
            SmsOptOut.sender == OWN_BRAND, SmsOptOut.address_hash.in_(list(hashes.values()))
        )
    )
    known = {row.address_hash: row for row in rows}
    return {number: known[digest] for (_, number), digest in hashes.items() if digest in known}


def _hash(session: Session, number: str) -> bytes:
    address = ("sms", number)
    return hash_addresses(session, [address])[address]
