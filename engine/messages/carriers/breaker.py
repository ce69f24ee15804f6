"""A circuit breaker as a value: when whoever fails is left alone, and how they are come back to. Pure.

As a table: well → (half of at least twenty fail within 30 s) → open → (30 s) → one probe → it fails:
open again; it succeeds: recovering, from a tenth to everything within a minute → well. Accounts at
providers (`accounts`) and the targets of calls (`targets`) stand by it.
Source: promise P13; Nygard, Release It!, 2nd edition, 2018, chapter 5.
"""

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

WINDOW: Final = timedelta(seconds=30)
FEWEST: Final = 20
"""Tries within a window, below which nothing is concluded."""
SHARE: Final = 0.5
"""Of them failed, at which it opens."""
REST: Final = timedelta(seconds=30)
FIRST_REST: Final = timedelta(seconds=1)
LONGEST_REST: Final = timedelta(minutes=10)
"""Of a target that takes no more for now, and does not say for how long."""
RAMP: Final = timedelta(seconds=60)
FIRST: Final = 0.1
"""Of what would go otherwise, as much goes right after a probe has succeeded."""


@dataclass(frozen=True, slots=True)
class Breaker:
    """How one target stands; without anything set it is well.

    Attributes:
        begun_at: when the window of counting began, with a failure.
        closed_until: nothing goes before; then one probe.
        opened_at: since when nothing has gone through.
        recovering_since: since a probe succeeded.
    """

    begun_at: datetime | None = None
    tries: int = 0
    failures: int = 0
    closed_until: datetime | None = None
    opened_at: datetime | None = None
    recovering_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is left alone, save for a probe now and then."""
        return self.opened_at is not None


WELL: Final = Breaker()
COLUMNS: Final = tuple(one.name for one in fields(Breaker))
"""What a row holds of it, each by its name."""


def read_breaker(row: object) -> Breaker:
    """Return how it stands by a row."""
    return Breaker(**{name: getattr(row, name) for name in COLUMNS})


def write_breaker(row: object, breaker: Breaker) -> None:
    """Let a row say how it stands."""
    values: dict[str, Any] = asdict(breaker)
    for name, value in values.items():
        setattr(row, name, value)


def note_results(breaker: Breaker, *, tries: int, failures: int, now: datetime) -> Breaker:
    """Return how it stands after so many tries of which so many failed.

    As long as all goes well it stays the very same value, so that nothing has to be written.
    """
    if breaker.is_open:
        if failures:
            return replace(breaker, closed_until=now + REST)
        return Breaker(recovering_since=now)
    if breaker.recovering_since is not None and now - breaker.recovering_since >= RAMP:
        breaker = WELL
    is_counting = breaker.begun_at is not None and now - breaker.begun_at < WINDOW
    if not failures and not is_counting:
        if breaker.begun_at is None:
            return breaker
        return replace(breaker, begun_at=None, tries=0, failures=0)
    if not is_counting:
        breaker = replace(breaker, begun_at=now, tries=0, failures=0)
    counted = replace(breaker, tries=breaker.tries + tries, failures=breaker.failures + failures)
    if counted.tries >= FEWEST and counted.failures >= SHARE * counted.tries:
        return open_breaker(now)
    return counted


def open_breaker(now: datetime) -> Breaker:
    """Return one that has just opened."""
    return Breaker(closed_until=now + REST, opened_at=now)


def rest_until(breaker: Breaker, until: datetime) -> Breaker:
    """Return it with nothing going before an instant: the target itself asked for that."""
    if breaker.closed_until is not None and breaker.closed_until >= until:
        return breaker
    return replace(breaker, closed_until=until)


def rest_shortly(breaker: Breaker, before: Breaker, *, now: datetime) -> Breaker:
    """Return it at rest: its target takes no more for now, and does not say for how long.

    The first rest is short. Where the target says it again right after one, and has taken nothing
    since (`note_taken`), the next is as long as it has said so: about twice the one before.

    Args:
        breaker: with these results noted.
        before: as it stood without them.
    """
    if breaker.is_open:
        return breaker
    ended = before.closed_until
    is_again = before.begun_at is not None and ended is not None and now - ended < WINDOW
    since = before.begun_at if is_again and before.begun_at is not None else now
    lasts = min(now - since + FIRST_REST, LONGEST_REST)
    rested = breaker if is_again else replace(breaker, tries=0, failures=0)
    return rest_until(replace(rested, begun_at=since), now + lasts)


def note_taken(breaker: Breaker, *, now: datetime) -> Breaker:
    """Return it without a rest that is over: its target has taken something since."""
    is_over = breaker.closed_until is not None and breaker.closed_until <= now
    return replace(breaker, closed_until=None) if is_over and not breaker.is_open else breaker


def find_share(breaker: Breaker, *, now: datetime) -> float:
    """Return how much of what would go may go now: 0 nothing, 1 everything.

    While it is open and its rest is over, the answer is 1 of one probe: see `is_probe_due`.
    """
    if breaker.closed_until is not None and now < breaker.closed_until:
        return 0.0
    if breaker.recovering_since is None:
        return 1.0
    return min(1.0, FIRST + (1 - FIRST) * ((now - breaker.recovering_since) / RAMP))


def is_probe_due(breaker: Breaker, *, now: datetime) -> bool:
    """Return whether one item is to be tried alone, to see whether the target is back."""
    return breaker.is_open and find_share(breaker, now=now) > 0


def begin_probe(breaker: Breaker, *, now: datetime) -> Breaker:
    """Return it while one probe is under way: nobody else tries for a while."""
    return replace(breaker, closed_until=now + REST)
