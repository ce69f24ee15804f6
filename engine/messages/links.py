"""Links in letters: signed, bound to one purpose, and empty of personal data."""

import base64
import hashlib
from typing import Final
from uuid import UUID

from itsdangerous import BadSignature, Signer

UNSUBSCRIBE_PURPOSE: Final = "sojourn.unsubscribe"
LONGEST_TOKEN: Final = 100


def build_unsubscribe_url(base_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return the https link by which the reader of this message unsubscribes from its topic.

    It never expires, and names nothing but the message, under a MAC of 256 bits.
    Source: RFC 8058, 3.1: the URI holds enough to act on, and is hard to forge.
    """
    payload = base64.urlsafe_b64encode(message_uid.bytes).rstrip(b"=")
    token = _signer(secret, UNSUBSCRIBE_PURPOSE).sign(payload).decode()
    return f"{base_url}/u/{token}"


def read_unsubscribe_token(secret: bytes, token: str) -> UUID | None:
    """Return the uid of the message that the token names; None if it is not one of ours."""
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    try:
        payload = _signer(secret, UNSUBSCRIBE_PURPOSE).unsign(token)
    except BadSignature:
        return None
    return UUID(bytes=base64.urlsafe_b64decode(payload + b"=="))


def _signer(secret: bytes, purpose: str) -> Signer:
    return Signer(secret, salt=purpose, key_derivation="hmac", digest_method=hashlib.sha256)
