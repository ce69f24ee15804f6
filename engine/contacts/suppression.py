"""Addresses never written to, kept by keyed hash, so that they outlive contact and import."""

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.models.account import InstanceFact
from engine.models.contact import Suppression

KEY_FACT: Final = "secret:suppression"
_NO_KEY: Final = b"sojourn"


def normalise_address(channel: str, address: str) -> str:
    """Return the form under which an address is known: folded, without blanks around it."""
    plain = address.strip()
    return plain.casefold() if channel == "email" else plain.replace(" ", "")


def hash_address(session: Session, channel: str, address: str) -> bytes:
    """Return the keyed hash of an address, 32 bytes; nobody can tell the address from it."""
    return _hash(_get_key(session), channel, address)


def suppress(session: Session, channel: str, address: str, *, reason: str, now: datetime) -> None:
    """Never write to this address again. Repeating it is harmless: the first reason stays."""
    row = {
        "channel": channel,
        "address_hash": hash_address(session, channel, address),
        "reason": reason[:40],
        "created_at": now,
    }
    session.execute(insert_into(session, Suppression).on_conflict_do_nothing(), [row])


def find_suppressed(
    session: Session, addresses: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Return those of (channel, address) that are never written to."""
    if not addresses:
        return set()
    key = _get_key(session)
    hashes = {(channel, _hash(key, channel, one)): (channel, one) for channel, one in addresses}
    found = session.execute(
        select(Suppression.channel, Suppression.address_hash).where(
            tuple_(Suppression.channel, Suppression.address_hash).in_(list(hashes))
        )
    )
    return {hashes[channel, digest] for channel, digest in found.all()}


def _hash(key: bytes, channel: str, address: str) -> bytes:
    text = f"{channel}:{normalise_address(channel, address)}"
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _get_key(session: Session) -> bytes:
    """Return the instance's key; the fixed one only until the instance has made its own."""
    value = session.scalar(select(InstanceFact.value).where(InstanceFact.name == KEY_FACT))
    return str(value).encode() if value else _NO_KEY
