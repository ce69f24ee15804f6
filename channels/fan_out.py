"""Sends a chunk over several threads, a few at a time to each target.

A target that is silent, away or overloaded delays only what is meant for it: once it has shown
that, the rest of the chunk for it is not tried.
"""

import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from queue import SimpleQueue
from typing import Final, TypeAlias, TypeVar

from channels.base import OnResult, Receipt, Verdict

_Item = TypeVar("_Item")
_LATE: Final = Receipt(Verdict.NOT_SENT, text="no time was left for it", is_untried=True)
_Told: TypeAlias = SimpleQueue[tuple[int, Receipt] | BaseException]


@dataclass(frozen=True, slots=True)
class Limits:
    """How many items may be under way: in all, and to one target."""

    threads: int
    at_once: int


def send_each(
    items: Sequence[_Item],
    send_one: Callable[[_Item], Receipt],
    target_of: Callable[[_Item], Hashable],
    on_result: OnResult,
    *,
    limits: Limits,
    begin_within: timedelta,
) -> None:
    """Send every item, telling of each once, in this thread, as soon as its fate is known.

    Nothing is under way any more when this returns.

    Args:
        items: a chunk.
        send_one: sends one; called from several threads.
        target_of: what shares a fate: a host, an account.
        on_result: told of each receipt.
        limits: how many at a time.
        begin_within: see `channels.base.Provider.send`.
    """
    deadline = time.monotonic() + begin_within.total_seconds()
    waiting: dict[Hashable, deque[int]] = {}
    for index, item in enumerate(items):
        waiting.setdefault(target_of(item), deque()).append(index)
    told: _Told = SimpleQueue()
    with ThreadPoolExecutor(limits.threads, thread_name_prefix="send") as pool:
        try:
            for indexes in waiting.values():
                for _ in range(min(limits.at_once, len(indexes))):
                    pool.submit(_work, items, indexes, send_one, told, deadline)
            for _ in items:
                outcome = told.get()
                if isinstance(outcome, BaseException):
                    raise outcome
                on_result(*outcome)
        finally:
            for indexes in waiting.values():
                indexes.clear()


def _work(
    items: Sequence[_Item],
    indexes: deque[int],
    send_one: Callable[[_Item], Receipt],
    told: _Told,
    deadline: float,
) -> None:
    """Send items of one target until none is left or the target has shown that it is no use."""
    refused: Receipt | None = None
    while (index := _next(indexes)) is not None:
        if refused is None and time.monotonic() > deadline:
            refused = _LATE
        if refused is not None:
            told.put((index, refused))
            continue
        try:
            receipt = send_one(items[index])
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            told.put(error)
            return
        told.put((index, receipt))
        if _speaks_of_target(receipt):
            refused = _hold_back(receipt)


def _next(indexes: deque[int]) -> int | None:
    try:
        return indexes.popleft()
    except IndexError:
        return None


def _speaks_of_target(receipt: Receipt) -> bool:
    """Return whether the next item would fare no better."""
    return (
        receipt.verdict in {Verdict.NOT_SENT, Verdict.UNCERTAIN}
        or receipt.is_account_problem
        or receipt.retry_after is not None
        or receipt.is_throttled
    )


def _hold_back(receipt: Receipt) -> Receipt:
    return Receipt(
        Verdict.NOT_SENT,
        code=receipt.code,
        text=f"not tried, for the one before: {receipt.text}",
        retry_after=receipt.retry_after,
        is_account_problem=receipt.is_account_problem,
        is_untried=True,
        is_throttled=receipt.is_throttled,
    )
