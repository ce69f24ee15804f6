"""Notices on their way to chats: claimed with a lease, told outside of any transaction, tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from channels.base import Receipt, Verdict
from engine.accounts.notices import CHAT
from engine.models.journey import Notice

LEASE: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 8
FIRST_PAUSE: Final = timedelta(seconds=30)
OLDEST: Final = timedelta(hours=24)
"""What could not be told for so long is news no more."""
_LONGEST_TROUBLE: Final = 200


@dataclass(frozen=True, slots=True)
class ChatNotice:
    """What a chat is to be told."""

    id: int
    chat: str
    words: str
    attempts: int


def claim_chat_notices(session: Session, *, now: datetime, limit: int) -> list[ChatNotice]:
    """Lease notices that are due; what a dead process held comes back when its lease is over."""
    rows = session.execute(
        select(Notice.id, Notice.to, Notice.words, Notice.attempts, Notice.at)
        .where(Notice.due_at <= now)
        .order_by(Notice.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    old = [row.id for row in rows if row.at < now - OLDEST]
    _change(session, old, due_at=None, trouble="too old")
    fresh = [row for row in rows if row.id not in old]
    _change(session, [row.id for row in fresh], due_at=now + LEASE)
    return [ChatNotice(row.id, row.to.removeprefix(CHAT), row.words, row.attempts) for row in fresh]


def record_told(
    session: Session, told: Sequence[tuple[ChatNotice, Receipt]], *, now: datetime
) -> None:
    """Write down what came of notices; what was refused for now is tried again, ever more rarely."""
    for notice, receipt in told:
        if receipt.verdict is Verdict.ACCEPTED:
            _change(session, [notice.id], due_at=None, told_at=now, trouble=None)
            continue
        attempts = notice.attempts + 1
        ends = receipt.verdict is Verdict.PERMANENT or attempts >= MOST_ATTEMPTS
        pause: timedelta = FIRST_PAUSE * int(4 ** (attempts - 1))
        trouble = " ".join(part for part in (receipt.code, receipt.text) if part)
        _change(
            session,
            [notice.id],
            due_at=None if ends else now + min(pause, timedelta(hours=4)),
            attempts=attempts,
            trouble=trouble[:_LONGEST_TROUBLE],
        )


def _change(session: Session, ids: Sequence[int], **values: object) -> None:
    if ids:
        session.execute(
            update(Notice)
            .where(Notice.id.in_(list(ids)))
            .values(**values)
            .execution_options(synchronize_session=False)
        )
