"""Whom calls go to, and how each target fares: when it is let alone, and how it comes back. Pure.

A target is an endpoint, or the server that a bare URL leads to; endpoints of one server are called by
one worker at a time together (`hosts`). One that fails delays only its own
calls (rule 94): it is let alone but for a probe now and then, and no attempt is lost meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from channels.base import Receipt, Verdict
from channels.target import TargetRefused, parse_target
from engine.messages.carriers.breaker import (
    WELL,
    Breaker,
    find_share,
    note_results,
    open_breaker,
    read_breaker,
    rest_until,
    write_breaker,
)
from engine.models.call import CallTarget
from engine.models.fetching import FetchSource

TURN: Final = 32
"""Calls of one target that a worker takes at once; nobody else takes any of it meanwhile."""
DOUBTFUL_TURN: Final = 2
"""As many as go to one server at a time: so many may find out at once that it is silent."""
MOST_SILENCES: Final = 5
LONGEST_FAILING: Final = timedelta(days=14)
"""An endpoint that has taken nothing for so long is disabled."""

GONE: Final = "410"
_NOT_THERE: Final = frozenset({"401", "403", "404", GONE})
"""Refusals that speak of the target rather than of one call."""
_REDIRECTS: Final = range(300, 400)
ENDPOINT: Final = "endpoint:"


class Outcome(StrEnum):
    """What one try says of its target."""

    GOOD = "good"  # it answered, and it is at work
    BAD = "bad"  # it answered that it is not at work
    SILENT = "silent"  # no answer


@dataclass(frozen=True, slots=True)
class Health:
    """How a target has fared: columns of `CallTarget`, and of a source that letters fetch from.

    Attributes:
        silences: tries in a row that nobody answered; beside the breaker's own counting, since a
            target that is silent costs whoever calls it the most.
        failing_since: no success since.
    """

    breaker: Breaker = WELL
    silences: int = 0
    failing_since: datetime | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether it may well be silent, so that whoever calls it may have to wait."""
        return self.breaker.is_open or self.silences > 0


def read_health(row: CallTarget | FetchSource) -> Health:
    """Return how a target stands by its row."""
    return Health(read_breaker(row), row.silences, row.failing_since)


def write_health(row: CallTarget | FetchSource, health: Health) -> None:
    """Let a row say how its target stands."""
    write_breaker(row, health.breaker)
    row.silences, row.failing_since = health.silences, health.failing_since


def name_target(data: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return the target of a call by what its node asked for, and the key of its endpoint."""
    if (key := data.get("endpoint")) is not None:
        return f"{ENDPOINT}{key}", str(key)
    try:
        return parse_target(str(data.get("url") or "")).origin[:300], None
    except TargetRefused:
        return "none", None  # it will be refused before anything leaves


def find_outcome(receipt: Receipt) -> Outcome | None:
    """Return what a receipt says of the target; None: nothing."""
    if receipt.is_untried:
        return None
    if receipt.verdict in {Verdict.NOT_SENT, Verdict.UNCERTAIN}:
        return Outcome.SILENT
    if receipt.answer is None:
        return None  # refused by ourselves
    is_redirect = receipt.answer.status in _REDIRECTS
    if receipt.verdict is Verdict.TEMPORARY or receipt.code in _NOT_THERE or is_redirect:
        return Outcome.BAD
    return Outcome.GOOD


def count_allowed(health: Health, now: datetime) -> int:
    """Return how many calls of a target may be taken now."""
    share = find_share(health.breaker, now=now)
    if share == 0:
        return 0
    if health.breaker.is_open:
        return 1
    return DOUBTFUL_TURN if health.silences else max(1, int(TURN * share))


def follow(health: Health, receipts: Iterable[Receipt], now: datetime) -> Health:
    """Return how a target stands after these tries."""
    told = list(receipts)
    outcomes = [one for one in map(find_outcome, told) if one is not None]
    if outcomes:
        health = _follow(health, outcomes, now)
    rests = [now + one.retry_after for one in told if one.retry_after is not None]
    if rests:
        health = replace(health, breaker=rest_until(health.breaker, max(rests)))
    return health


def _follow(health: Health, outcomes: Sequence[Outcome], now: datetime) -> Health:
    """Count tries; it is let alone as soon as too many in a row were silent."""
    silences = most = health.silences
    for outcome in outcomes:
        silences = silences + 1 if outcome is Outcome.SILENT else 0
        most = max(most, silences)
    failures = sum(outcome is not Outcome.GOOD for outcome in outcomes)
    breaker = note_results(health.breaker, tries=len(outcomes), failures=failures, now=now)
    if health.breaker.is_open and not breaker.is_open:  # the probe came through
        return Health(breaker)
    if most >= MOST_SILENCES and not breaker.is_open:
        breaker = open_breaker(now)
    if outcomes[-1] is Outcome.GOOD:
        since = None
    else:  # it has failed since the last good one
        since = now if Outcome.GOOD in outcomes else health.failing_since or now
    return Health(breaker, silences, since)
