"""Ids: random ones that sort by time, and derived ones for what must not happen twice."""

import hashlib
from typing import Final
from uuid import UUID

import uuid_utils

_SEPARATOR: Final = "\x1f"


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562): random, and ascending with time."""
    return UUID(int=uuid_utils.uuid7().int)


def derive_id(*parts: str | int) -> UUID:
    """Return the id that these parts always give: the same parts are the same thing.

    A message of (enrollment, node, visit) has one id however often it is intended, so a unique
    constraint on it keeps the second one out. The form is a UUIDv8 (RFC 9562, 5.8) of SHA-256.
    """
    digest = derive_digest(*parts)
    number = int.from_bytes(digest)
    number = number & ~(0xF << 76) | (0x8 << 76)
    number = number & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=number)


def derive_digest(*parts: str | int) -> bytes:
    """Return 16 bytes of SHA-256 over the parts, which can not run into one another."""
    text = _SEPARATOR.join(f"{len(str(part))}:{part}" for part in parts)
    return hashlib.sha256(text.encode()).digest()[:16]
