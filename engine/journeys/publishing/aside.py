"""Enrollments that were set aside, since a node could not be decided: they try again.

Who mends a journey publishes it, so they go on in the live version, where that has their node still.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, aliased

from engine.db import change_rows, lock_contacts
from engine.journeys.deciding.edits import Fate, decide_move, list_passed
from engine.journeys.deciding.plan import WHOLE
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.publishing.moving import Place, move_inside
from engine.journeys.running.live import load_plans
from engine.journeys.running.tallies import SET_ASIDE, add_tallies
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Journey, JourneyVersion
from engine.tasks import Lane, ring


def replay_enrollments(session: Session, ids: Sequence[int], *, now: datetime) -> int:
    """Let enrollments that were set aside try again; answer how many.

    One whose subject has entered again meanwhile stays where it is, and of several of one subject
    the last goes on: two may not be under way. Of somebody who was erased none goes on.

    Each goes on in the live version if that has a node of the same key and kind where it stands;
    else in its own.
    """
    known = select(Contact.id).where(Contact.erased_at.is_(None))
    aside = (
        Enrollment.id.in_(list(ids)),
        Enrollment.status == EnrollmentStatus.FAILED,
        Enrollment.contact_id.in_(known),
    )
    lock_contacts(session, session.scalars(select(Enrollment.contact_id).where(*aside)))
    other = aliased(Enrollment)
    successor = exists().where(
        other.journey_id == Enrollment.journey_id,
        other.subject_kind == Enrollment.subject_kind,
        other.subject_id == Enrollment.subject_id,
        other.entry_key == Enrollment.entry_key,
        other.status.in_(ACTIVE),
    )
    subject = Enrollment.subject_kind, Enrollment.subject_id, Enrollment.entry_key
    last = (
        select(func.max(Enrollment.id))
        .where(*aside, ~successor)
        .group_by(Enrollment.journey_id, *subject)
    )
    again = list(session.scalars(last))
    versions = session.execute(
        select(Enrollment.version_id, func.count())
        .where(Enrollment.id.in_(again))
        .group_by(Enrollment.version_id)
    )
    add_tallies(session, {(version, WHOLE, SET_ASIDE): -n for version, n in versions}, now=now)
    changed = change_rows(
        session,
        update(Enrollment)
        .where(Enrollment.id.in_(again))
        .values(status=EnrollmentStatus.DUE, wake_at=now, ended_at=None, reason=None),
    )
    _bring_up_to_date(session, again, now=now)
    ring(session, Lane.ADVANCE)
    return changed


def _bring_up_to_date(session: Session, ids: Collection[int], *, now: datetime) -> None:
    """Move enrollments into the live versions of their journeys, as far as these have their nodes."""
    asked = (
        select(Enrollment.version_id, Enrollment.node, JourneyVersion.id, Enrollment.id)
        .join(Journey, Journey.id == Enrollment.journey_id)
        .join(JourneyVersion, JourneyVersion.id == Journey.version_id)
        .where(Enrollment.id.in_(list(ids)), Enrollment.version_id != JourneyVersion.id)
        .order_by(Enrollment.id)
    )
    places: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for old, node, new, enrollment_id in session.execute(asked):
        places[old, node, new].append(enrollment_id)
    plans = load_plans(session, {version for old, _, new in places for version in (old, new)})
    for (old, node, new), several in places.items():
        plan, target = plans[old], plans[new]
        move = decide_move(plan, node, target, {})
        if move.fate is Fate.STAY:  # nobody waits here, so there is nothing to time anew
            move = replace(move, is_retimed=False)
            place = Place(plan, plan.keys[node], several, move, list_passed(plan, node))
            move_inside(session, [place], target, now=now, default_zone="UTC", per_minute=1)
