"""What a colleague does to one enrollment by hand: take it out, or end its wait."""

from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.actions.wait import WaitNode
from engine.actions.wait_for import WaitForNode
from engine.db import change_rows, lock_owner
from engine.decision import GoOn
from engine.errors import Conflict, NotFound
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.plan import WHOLE, Plan
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.running.inside import end_enrollments, load_enrolled, load_over, write_held
from engine.journeys.running.live import list_paused
from engine.journeys.running.tallies import SET_ASIDE, TallyKey, add_tallies, name_exit
from engine.language.say import say
from engine.messages.handover.outbox import cancel
from engine.messages.states import CancelReason
from engine.models.journey import Enrollment
from engine.reasons import ExitReason

FIRST_RANK: Final = 0


def eject(session: Session, enrollment_id: int, *, now: datetime) -> None:
    """Take an enrollment out, wherever it is; what it has not begun to send does not leave.

    One that is set aside leaves, too. The contact's row decides who is first: this, an event, or
    a timer.

    Raises:
        NotFound: there is no such enrollment.
        Conflict: it is over.
    """
    _hold_contact(session, enrollment_id)
    inside = load_enrolled(session, [enrollment_id])
    for held in inside:
        held.leave(ExitReason.EJECTED)
    end_enrollments(session, inside, now=now)
    if not inside and not _end_set_aside(session, enrollment_id, now=now):
        msg = say("it is over already")
        raise Conflict(msg)


def skip_wait(session: Session, enrollment_id: int, *, now: datetime) -> str:
    """End the wait of an enrollment as if its time were over; answer at which node it waited.

    What the node asks at the end of its time it asks now (rule 46). Nobody is let past a line, a
    question or a message under way: these end by themselves, or by their answer.

    Raises:
        NotFound: there is no such enrollment.
        Conflict: it does not wait for time, or its journey is paused.
    """
    _hold_contact(session, enrollment_id)
    held = next(iter(load_enrolled(session, [enrollment_id])), None)
    if held is None or not held.is_waiting or not waits_for_time(held.plan, held.node):
        msg = say("it does not wait for its time just now")
        raise Conflict(msg)
    if held.plan.journey_id in list_paused(session):
        msg = say("its journey is paused, so nobody moves: resume it first")
        raise Conflict(msg)
    held.wake(GoOn(), rank=FIRST_RANK)
    write_held(session, [held], now=now)
    return held.plan.keys[held.node]


def waits_for_time(plan: Plan, place: int) -> bool:
    """Return whether who waits at a place goes on when its time is over, if nothing else happens."""
    return isinstance(plan.get_node(place), WaitNode | WaitForNode)


def _hold_contact(session: Session, enrollment_id: int) -> None:
    """Take the affairs of an enrollment's contact into this transaction.

    Raises:
        NotFound: there is no such enrollment.
    """
    asked = select(Enrollment.contact_id).where(Enrollment.id == enrollment_id)
    if lock_owner(session, asked) is None:
        msg = say("there is no such enrollment")
        raise NotFound(msg)


def _end_set_aside(session: Session, enrollment_id: int, *, now: datetime) -> bool:
    """End an enrollment that is set aside; answer whether it was."""
    found = load_over(
        session, Enrollment.id == enrollment_id, Enrollment.status == EnrollmentStatus.FAILED
    )
    for held in (one for several in found.values() for one in several):
        change_rows(
            session,
            update(Enrollment)
            .where(Enrollment.id == held.enrollment_id)
            .values(
                status=EnrollmentStatus.EXITED,
                reason=ExitReason.EJECTED,
                is_recalled=True,
                ended_at=now,
            ),
        )
        add_tallies(session, _count_left(held), now=now)
        cancel(session, [held.enrollment_id], reason=CancelReason.LEFT)
        return True
    return False


def _count_left(held: Held) -> dict[TallyKey, int]:
    version, left = held.plan.version_id, name_exit(ExitReason.EJECTED)
    return {
        (version, WHOLE, SET_ASIDE): -1,
        (version, WHOLE, left): 1,
        (version, held.node, left): 1,
    }
