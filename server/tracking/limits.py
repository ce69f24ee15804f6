"""How much one key, and one address, may say: a bucket of calls that fills by the second."""

import threading
from datetime import timedelta
from typing import Final

from engine.errors import TooMuch

MOST_BUCKETS: Final = 50_000


class Buckets:
    """Token buckets by name, in this process's memory.

    Args:
        per_minute: how fast a bucket fills; it holds a minute's worth.
    """

    def __init__(self, per_minute: int) -> None:
        self._capacity = float(per_minute)
        self._per_second = per_minute / 60
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, name: str, *, now: float) -> None:
        """Take one call out of a bucket.

        Args:
            name: whose bucket.
            now: seconds on a clock that never goes back.

        Raises:
            TooMuch: it is empty; says when there is a call in it again.
        """
        with self._lock:
            if len(self._buckets) >= MOST_BUCKETS:
                self._buckets.clear()
            held, since = self._buckets.get(name, (self._capacity, now))
            held = min(self._capacity, held + (now - since) * self._per_second)
            if held < 1:
                self._buckets[name] = (held, now)
                pause = timedelta(seconds=max(1.0, (1 - held) / self._per_second))
                raise TooMuch("too many calls; send again a little later", retry_after=pause)
            self._buckets[name] = (held - 1, now)
