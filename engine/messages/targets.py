"""Whom calls go to, and how each target fares: when it is let alone, and how it comes back. Pure.

A target is an endpoint, or the server that a bare URL leads to. One that fails delays only its own
calls (rule 94): it is let alone but for a probe now and then, and no attempt is lost meanwhile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from channels.base import Receipt, Verdict
from channels.target import TargetRefused, parse_target

TURN: Final = 32
"""Calls of one target that a worker takes at once; nobody else takes any of it meanwhile."""
DOUBTFUL_TURN: Final = 2
"""As many as go to one server at a time: so many may find out at once that it is silent."""
WINDOW: Final = timedelta(seconds=30)
FEWEST_TRIES: Final = 20
MOST_SILENCES: Final = 5
PROBE_EVERY: Final = timedelta(seconds=30)
RAMP: Final = timedelta(seconds=60)
RAMP_BEGINS: Final = 0.1
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
    """How a target has fared. The attributes are the columns of `CallTarget`."""

    window_at: datetime | None = None
    tries: int = 0
    failures: int = 0
    silences: int = 0
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    rest_until: datetime | None = None
    failing_since: datetime | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether it may well be silent, so that whoever calls it may have to wait."""
        return self.opened_at is not None or self.silences > 0


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
    if health.rest_until is not None and health.rest_until > now:
        return 0
    if health.opened_at is not None:
        return 1
    if health.silences:
        return DOUBTFUL_TURN
    if health.closed_at is not None and now - health.closed_at < RAMP:
        share = RAMP_BEGINS + (1 - RAMP_BEGINS) * ((now - health.closed_at) / RAMP)
        return max(1, int(TURN * share))
    return TURN


def follow(health: Health, receipts: Iterable[Receipt], now: datetime) -> Health:
    """Return how a target stands after these tries."""
    rests = [now + one.retry_after for one in receipts if one.retry_after is not None]
    for receipt in receipts:
        match find_outcome(receipt):
            case None:
                continue
            case Outcome.GOOD:
                health = _note_good(health, now)
            case outcome:
                health = _note_bad(health, now, is_silent=outcome is Outcome.SILENT)
    if rests:
        until = max(rests)
        known = health.rest_until
        return replace(health, rest_until=until if known is None else max(until, known))
    return health


def _note_good(health: Health, now: datetime) -> Health:
    if health.opened_at is not None:  # the probe came through
        return Health(closed_at=now)
    counted = _count(health, now, failed=False)
    return _judge(replace(counted, silences=0, failing_since=None), now)


def _note_bad(health: Health, now: datetime, *, is_silent: bool) -> Health:
    since = health.failing_since or now
    if health.opened_at is not None:
        return replace(health, failing_since=since, rest_until=now + PROBE_EVERY)
    counted = _count(health, now, failed=True)
    silences = health.silences + 1 if is_silent else 0
    return _judge(replace(counted, silences=silences, failing_since=since), now)


def _count(health: Health, now: datetime, *, failed: bool) -> Health:
    is_over = health.window_at is None or now - health.window_at >= WINDOW
    if is_over:
        health = replace(health, window_at=now, tries=0, failures=0)
    return replace(health, tries=health.tries + 1, failures=health.failures + failed)


def _judge(health: Health, now: datetime) -> Health:
    """Let a target alone that fails too much."""
    fails = health.tries >= FEWEST_TRIES and 2 * health.failures >= health.tries
    if not fails and health.silences < MOST_SILENCES:
        return health
    return replace(health, opened_at=now, closed_at=None, rest_until=now + PROBE_EVERY)
