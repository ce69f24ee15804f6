"""Which account carries a message, and when it may: weights, fail-over, warm-up, rate. Pure.

A message keeps to one account as long as that takes anything: chosen by its own id, so that whoever
tries it again finds the same, and the provider knows a repetition by its idempotency key.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from channels.accounts import MAILBOX, Account
from engine.messages.carriers.breaker import WELL, Breaker, find_share, is_probe_due

HORIZON: Final = timedelta(seconds=2)
"""So far ahead messages are leased for an account with a rate: more would wait in a worker's hands."""
BURST: Final = 0.05
"""Of a rate, so much leaves at one moment."""
AIM: Final = 0.95
"""Of a rate, so much is used. Promise P13: any second holds at most 105 % of it as they arrive, and a
backlog leaves at 90 % at least; what machines and networks bunch together must fit in between."""


@dataclass(frozen=True, slots=True)
class AccountState:
    """How an account stands, by the rows.

    Attributes:
        is_paused: it refused our login, or a colleague stopped it; nothing goes until somebody acts.
        silent_since: since when it takes nothing, paused or away; None: it is neither.
        next_at: when its rate lets the next one leave.
        first_on: the day (UTC) of its first message, for its warm-up.
        day: of which `carried` counts what it carried.
    """

    is_paused: bool = False
    breaker: Breaker = WELL
    next_at: datetime | None = None
    first_on: date | None = None
    day: date | None = None
    carried: int = 0
    silent_since: datetime | None = None

    def carried_on(self, now: datetime) -> int:
        """Return how many it carried on the day of this instant."""
        return self.carried if self.day == now.astimezone(UTC).date() else 0

    def is_recovering(self, now: datetime) -> bool:
        """Return whether it is given less than it could carry, since it was away lately."""
        return 0 < find_share(self.breaker, now=now) < 1


NEW: Final = AccountState()


@dataclass(frozen=True, slots=True)
class Wait:
    """No account takes it now; `until` is when to look again."""

    until: datetime


def choose_account(
    accounts: Sequence[Account],
    states: Mapping[str, AccountState],
    *,
    uid: UUID,
    message_class: str,
    now: datetime,
) -> Account | Wait:
    """Return the account that carries this message, or until when it waits for one.

    Accounts are tried in an order that the message's id and the weights give (rendezvous hashing:
    a heavier account is first more often, and losing one moves only the messages that were its
    own). Source: Schindelhauer and Schomaker, Weighted Distributed Hash Tables, 2005.
    """
    able = [account for account in accounts if message_class in account.serves]
    for account in sorted(able, key=lambda one: _score(one, uid), reverse=True):
        if find_obstacle(account, states.get(account.name, NEW), now=now) is None:
            return account
    waits = [find_obstacle(one, states.get(one.name, NEW), now=now) for one in able]
    return Wait(min((wait for wait in waits if wait is not None), default=now + LONG))


LONG: Final = timedelta(minutes=1)
"""When to look again, where only a person can mend what is in the way."""


def find_silence(
    accounts: Iterable[Account], states: Mapping[str, AccountState], *, message_class: str
) -> datetime | None:
    """Return since when every account for a class is paused or away; None: one is neither.

    The mailbox keeps what it gets, so it is no account that could be away.
    """
    since: list[datetime] = []
    for account in accounts:
        if message_class not in account.serves:
            continue
        silent_since = states.get(account.name, NEW).silent_since
        if silent_since is None or account.scheme == MAILBOX:
            return None
        since.append(silent_since)
    return max(since, default=None)


def find_obstacle(account: Account, state: AccountState, *, now: datetime) -> datetime | None:
    """Return when an account may carry something again; None: it does now, save for its rate."""
    if state.is_paused:
        return now + LONG
    if find_share(state.breaker, now=now) == 0:
        return state.breaker.closed_until
    ceiling = find_ceiling(account, state, now=now)
    if ceiling is not None and ceiling <= 0:
        return _next_midnight(now)
    return None


def find_ceiling(account: Account, state: AccountState, *, now: datetime) -> int | None:
    """Return how many more an account may carry today while it is warmed up; None: all that come."""
    if account.warm_up is None:
        return None
    today = now.astimezone(UTC).date()
    days = 0 if state.first_on is None else (today - state.first_on).days
    return (account.warm_up << min(max(days, 0), 40)) - state.carried_on(now)


def find_room(
    accounts: Iterable[Account], states: Mapping[str, AccountState], *, most: int, now: datetime
) -> int:
    """Return how many messages to lease: no more than leave soon, over all accounts together."""
    room = 0
    for account in accounts:
        state = states.get(account.name, NEW)
        if find_obstacle(account, state, now=now) is not None:
            continue
        mine = math.ceil(most * find_share(state.breaker, now=now))
        if is_probe_due(state.breaker, now=now):
            mine = 1
        if account.rate is not None:
            ahead = (now + HORIZON - max(state.next_at or now, now)).total_seconds()
            mine = min(mine, max(0, math.ceil(ahead * account.rate)))
        ceiling = find_ceiling(account, state, now=now)
        room += mine if ceiling is None else min(mine, ceiling)
    return min(room, most)


def count_together(account: Account, *, most: int) -> int:
    """Return how many leave at one moment: all of a group, or what the rate's burst allows."""
    if account.rate is None:
        return most
    return max(1, min(most, int(account.rate * BURST)))


def reserve(
    account: Account, next_at: datetime, n: int, *, now: datetime, share: float = 1.0
) -> tuple[datetime, datetime]:
    """Return when `n` messages may leave by this share of the account's rate, and when those after.

    The generic cell rate algorithm without tolerance. Source: ITU-T I.371, annex A.
    """
    if account.rate is None:
        return now, now
    leaves_at = max(next_at, now)
    return leaves_at, leaves_at + find_span(account.rate * share, n)


def find_span(rate: float, n: int) -> timedelta:
    """Return how long nothing else leaves after `n` messages, at a rate of so many a second."""
    return timedelta(seconds=n / (rate * AIM))


def _score(account: Account, uid: UUID) -> float:
    digest = hashlib.sha256(account.name.encode() + uid.bytes).digest()
    share = (int.from_bytes(digest[:8]) + 1) / (2**64 + 1)
    return -account.weight / math.log(share)


def _next_midnight(now: datetime) -> datetime:
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1)
