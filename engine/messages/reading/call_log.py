"""What became of an endpoint's calls: every try, the newest first, and failed ones made again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Conflict, NotFound
from engine.language.say import say
from engine.messages.handover import outbox
from engine.messages.states import MessageState
from engine.messages.webhooks.targets import ENDPOINT
from engine.models.call import CallAttempt
from engine.models.journey import Journey
from engine.models.message import Message

MOST_REPLAYED: Final = 500
"""Calls put back at a time; whoever wants more asks again."""
_AGAIN: Final = (MessageState.FAILED, MessageState.UNCERTAIN, MessageState.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Tried:
    """One try of a call, with the message it was of."""

    attempt: CallAttempt
    message: Message
    journey: str | None
    journey_name: str | None

    @property
    def can_replay(self) -> bool:
        """Whether the call failed in the end, and may be made again."""
        return self.message.state in _AGAIN


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many calls were put back.

    Attributes:
        is_more: there are others, for whoever asks again.
    """

    count: int
    is_more: bool


_TRIED: Final = (
    select(CallAttempt, Message, Journey.key, Journey.name)
    .join(Message, Message.id == CallAttempt.message_id)
    .join(Journey, Journey.id == Message.journey_id, isouter=True)
)


def list_tries(
    session: Session, key: str, *, before: int | None, limit: int, is_good: bool | None = None
) -> Sequence[Tried]:
    """Return tries of an endpoint's calls, the newest first.

    Args:
        before: only those of a lower id.
        is_good: only those that were taken, or that were not; None: all.
    """
    asked = _TRIED.where(CallAttempt.target == f"{ENDPOINT}{key}")
    if is_good is not None:
        asked = asked.where(CallAttempt.is_good.is_(is_good))
    if before is not None:
        asked = asked.where(CallAttempt.id < before)
    rows = session.execute(asked.order_by(CallAttempt.id.desc()).limit(limit)).all()
    return [Tried(*row) for row in rows]


def get_try(session: Session, key: str, id_: int) -> Tried:
    """Return one try.

    Raises:
        NotFound: this endpoint has none of this id.
    """
    asked = _TRIED.where(CallAttempt.id == id_, CallAttempt.target == f"{ENDPOINT}{key}")
    row = session.execute(asked).one_or_none()
    if row is None:
        raise NotFound(say("there is no such call; they are kept for 30 days"))
    return Tried(*row)


def replay_one(session: Session, key: str, uid: UUID, *, now: datetime) -> None:
    """Put one call that failed back to where it is made.

    Raises:
        NotFound: this endpoint has no such call.
        Conflict: it has not failed, or is under way again.
    """
    asked = select(Message.id).where(Message.uid == uid, Message.target == f"{ENDPOINT}{key}")
    id_ = session.scalar(asked)
    if id_ is None:
        raise NotFound(say("there is no such call"))
    if not outbox.replay(session, [id_], now=now):
        raise Conflict(say("this call has not failed, or is under way again"))


def replay_failed(session: Session, key: str, *, since: datetime, now: datetime) -> Replayed:
    """Put calls that failed back to where they are made: those intended since a time, so many."""
    ids = session.scalars(
        select(Message.id)
        .where(
            Message.target == f"{ENDPOINT}{key}",
            Message.state.in_(_AGAIN),
            Message.created_at >= since,
        )
        .limit(MOST_REPLAYED + 1)
    ).all()
    count = outbox.replay(session, ids[:MOST_REPLAYED], now=now)
    return Replayed(count, len(ids) > MOST_REPLAYED)
