"""Keeps apart, as they leave this process, the groups that an account's rate has already spread.

Instants are reserved in the database before a group is started (`engine.messages.carriers.routing`). A thread
that is late by then would hand its group over together with the next: it waits for its turn here.
"""

import threading
from datetime import datetime, timedelta
from typing import Final

from engine.messages.carriers.routing import find_span

LONGEST: Final = timedelta(seconds=1)
"""More than this nobody waits beyond a group's own span: then the clock was set back."""


class Pace:
    """How close on each other the groups of one account leave, over all threads.

    Args:
        rate: messages a second.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._lock = threading.Lock()
        self._next_at: datetime | None = None

    def take_turn(self, n: int, *, now: datetime) -> timedelta:
        """Return how long to wait until `n` messages may leave; those after wait for these."""
        span = find_span(self._rate, n)
        with self._lock:
            wait = timedelta(0) if self._next_at is None else max(timedelta(0), self._next_at - now)
            if wait > LONGEST + span:
                wait = timedelta(0)
            self._next_at = now + wait + span
        return wait
