"""What sayings of providers come to. Pure: in any order, and doubled, they come to the same.

Sources of the kinds of bounces: RFC 3463 (enhanced status codes), as providers map them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channels.feedback import BounceKind, Feedback, FeedbackKind

SOFT_MOST: Final = 5
"""So many soft bounces within `SOFT_WITHIN` wear an address out (rule 119)."""
SOFT_WITHIN: Final = timedelta(days=14)
LAST_SENDS: Final = 1_000
"""Of so many letters, the last that left, the brakes look at (rule 110)."""
FEWEST_SENDS: Final = 100
"""Below that a share says nothing."""
FEWEST_COMPLAINTS: Final = 3
"""Where fewer than `LAST_SENDS` have left, one reader is no share of them."""
LONGEST_WORDS: Final = 500
_GRAVITY: Final = {None: 0, BounceKind.SOFT: 1, BounceKind.POLICY: 2, BounceKind.HARD: 3}
_ADDRESS: Final = re.compile(r"<?[^\s<>\"'();,:]{1,320}@[^\s<>\"'();,]{1,255}>?")
_CONTROL: Final = re.compile(r"[\x00-\x20\x7f]+")


class HoldReason(StrEnum):
    """Why a brake holds a stream back."""

    BOUNCES = "bounces"  # too many letters came back
    COMPLAINTS = "complaints"  # too many readers called them spam


@dataclass(frozen=True, slots=True)
class Marks:
    """What became of a message after it was handed over; the first instant of each.

    Attributes:
        bounce: the gravest kind that was told; None while nobody told of any.
    """

    delivered_at: datetime | None = None
    bounced_at: datetime | None = None
    complained_at: datetime | None = None
    bounce: BounceKind | None = None


def fold(marks: Marks, sayings: Iterable[Feedback]) -> Marks:
    """Return the marks with these sayings in them.

    The earliest instant and the gravest bounce stay, so no order of arrival takes anything back
    (rule 120).
    """
    for one in sayings:
        at = one.occurred_at
        match one.kind:
            case FeedbackKind.DELIVERED:
                marks = _with(marks, delivered_at=_first(marks.delivered_at, at))
            case FeedbackKind.BOUNCED:
                gravest = max((marks.bounce, one.bounce or BounceKind.SOFT), key=_weigh)
                marks = _with(marks, bounced_at=_first(marks.bounced_at, at), bounce=gravest)
            case FeedbackKind.COMPLAINED:
                marks = _with(marks, complained_at=_first(marks.complained_at, at))
            case FeedbackKind.DEFERRED | FeedbackKind.UNSUBSCRIBED:
                pass
    return marks


def _weigh(bounce: BounceKind | None) -> int:
    return _GRAVITY[bounce]


def _first(known: datetime | None, told: datetime) -> datetime:
    return told if known is None else min(known, told)


def _with(
    marks: Marks,
    *,
    delivered_at: datetime | None = None,
    bounced_at: datetime | None = None,
    complained_at: datetime | None = None,
    bounce: BounceKind | None = None,
) -> Marks:
    return Marks(
        delivered_at or marks.delivered_at,
        bounced_at or marks.bounced_at,
        complained_at or marks.complained_at,
        bounce or marks.bounce,
    )


def is_worn_out(times: Sequence[datetime]) -> bool:
    """Return whether soft bounces at these times, of as many letters, wear an address out.

    Any span of `SOFT_WITHIN` counts, not only the one that ends with the saying at hand: a saying
    that comes late may complete one of the past.
    """
    ordered = sorted(times)
    return any(
        last - first <= SOFT_WITHIN
        for first, last in zip(ordered, ordered[SOFT_MOST - 1 :], strict=False)
    )


def judge_rates(sends: int, bounces: int, complaints: int) -> HoldReason | None:
    """Return why marketing is to be held back; None: it may go on.

    At 5 of 100 that bounce, or 1 of 1,000 that is complained about, of the last letters (rule 110).

    Args:
        sends: how many left, at most `LAST_SENDS`.
        bounces: how many of them came back, for whatever reason.
        complaints: how many of them were called spam.
    """
    if sends < FEWEST_SENDS:
        return None
    if bounces * 100 >= sends * 5:
        return HoldReason.BOUNCES
    counts = sends >= LAST_SENDS or complaints >= FEWEST_COMPLAINTS
    if counts and complaints > 0 and complaints * 1_000 >= sends:
        return HoldReason.COMPLAINTS
    return None


def clean_words(text: str) -> str:
    """Return a provider's words as they are kept: one line, without anybody's address."""
    line = _CONTROL.sub(" ", text).strip()
    return _ADDRESS.sub("<address>", line)[:LONGEST_WORDS]


def find_domain(address: str) -> str:
    """Return the domain of an address, in lower case; "" of what is none."""
    return address.rpartition("@")[2].strip().lower()[:253] if "@" in address else ""
