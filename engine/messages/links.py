"""Links in letters: signed, bound to one purpose, and empty of personal data."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from itsdangerous import BadSignature, Signer

UNSUBSCRIBE_PURPOSE: Final = "sojourn.unsubscribe"
PREFERENCES_PURPOSE: Final = "sojourn.preferences"
CONFIRM_PURPOSE: Final = "sojourn.confirm"
LONGEST_TOKEN: Final = 120
SEAL_BYTES: Final = 16
CLICK_PURPOSE: Final = "sojourn.click"
OPEN_PURPOSE: Final = "sojourn.open"
VIEW_PURPOSE: Final = "sojourn.view"
_PIXEL: Final = re.compile(rb'<img src="[^"]*/o/[\w.-]{40,100}\.gif"[^>]*>')
_FOLLOWED: Final = re.compile(rb'href="[^"]*/c/[\w.-]{40,100}/[\w.-]+"')


def build_unsubscribe_url(base_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return the https link by which the reader of this message unsubscribes from its topic.

    It never expires, and names nothing but the message, under a MAC of 256 bits.
    Source: RFC 8058, 3.1: the URI holds enough to act on, and is hard to forge.
    """
    return f"{base_url}/u/{_sign(secret, UNSUBSCRIBE_PURPOSE, message_uid.bytes)}"


def build_click_prefix(tracking_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return what the followed links of this message begin with; the key of a link comes behind."""
    return f"{tracking_url}/c/{_sign(secret, CLICK_PURPOSE, message_uid.bytes)}"


def build_open_url(tracking_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return the address of the picture that tells of opens of this message."""
    return f"{tracking_url}/o/{_sign(secret, OPEN_PURPOSE, message_uid.bytes)}.gif"


def build_view_url(base_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return the address at which the reader of this message sees it in a browser."""
    return f"{base_url}/v/{_sign(secret, VIEW_PURPOSE, message_uid.bytes)}"


def hide_pixel(html: bytes) -> bytes:
    """Return a kept letter without the picture that tells of opens."""
    return _PIXEL.sub(b"", html)


def hide_followed(html: bytes) -> bytes:
    """Return a kept letter without what tells of opens and clicks: a colleague looks at it, not its reader."""
    return _FOLLOWED.sub(b'href="#"', hide_pixel(html))


def read_unsubscribe_token(secret: bytes, token: str) -> UUID | None:
    """Return the uid of the message that the token names; None if it is not one of ours."""
    return read_token(secret, UNSUBSCRIBE_PURPOSE, token)


def read_token(secret: bytes, purpose: str, token: str) -> UUID | None:
    """Return the uid that a token of this purpose names; None if it is none, or of another."""
    payload = _unsign(secret, purpose, token)
    return None if payload is None else UUID(bytes=payload)


def build_preferences_url(base_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return the link to the page on which the reader of this message chooses what comes."""
    return f"{base_url}/p/{_sign(secret, PREFERENCES_PURPOSE, message_uid.bytes)}"


def read_preferences_token(secret: bytes, token: str) -> UUID | None:
    """Return the uid of the message that the token names; None if it is not one of ours."""
    return read_token(secret, PREFERENCES_PURPOSE, token)


@dataclass(frozen=True, slots=True)
class ConfirmToken:
    """What the link in a letter that asks names: the letter, and the address it went to, sealed."""

    message_uid: UUID
    seal: bytes


def build_confirm_url(base_url: str, secret: bytes, message_uid: UUID, address: str) -> str:
    """Return the link by which the owner of this address confirms what this letter asks."""
    payload = message_uid.bytes + seal_address(secret, message_uid, address)
    return f"{base_url}/confirm/{_sign(secret, CONFIRM_PURPOSE, payload)}"


def read_confirm_token(secret: bytes, token: str) -> ConfirmToken | None:
    """Return what the token names; None if it is not one of ours."""
    payload = _unsign(secret, CONFIRM_PURPOSE, token)
    return None if payload is None else ConfirmToken(UUID(bytes=payload[:16]), payload[16:])


def seal_address(secret: bytes, message_uid: UUID, address: str) -> bytes:
    """Return what tells, without showing it, that a letter went to this folded address."""
    text = b"address:" + message_uid.bytes + address.encode()
    return hmac.new(secret, text, hashlib.sha256).digest()[:SEAL_BYTES]


def _sign(secret: bytes, purpose: str, payload: bytes) -> str:
    text = base64.urlsafe_b64encode(payload).rstrip(b"=")
    return _signer(secret, purpose).sign(text).decode()


def _unsign(secret: bytes, purpose: str, token: str) -> bytes | None:
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    try:
        text = _signer(secret, purpose).unsign(token)
    except BadSignature:
        return None
    if _signer(secret, purpose).sign(text).decode() != token:  # base64 has other spellings of a MAC
        return None
    return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))


def _signer(secret: bytes, purpose: str) -> Signer:
    return Signer(secret, salt=purpose, key_derivation="hmac", digest_method=hashlib.sha256)
