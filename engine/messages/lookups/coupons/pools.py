"""Pools of coupons as people keep them: listed with what is left, made, changed, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.db import check_revision, insert_into
from engine.errors import Conflict, Invalid, NotFound
from engine.language.say import say
from engine.messages.lookups.coupons.codes import check_code
from engine.models.coupon import CouponCode, CouponPool

MOST_POOLS: Final = 500


@dataclass(frozen=True, slots=True)
class PoolDraft:
    """What a pool is to be.

    Attributes:
        low_water: colleagues are told when so few codes are left.
        expires_at: nothing is drawn from then on.
        common_code: what messages show when no code is left; None: they fail.
        per_contact: a contact gets the code that it drew first in every later message.
    """

    name: str
    low_water: int
    expires_at: datetime | None
    common_code: str | None
    per_contact: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many codes of a pool are left, drawn and redeemed; common: who got the common one."""

    left: int = 0
    drawn: int = 0
    redeemed: int = 0
    common: int = 0


NONE: Final = Counts()


def list_pools(session: Session) -> Sequence[CouponPool]:
    """Return all pools by name."""
    return session.scalars(select(CouponPool).order_by(CouponPool.name).limit(MOST_POOLS)).all()


def get_pool(session: Session, name: str) -> CouponPool:
    """Return a pool.

    Raises:
        NotFound: there is none of this name.
    """
    pool = session.scalar(select(CouponPool).where(CouponPool.name == name))
    if pool is None:
        raise NotFound(say("there is no coupon pool {name!r}", name=name))
    return pool


def count_codes(session: Session, pools: Sequence[CouponPool]) -> dict[int, Counts]:
    """Return how the codes of pools stand, by the pool's id; of one without codes nothing."""
    asked = (
        select(
            CouponCode.pool_id,
            func.count().filter(CouponCode.drawn_at.is_(None)),
            func.count().filter(CouponCode.drawn_at.is_not(None), ~CouponCode.is_common),
            func.count().filter(CouponCode.redeemed_at.is_not(None)),
            func.count().filter(CouponCode.is_common),
        )
        .where(CouponCode.pool_id.in_([pool.id for pool in pools]))
        .group_by(CouponCode.pool_id)
    )
    return {pool_id: Counts(*counted) for pool_id, *counted in session.execute(asked)}


def count_left(session: Session) -> dict[str, int]:
    """Return how many codes of each pool nobody has drawn, by its name."""
    left = (
        select(func.count())
        .where(CouponCode.pool_id == CouponPool.id, CouponCode.drawn_at.is_(None))
        .scalar_subquery()
        .label("left")
    )
    rows = session.execute(select(CouponPool.name, left).order_by(CouponPool.name))
    return {row.name: row.left for row in rows}


def make_pool(session: Session, draft: PoolDraft, *, now: datetime) -> CouponPool:
    """Keep a new pool, without any code.

    Raises:
        Conflict: a pool has this name, or there are too many.
        Invalid: the common code is none.
    """
    _check(draft)
    if (session.scalar(select(func.count()).select_from(CouponPool)) or 0) >= MOST_POOLS:
        raise Conflict(say("there are {most} coupon pools already", most=MOST_POOLS))
    statement = insert_into(session, CouponPool).values(
        name=draft.name,
        low_water=draft.low_water,
        expires_at=draft.expires_at,
        common_code=draft.common_code,
        per_contact=draft.per_contact,
        told=0,
        revision=1,
        created_at=now,
    )
    if session.scalar(statement.on_conflict_do_nothing().returning(CouponPool.id)) is None:
        raise Conflict(say("there is a coupon pool {name!r} already", name=draft.name))
    return get_pool(session, draft.name)


def change_pool(session: Session, draft: PoolDraft, *, revision: int) -> CouponPool:
    """Change a pool; its codes stay as they are.

    Raises:
        NotFound: there is none of this name.
        LostUpdate: somebody else changed it meanwhile.
        Invalid: the common code is none.
    """
    _check(draft)
    pool = _hold(session, draft.name)
    check_revision(pool.revision, edited=revision)
    pool.low_water, pool.expires_at = draft.low_water, draft.expires_at
    pool.common_code, pool.per_contact = draft.common_code, draft.per_contact
    pool.told = 0  # the mark may be another one now
    pool.revision += 1
    session.flush()
    return pool


def delete_pool(session: Session, name: str) -> None:
    """Take a pool away with its codes. The caller knows that no template draws from it.

    Raises:
        NotFound: there is none of this name.
    """
    session.delete(_hold(session, name))


def _hold(session: Session, name: str) -> CouponPool:
    found = get_pool(session, name)
    return session.get_one(CouponPool, found.id, with_for_update=True, populate_existing=True)


def _check(draft: PoolDraft) -> None:
    if draft.common_code is not None and (why := check_code(draft.common_code)):
        raise Invalid(f"{draft.common_code[:64]!r}: {why}")
