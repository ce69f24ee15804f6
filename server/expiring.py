"""Settles what waited for accounts until it was too old: by a tick, and before one comes back."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session

from engine.messages.carriers import accounts
from engine.messages.carriers.routing import AccountState
from engine.messages.handover.delivery import CLASSES, Stream
from engine.messages.handover.expiring import BATCH, expire_waiting
from server.wiring import House

MOST_BATCHES: Final = 20
"""Of each stream in one tick."""


def tick(house: House) -> None:
    """Settle some of every stream."""
    for channel in house.outgoing.accounts:
        for message_class in CLASSES:
            _expire(house, Stream(channel, message_class), most=MOST_BATCHES)


def expire_all(house: House, channel: str) -> None:
    """Settle all that is too old, so that an account that comes back sends nothing late."""
    for message_class in CLASSES:
        while not _expire(house, Stream(channel, message_class), most=MOST_BATCHES):
            pass


def expire_some(
    house: House, session: Session, stream: Stream, states: Mapping[str, AccountState]
) -> bool:
    """Settle one batch; answer whether that was all."""
    expired = expire_waiting(
        session,
        stream,
        house.outgoing.accounts[stream.channel],
        states,
        now=house.clock.now(),
        wall=house.wall.now(),
    )
    return expired < BATCH


def _expire(house: House, stream: Stream, *, most: int) -> bool:
    for _ in range(most):
        with house.database.transaction() as session:
            states = accounts.load_states(session, stream.channel)
            if expire_some(house, session, stream, states):
                return True
    return False
