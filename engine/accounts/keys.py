"""Keys of clients: what they look like, how one is recognised.

A key is `wk_`, `bk_` or `sk_`, then a public id (12 characters), a secret (43) and a checksum (6),
in letters and digits alone, so that a double click takes it whole. The checksum lets scanners of
source code tell a leaked key from noise, and lets us refuse a mistyped one unread.
"""

import hashlib
import hmac
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from engine.accounts.permissions import SCOPES
from engine.errors import Invalid, NotFound, WrongCredentials
from engine.language.say import say
from engine.models.account import ApiKey

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PUBLIC_LENGTH: Final = 12  # 71 bits: two keys never meet
SECRET_LENGTH: Final = 43  # 256 bits
CHECK_LENGTH: Final = 6  # CRC-32
NAME_LENGTH: Final = 120
USE_NOTED_EVERY: Final = timedelta(hours=1)


class KeyKind(StrEnum):
    """Who holds a key, and so what may be said under it."""

    WRITE = "write"  # a server's tracking library; secret; says everything, reads nothing
    BROWSER = "browser"  # pages; public; what is said under it is not trusted
    SERVER = "server"  # a backend; secret; reads and changes what its scopes allow


PREFIXES: Final = {KeyKind.WRITE: "wk_", KeyKind.BROWSER: "bk_", KeyKind.SERVER: "sk_"}
_KINDS: Final = {prefix: kind for kind, prefix in PREFIXES.items()}
_LENGTH: Final = 3 + PUBLIC_LENGTH + SECRET_LENGTH + CHECK_LENGTH


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """A key that has been recognised.

    Attributes:
        origins: of a browser key, the pages that may use it; none: any page.
        used_at: when it was last seen in use, to the hour.
    """

    id: int
    public_id: str
    kind: KeyKind
    name: str
    scopes: frozenset[str]
    origins: tuple[str, ...]
    used_at: datetime | None


def create(
    session: Session,
    kind: KeyKind,
    name: str,
    *,
    now: datetime,
    scopes: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> tuple[ApiKey, str]:
    """Make a key and return its row and the whole key, which is kept nowhere.

    Args:
        session: of a transaction.
        kind: of the key.
        name: for people; any words.
        now: the present instant.
        scopes: of a server key; none: all that a server key may have.
        origins: of a browser key, such as `https://shop.example`.

    Raises:
        Invalid: no name, or scopes or origins where they can not be.
    """
    if not 0 < len(name.strip()) <= NAME_LENGTH:
        msg = say(
            "a key needs a name, of at most {name_length} characters", name_length=NAME_LENGTH
        )
        raise Invalid(msg)
    public_id = _draw(PUBLIC_LENGTH)
    secret = _draw(SECRET_LENGTH)
    body = f"{PREFIXES[kind]}{public_id}{secret}"
    key = ApiKey(
        public_id=public_id,
        kind=kind.value,
        name=name.strip(),
        secret_hash=_digest(secret),
        last_four=secret[-4:],
        scopes=_check_scopes(kind, scopes),
        origins=_check_origins(kind, origins),
        created_at=now,
    )
    session.add(key)
    session.flush()
    return key, body + _derive_check(body)


def authenticate(session: Session, presented: str, *, now: datetime) -> KeyInfo:
    """Return the key that was presented. Reads only; see `note_use`.

    Raises:
        WrongCredentials: misspelt, unknown, revoked or expired. Which of these is not told.
    """
    kind = _KINDS.get(presented[:3])
    if kind is None or len(presented) != _LENGTH or not _is_checked(presented):
        raise WrongCredentials(_REFUSAL)
    public_id = presented[3 : 3 + PUBLIC_LENGTH]
    secret = presented[3 + PUBLIC_LENGTH : -CHECK_LENGTH]
    key = session.scalar(select(ApiKey).where(ApiKey.public_id == public_id))
    expected = b"\0" * 32 if key is None else key.secret_hash
    is_right = hmac.compare_digest(_digest(secret), expected)
    if key is None or not is_right or key.kind != kind or not _is_valid(key, now):
        raise WrongCredentials(_REFUSAL)
    return describe(key)


def describe(key: ApiKey) -> KeyInfo:
    """Return what a door needs to know of a key."""
    return KeyInfo(
        id=key.id,
        public_id=key.public_id,
        kind=KeyKind(key.kind),
        name=key.name,
        scopes=frozenset(key.scopes),
        origins=tuple(key.origins),
        used_at=key.used_at,
    )


def is_use_due(key: KeyInfo, *, now: datetime) -> bool:
    """Return whether this use is to be noted: the last one noted is an hour old."""
    return key.used_at is None or now - key.used_at >= USE_NOTED_EVERY


def note_use(session: Session, key: KeyInfo, *, now: datetime) -> None:
    """Keep when the key was last used, at most once an hour. Repeating it is harmless."""
    session.execute(
        update(ApiKey)
        .where(ApiKey.id == key.id)
        .where(or_(ApiKey.used_at.is_(None), ApiKey.used_at <= now - USE_NOTED_EVERY))
        .values(used_at=now)
    )


def revoke(session: Session, public_id: str, *, now: datetime) -> ApiKey:
    """Refuse this key from now on and return it. Repeating it changes nothing.

    Raises:
        NotFound: there is no such key.
    """
    key = session.scalar(select(ApiKey).where(ApiKey.public_id == public_id))
    if key is None:
        msg = say("there is no key with this id; the list of keys shows them")
        raise NotFound(msg)
    if key.revoked_at is None:
        key.revoked_at = now
    session.flush()
    return key


def list_keys(session: Session, *, limit: int = 1000) -> list[ApiKey]:
    """Return the keys, revoked ones too, the newest first."""
    return list(session.scalars(select(ApiKey).order_by(ApiKey.id.desc()).limit(limit)))


_REFUSAL: Final = "no such key, or it was revoked or has expired"


def _is_valid(key: ApiKey, now: datetime) -> bool:
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > now)


def _draw(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _is_checked(presented: str) -> bool:
    if not presented.isascii():
        return False
    return _derive_check(presented[:-CHECK_LENGTH]) == presented[-CHECK_LENGTH:]


def _derive_check(body: str) -> str:
    number = zlib.crc32(body.encode())
    digits = []
    for _ in range(CHECK_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def _check_scopes(kind: KeyKind, scopes: Sequence[str]) -> list[str]:
    if kind is not KeyKind.SERVER:
        if scopes:
            msg = say("only a server key has scopes")
            raise Invalid(msg)
        return []
    if set(scopes) - SCOPES:
        msg = say("a server key's scopes are {scopes}", scopes=", ".join(sorted(SCOPES)))
        raise Invalid(msg)
    return sorted(set(scopes) or SCOPES)


def _check_origins(kind: KeyKind, origins: Sequence[str]) -> list[str]:
    if origins and kind is not KeyKind.BROWSER:
        msg = say("only a browser key has origins")
        raise Invalid(msg)
    for origin in origins:
        scheme, _, rest = origin.partition("://")
        if scheme not in {"http", "https"} or not rest or set(rest) & set("/ ?#@"):
            msg = say("an origin is a scheme and a host, such as https://shop.example")
            raise Invalid(msg)
    return sorted({origin.lower() for origin in origins})
