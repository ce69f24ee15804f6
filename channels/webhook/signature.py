"""Signatures of webhooks. Source: Standard Webhooks 1.0.0, symmetric signatures."""

import binascii
import hmac
import re
import secrets
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from typing import Final

_PREFIX: Final = "whsec_"
_OCTETS: Final = 32
_FEWEST_OCTETS: Final = 24
_MOST_OCTETS: Final = 64
TOLERANCE: Final = timedelta(minutes=5)
_MOST_SIGNATURES: Final = 5  # two are usual while a secret is changed
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,200}")  # a dot would shift what was signed
_SECONDS: Final = re.compile(r"[0-9]{1,11}")


class BadSecret(ValueError):
    """A secret is ``whsec_`` and 24 to 64 octets in base64."""

    code = "bad_secret"


class SignatureRefused(ValueError):
    """A call that was not signed with this secret, or not just now."""

    code = "signature_refused"


def new_secret() -> str:
    """Return a fresh secret of 256 random bits."""
    return _PREFIX + b64encode(secrets.token_bytes(_OCTETS)).decode("ascii")


def sign(secret: str, webhook_id: str, body: bytes, *, now: datetime) -> list[tuple[str, str]]:
    """Return the three headers by which a receiver knows who calls, when, and whether once more.

    Without a secret ("") the signature is left out.

    Raises:
        BadSecret: not in the form that `new_secret` has.
    """
    timestamp = str(int(now.timestamp()))
    unsigned = [("webhook-id", webhook_id), ("webhook-timestamp", timestamp)]
    if not secret:
        return unsigned
    content = f"{webhook_id}.{timestamp}.".encode() + body
    signature = b64encode(hmac.digest(_read_secret(secret), content, "sha256")).decode("ascii")
    return [*unsigned, ("webhook-signature", f"v1,{signature}")]


def verify(
    secret: str, webhook_id: str, timestamp: str, signatures: str, body: bytes, *, now: datetime
) -> None:
    """Check who made a call that reached us.

    Args:
        secret: ``whsec_…``.
        webhook_id: of the header ``webhook-id`` (with Svix: ``svix-id``).
        timestamp: of ``webhook-timestamp``.
        signatures: of ``webhook-signature``; one that is right suffices.
        body: the octets that came.
        now: aware.

    Raises:
        SignatureRefused: none of the first five is right, or it was made over five minutes away.
        BadSecret: not in the form that `new_secret` has.
    """
    if not _ID.fullmatch(webhook_id) or not _SECONDS.fullmatch(timestamp):
        raise SignatureRefused("the id or the time of the call is none")
    if abs(now - datetime.fromtimestamp(int(timestamp), UTC)) > TOLERANCE:
        raise SignatureRefused("the call was signed too long ago, or ahead of time")
    content = f"{webhook_id}.{timestamp}.".encode() + body
    right = b"v1," + b64encode(hmac.digest(_read_secret(secret), content, "sha256"))
    for given in signatures[: _MOST_SIGNATURES * 100].split(" ")[:_MOST_SIGNATURES]:
        if hmac.compare_digest(given.encode("utf-8", "replace"), right):
            return
    raise SignatureRefused("the signature is not right")


def check_secret(secret: str) -> None:
    """Judge a secret, for when it is saved.

    Raises:
        BadSecret: not in the form that `new_secret` has.
    """
    _read_secret(secret)


def _read_secret(secret: str) -> bytes:
    try:
        key = b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(_PREFIX) or not _FEWEST_OCTETS <= len(key) <= _MOST_OCTETS:
        raise BadSecret("a secret is whsec_ and 24 to 64 octets in base64")
    return key
