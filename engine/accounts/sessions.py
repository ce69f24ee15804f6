"""Sessions: one login each. The browser holds the token, the database its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from engine.accounts.permissions import Role
from engine.models.account import User, UserSession

IDLE: Final = timedelta(hours=12)
"""A session that nobody used for this long is over (OWASP ASVS 5.0, 7.3.1)."""
ABSOLUTE: Final = timedelta(days=7)
"""No session lives longer than this (OWASP ASVS 5.0, 7.3.2)."""
TOUCHED_EVERY: Final = timedelta(minutes=5)
_TOKEN_BYTES: Final = 32
_AGENT_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The user behind a session.

    Attributes:
        seen_at: when the session was last used, to five minutes.
    """

    user_id: int
    name: str
    email: str
    role: Role
    seen_at: datetime


def start(session: Session, user_id: int, *, now: datetime, user_agent: str = "") -> str:
    """Begin a session and return its token, which is kept nowhere: 256 random bits."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session.add(
        UserSession(
            token_hash=_digest(token),
            user_id=user_id,
            created_at=now,
            seen_at=now,
            user_agent=user_agent[:_AGENT_LENGTH],
        )
    )
    session.flush()
    return token


def find(session: Session, token: str, *, now: datetime) -> LoggedIn | None:
    """Return who is logged in by this token; None if it is unknown, over, or she is disabled."""
    row = session.execute(
        select(User, UserSession.seen_at)
        .join(UserSession, UserSession.user_id == User.id)
        .where(UserSession.token_hash == _digest(token))
        .where(UserSession.seen_at > now - IDLE, UserSession.created_at > now - ABSOLUTE)
        .where(User.disabled_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    user, seen_at = row
    return LoggedIn(user.id, user.name, user.email, Role(user.role), seen_at)


def is_touch_due(who: LoggedIn, *, now: datetime) -> bool:
    """Return whether this use is to be noted."""
    return now - who.seen_at >= TOUCHED_EVERY


def touch(session: Session, token: str, *, now: datetime) -> None:
    """Note that the session is in use, at most every five minutes."""
    session.execute(
        update(UserSession)
        .where(UserSession.token_hash == _digest(token))
        .where(UserSession.seen_at <= now - TOUCHED_EVERY)
        .values(seen_at=now)
    )


def end(session: Session, token: str) -> None:
    """End the session of this token. Repeating it is harmless."""
    session.execute(delete(UserSession).where(UserSession.token_hash == _digest(token)))


def end_all(session: Session, user_id: int) -> None:
    """End every session of a user."""
    session.execute(delete(UserSession).where(UserSession.user_id == user_id))


def prune(session: Session, *, now: datetime) -> None:
    """Forget sessions that are over."""
    session.execute(
        delete(UserSession).where(
            or_(UserSession.seen_at <= now - IDLE, UserSession.created_at <= now - ABSOLUTE)
        )
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
