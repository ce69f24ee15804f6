"""Links in letters: signed, bound to one purpose, and empty of personal data."""

import base64
import hashlib
import re
from typing import Final
from uuid import UUID

from itsdangerous import BadSignature, Signer

UNSUBSCRIBE_PURPOSE: Final = "sojourn.unsubscribe"
CLICK_PURPOSE: Final = "sojourn.click"
OPEN_PURPOSE: Final = "sojourn.open"
VIEW_PURPOSE: Final = "sojourn.view"
LONGEST_TOKEN: Final = 100
_PIXEL: Final = re.compile(rb'<img src="[^"]*/o/[\w.-]{40,100}\.gif"[^>]*>')
_FOLLOWED: Final = re.compile(rb'href="[^"]*/c/[\w.-]{40,100}/[\w.-]+"')


def build_unsubscribe_url(base_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return the https link by which the reader of this message unsubscribes from its topic.

    It never expires, and names nothing but the message, under a MAC of 256 bits.
    Source: RFC 8058, 3.1: the URI holds enough to act on, and is hard to forge.
    """
    return f"{base_url}/u/{_build_token(secret, UNSUBSCRIBE_PURPOSE, message_uid)}"


def build_click_prefix(tracking_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return what the followed links of this message begin with; the key of a link comes behind."""
    return f"{tracking_url}/c/{_build_token(secret, CLICK_PURPOSE, message_uid)}"


def build_open_url(tracking_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return the address of the picture that tells of opens of this message."""
    return f"{tracking_url}/o/{_build_token(secret, OPEN_PURPOSE, message_uid)}.gif"


def build_view_url(base_url: str, secret: bytes, message_uid: UUID) -> str:
    """Return the address at which the reader of this message sees it in a browser."""
    return f"{base_url}/v/{_build_token(secret, VIEW_PURPOSE, message_uid)}"


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
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    try:
        payload = _signer(secret, purpose).unsign(token)
    except BadSignature:
        return None
    return UUID(bytes=base64.urlsafe_b64decode(payload + b"=="))


def _build_token(secret: bytes, purpose: str, message_uid: UUID) -> str:
    payload = base64.urlsafe_b64encode(message_uid.bytes).rstrip(b"=")
    return _signer(secret, purpose).sign(payload).decode()


def _signer(secret: bytes, purpose: str) -> Signer:
    return Signer(secret, salt=purpose, key_derivation="hmac", digest_method=hashlib.sha256)
