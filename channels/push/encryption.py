"""Encrypts a push for one browser, so that its push service cannot read it.

Sources: RFC 8291 (Message Encryption for Web Push), RFC 8188 (the content coding aes128gcm).
"""

import base64
import binascii
import os
import struct
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MOST_OCTETS: Final = 3_993
"""Of what is sent: the body that every push service has to take holds 4,096 (RFC 8291, 4)."""
_RECORD: Final = 4_096
_SALT: Final = 16
_AUTH: Final = 16
_POINT: Final = 65  # an uncompressed point of P-256
_LAST: Final = b"\x02"  # delimits the padding of the last record (RFC 8188, 2)


class BadSubscription(ValueError):
    """The keys of a subscription are none."""

    code = "bad_subscription"


def read_base64url(text: str) -> bytes:
    """Return octets written in base64url, padded or not.

    Raises:
        BadSubscription: it is no base64url.
    """
    plain = text.rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadSubscription("a key is written in base64url") from None


def write_base64url(octets: bytes) -> str:
    """Return octets in base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def write_point(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as 65 octets."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def check_keys(p256dh: str, auth: str) -> None:
    """Judge the keys of a subscription, for when it comes in.

    Raises:
        BadSubscription: no point of the curve, or no secret of 16 octets.
    """
    _read_keys(p256dh, auth)


def encrypt(
    plain: bytes,
    p256dh: str,
    auth: str,
    *,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """Return the body that is posted to a push service.

    Args:
        plain: at most `MOST_OCTETS`.
        p256dh: the browser's public key.
        auth: its secret.
        salt: 16 octets; None: fresh ones, as it has to be.
        own: the sender's key for this one message; None: a fresh one, as it has to be.

    Raises:
        BadSubscription: the keys are none.
        ValueError: there is too much to send.
    """
    if len(plain) > MOST_OCTETS:
        raise ValueError(f"a push holds at most {MOST_OCTETS} octets")
    theirs, secret = _read_keys(p256dh, auth)
    salt = os.urandom(_SALT) if salt is None else salt
    own = own or ec.generate_private_key(ec.SECP256R1())
    ours = write_point(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    about = b"WebPush: info\x00" + write_point(theirs) + ours
    material = _derive(shared, salt=secret, info=about, length=32)
    key = _derive(material, salt=salt, info=b"Content-Encoding: aes128gcm\x00", length=16)
    nonce = _derive(material, salt=salt, info=b"Content-Encoding: nonce\x00", length=12)
    sealed = AESGCM(key).encrypt(nonce, plain + _LAST, None)
    return salt + struct.pack("!IB", _RECORD, len(ours)) + ours + sealed


def _derive(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


def _read_keys(p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    point, secret = read_base64url(p256dh), read_base64url(auth)
    if len(secret) != _AUTH or len(point) != _POINT:
        raise BadSubscription("p256dh has 65 octets, and auth 16")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point), secret
    except (ValueError, UnsupportedAlgorithm):
        raise BadSubscription("p256dh is no point of the curve P-256") from None
