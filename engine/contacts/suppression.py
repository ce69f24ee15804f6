"""Addresses never written to, kept by keyed hash, so that they outlive contact and import."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete, false, or_, select, tuple_, update
from sqlalchemy.orm import Session

from engine.contacts.addresses import fold
from engine.db import change_rows, insert_into
from engine.errors import Conflict, NotFound
from engine.language.say import say
from engine.models.account import InstanceSecret
from engine.models.contact import Suppression
from engine.models.feedback import Saying

KEY_NAME: Final = "suppression"
KEY_BYTES: Final = 32
LONGEST_REASON: Final = 40
FORGOTTEN: Final = "erased"
"""Why the address of an erased contact is suppressed."""
BY_HAND: Final = "by_hand"
IMPORTED: Final = "imported"
"""A list of another product said so."""
HARD_BOUNCE: Final = "hard_bounce"
"""A provider said that the address takes nothing, now or ever."""
SOFT_BOUNCES: Final = "soft_bounces"
"""Its mailbox was full, or its server busy, too often."""
COMPLAINED: Final = "complained"
"""Its owner called a letter spam. What they asked for themselves still reaches them: this alone
stops marketing, and nothing else."""
_WEAKEST_FIRST: Final = (COMPLAINED, SOFT_BOUNCES)
"""Reasons that give way to graver ones; all others stay as they are."""
Address = tuple[str, str]
"""(channel, address)."""


def suppress(session: Session, channel: str, address: str, *, reason: str, now: datetime) -> None:
    """Never write to this address again. Repeating it is harmless: the first grave reason stays."""
    suppress_all(session, [(channel, address)], reason=reason, now=now)


def suppress_all(
    session: Session, addresses: Collection[Address], *, reason: str, now: datetime
) -> None:
    """Never write to these addresses again, each as `suppress` does."""
    found = {(one[0], digest) for one, digest in hash_addresses(session, addresses).items()}
    rows = [
        {
            "channel": channel,
            "address_hash": digest,
            "reason": reason[:LONGEST_REASON],
            "created_at": now,
        }
        for channel, digest in sorted(found)
    ]
    if not rows:
        return
    statement = insert_into(session, Suppression)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[Suppression.channel, Suppression.address_hash],
            set_={"reason": statement.excluded.reason},
            where=or_(false(), *(Suppression.reason == one for one in _list_weaker(reason))),
        ),
        rows,
    )


def _list_weaker(reason: str) -> tuple[str, ...]:
    """Return the reasons that this one replaces, so that their order of arrival is no matter."""
    if reason in _WEAKEST_FIRST:
        return _WEAKEST_FIRST[: _WEAKEST_FIRST.index(reason)]
    return _WEAKEST_FIRST


def hash_addresses(session: Session, addresses: Collection[Address]) -> dict[Address, bytes]:
    """Return the keyed hash of each address, by which it is known without being kept."""
    key = _ensure_key(session) if addresses else b""
    return {one: _hash(key, *one) for one in addresses}


def find_hashes(session: Session, addresses: Collection[Address]) -> dict[Address, bytes]:
    """Return the keyed hash of each address; of none, where nothing was ever kept by one."""
    key = _find_key(session) if addresses else None
    return {} if key is None else {one: _hash(key, *one) for one in addresses}


def lift(session: Session, channel: str, address: str) -> None:
    """Let this address be written to again; what came back softly until now counts no more.

    Raises:
        NotFound: it may be written to.
        Conflict: somebody who was forgotten asked for it; only they could say otherwise.
    """
    found = find_reasons(session, [(channel, address)]).get((channel, address))
    if found is None:
        raise NotFound(say("this address is not suppressed"))
    if found.reason == FORGOTTEN:
        raise Conflict(
            say("whoever had this address asked to be forgotten, and never to be written to")
        )
    change_rows(
        session,
        delete(Suppression).where(
            Suppression.channel == channel, Suppression.address_hash == found.address_hash
        ),
    )
    softly = (Saying.bounce == "soft", Saying.address_hash == found.address_hash)
    change_rows(session, update(Saying).where(*softly).values(address_hash=None))


def find_reasons(session: Session, addresses: Collection[Address]) -> dict[Address, Suppression]:
    """Return, of those that are never written to, since when and why."""
    key = _find_key(session) if addresses else None
    if key is None:
        return {}
    hashes = {_hash(key, *one): one for one in addresses}
    rows = session.scalars(select(Suppression).where(Suppression.address_hash.in_(list(hashes))))
    return {hashes[row.address_hash]: row for row in rows}


def is_suppressed(session: Session, channel: str, address: str) -> bool:
    """Return whether this address is never written to, however it is spelt."""
    return bool(find_suppressed(session, [(channel, address)]))


def find_suppressed(session: Session, addresses: Collection[Address]) -> set[Address]:
    """Return those that are never written to."""
    key = _find_key(session) if addresses else None
    if key is None:
        return set()
    hashes = {(one, _hash(key, *one)) for one in addresses}
    asked = {(channel, digest) for (channel, _), digest in hashes}
    rows = session.execute(
        select(Suppression.channel, Suppression.address_hash).where(
            tuple_(Suppression.channel, Suppression.address_hash).in_(list(asked))
        )
    )
    known = {(channel, digest) for channel, digest in rows}
    return {one for one, digest in hashes if (one[0], digest) in known}


def hash_address(session: Session, channel: str, address: str) -> bytes:
    """Return the instance's keyed hash of an address, however it is spelt."""
    return _hash(_ensure_key(session), channel, address)


def _hash(key: bytes, channel: str, address: str) -> bytes:
    """Return the keyed hash of an address, 32 bytes; nobody can tell the address from it."""
    text = f"{channel}:{fold(channel, address)}"
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _find_key(session: Session) -> bytes | None:
    """Return the instance's key for these hashes; None before anything was suppressed."""
    value = session.scalar(select(InstanceSecret.value).where(InstanceSecret.name == KEY_NAME))
    return None if value is None else base64.b64decode(value)


def _ensure_key(session: Session) -> bytes:
    """Return the instance's key, made at the first call; of two makers one wins for both."""
    fresh = secrets.token_bytes(KEY_BYTES)
    row = {"name": KEY_NAME, "value": base64.b64encode(fresh).decode()}
    session.execute(insert_into(session, InstanceSecret).on_conflict_do_nothing(), [row])
    return _find_key(session) or fresh
