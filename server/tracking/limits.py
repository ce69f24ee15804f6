"""How much one key, and one address, may say: a bucket of calls that fills by the second."""

import ipaddress
import threading
from datetime import timedelta
from typing import Final

from engine.errors import TooMuch

MOST_BUCKETS: Final = 50_000
_NETWORK: Final = 64
"""Bits of an IPv6 address that one customer has; the rest he changes at will."""


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

    def take(self, name: str, count: int = 1, *, now: float) -> None:
        """Take calls out of a bucket. One that holds any gives what is asked, and owes the rest.

        Args:
            name: whose bucket.
            count: of calls.
            now: seconds on a clock that never goes back.

        Raises:
            TooMuch: it is empty; says when there is a call in it again.
        """
        with self._lock:
            if len(self._buckets) >= MOST_BUCKETS:
                self._forget_full(now)
            held, since = self._buckets.get(name, (self._capacity, now))
            held = min(self._capacity, held + (now - since) * self._per_second)
            if held < 1:
                self._buckets[name] = (held, now)
                pause = timedelta(seconds=max(1.0, (1 - held) / self._per_second))
                raise TooMuch("too many calls; send again a little later", retry_after=pause)
            self._buckets[name] = (held - count, now)

    def _forget_full(self, now: float) -> None:
        """Drop buckets that are full again by now; all of them, if none is."""
        kept = {
            name: (held, since)
            for name, (held, since) in self._buckets.items()
            if held + (now - since) * self._per_second < self._capacity
        }
        self._buckets = kept if len(kept) < MOST_BUCKETS else {}


def name_address(remote: str | None) -> str:
    """Return whose bucket a caller's address is: an IPv6 address counts as its network."""
    try:
        address = ipaddress.ip_address(remote or "")
    except ValueError:
        return f"address:{remote}"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        network = ipaddress.ip_network((address, _NETWORK), strict=False)
        return f"address:{network.network_address}"
    return f"address:{address}"
