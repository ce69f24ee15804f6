"""How many connections carry letters to one domain of recipients at once, and which domains rest.

A mailbox provider that is sent too much answers 421 or 4.7.x. Then letters to it rest, and those to
everybody else go on. Threads share a gate; every process has its own.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from channels.base import Receipt, Verdict

FIRST_REST: Final = timedelta(seconds=30)
LONGEST_REST: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Rest:
    """How long a domain rests.

    Attributes:
        until: of the monotonic clock.
        lasts: so long it was to be; twice as long, if it is of no use.
    """

    until: float
    lasts: timedelta


class DomainGate:
    """Places for connections by domain, and the rests of domains.

    Args:
        most: places that a domain has.
        clock: monotonic, in seconds.
    """

    def __init__(self, most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._in_use: Counter[str] = Counter()
        self._rests: dict[str, _Rest] = {}
        self._changed = threading.Condition()

    def take(self, domains: Iterable[str], *, deadline: float) -> set[str]:
        """Take a place at each of these domains that has one free, waiting for the first of them.

        Who holds a place waits for no other, so nobody waits in a circle.

        Args:
            domains: to be written to.
            deadline: of the monotonic clock; then the answer may be empty.
        """
        wanted = set(domains)
        with self._changed:
            while not (free := {one for one in wanted if self._in_use[one] < self._most}):
                left = deadline - time.monotonic()
                if left <= 0:
                    return set()
                self._changed.wait(left)
            self._in_use.update(free)
            return free

    def give_back(self, domains: Collection[str]) -> None:
        """Leave the places that were taken."""
        with self._changed:
            self._in_use.subtract(domains)
            for one in domains:
                if self._in_use[one] <= 0:
                    del self._in_use[one]
            self._changed.notify_all()

    def refuse(self, domain: str) -> Receipt | None:
        """Return why a letter to this domain is not offered now; None: it may be."""
        rest = self._rests.get(domain)
        if rest is None or (left := rest.until - self._clock()) <= 0:
            return None
        text = "the recipient's domain takes no more for now, so letters to it rest"
        wait = timedelta(seconds=left)
        return Receipt(Verdict.NOT_SENT, text=text, retry_after=wait, is_of_domain=True)

    def note(self, domain: str, receipt: Receipt) -> Receipt:
        """Take note of what became of a letter; answer the receipt, with how long the domain rests."""
        if receipt.is_of_domain and receipt.verdict is Verdict.TEMPORARY:
            return replace(receipt, retry_after=self._rest(domain))
        rest = self._rests.get(domain)
        # One that was under way as the rest began says nothing of how the domain is after it.
        if receipt.verdict is Verdict.ACCEPTED and rest is not None and rest.until <= self._clock():
            self._rests.pop(domain, None)
        return receipt

    def _rest(self, domain: str) -> timedelta:
        with self._changed:
            now, before = self._clock(), self._rests.get(domain)
            if before is not None and before.until > now:  # said of a letter that was under way
                return timedelta(seconds=before.until - now)
            lasts = FIRST_REST if before is None else min(before.lasts * 2, LONGEST_REST)
            self._rests[domain] = _Rest(now + lasts.total_seconds(), lasts)
            return lasts
