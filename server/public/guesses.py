"""Counts, by network address, links that were none of ours: who guesses has to wait."""

import threading
from datetime import datetime, timedelta
from typing import Final, TypeVar

from flask import current_app, request

from engine.errors import TooMuch
from server.wiring import get_house

MOST: Final = 20
"""Wrong links from one address in a minute."""
_MINUTE: Final = timedelta(minutes=1)
Read = TypeVar("Read")


def check_guess(read: Read | None) -> Read | None:
    """Return what a link names; None if it is none of ours, which counts as a guess.

    A link of ours is never kept waiting: a gateway that spoils links may stand before many readers.

    Raises:
        TooMuch: where too many have come from here that were none; until the minute is over.
    """
    if read is None:
        guesses: Guesses = current_app.extensions.setdefault("guesses", Guesses())
        now, address = get_house().wall.now(), request.remote_addr or ""
        guesses.refuse_guessers(address, now=now)
        guesses.count(address, now=now)
    return read


class Guesses:
    """Wrong guesses of this process's present minute; forgotten with it.

    Args:
        most: how many there may be of one.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._began_at: datetime | None = None
        self._counts: dict[str, int] = {}

    def count(self, address: str, *, now: datetime) -> None:
        """Count one wrong guess."""
        with self._lock:
            self._turn(now)
            self._counts[address] = self._counts.get(address, 0) + 1

    def refuse_guessers(self, address: str, *, now: datetime) -> None:
        """Stop who has guessed too often.

        Raises:
            TooMuch: until the minute is over.
        """
        with self._lock:
            began_at = self._turn(now)
            if self._counts.get(address, 0) >= self._most:
                msg = "too many links that do not exist"
                raise TooMuch(msg, retry_after=began_at + _MINUTE - now)

    def _turn(self, now: datetime) -> datetime:
        if self._began_at is None or not self._began_at <= now < self._began_at + _MINUTE:
            self._began_at = now
            self._counts.clear()
        return self._began_at
