"""Calls to other systems: whose turn it is, what came of each try, and what is held too long.

Targets take turns, and one worker at a time serves a target, so that a backlog for one that is dead
keeps nobody else's calls waiting (rule 94).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from channels.base import Receipt, Verdict
from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.db import insert_into
from engine.ids import derive_id
from engine.language.say import Sentence
from engine.messages.carriers.breaker import REST
from engine.messages.parcels import Result
from engine.messages.settling import settle_call
from engine.messages.states import MessageState
from engine.messages.webhooks.hosts import find_busy
from engine.messages.webhooks.targets import (
    GONE,
    LONGEST_FAILING,
    count_allowed,
    follow,
    name_target,
    read_health,
    write_health,
)
from engine.models.call import CallAttempt, CallTarget
from engine.models.message import Endpoint, Message
from engine.tasks import Lane, ring

TARGETS: Final = 16
"""Targets served at once by one claim."""
KEPT: Final = timedelta(days=30)
MOST_SHOWN: Final = 2_048
"""Characters of an answer that are kept."""
HIDDEN: Final = "•••"
BATCH: Final = 1_000

_IS_DOUBTFUL: Final = case(
    (or_(CallTarget.opened_at.is_not(None), CallTarget.silences > 0), 1), else_=0
)
_FARES: Final = (
    select(CallTarget)
    .where(CallTarget.target.in_(bindparam("targets", expanding=True)))
    .order_by(CallTarget.target)
    .with_for_update()
)


def know_targets(session: Session, rows: Sequence[dict[str, Any]], *, now: datetime) -> None:
    """See to it that the targets of these messages' calls can be given a turn."""
    named = {name_target(row["data"]["data"]) for row in rows if row["target"] is not None}
    if named:
        session.execute(
            insert_into(session, CallTarget).on_conflict_do_nothing(),
            [
                {"target": target, "endpoint": endpoint, "served_at": now}
                for target, endpoint in sorted(named, key=lambda one: one[0])
            ],
        )


def choose_calls(
    session: Session,
    *,
    now: datetime,
    limit: int,
    silent: Collection[int],
    with_doubtful: bool = True,
) -> list[int]:
    """Return the ids of the calls that are to be made now, locked, of targets whose turn it is.

    Targets that may be silent come by themselves, so that nobody else's calls wait with theirs.

    Args:
        silent: journeys whose messages are kept back.
        with_doubtful: also targets that may be silent, where no other is due.
    """
    chosen = _choose_targets(session, now=now, silent=silent, with_doubtful=with_doubtful)
    ids: list[int] = []
    served: list[str] = []
    for target in chosen:
        room = min(count_allowed(read_health(target), now), limit - len(ids))
        if room <= 0:
            break
        ids += session.scalars(
            select(Message.id)
            .where(_is_due(now, silent), Message.target == target.target)
            .order_by(Message.due_at)
            .limit(room)
            .with_for_update(skip_locked=True, key_share=True)
        )
        served.append(target.target)
    if served:
        probes = case(
            (CallTarget.opened_at.is_not(None), now + REST), else_=CallTarget.closed_until
        )
        session.execute(
            update(CallTarget)
            .where(CallTarget.target.in_(served))
            .values(served_at=now, closed_until=probes)
            .execution_options(synchronize_session=False)
        )
    return ids


def _choose_targets(
    session: Session, *, now: datetime, silent: Collection[int], with_doubtful: bool
) -> list[CallTarget]:
    asked = (
        select(CallTarget)
        .join(Endpoint, Endpoint.key == CallTarget.endpoint, isouter=True)
        .where(
            or_(CallTarget.closed_until.is_(None), CallTarget.closed_until <= now),
            Endpoint.disabled_at.is_(None),
            exists().where(_is_due(now, silent), Message.target == CallTarget.target),
        )
        .order_by(_IS_DOUBTFUL, CallTarget.served_at)
        .limit(TARGETS)
        .with_for_update(of=CallTarget, skip_locked=True)
    )
    if not with_doubtful:
        asked = asked.where(_IS_DOUBTFUL == 0)
    found = list(session.scalars(asked.execution_options(populate_existing=True)))
    # Asked once they are ours: nobody can begin to serve one of them between.
    busy = find_busy(session, {one.target for one in found}, now=now)
    free = [one for one in found if one.target not in busy]
    well = [one for one in free if not read_health(one).is_doubtful]
    return well or free


def _is_due(now: datetime, silent: Collection[int]) -> ColumnElement[bool]:
    due = and_(Message.state == MessageState.QUEUED, Message.due_at <= now)
    if not silent:
        return due
    return and_(due, or_(Message.journey_id.is_(None), Message.journey_id.not_in(silent)))


