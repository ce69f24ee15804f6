"""Signatures of webhooks. Source: Standard Webhooks 1.0.0, symmetric signatures."""

import binascii
import hmac
import secrets
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Final

_PREFIX: Final = "whsec_"
_OCTETS: Final = 32
_FEWEST_OCTETS: Final = 24
_MOST_OCTETS: Final = 64


class BadSecret(ValueError):
    """A secret is ``whsec_`` and 24 to 64 octets in base64."""

    code = "bad_secret"


def new_secret() -> str:
    """Return a fresh secret of 256 random bits."""
    return _PREFIX + b64encode(secrets.token_bytes(_OCTETS)).decode("ascii")


def sign(
    secret: str, webhook_id: str, body: bytes, *, now: datetime, old_secret: str = ""
) -> list[tuple[str, str]]:
    """Return the three headers by which a receiver knows who calls, when, and whether once more.

    Without a secret ("") the signature is left out. While a secret is being replaced there are two
    signatures, parted by a blank, so that a receiver may know either secret.

    Raises:
        BadSecret: not in the form that `new_secret` has.
    """
    timestamp = str(int(now.timestamp()))
    unsigned = [("webhook-id", webhook_id), ("webhook-timestamp", timestamp)]
    if not secret:
        return unsigned
    content = f"{webhook_id}.{timestamp}.".encode() + body
    signatures = [_sign_with(one, content) for one in (secret, old_secret) if one]
    return [*unsigned, ("webhook-signature", " ".join(signatures))]


def _sign_with(secret: str, content: bytes) -> str:
    digest = hmac.digest(_read_secret(secret), content, "sha256")
    return f"v1,{b64encode(digest).decode('ascii')}"


def _read_secret(secret: str) -> bytes:
    try:
        key = b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(_PREFIX) or not _FEWEST_OCTETS <= len(key) <= _MOST_OCTETS:
        raise BadSecret("a secret is whsec_ and 24 to 64 octets in base64")
    return key
