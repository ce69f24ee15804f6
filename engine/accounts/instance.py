"""What an instance remembers of itself: signing secrets, the set-up token, the clock's shift.

Secrets stand sealed in a table of their own.
"""

import base64
import hmac
import secrets
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from engine.db import insert_into
from engine.errors import Conflict, Invalid, WrongCredentials
from engine.language.say import say
from engine.models.account import InstanceFact, InstanceSecret, User
from engine.models.base import Base, Sealed, SealedJson
from engine.models.fetching import FetchSource
from engine.models.message import Endpoint

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
_PROOF: Final = "proof"
"""Name of what can be opened by the right key alone."""
_SHIFT: Final = "clock_shift"


def get_secret(session: Session, name: str) -> bytes:
    """Return the instance's secret of this name, 256 random bits, made at the first call.

    Two processes that ask first at the same time get the same one. Needs a transaction that may
    write.
    """
    fresh = base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return base64.b64decode(keep_secret(session, name, fresh))


def keep_secret(session: Session, name: str, value: str) -> str:
    """Keep a secret unless there is one of this name, and return the one that is there."""
    found = session.get(InstanceSecret, name)
    if found is None:
        statement = insert_into(session, InstanceSecret).on_conflict_do_nothing()
        session.execute(statement, [{"name": name, "value": value}])
        found = session.get_one(InstanceSecret, name, populate_existing=True)
    return found.value


def find_secret(session: Session, name: str) -> str | None:
    """Return the secret of this name; None if there is none."""
    found = session.get(InstanceSecret, name)
    return None if found is None else found.value


def check_seal(session: Session) -> None:
    """See to it that whoever comes here holds the key by which this database is sealed.

    Raises:
        Unsealable: it is missing, or another one.
    """
    keep_secret(session, _PROOF, "sealed")


def reseal(session: Session) -> int:
    """Seal every secret with the newest key; answer how many there are."""
    count = 0
    for table in (InstanceSecret, Endpoint, FetchSource):
        for row in session.scalars(select(table).with_for_update()):
            for name in _list_sealed(table):
                flag_modified(row, name)
            count += 1
    session.flush()
    return count


def _list_sealed(table: type[Base]) -> list[str]:
    columns = table.__table__.columns
    return [one.name for one in columns if isinstance(one.type, Sealed | SealedJson)]


def ensure_setup_token(session: Session) -> str | None:
    """Return the token that makes the first owner; None once there is a user.

    It stays the same until it is used, so that every start prints the same one.
    """
    if session.scalar(select(exists().where(User.id.is_not(None)))):
        return None
    return keep_secret(session, _SETUP, secrets.token_urlsafe(SECRET_BYTES))


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
    kept = session.get(InstanceSecret, _SETUP, with_for_update=True)
    token = "" if kept is None else kept.value
    if kept is None or not hmac.compare_digest(token.encode(), presented.encode()):
        msg = say("this is not the token that the console printed")
        raise WrongCredentials(msg)
    session.execute(delete(InstanceSecret).where(InstanceSecret.name == _SETUP))


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