class Ledger:
    """What tries of calls came to, written down in the transaction that records them."""

    def __init__(self, session: Session, results: Sequence[Result]) -> None:
        self._session = session
        targets = {one.parcel.target for one in results if one.parcel.target is not None}
        rows = session.scalars(
            _FARES, {"targets": list(targets)}, execution_options={"populate_existing": True}
        )
        self._targets = {row.target: row for row in rows}
        self._receipts: dict[str, list[Receipt]] = defaultdict(list)
        self._attempts: list[dict[str, Any]] = []

    def settle(self, result: Result, now: datetime) -> dict[str, Any]:
        """Return the columns that a result sets, and note it."""
        target = self._targets.get(result.parcel.target or "")
        is_probe = target is not None and target.opened_at is not None
        values = settle_call(result, now, is_probe=is_probe)
        if isinstance(result.outcome, Receipt) and not result.outcome.is_untried:
            self._attempts.append(_write_attempt(result, result.outcome, values, now))
        if isinstance(result.outcome, Receipt) and target is not None:
            self._receipts[target.target].append(result.outcome)
        return values

    def close(self, now: datetime) -> None:
        """Write down the tries, and how their targets stand after them."""
        if self._attempts:
            self._session.execute(insert_into(self._session, CallAttempt), self._attempts)
        for name, receipts in self._receipts.items():
            row = self._targets[name]
            before = read_health(row)
            after = follow(before, receipts, now)
            write_health(row, after)
            if before.breaker.is_open and not after.breaker.is_open:
                ring(self._session, Lane.WEBHOOK)
            self._disable_dead(row, receipts, now)
        self._session.flush()

    def _disable_dead(self, row: CallTarget, receipts: Sequence[Receipt], now: datetime) -> None:
        """Disable an endpoint that says it is gone, or has taken nothing for two weeks."""
        is_gone = any(one.code == GONE and not one.is_untried for one in receipts)
        is_dead = row.failing_since is not None and now - row.failing_since > LONGEST_FAILING
        if row.endpoint is None or not (is_gone or is_dead):
            return
        why = "gone" if is_gone else "failing"
        changed = self._session.scalar(
            update(Endpoint)
            .where(Endpoint.key == row.endpoint, Endpoint.disabled_at.is_(None))
            .values(disabled_at=now, disabled_for=why, revision=Endpoint.revision + 1)
            .returning(Endpoint.key)
            .execution_options(synchronize_session=False)
        )
        if changed is None:
            return
        words = Sentence(
            "The endpoint {endpoint} answered 410 Gone and is disabled. Its calls are held; enable "
            "it under Settings, Endpoints, once it takes them again."
            if is_gone
            else "The endpoint {endpoint} has taken no call for 14 days and is disabled. Its calls "
            "are held; enable it under Settings, Endpoints, once it takes them again.",
            endpoint=row.endpoint,
        )
        key = str(derive_id("endpoint-disabled", row.endpoint, now.isoformat()))
        add_notices(self._session, [NewNotice(key, OWNER, words)], now=now)


def _write_attempt(
    result: Result, receipt: Receipt, values: dict[str, Any], now: datetime
) -> dict[str, Any]:
    parcel, answer = result.parcel, receipt.answer
    asked = parcel.settings.get("data") or {}
    kept_there = parcel.endpoint or {}
    hidden = {name.lower() for name in kept_there.get("headers") or {}}
    is_again = values["state"] is MessageState.QUEUED
    return {
        "message_id": parcel.id,
        "target": parcel.target or name_target(asked)[0],
        "at": now,
        "took_ms": None if receipt.took is None else round(receipt.took.total_seconds() * 1000),
        "attempt": parcel.attempts + 1,
        "verdict": receipt.verdict.value,
        "is_good": receipt.verdict is Verdict.ACCEPTED,
        "status": None if answer is None else answer.status,
        "words": receipt.text[:300],
        "next_at": values["due_at"] if is_again else None,
        "url": kept_there.get("url") if asked.get("endpoint") else asked.get("url"),
        "headers": [
            [name, HIDDEN if name.lower() in hidden else value]
            for name, value in receipt.sent_headers
        ],
        "answer": "" if answer is None else show_answer(answer.body)[:MOST_SHOWN],
    }


def show_answer(body: Any) -> str:
    """Return an answer's body as text."""
    return body if isinstance(body, str) else orjson.dumps(body).decode()


def prune(session: Session, *, now: datetime) -> None:
    """Forget the oldest tries, those of more than some weeks ago, a few thousand at a time."""
    oldest = (
        select(CallAttempt.id, CallAttempt.at).order_by(CallAttempt.id).limit(5 * BATCH).subquery()
    )
    session.execute(
        delete(CallAttempt)
        .where(CallAttempt.id.in_(select(oldest.c.id).where(oldest.c.at < now - KEPT)))
        .execution_options(synchronize_session=False)
    )


def count_waiting(session: Session, targets: Collection[str]) -> dict[tuple[str, int], int]:
    """Return how many calls of each target wait, and how many failed, by target and state."""
    states = (MessageState.QUEUED, MessageState.FAILED)
    rows = session.execute(
        select(Message.target, Message.state, func.count())
        .where(Message.target.in_(list(targets)), Message.state.in_(states))
        .group_by(Message.target, Message.state)
    )
    return {(target, state): count for target, state, count in rows if target is not None}
