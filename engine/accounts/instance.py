"""What an instance remembers of itself: signing secrets, the set-up token, the clock's shift."""

import base64
import hmac
import secrets
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.errors import Conflict, Invalid, WrongCredentials
from engine.language.say import say
from engine.models.account import InstanceFact, User

SECRET_BYTES: Final = 32
FURTHEST_STEP: Final = timedelta(days=366)
"""How far one step may move a virtual clock: a slip should not cost the instance a century."""
IDENTITY: Final = "identity"
"""Name of the secret with which a site signs who its visitor is."""
UNSUBSCRIBE: Final = "unsubscribe"
"""Name of the secret that signs links to unsubscribe."""
BOUNCES: Final = "bounces"
"""Name of the secret that signs the addresses to which letters come back."""
PUSH: Final = "push"
"""Name of the secret of which the key pair is derived by which push services know the instance."""
_SETUP: Final = "setup_token"
_DEMO: Final = "demo"
_SHIFT: Final = "clock_shift"


def get_secret(session: Session, name: str) -> bytes:
    """Return the instance's secret of this name, 256 random bits, made at the first call.

    Two processes that ask first at the same time get the same one. Needs a transaction that may
    write.
    """
    found = session.get(InstanceFact, f"secret:{name}")
    if found is None:
        _add_unless_there(session, f"secret:{name}", _encode(secrets.token_bytes(SECRET_BYTES)))
        found = session.get_one(InstanceFact, f"secret:{name}", populate_existing=True)
    return base64.b64decode(found.value)


def ensure_setup_token(session: Session) -> str | None:
    """Return the token that makes the first owner; None once there is a user.

    It stays the same until it is used, so that every start prints the same one.
    """
    if session.scalar(select(exists().where(User.id.is_not(None)))):
        return None
    _add_unless_there(session, _SETUP, secrets.token_urlsafe(SECRET_BYTES))
    return str(session.get_one(InstanceFact, _SETUP, populate_existing=True).value)


def use_setup_token(session: Session, presented: str) -> None:
    """Take the set-up token out of the world, for the owner about to be made.

    Of two who use it at once, one wins: it is deleted under its row's lock.

    Raises:
        Conflict: this instance has users already.
        WrongCredentials: no such token.
    """
    if session.scalar(select(exists().where(User.id.is_not(None)))):
        msg = say("this instance has an owner already: log in")
        raise Conflict(msg)
    fact = session.get(InstanceFact, _SETUP, with_for_update=True)
    token = "" if fact is None else str(fact.value)
    if fact is None or not hmac.compare_digest(token.encode(), presented.encode()):
        msg = say("this is not the token that the console printed")
        raise WrongCredentials(msg)
    session.execute(delete(InstanceFact).where(InstanceFact.name == _SETUP))


def get_clock_shift(session: Session) -> timedelta:
    """Return how far the virtual clock stands ahead of the machine's."""
    seconds = session.scalar(select(InstanceFact.value).where(InstanceFact.name == _SHIFT))
    return timedelta(seconds=seconds or 0)


def advance_clock(session: Session, by: timedelta) -> timedelta:
    """Move the virtual clock ahead and return its new distance from the machine's.

    Raises:
        Invalid: backwards, or more than a year in one step.
    """
    if not timedelta(0) < by <= FURTHEST_STEP:
        msg = say("a clock moves ahead, by at most 366 days in one step")
        raise Invalid(msg)
    _add_unless_there(session, _SHIFT, 0)
    fact = session.get_one(InstanceFact, _SHIFT, populate_existing=True, with_for_update=True)
    fact.value = fact.value + by.total_seconds()
    session.flush()
    return timedelta(seconds=fact.value)


def mark_demo(session: Session) -> None:
    """Remember that this instance shows sample data. Repeating it is harmless."""
    _add_unless_there(session, _DEMO, value=True)


def is_demo(session: Session) -> bool:
    """Return whether this instance shows sample data."""
    return session.get(InstanceFact, _DEMO) is not None


def _add_unless_there(session: Session, name: str, value: Any) -> None:
    statement = insert_into(session, InstanceFact).values(name=name, value=value)
    session.execute(statement.on_conflict_do_nothing())


def _encode(secret: bytes) -> str:
    return base64.b64encode(secret).decode()
