"""The address to which a letter comes back: it names the letter, under a MAC. Pure.

A report of a mail server is not signed by anybody. What can be believed of it is that whoever wrote
it has seen this letter; so it may speak of this letter, and of no other.
"""

import base64
import hashlib
import hmac
import re
from typing import Final
from uuid import UUID

_PURPOSE: Final = b"sojourn.bounce:"
_MAC_BYTES: Final = 10
_TOKEN_LENGTH: Final = 42  # base32 of 16 + 10 bytes, without padding
LONGEST_LOCAL: Final = 64
"""Octets of what stands before the @ (RFC 5321 4.5.3.1.1)."""
MOST_LOCAL: Final = LONGEST_LOCAL - _TOKEN_LENGTH - 1


def build_return_path(bounce_address: str, secret: bytes, message_uid: UUID) -> str:
    """Return the envelope's sender of a message: `bounces+TOKEN@example.com`.

    Written in base32, since mail servers may change the case of a local part.
    """
    local, _, domain = bounce_address.rpartition("@")
    signed = message_uid.bytes + _sign(secret, message_uid.bytes)
    token = base64.b32encode(signed).decode().rstrip("=").lower()
    return f"{local}+{token}@{domain}"


def find_returned(bounce_address: str, secret: bytes, report: bytes) -> UUID | None:
    """Return the uid of the one message whose return path stands in a report.

    None: no path of ours stands in it, or paths of several messages do.
    """
    local, _, domain = bounce_address.rpartition("@")
    # A quoted-printable part may break a long word: its soft line breaks are taken out first.
    text = report.replace(b"=\r\n", b"").replace(b"=\n", b"")
    form = rb"%b\+([a-z2-7]{%d})@%b" % (
        re.escape(local.encode()),
        _TOKEN_LENGTH,
        re.escape(domain.encode()),
    )
    found = {
        uid
        for token in set(re.findall(form, text, re.IGNORECASE))
        if (uid := _read(secret, token)) is not None
    }
    return found.pop() if len(found) == 1 else None


def _read(secret: bytes, token: bytes) -> UUID | None:
    padding = b"=" * (-len(token) % 8)
    signed = base64.b32decode(token.upper() + padding)
    named, mac = signed[:16], signed[16:]
    return UUID(bytes=named) if hmac.compare_digest(mac, _sign(secret, named)) else None


def _sign(secret: bytes, named: bytes) -> bytes:
    return hmac.new(secret, _PURPOSE + named, hashlib.sha256).digest()[:_MAC_BYTES]
