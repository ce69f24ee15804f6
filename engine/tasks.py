"""The lanes of background work, and how to ring for one.

Rows are the truth; a ring only says "there is work in this lane, look". It may be lost, doubled or
late, and nothing goes wrong: work is claimed from the database, and a sweep rings again.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker


class Lane(StrEnum):
    """Every lane. `server.actors` declares exactly one actor for each."""

    INGEST = "ingest"  # raw batches wait to be processed
    ADVANCE = "advance"  # enrollments are due
    EMAIL = "email"  # e-mails wait to be handed over
    SMS = "sms"  # texts wait to be handed over
    PUSH = "push"  # notifications wait to be handed over
    WEBHOOK = "webhook"  # calls to other systems wait
    SEGMENTS = "segments"  # segments and watches are due for a look


Ring = Callable[[Iterable[Lane]], None]

_KEY: Final = "engine.tasks.lanes"


def ring(session: Session, lane: Lane) -> None:
    """Ask for a look at `lane` once this session's transaction has committed."""
    session.info.setdefault(_KEY, set()).add(lane)


def ring_after_commit(factory: sessionmaker[Session], bell: Ring) -> None:
    """Hand the lanes rung for in each committed transaction to `bell`; forget them on rollback."""

    def flush(session: Session) -> None:
        if session.in_nested_transaction():
            return  # a released savepoint is reported as a commit too
        if lanes := session.info.pop(_KEY, None):
            bell(sorted(lanes))

    def forget(session: Session, *_: Any) -> None:
        session.info.pop(_KEY, None)

    event.listen(factory, "after_commit", flush)
    event.listen(factory, "after_rollback", forget)
