"""Stopping a journey, and taking a stopped one away (rules 105 and 106)."""

from collections import Counter
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.db import change_rows, lock_contacts
from engine.errors import Conflict
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.plan import WHOLE
from engine.journeys.deciding.states import ACTIVE, JourneyState, move_journey
from engine.journeys.entering.backfills import STOPPED, end_backfill, hold_backfill
from engine.journeys.entering.late import forget_late
from engine.journeys.publishing.publish import hold_journey
from engine.journeys.running.inside import end_enrollments, hold_inside, load_held
from engine.journeys.running.tallies import TallyKey, add_tallies, name_goal
from engine.language.say import say
from engine.messages.handover.outbox import cancel_journey
from engine.models.entry import Backfill, EntryRefusal, LateEntry
from engine.models.journey import (
    Enrollment,
    GoalReached,
    Journey,
    JourneyEntry,
    JourneyMinute,
    JourneyVersion,
    Occurrence,
    Pass,
    ThrottleSlot,
    Watch,
)
from engine.reasons import ExitReason
from engine.tasks import Lane, ring

DELETED: Final = "journey_deleted"
FORGOTTEN: Final[tuple[type[Any], ...]] = (
    JourneyEntry,
    Watch,
    LateEntry,
    EntryRefusal,
    Occurrence,
    JourneyMinute,
    ThrottleSlot,
    Backfill,
)
"""What of a deleted journey nothing needs any more; versions and tallies stay, as statistics."""


def stop(session: Session, key: str, *, ends_all: bool, now: datetime) -> int:
    """Let nobody in any more; answer how many enrollments were ended (rule 105).

    Args:
        ends_all: end those inside as well, with `journey_stopped`, and cancel every message that
            has not begun to leave; else they go on to their end.

    Raises:
        NotFound: no such journey.
        InvalidTransition: it was never live.
    """
    hold_backfill(session, key)
    inside = hold_inside(session, get_journey(session, key).id) if ends_all else set()
    journey = hold_journey(session, key)
    journey.state = move_journey(JourneyState(journey.state), JourneyState.STOPPED)
    journey.updated_at, journey.paused_at, journey.paused_for = now, None, None
    forget_late(session, journey.id)
    end_backfill(session, journey.id, by=STOPPED, now=now)
    if not ends_all:
        for lane in (Lane.ADVANCE, Lane.EMAIL, Lane.SMS, Lane.PUSH, Lane.WEBHOOK):
            ring(session, lane)
        return 0
    held = load_held(session, inside)
    left = [one for several in held.values() for one in several]
    left = [one for one in left if one.plan.journey_id == journey.id]
    for one in left:
        one.leave(ExitReason.JOURNEY_STOPPED)
    end_enrollments(session, left, now=now)
    cancel_journey(session, journey.id, reason=ExitReason.JOURNEY_STOPPED)
    return len(left)


def delete_journey(session: Session, key: str, *, now: datetime) -> str | None:
    """Take a journey away, and answer under which key its statistics are kept.

    It is gone at once; what it leaves behind is cleared in chunks (`clear_deleted`). Messages and
    consent stay. A draft that never was live is gone whole: None.

    Raises:
        NotFound: no such journey.
        Conflict: it is live or paused, or people are still inside.
    """
    journey = hold_journey(session, key)
    if journey.version_id is None:
        session.delete(journey)
        return None
    if journey.state not in (JourneyState.DRAFT, JourneyState.STOPPED):
        msg = say("{key} is {state}: stop it first", key=key, state=journey.state)
        raise Conflict(msg)
    inside = session.scalar(
        select(func.count()).where(
            Enrollment.journey_id == journey.id, Enrollment.status.in_(ACTIVE)
        )
    )
    if inside:
        msg = say(
            "{inside} are still inside {key}: let them come to their end, or stop it now",
            inside=inside,
            key=key,
        )
        raise Conflict(msg)
    journey.state = move_journey(JourneyState(journey.state), JourneyState.DELETING)
    journey.key = f"{key[:48]}~{journey.id}"
    journey.updated_at = now
    session.flush()
    ring(session, Lane.SEGMENTS)
    return journey.key


def clear_deleted(session: Session, *, limit: int) -> int:
    """Clear a chunk of what a deleted journey leaves behind; answer how many rows.

    Restartable: what is still there is still to be cleared. Holds a chunk's rows, never a table.
    """
    journey = session.scalar(
        select(Journey)
        .where(Journey.state == JourneyState.DELETING)
        .order_by(Journey.id)
        .limit(1)
        .with_for_update(key_share=True, skip_locked=True)
    )
    if journey is None:
        return 0
    cleared = _clear_enrollments(session, journey.id, limit)
    for row in FORGOTTEN:
        if cleared < limit:
            cleared += _clear(session, row, journey.id, limit - cleared)
    if cleared < limit:
        journey.state = move_journey(JourneyState(journey.state), JourneyState.DELETED)
        return cleared + 1
    return cleared


def _clear_enrollments(session: Session, journey_id: int, limit: int) -> int:
    versions = select(JourneyVersion.id).where(JourneyVersion.journey_id == journey_id)
    rows = session.execute(
        select(Enrollment.id, Enrollment.contact_id)
        .where(Enrollment.version_id.in_(versions))
        .order_by(Enrollment.id)
        .limit(limit)
    ).all()
    if not rows:
        cancel_journey(session, journey_id, reason=DELETED)
        return 0
    lock_contacts(session, {row.contact_id for row in rows})
    ids = [row.id for row in rows]
    _keep_goals(session, ids)
    change_rows(session, delete(Pass).where(is_any(session, Pass.enrollment_id, ids)))
    change_rows(session, delete(Enrollment).where(is_any(session, Enrollment.id, ids)))
    return len(ids)


def _keep_goals(session: Session, ids: list[int]) -> None:
    """Add the goals that these enrollments reached to the counts of their versions."""
    counts: Counter[TallyKey] = Counter()
    for version, goal, n in session.execute(
        select(Enrollment.version_id, GoalReached.goal, func.count())
        .join(GoalReached, GoalReached.enrollment_id == Enrollment.id)
        .where(is_any(session, Enrollment.id, ids))
        .group_by(Enrollment.version_id, GoalReached.goal)
    ):
        counts[version, WHOLE, name_goal(goal)] += n
    add_tallies(session, counts, now=None)


def _clear(session: Session, row: type[Any], journey_id: int, limit: int) -> int:
    key = list(row.__table__.primary_key)
    some = select(*key).where(row.journey_id == journey_id).limit(limit)
    return change_rows(session, delete(row).where(tuple_(*key).in_(some)))
