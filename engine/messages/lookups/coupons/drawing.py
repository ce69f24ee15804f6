"""Drawing codes: one message draws one of a pool, the same one however often it is made.

Whoever draws holds the contacts first, so a message that two workers make at once draws once; and
takes rows that nobody else is taking, so two messages never draw the same.

A message that was never handed over gives its code back: nobody can have seen it. One that may
have left, or was refused by the provider, keeps it: a code that two people hold costs more than one
that nobody uses. What belongs to a contact (`per_contact`) stays with it either way, since its other
messages show it, too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.bulk import change_many, is_any
from engine.db import change_rows, insert_into, lock_contacts
from engine.language.say import Sentence, say
from engine.messages.states import MessageState
from engine.models.coupon import CouponCode, CouponPool
from engine.models.message import Message

TOLD_LOW: Final = 1
TOLD_EMPTY: Final = 2
SWEPT: Final = 1_000
"""Codes that one look settles."""
_UNSENT: Final = (
    MessageState.SKIPPED,
    MessageState.CANCELLED,
    MessageState.FAILED,
    MessageState.SET_ASIDE,
)
_MOVING: Final = (MessageState.QUEUED, MessageState.SENDING)

_DRAWN: Final = (
    select(CouponCode.message_uid, CouponCode.contact_id, CouponCode.code)
    .where(
        CouponCode.pool_id == bindparam("pool"),
        CouponCode.message_uid.in_(bindparam("uids", expanding=True)),
    )
    .order_by(CouponCode.id)
)
_OWNED: Final = (
    select(CouponCode.contact_id, CouponCode.code)
    .where(
        CouponCode.pool_id == bindparam("pool"),
        CouponCode.contact_id.in_(bindparam("contacts", expanding=True)),
    )
    .order_by(CouponCode.drawn_at.desc(), CouponCode.id.desc())
)
_FREE: Final = (
    select(CouponCode.id, CouponCode.code)
    .where(CouponCode.pool_id == bindparam("pool"), CouponCode.drawn_at.is_(None))
    .order_by(CouponCode.id)
    .limit(bindparam("most"))
)

_COUNT: Final = select(func.count()).select_from(_FREE.subquery())


@dataclass(frozen=True, slots=True)
class Wish:
    """A message that shows a code of a pool."""

    pool: str
    message_uid: UUID
    contact_id: int


@dataclass(frozen=True, slots=True)
class NoCode:
    """Why there is none for a message."""

    words: str


def draw(session: Session, wishes: Sequence[Wish], *, now: datetime) -> dict[Wish, str | NoCode]:
    """Return the code of each message, drawn now unless it has one already.

    Args:
        session: of a transaction of its own: it holds the contacts.
    """
    lock_contacts(session, {wish.contact_id for wish in wishes})
    by_pool: dict[str, list[Wish]] = defaultdict(list)
    for wish in dict.fromkeys(wishes):
        by_pool[wish.pool].append(wish)
    asked = select(CouponPool).where(CouponPool.name.in_(list(by_pool)))
    pools = {pool.name: pool for pool in session.scalars(asked)}
    drawn: dict[Wish, str | NoCode] = {}
    for name, several in sorted(by_pool.items()):
        if (pool := pools.get(name)) is None:
            none = NoCode(say("there is no coupon pool {name!r}", name=name))
            drawn |= dict.fromkeys(several, none)
        else:
            drawn |= _draw_of(session, pool, several, now=now)
    return drawn


def _draw_of(
    session: Session, pool: CouponPool, wishes: Sequence[Wish], *, now: datetime
) -> dict[Wish, str | NoCode]:
    is_over = pool.expires_at is not None and pool.expires_at <= now
    drawn: dict[Wish, str | NoCode] = dict(_find_drawn(session, pool, wishes, is_over=is_over))
    missing = [wish for wish in wishes if wish not in drawn]
    if not missing:
        return drawn
    if is_over:
        over = say("the coupons of {name!r} have expired", name=pool.name)
        return drawn | dict.fromkeys(missing, NoCode(over))
    drawers: dict[int | UUID, Wish] = {}
    for wish in missing:
        drawers.setdefault(wish.contact_id if pool.per_contact else wish.message_uid, wish)
    fresh = _take(session, pool, list(drawers.values()), now=now)
    for wish in missing:
        key = wish.contact_id if pool.per_contact else wish.message_uid
        drawn[wish] = fresh[drawers[key]]
    _tell_if_low(session, pool, now=now)
    return drawn


def _find_drawn(
    session: Session, pool: CouponPool, wishes: Sequence[Wish], *, is_over: bool
) -> Mapping[Wish, str]:
    """Return the codes there are: of a pool that is over those of these messages alone."""
    rows = session.execute(_DRAWN, {"pool": pool.id, "uids": [wish.message_uid for wish in wishes]})
    by_message: dict[UUID, str] = {row.message_uid: row.code for row in rows}
    by_contact: dict[int, str] = {}
    if pool.per_contact and not is_over:
        contacts = sorted({wish.contact_id for wish in wishes})
        owned = session.execute(_OWNED, {"pool": pool.id, "contacts": contacts})
        by_contact = {row.contact_id: row.code for row in owned}  # the first drawn stays
    found = {
        wish: by_message.get(wish.message_uid) or by_contact.get(wish.contact_id) for wish in wishes
    }
    return {wish: code for wish, code in found.items() if code is not None}


def _take(
    session: Session, pool: CouponPool, wishes: Sequence[Wish], *, now: datetime
) -> dict[Wish, str | NoCode]:
    asked = {"pool": pool.id, "most": len(wishes)}
    free = session.execute(_FREE.with_for_update(skip_locked=True), asked).all()
    if len(free) < len(wishes):  # what others hold may come back: wait for them before giving up
        free = session.execute(_FREE.with_for_update(), asked).all()
    given = list(zip(wishes, free, strict=False))
    change_many(
        session,
        CouponCode,
        [
            {
                "id": row.id,
                "drawn_at": now,
                "message_uid": wish.message_uid,
                "contact_id": wish.contact_id,
                "is_unsettled": not pool.per_contact,
            }
            for wish, row in given
        ],
    )
    drawn: dict[Wish, str | NoCode] = {wish: row.code for wish, row in given}
    late = wishes[len(given) :]
    if not late:
        return drawn
    if pool.common_code is None:
        empty = say("no coupon of {name!r} is left", name=pool.name)
        return drawn | dict.fromkeys(late, NoCode(empty))
    session.execute(
        insert_into(session, CouponCode).on_conflict_do_nothing(),
        [
            {
                "pool_id": pool.id,
                "code": pool.common_code,
                "is_common": True,
                "drawn_at": now,
                "message_uid": wish.message_uid,
                "contact_id": wish.contact_id,
                "is_unsettled": False,
            }
            for wish in late
        ],
    )
    return drawn | dict.fromkeys(late, pool.common_code)


def _tell_if_low(session: Session, pool: CouponPool, *, now: datetime) -> None:
    """Tell colleagues once when few codes are left, and once when none is."""
    if pool.told >= TOLD_EMPTY:
        return
    left = session.scalar(_COUNT, {"pool": pool.id, "most": pool.low_water + 1}) or 0
    state = TOLD_EMPTY if left == 0 else TOLD_LOW if left <= pool.low_water else 0
    if state <= pool.told:
        return
    change = update(CouponPool).where(CouponPool.id == pool.id, CouponPool.told < state)
    if change_rows(session, change.values(told=state)) == 0:
        return
    words = (
        Sentence("{left:,} codes of the coupon pool {name!r} are left", left=left, name=pool.name)
        if left
        else Sentence("the coupon pool {name!r} is empty", name=pool.name)
    )
    key = f"coupons:{pool.id}:{state}:{now.isoformat()}"
    add_notices(session, [NewNotice(key, OWNER, words)], now=now)


def settle_codes(session: Session) -> int:
    """Take back the codes of messages that were closed before anybody got them; answer how many.

    Each drawn code is looked at until it is known what became of its message.
    """
    looked = session.execute(
        select(CouponCode.id, CouponCode.contact_id)
        .outerjoin(Message, Message.uid == CouponCode.message_uid)
        .where(
            CouponCode.is_unsettled,
            Message.id.is_(None) | Message.state.not_in(_MOVING),
        )
        .order_by(CouponCode.id)
        .limit(SWEPT)
    ).all()
    if not looked:
        return 0
    lock_contacts(session, {row.contact_id for row in looked if row.contact_id is not None})
    ids = [row.id for row in looked]
    closed = (
        select(CouponCode.id)
        .join(Message, Message.uid == CouponCode.message_uid)
        .where(
            is_any(session, CouponCode.id, ids),
            CouponCode.redeemed_at.is_(None),
            Message.state.in_(_UNSENT),
            Message.started_at.is_(None),
            Message.attempts == 0,
        )
    )
    back = list(session.scalars(closed))
    change_rows(
        session,
        update(CouponCode)
        .where(is_any(session, CouponCode.id, back))
        .values(drawn_at=None, message_uid=None, contact_id=None, is_unsettled=False),
    )
    moving = select(Message.uid).where(
        Message.uid == CouponCode.message_uid, Message.state.in_(_MOVING)
    )
    change_rows(
        session,
        update(CouponCode)
        .where(is_any(session, CouponCode.id, ids), ~moving.exists())
        .values(is_unsettled=False),
    )
    return len(back)
