"""Streams of what happens now: one shared look for all who watch the same, and not too many of them.

A stream keeps a thread of the server for as long as somebody watches, so there are fewer of them
than threads; who finds none left asks now and then instead.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

from engine.errors import Unavailable
from engine.language.say import say

MOST: Final = 8
"""Streams of one process, unless its threads say otherwise."""
THREADS_EACH: Final = 3
"""So many threads a process has for each stream, so that two thirds of them answer requests."""
EVERY: Final = 1.0
"""Seconds from one look to the next, at least."""
SHARE: Final = 20
"""A look that took long is followed by a pause so many times as long: a twentieth of a core."""


class Board:
    """What is seen of one thing, for all who watch it."""

    def __init__(self) -> None:
        self.watchers = 0
        self._lock = threading.Lock()
        self._number = 0
        self._text = ""
        self._looked_at = float("-inf")
        self._pause = EVERY

    def read(self, look: Callable[[], str]) -> tuple[int, str]:
        """Return how often it has changed, and what is seen: by this look, or by one just before.

        Whoever comes first looks; the others wait for that, and see the same.
        """
        with self._lock:
            begun_at = time.monotonic()
            if begun_at - self._looked_at >= self._pause:
                text = look()
                self._looked_at = time.monotonic()
                self._pause = max(EVERY, SHARE * (self._looked_at - begun_at))
                if text != self._text:
                    self._number, self._text = self._number + 1, text
            return self._number, self._text


class Streams:
    """The streams of one process.

    Args:
        most: so many at the same time.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._boards: dict[str, Board] = {}
        self._leaving = threading.Event()

    def open(self, key: str) -> Board:
        """Begin to watch something; `close` is to follow.

        Raises:
            Unavailable: there are as many streams as may be, or this process is about to end.
        """
        with self._lock:
            if self._leaving.is_set() or self.count() >= self.most:
                msg = say("all {most} streams are taken: ask now and then instead", most=self.most)
                raise Unavailable(msg)
            board = self._boards.setdefault(key, Board())
            board.watchers += 1
            return board

    def close(self, key: str) -> None:
        """Watch it no more."""
        with self._lock:
            board = self._boards[key]
            board.watchers -= 1
            if not board.watchers:
                del self._boards[key]

    def fit(self, threads: int) -> None:
        """Let there be as many streams as fit a process with so many threads."""
        self.most = threads // THREADS_EACH

    def count(self) -> int:
        """Return how many streams there are."""
        return sum(board.watchers for board in self._boards.values())

    def rest(self) -> bool:
        """Wait until it is time for the next look; answer whether to go on."""
        return not self._leaving.wait(EVERY)

    def end(self) -> None:
        """Let all streams end: the process is about to."""
        self._leaving.set()
