"""Which key came along with a tracking call, and what may be said under it."""

import base64
import binascii
import hashlib
import hmac
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

from flask import Request

from engine.accounts.instance import IDENTITY
from engine.accounts.keys import KeyInfo, KeyKind
from engine.errors import Denied, WrongCredentials
from engine.events.incoming import Trust
from server.auth import authenticate_key
from server.errors import Malformed
from server.wiring import House

REMEMBERED_SECONDS: Final = 5.0
"""For so long a key is known without asking the database: a revoked one lives no longer."""
MOST_REMEMBERED: Final = 10_000


class KnownKeys:
    """Keys recognised lately, so that not every call hashes and asks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, KeyInfo]] = {}

    def find(self, house: House, presented: str) -> KeyInfo:
        """Return the key that was presented.

        Raises:
            WrongCredentials: there is none such.
        """
        now = time.monotonic()
        with self._lock:
            known = self._known.get(presented)
        if known is not None and known[0] > now:
            return known[1]
        key = authenticate_key(house, presented)
        with self._lock:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[presented] = (now + REMEMBERED_SECONDS, key)
        return key


def read_key_header(request: Request) -> str | None:
    """Return the key in the Authorization header: Basic user name, or Bearer.

    Raises:
        Malformed: the header cannot be read.
    """
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Malformed("the Authorization header is not valid Basic") from None
    return text.partition(":")[0] or None


def choose_key(in_header: str | None, body: Any) -> str:
    """Return the key of a request, from its header or the `writeKey` of its body.

    Raises:
        WrongCredentials: there is none.
        Malformed: there are two, and they differ.
    """
    in_body = body.get("writeKey") if isinstance(body, Mapping) else None
    found = {key for key in (in_header, in_body) if isinstance(key, str) and key}
    if len(found) > 1:
        raise Malformed("the key in the header and the writeKey in the body differ")
    if not found:
        raise WrongCredentials("send the key as Basic user name, as Bearer, or as writeKey")
    return found.pop()


def check_key(key: KeyInfo, *, origin: str | None, is_history: bool) -> None:
    """Refuse a key that may not say this from here.

    Args:
        key: as presented.
        origin: of the page that says it; None where no page does.
        is_history: it speaks of the past.

    Raises:
        Denied: a server key without the scope, a secret in a page, a page that a browser key does
            not list, or the past told by a page.
    """
    if key.kind is KeyKind.SERVER and "events:write" not in key.scopes:
        raise Denied("this server key has no scope events:write")
    if key.kind is not KeyKind.BROWSER:
        if origin is not None:
            raise Denied("a page sent a secret key: revoke it, and use a browser key in pages")
        return
    if key.origins and (origin or "").lower() not in key.origins:
        raise Denied("this browser key does not list the page's origin")
    if is_history:
        raise Denied("a browser key cannot tell of the past: import with a write key")


def decide_trust(key: KeyInfo) -> Trust:
    """Return how far what is said under this key is believed."""
    return Trust.BROWSER if key.kind is KeyKind.BROWSER else Trust.WRITE


def is_signed(house: House, item: Mapping[str, Any]) -> bool:
    """Return whether the site's server vouches for the visitor of whom a page speaks."""
    user_id, given = item.get("userId"), item.get("userHash")
    around = item.get("context")
    if given is None and isinstance(around, Mapping):
        identity = around.get("identity")
        given = identity.get("signature") if isinstance(identity, Mapping) else None
    if isinstance(user_id, int) and not isinstance(user_id, bool):
        user_id = str(user_id)
    if not isinstance(user_id, str) or not isinstance(given, str):
        return False
    expected = sign_identity(house.get_secret(IDENTITY), user_id)
    return hmac.compare_digest(expected.encode(), given.lower().encode(errors="replace"))


def sign_identity(secret: bytes, user_id: str) -> str:
    """Return the signature by which a site's server vouches for its visitor, in hexadecimal.

    HMAC-SHA256 (RFC 2104) of the user id; the key is the text of the secret, as `show_secret` gives
    it, so that no site has to decode anything.
    """
    key = show_secret(secret).encode()
    return hmac.new(key, user_id.encode(), hashlib.sha256).hexdigest()


def show_secret(secret: bytes) -> str:
    """Return the secret in the form in which a site's server holds it."""
    return secret.hex()
