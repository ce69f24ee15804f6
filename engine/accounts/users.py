"""Users: who logs in to operate the product, and how a password is held against its hash."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.accounts import sessions
from engine.accounts.permissions import Role
from engine.errors import Conflict, Invalid, NotFound
from engine.language.say import say
from engine.models.account import User

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 256
FEWEST_CHARACTERS: Final = 4
NAME_LENGTH: Final = 120
_USER: Final = re.compile(r"user:\d{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Login:
    """What a door holds a password against. Unknown users have one too, which nothing matches."""

    user_id: int | None
    password_hash: str | None


class Passwords:
    """Argon2id (RFC 9106), with parameters that tests may make cheap.

    Args:
        hasher: the library's, whose defaults are RFC 9106's second choice: 64 MiB, 3 passes.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _decoy(self) -> str:
        """A hash that stands in for the one an unknown user does not have."""
        return self._hasher.hash("nobody's")

    def hash(self, password: str) -> str:
        """Return the hash to keep, with its salt and parameters."""
        return self._hasher.hash(password)

    def matches(self, login: Login, password: str) -> bool:
        """Return whether this is the password; takes as long for a user who does not exist."""
        decoy = self._decoy  # made at the first login of all, whoever it is
        try:
            self._hasher.verify(login.password_hash or decoy, password)
        except VerificationError:
            return False
        return login.password_hash is not None


def create(
    session: Session, *, email: str, name: str, role: Role, password_hash: str, now: datetime
) -> User:
    """Add a user.

    Args:
        session: of a transaction.
        email: with which she logs in; folded to lower case.
        name: for people.
        role: what she may do.
        password_hash: of `Passwords.hash`, made before the transaction, since it takes long.
        now: the present instant.

    Raises:
        Invalid: no such address, or no name.
        Conflict: somebody has this address already.
    """
    address = fold_email(email)
    if not 0 < len(name.strip()) <= NAME_LENGTH:
        msg = say(
            "a user needs a name, of at most {name_length} characters", name_length=NAME_LENGTH
        )
        raise Invalid(msg)
    if session.scalar(select(User.id).where(User.email == address)) is not None:
        msg = say("there is a user with this address already")
        raise Conflict(msg)
    user = User(
        email=address,
        name=name.strip(),
        role=role.value,
        password_hash=password_hash,
        created_at=now,
    )
    session.add(user)
    session.flush()
    return user


def fold_email(email: str) -> str:
    """Return the address as users are found by it: checked, in lower case.

    Raises:
        Invalid: it is no e-mail address.
    """
    try:
        checked = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        msg = say("this is not an e-mail address")
        raise Invalid(msg) from None
    return checked.normalized.lower()


def check_password(password: str) -> str:
    """Return the password, if it may be one: long enough, whatever it is made of.

    Source: NIST SP 800-63B, 5.1.1.2: length, no rules of composition.

    Raises:
        Invalid: too short, or too long to be hashed in good time.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        msg = say(
            "a password has {shortest_password} to {longest_password} characters",
            shortest_password=SHORTEST_PASSWORD,
            longest_password=LONGEST_PASSWORD,
        )
        raise Invalid(msg)
    if len(set(password)) < FEWEST_CHARACTERS:
        msg = say("this password is too easy to guess")
        raise Invalid(msg)
    return password


def find_login(session: Session, email: str) -> Login:
    """Return what to hold a password against; for an unknown or disabled user, nothing."""
    user = session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None or user.disabled_at is not None:
        return Login(None, None)
    return Login(user.id, user.password_hash)


def get_user(session: Session, email: str) -> User:
    """Return the user with this address.

    Raises:
        NotFound: there is none.
    """
    user = session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None:
        msg = say("there is no user with this address")
        raise NotFound(msg)
    return user


def list_users(session: Session, *, limit: int = 1000) -> list[User]:
    """Return the users, disabled ones too, in the order in which they came."""
    return list(session.scalars(select(User).order_by(User.id).limit(limit)))


def find_names(session: Session, actors: Collection[str | None]) -> dict[str | None, str]:
    """Return the names of those who are users, by how the audit writes them: `user:ID`."""
    ids = {int(one.removeprefix("user:")): one for one in actors if one and _USER.fullmatch(one)}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {ids[row.id]: row.name for row in rows}


def change_password(session: Session, user: User, password_hash: str) -> None:
    """Give the user another password; all her sessions end."""
    user.password_hash = password_hash
    sessions.end_all(session, user.id)


def change_role(session: Session, user: User, role: Role) -> None:
    """Give the user another role; all her sessions end, so that none goes on with the old one.

    Raises:
        Conflict: she is the last owner, without whom nobody could let anybody in.
    """
    if role == user.role:
        return
    if role is not Role.OWNER:
        _refuse_last_owner(session, user)
    user.role = role.value
    sessions.end_all(session, user.id)


def enable(user: User) -> None:
    """Let the user in again, with the password she had. Repeating it is harmless."""
    user.disabled_at = None


def disable(session: Session, user: User, *, now: datetime) -> None:
    """Let the user in no more; all her sessions end. Repeating it is harmless.

    Raises:
        Conflict: she is the last owner, without whom nobody could let anybody in.
    """
    _refuse_last_owner(session, user)
    user.disabled_at = user.disabled_at or now
    sessions.end_all(session, user.id)


def _refuse_last_owner(session: Session, user: User) -> None:
    others = session.scalar(
        select(func.count())
        .where(User.role == Role.OWNER, User.disabled_at.is_(None))
        .where(User.id != user.id)
    )
    if user.role == Role.OWNER and user.disabled_at is None and not others:
        msg = say("the last owner stays")
        raise Conflict(msg)
