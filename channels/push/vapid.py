"""Tells push services who sends: one key pair of the instance, and short-lived tokens signed by it.

Sources: RFC 8292 (VAPID), RFC 7515 and RFC 7518, 3.4 (ES256).
"""

import hashlib
import threading
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from channels.push.encryption import write_base64url, write_point

LIFE: Final = timedelta(hours=12)
"""Of a token; RFC 8292 allows a day, which leaves no room for clocks that differ."""
RENEWED: Final = timedelta(hours=1)
"""A token is used no longer than this before its end."""
MOST_TOKENS: Final = 200
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
_HEAD: Final = write_base64url(b'{"typ":"JWT","alg":"ES256"}')


@lru_cache(maxsize=8)
def derive_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the private key that an instance's secret stands for; the same at every call.

    More bits are drawn than the key has, so that none is likelier than another (FIPS 186-5, A.2.1).
    """
    drawn = HKDF(hashes.SHA256(), 40, None, b"sojourn web push").derive(secret)
    return ec.derive_private_key(int.from_bytes(drawn) % (_ORDER - 1) + 1, ec.SECP256R1())


def show_public_key(secret: bytes) -> str:
    """Return the public key, as a page hands it to the browser (applicationServerKey)."""
    return write_base64url(write_point(derive_key(secret).public_key()))


def build_token(secret: bytes, origin: str, subject: str, *, now: datetime) -> str:
    """Return a token for one push service, for `LIFE`."""
    claims = {"aud": origin, "exp": int((now + LIFE).timestamp()), "sub": subject}
    signed = f"{_HEAD}.{write_base64url(orjson.dumps(claims))}"
    der = derive_key(secret).sign(signed.encode("ascii"), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    return f"{signed}.{write_base64url(r.to_bytes(32) + s.to_bytes(32))}"


class Tokens:
    """Remembers the tokens of push services, so that not every push is signed; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[bytes, str, str], tuple[datetime, str]] = {}

    def authorize(self, secret: bytes, origin: str, subject: str, *, now: datetime) -> str:
        """Return the header Authorization for a push service."""
        name = hashlib.sha256(secret).digest(), origin, subject
        with self._lock:
            until, token = self._known.get(name, (now, ""))
            if not RENEWED <= until - now <= LIFE:
                token = build_token(secret, origin, subject, now=now)
                if len(self._known) >= MOST_TOKENS:
                    self._known.clear()
                self._known[name] = now + LIFE, token
        return f"vapid t={token}, k={show_public_key(secret)}"
