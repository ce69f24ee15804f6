"""Calls that nobody made for long: given up at the end of their life, and found where they wait."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import is_among
from engine.events.accepting import append_own
from engine.messages.gates.passing import build_event, set_state
from engine.messages.making.loading import load_parcels
from engine.messages.settling import CALL_LIFE
from engine.messages.states import OPEN, FailReason, MessageState, Settled
from engine.messages.webhooks.calls import know_targets
from engine.messages.webhooks.targets import name_target
from engine.models.message import Message

BATCH: Final = 1_000


def give_up_calls(session: Session, *, now: datetime, limit: int = BATCH) -> int:
    """Fail calls that were held for longer than they live, and tell their nodes; answer how many."""
    ids = list(
        session.scalars(
            select(Message.id)
            .where(
                Message.channel == "webhook",
                is_among(Message.state, OPEN),
                Message.state == MessageState.QUEUED,
                Message.expires_at <= now,
            )
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        )
    )
    if ids:
        fate = MessageState.FAILED, Settled.FAILED, FailReason.TOO_OFTEN
        settle_held(session, ids, *fate, now=now)
    return len(ids)


def settle_held(
    session: Session,
    ids: Sequence[int],
    state: MessageState,
    fate: Settled,
    reason: str,
    *,
    now: datetime,
    details: str | None = None,
) -> None:
    """Settle messages that nobody has leased, and tell the nodes that wait for them."""
    set_state(session, ids, state, reason, details=details)
    waiting = [
        parcel
        for parcel in load_parcels(session, ids, owner="", now=now)
        if parcel.settings.get("waits")
    ]
    append_own(session, [build_event(one, fate, reason, now) for one in waiting], now=now)


def name_targets(session: Session, *, now: datetime, limit: int = BATCH) -> int:
    """Name the targets of calls that were intended before targets were known; answer how many."""
    rows = session.scalars(
        select(Message)
        .where(
            Message.channel == "webhook",
            is_among(Message.state, OPEN),
            Message.state == MessageState.QUEUED,
            Message.target.is_(None),
        )
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    for row in rows:
        row.target = name_target(row.data.get("data") or {})[0]
        row.expires_at = row.expires_at or row.created_at + CALL_LIFE
    known = [{"data": {"data": row.data.get("data") or {}}, "target": row.target} for row in rows]
    know_targets(session, known, now=now)
    session.flush()
    return len(rows)
