"""Counts what is kept of one letter in a minute: who fetches a link for ever fills no table."""

import threading
from datetime import datetime, timedelta
from typing import Final

MOST: Final = 60
"""Opens and clicks of one letter that a process keeps in a minute; the rest are led on alone."""
_MINUTE: Final = timedelta(minutes=1)


class Visits:
    """Visits of this process's present minute, by letter; forgotten with it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began_at: datetime | None = None
        self._counts: dict[int, int] = {}

    def take(self, message_id: int, *, now: datetime) -> bool:
        """Count one more visit of a letter; answer whether it is to be kept."""
        with self._lock:
            if self._began_at is None or not self._began_at <= now < self._began_at + _MINUTE:
                self._began_at = now
                self._counts.clear()
            count = self._counts[message_id] = self._counts.get(message_id, 0) + 1
            return count <= MOST
