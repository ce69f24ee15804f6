"""Where `now` comes from: the only file that asks the time.

Doors (routes, actors, scheduler rows, commands) read a clock; everything below them takes
`now: datetime`, so that a test, a simulation or the demo may pass any instant.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """A clock moved ahead, for the demo and for trying out journeys.

    Args:
        clock: the one that is moved.
        read_shift: returns how far ahead it stands; asked at every reading, so that all
            processes of an instance agree once the shift is stored.
    """

    def __init__(self, clock: Clock, read_shift: Callable[[], timedelta]) -> None:
        self._clock = clock
        self._read_shift = read_shift

    def now(self) -> datetime:
        """Return the shifted instant, aware, in UTC."""
        return self._clock.now() + self._read_shift()
