"""Enrollments that are over while letters of theirs have not left: an exit still takes them back.

A letter may wait long behind the end of its journey, for the morning or for its turn; who bought
meanwhile is not to be reminded (rule 80).
"""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.db import change_rows
from engine.journeys.deciding.held import Held
from engine.journeys.running.inside import load_over
from engine.messages.handover.outbox import cancel
from engine.messages.states import OPEN, CancelReason
from engine.models.journey import Enrollment
from engine.models.message import Message


def load_outgoing(
    session: Session, contact_ids: Collection[int], journey_ids: Collection[int]
) -> dict[int, list[Held]]:
    """Return, by contact, enrollments of these journeys that are over and have letters to leave."""
    if not journey_ids or not contact_ids:
        return {}
    waiting = select(Message.enrollment_id).where(
        Message.contact_id.in_(list(contact_ids)),
        Message.journey_id.in_(list(journey_ids)),
        Message.state.in_(OPEN),
        Message.started_at.is_(None),
    )
    ids = list(session.scalars(waiting.distinct()))
    return load_over(session, Enrollment.id.in_(ids)) if ids else {}


def recall(session: Session, several: Collection[Held]) -> None:
    """Take back what these enrollments, which are over, have not begun to send."""
    ids = [held.enrollment_id for held in several]
    if ids:
        over = update(Enrollment).where(Enrollment.id.in_(ids))
        change_rows(session, over.values(is_recalled=True))
        cancel(session, ids, reason=CancelReason.LEFT)
