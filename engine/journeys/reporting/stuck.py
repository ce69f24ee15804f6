"""Enrollments that should move and do not: found, counted, mended (rules 132 and 133).

In good order none is ever stuck: rows are claimed within seconds. What is found here had a worker
missing for minutes, broke every chunk it was in, or was changed by hand.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from engine.db import change_rows, lock_contacts
from engine.journeys.deciding.plan import WHOLE
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.running.live import list_paused, load_plans
from engine.journeys.running.tallies import SET_ASIDE, add_tallies
from engine.models.journey import Enrollment, Journey
from engine.tasks import Lane, ring

STUCK_AFTER: Final = timedelta(minutes=10)
MOST: Final = 10_000
"""Mended by one call; another call goes on."""


class Ailment(StrEnum):
    """Why an enrollment does not move."""

    OVERDUE = "overdue"  # due for more than ten minutes, and nobody took it
    NO_WAKE = "no_wake"  # under way, and nothing would ever wake it
    NO_NODE = "no_node"  # it is at a node that its version does not have


@dataclass(frozen=True, slots=True)
class Stuck:
    """One of them."""

    enrollment_id: int
    contact_id: int
    journey: str
    ailment: Ailment


@dataclass(frozen=True, slots=True)
class Lag:
    """How late the enrollments are that are due now, in seconds; zeros where none is.

    Attributes:
        due: how many there are; those of paused journeys are not.
        half: half of them are no later than this.
        most: 95 of 100 are no later than this.
        longest: the latest.
    """

    due: int
    half: float
    most: float
    longest: float


def measure_lag(session: Session, *, now: datetime) -> Lag:
    """Return how late the enrollments are that are due and that nobody has taken yet."""
    is_due = (Enrollment.status.in_(ACTIVE), Enrollment.wake_at <= now, *_not_paused(session))
    due = session.scalar(select(func.count()).select_from(Enrollment).where(*is_due)) or 0
    if not due:
        return Lag(0, 0.0, 0.0, 0.0)
    latest_first = select(Enrollment.wake_at).where(*is_due).order_by(Enrollment.wake_at)
    seconds = []
    for share in (0.5, 0.95, 1.0):
        at = session.scalar(latest_first.offset(due - ceil(due * share)).limit(1))
        seconds.append(0.0 if at is None else (now - at).total_seconds())
    return Lag(due, *seconds)


def count_stuck(session: Session, *, now: datetime) -> dict[Ailment, int]:
    """Return how many enrollments are stuck, by what ails them."""
    counts = {}
    for ailment, condition in _describe_ailments(session, now).items():
        asked = select(func.count()).select_from(Enrollment).where(*condition)
        counts[ailment] = session.scalar(asked) or 0
    return counts


def list_stuck(session: Session, *, now: datetime, limit: int = MOST) -> list[Stuck]:
    """Return the enrollments that are stuck, at most `limit` of each ailment."""
    found: list[Stuck] = []
    for ailment, condition in _describe_ailments(session, now).items():
        rows = session.execute(
            select(Enrollment.id, Enrollment.contact_id, Journey.key)
            .join(Journey, Journey.id == Enrollment.journey_id)
            .where(*condition)
            .order_by(Enrollment.id)
            .limit(limit)
        )
        found += [Stuck(one, contact, key, ailment) for one, contact, key in rows]
    return found


def mend(session: Session, several: Sequence[Stuck], *, now: datetime) -> int:
    """Wake what nothing would wake, set aside what has no node; answer how many were.

    Each is looked at again under its contact's lock, so repeating it is harmless. What is overdue
    is left to `runner.advance_due`, one alone at a time.
    """
    lock_contacts(session, (one.contact_id for one in several))
    conditions = _describe_ailments(session, now)

    def ail(ailment: Ailment) -> tuple[ColumnElement[bool], ...]:
        ids = [one.enrollment_id for one in several if one.ailment is ailment]
        return (Enrollment.id.in_(ids), *conditions[ailment])

    asleep = update(Enrollment).where(*ail(Ailment.NO_WAKE)).values(wake_at=now)
    mended = change_rows(session, asleep)
    mended += _set_aside(session, ail(Ailment.NO_NODE), "there is no such node", now=now)
    ring(session, Lane.ADVANCE)
    return mended


def set_aside(session: Session, stuck: Stuck, reason: str, *, now: datetime) -> None:
    """Take an enrollment out of everybody's way, whose pass fails whoever tries."""
    lock_contacts(session, [stuck.contact_id])
    which = (Enrollment.id == stuck.enrollment_id, Enrollment.status.in_(ACTIVE))
    _set_aside(session, which, reason, now=now)


def _set_aside(
    session: Session, which: Iterable[ColumnElement[bool]], reason: str, *, now: datetime
) -> int:
    """Set aside who is locked, and count them; answer how many they were."""
    rows = session.execute(select(Enrollment.id, Enrollment.version_id).where(*which)).all()
    counts = Counter((version, WHOLE, SET_ASIDE) for _, version in rows)
    add_tallies(session, counts, now=now)
    return change_rows(
        session,
        update(Enrollment)
        .where(Enrollment.id.in_([one for one, _ in rows]))
        .values(status=EnrollmentStatus.FAILED, reason=reason[:60], ended_at=now, wake_at=None),
    )


def _describe_ailments(
    session: Session, now: datetime
) -> dict[Ailment, tuple[ColumnElement[bool], ...]]:
    active = Enrollment.status.in_(ACTIVE)
    strays = _find_strays(session)
    nowhere = or_(*strays) if strays else Enrollment.id.is_(None)
    overdue = Enrollment.wake_at <= now - STUCK_AFTER
    return {
        Ailment.NO_NODE: (active, nowhere),
        Ailment.NO_WAKE: (active, ~nowhere, Enrollment.wake_at.is_(None)),
        Ailment.OVERDUE: (active, ~nowhere, overdue, *_not_paused(session)),
    }


def _not_paused(session: Session) -> Iterable[ColumnElement[bool]]:
    paused = list_paused(session)
    return (Enrollment.journey_id.not_in(paused),) if paused else ()


def _find_strays(session: Session) -> list[ColumnElement[bool]]:
    """Return, of each version with somebody beyond its nodes, how to tell who that is."""
    lowest, highest = func.min(Enrollment.node), func.max(Enrollment.node)
    rows = session.execute(
        select(Enrollment.version_id, lowest, highest)
        .where(Enrollment.status.in_(ACTIVE))
        .group_by(Enrollment.version_id)
    ).all()
    broken: dict[int, int] = {}
    for version_id, low, high in rows:
        keys = load_plans(session, [version_id])[version_id].keys
        if low < 0 or high >= len(keys):
            broken[version_id] = len(keys)
    return [
        (Enrollment.version_id == version_id) & ~Enrollment.node.between(0, size - 1)
        for version_id, size in broken.items()
    ]
