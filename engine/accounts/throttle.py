"""How often somebody may try to log in: each miss doubles the wait, for account and address."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.errors import TooMuch
from engine.language.say import say
from engine.models.account import LoginTry

FORGOTTEN_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose tries are counted.

    Attributes:
        name: the account's address or the network address; only its hash is kept.
        free: tries without a wait.
        longest: the longest wait. An account's is short, so that a stranger who guesses at it
            can not keep its owner out.
    """

    kind: str
    name: str
    free: int
    longest: timedelta

    @property
    def key(self) -> bytes:
        """What the row is found by."""
        return hashlib.sha256(f"{self.kind}:{self.name}".encode()).digest()


def of_account(email: str) -> Subject:
    """Return the subject of tries at one account, whether it exists or not."""
    return Subject("account", email.strip().lower(), 5, timedelta(minutes=1))


def of_address(address: str) -> Subject:
    """Return the subject of tries from one network address, which many may share."""
    return Subject("address", address, 20, timedelta(minutes=15))


def claim_try(session: Session, subjects: Sequence[Subject], *, now: datetime) -> None:
    """Count one try for each subject, before the password is looked at.

    Counting first keeps a thousand tries at once from all being free.

    Raises:
        TooMuch: one of them has to wait; nothing is counted then.
    """
    for subject in sorted(subjects, key=lambda each: each.key):
        session.execute(
            insert_into(session, LoginTry)
            .values(subject=subject.key, misses=0, blocked_until=now, tried_at=now)
            .on_conflict_do_nothing()
        )
        row = session.get_one(LoginTry, subject.key, with_for_update=True, populate_existing=True)
        if row.blocked_until > now:
            msg = say("too many tries; wait a moment")
            raise TooMuch(msg, retry_after=row.blocked_until - now)
        if now - row.tried_at >= FORGOTTEN_AFTER:
            row.misses = 0
        row.misses += 1
        row.tried_at = now
        row.blocked_until = now + _derive_wait(subject, row.misses)
    session.flush()


def release_try(session: Session, account: Subject, address: Subject, *, now: datetime) -> None:
    """After the right password: the account starts afresh, the address gets its one try back.

    Not more than one, or whoever has one account could guess at others without end.
    """
    session.execute(delete(LoginTry).where(LoginTry.subject == account.key))
    session.execute(
        update(LoginTry)
        .where(LoginTry.subject == address.key, LoginTry.misses > 0)
        .values(misses=LoginTry.misses - 1, blocked_until=now)
    )


def prune(session: Session, *, now: datetime) -> None:
    """Forget tries of more than a day ago."""
    session.execute(delete(LoginTry).where(LoginTry.tried_at <= now - FORGOTTEN_AFTER))


def _derive_wait(subject: Subject, misses: int) -> timedelta:
    """Return how long the next try has to wait: 1, 2, 4, … seconds once the free ones are used."""
    doublings = misses - subject.free
    if doublings < 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(doublings, 20)), subject.longest)
