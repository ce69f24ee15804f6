"""Codes of a pool: brought in, made up, looked at, taken back, redeemed."""

import math
import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from engine.bulk import in_chunks, is_any
from engine.db import change_rows, insert_into, table_of
from engine.errors import Invalid
from engine.events.arrivals import Arrived
from engine.language.say import say
from engine.models.contact import Contact
from engine.models.coupon import CouponCode, CouponPool
from engine.models.message import Message

LONGEST_CODE: Final = 64
MOST_AT_ONCE: Final = 100_000
"""Codes that one call brings in or makes up."""
CHUNK: Final = 5_000
"""Codes that one transaction brings in."""
SHOWN: Final = 100
"""Doubles and refused lines that are named; the rest is counted."""
REDEEMED: Final = "Coupon Redeemed"
"""The event by which a shop tells that a code was used; its property `code` says which."""
ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what is mistaken for something else: 0 and O, 1 and I."""
PLACE: Final = "#"
GUESSES: Final = 1_000_000
"""So many times as many codes can be as there are: one guess in a million finds one."""

State: TypeAlias = Literal["left", "drawn", "redeemed"]


@dataclass(slots=True)
class Added:
    """What came of codes that were brought in.

    Attributes:
        doubled: how many were there already, or came twice; `doubles` are the first of them.
        refused: how many lines are no codes; `flaws` are the first of them, each with its reason.
    """

    added: int = 0
    doubled: int = 0
    refused: int = 0
    doubles: tuple[str, ...] = ()
    flaws: tuple[tuple[str, str], ...] = ()

    def add(self, other: "Added") -> None:
        """Count another part of the same file, too."""
        self.added += other.added
        self.doubled += other.doubled
        self.refused += other.refused
        self.doubles = (*self.doubles, *other.doubles)[:SHOWN]
        self.flaws = (*self.flaws, *other.flaws)[:SHOWN]


def check_code(code: str) -> str | None:
    """Return why this is no code; None: it is one. Pure."""
    if not code:
        return say("it is empty")
    if len(code) > LONGEST_CODE:
        return say("a code has at most {most} characters", most=LONGEST_CODE)
    if not code.isprintable() or any(each.isspace() for each in code):
        return say("a code has no blanks and no control characters")
    return None


def add_codes(session: Session, pool: CouponPool, codes: Sequence[str]) -> Added:
    """Bring codes into a pool; those that it has already are left as they are.

    Args:
        codes: as they were written, `CHUNK` at most.
    """
    result, fresh = Added(), dict.fromkeys(codes)
    flaws = {code: why for code in fresh if (why := check_code(code)) is not None}
    result.refused = sum(code in flaws for code in codes)
    result.flaws = tuple((code[:LONGEST_CODE], why) for code, why in flaws.items())[:SHOWN]
    good = [code for code in fresh if code not in flaws]
    if not good:
        return result
    known = session.scalars(
        select(CouponCode.code).where(
            CouponCode.pool_id == pool.id,
            ~CouponCode.is_common,
            is_any(session, CouponCode.code, good),
        )
    )
    there = set(known)
    result.added = _insert(session, pool.id, [code for code in good if code not in there])
    result.doubled = len(codes) - result.refused - result.added
    counted = Counter(codes)
    doubles = (code for code in good if code in there or counted[code] > 1)
    result.doubles = tuple(islice(doubles, SHOWN))
    if result.added:
        _forget_told(session, pool)
    return result


def _insert(session: Session, pool_id: int, codes: Sequence[str]) -> int:
    """Add codes; answer how many were not there: somebody else may bring in the same ones."""
    added = 0
    statement = insert_into(session, CouponCode)
    for part in in_chunks(codes, 500):
        rows = [
            {"pool_id": pool_id, "code": code, "is_common": False, "is_unsettled": False}
            for code in part
        ]
        inserted = (
            statement.values(rows).on_conflict_do_nothing().returning(table_of(CouponCode).c.id)
        )
        added += len(session.execute(inserted).all())
    return added


def generate_codes(session: Session, pool: CouponPool, pattern: str, count: int) -> int:
    """Make up codes by a pattern that `check_pattern` has passed; answer how many were made.

    Args:
        pattern: such as `SUMMER-########`: a random letter or digit for each `#`.
        count: how many, `CHUNK` at most.
    """
    added = 0
    while added < count:
        made = {_make_up(pattern) for _ in range(count - added)}
        added += _insert(session, pool.id, list(made))
    _forget_told(session, pool)
    return added


def _forget_told(session: Session, pool: CouponPool) -> None:
    """Let colleagues be told anew when codes run low, since there are more now."""
    if pool.told:
        change_rows(session, update(CouponPool).where(CouponPool.id == pool.id).values(told=0))


def check_pattern(pattern: str, count: int) -> None:
    """Refuse a pattern by which so many codes could be guessed. Pure.

    Raises:
        Invalid: it is none, or has too few places; says how many it needs.
    """
    if (why := check_code(pattern)) is not None:
        raise Invalid(f"{pattern[:LONGEST_CODE]!r}: {why}")
    needed = math.ceil(math.log(max(count, 1) * GUESSES, len(ALPHABET)))
    if pattern.count(PLACE) < needed:
        raise Invalid(
            say(
                "{count:,} codes need a pattern with at least {needed} places marked #, so that "
                "nobody guesses one",
                count=count,
                needed=needed,
            )
        )


def _make_up(pattern: str) -> str:
    return "".join(secrets.choice(ALPHABET) if each == PLACE else each for each in pattern)


def withdraw_codes(session: Session, pool: CouponPool) -> int:
    """Take back all codes that nobody has drawn; answer how many there were."""
    gone = delete(CouponCode).where(CouponCode.pool_id == pool.id, CouponCode.drawn_at.is_(None))
    return change_rows(session, gone)


def list_codes(
    session: Session,
    pool: CouponPool,
    *,
    state: State | None,
    code: str | None,
    before: int | None,
    limit: int,
) -> Sequence[Any]:
    """Return codes with their contacts and messages, the newest first.

    Args:
        code: this one only.
        before: only those of a lower id.
    """
    asked: Any = (
        select(
            CouponCode,
            Contact.uid.label("contact"),
            Contact.attributes,
            Contact.email,
            Message.uid.label("message"),
        )
        .outerjoin(Contact, Contact.id == CouponCode.contact_id)
        .outerjoin(Message, Message.uid == CouponCode.message_uid)
        .where(CouponCode.pool_id == pool.id)
        .order_by(CouponCode.id.desc())
        .limit(limit)
    )
    if state == "left":
        asked = asked.where(CouponCode.drawn_at.is_(None))
    elif state is not None:
        asked = asked.where(CouponCode.drawn_at.is_not(None))
        if state == "redeemed":
            asked = asked.where(CouponCode.redeemed_at.is_not(None))
    if code is not None:
        asked = asked.where(CouponCode.code == code)
    if before is not None:
        asked = asked.where(CouponCode.id < before)
    return session.execute(asked).all()


def redeem_told(session: Session, arrived: Sequence[Arrived]) -> None:
    """Note which codes were used, as these events tell. Repeating it is harmless.

    A code that nobody drew is not redeemed by word of mouth; of the common code it is the
    contact's own that is meant. The first time counts.
    """
    told = [
        {
            "told_code": str(code)[:LONGEST_CODE],
            "told_contact": one.contact_id,
            "told_at": one.occurred_at,
        }
        for one in arrived
        if one.name == REDEEMED and isinstance(code := one.properties.get("code"), str | int)
    ]
    if told:
        session.connection().execute(_REDEEM, told)


_CODES: Final = table_of(CouponCode)
_REDEEM: Final = (
    update(_CODES)
    .where(
        _CODES.c.code == bindparam("told_code"),
        _CODES.c.drawn_at.is_not(None),
        _CODES.c.redeemed_at.is_(None),
        ~_CODES.c.is_common | (_CODES.c.contact_id == bindparam("told_contact")),
    )
    .values(redeemed_at=bindparam("told_at"))
)


def detach_codes(session: Session, contact_ids: Collection[int]) -> None:
    """Let no code tell who got it. The codes stay drawn."""
    change_rows(
        session,
        update(CouponCode)
        .where(CouponCode.contact_id.in_(list(contact_ids)))
        .values(contact_id=None, message_uid=None, is_unsettled=False),
    )
