"""What became of groups of people: how many there are, how many reached each goal.

All groups of a comparison are watched for the same time, from the instant at which each person was
given its group (rule 129).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, extract, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from engine.db import is_postgresql
from engine.journeys.deciding.groups import TREATED, name_salt
from engine.journeys.deciding.plan import Plan
from engine.models.contact import Contact
from engine.models.journey import Assignment, Enrollment, GoalReached

DAY: Final = 86_400
"""Seconds."""


@dataclass(slots=True)
class Group:
    """People who were given the same label.

    Attributes:
        successes: how many of them reached each goal, by its name.
    """

    people: int = 0
    successes: Counter[str] = field(default_factory=Counter)


def count_groups(
    session: Session,
    plan: Plan,
    salt: str,
    goals: Mapping[str, timedelta],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    only_treated: bool = False,
) -> dict[str, Group]:
    """Return the groups that people of a journey were given under a salt, by label.

    Who is two contacts of different groups turned one is left out (rule 63).

    Args:
        goals: how long after it was given its group a person's success counts, by goal.
        since: only people who were given their group from then on.
        until: only people who were given it, and successes that came, before or then.
        only_treated: leave out who is held out, of this journey or of all.
    """
    chosen = _choose(plan, salt, since, until, only_treated=only_treated)
    groups = {
        label: Group(people)
        for label, people in session.execute(
            select(Assignment.label, func.count()).where(*chosen).group_by(Assignment.label)
        )
    }
    if not goals:
        return groups
    passed = _count_seconds(session, GoalReached.at, Assignment.assigned_at)
    in_time = or_(
        *(
            and_(GoalReached.goal == name, passed <= window.total_seconds())
            for name, window in goals.items()
        )
    )
    reached = (
        select(Assignment.label, GoalReached.goal, func.count(Assignment.contact_id.distinct()))
        .join(Enrollment, Enrollment.contact_id == Assignment.contact_id)
        .join(GoalReached, GoalReached.enrollment_id == Enrollment.id)
        .where(*chosen, Enrollment.journey_id == plan.journey_id)
        .where(GoalReached.at >= Assignment.assigned_at, in_time)
        .group_by(Assignment.label, GoalReached.goal)
    )
    if until is not None:
        reached = reached.where(GoalReached.at <= until)
    for label, goal, people in session.execute(reached):
        groups[label].successes[goal] = people
    return groups


def _choose(
    plan: Plan,
    salt: str,
    since: datetime | None,
    until: datetime | None,
    *,
    only_treated: bool,
) -> list[ColumnElement[bool]]:
    """Return what an assignment must be to be counted."""
    entered, held = aliased(Enrollment), aliased(Assignment)
    chosen: list[ColumnElement[bool]] = [
        Assignment.salt == salt,
        exists().where(
            entered.contact_id == Assignment.contact_id, entered.journey_id == plan.journey_id
        ),
        exists().where(Contact.id == Assignment.contact_id, ~Contact.is_held_out),
    ]
    if since is not None:
        chosen.append(Assignment.assigned_at >= since)
    if until is not None:
        chosen.append(Assignment.assigned_at <= until)
    if only_treated:
        is_withheld = exists().where(
            held.contact_id == Assignment.contact_id,
            held.salt == name_salt(plan.key),
            held.label != TREATED,
        )
        chosen.append(~is_withheld)
    return chosen


def _count_seconds(
    session: Session,
    later: InstrumentedAttribute[datetime],
    earlier: InstrumentedAttribute[datetime],
) -> ColumnElement[Any]:
    """Return the seconds between two instants, to the thousandth."""
    if is_postgresql(session):
        return func.round(extract("epoch", later - earlier), 3)
    return func.round((func.julianday(later) - func.julianday(earlier)) * DAY, 3)
