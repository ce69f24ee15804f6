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


def find_presented(request: Request, body: Any) -> str:
    """Return the key of a request: Basic user name, Bearer, or `writeKey` in the body.

    Raises:
        WrongCredentials: there is none.
        Malformed: there are two, and they differ.
    """
    found = {key for key in (_read_header(request), _read_body(body)) if key}
    if len(found) > 1:
        raise Malformed("the key in the header and the writeKey in the body differ")
    if not found:
        raise WrongCredentials("send the write key as Basic user name, or as Bearer")
    return found.pop()


def _read_header(request: Request) -> str | None:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Malformed("the Authorization header is not valid Basic") from None
    return text.partition(":")[0]


def _read_body(body: Any) -> str | None:
    key = body.get("writeKey") if isinstance(body, Mapping) else None
    return key if isinstance(key, str) else None


def decide_trust(house: House, key: KeyInfo, item: Any) -> Trust:
    """Return how far an item said under this key is believed (server keys write like write keys)."""
    if key.kind is not KeyKind.BROWSER:
        return Trust.WRITE
    if isinstance(item, Mapping) and _is_signed(house, item):
        return Trust.SIGNED
    return Trust.BROWSER


def check_key(key: KeyInfo, origin: str | None) -> None:
    """Refuse a key that may not track from here.

    Raises:
        Denied: a server key without the scope, or a page that a browser key does not list.
    """
    if key.kind is KeyKind.SERVER and "events:write" not in key.scopes:
        raise Denied("this server key has no scope events:write")
    if key.kind is KeyKind.BROWSER and key.origins and origin not in key.origins:
        raise Denied("this browser key does not list the page's origin")


def sign_identity(secret: bytes, user_id: str) -> str:
    """Return the signature by which a site's server vouches for its visitor, in hexadecimal."""
    return hmac.new(secret, user_id.encode(), hashlib.sha256).hexdigest()


def _is_signed(house: House, item: Mapping[str, Any]) -> bool:
    user_id, given = item.get("userId"), item.get("userHash")
    around = item.get("context")
    if given is None and isinstance(around, Mapping):
        identity = around.get("identity")
        given = identity.get("signature") if isinstance(identity, Mapping) else None
    if not isinstance(user_id, str) or not isinstance(given, str):
        return False
    expected = sign_identity(house.get_secret(IDENTITY), user_id)
    return hmac.compare_digest(expected, given.lower() if given.isascii() else "")
