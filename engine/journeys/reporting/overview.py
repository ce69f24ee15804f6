"""What the instance did lately, and before that: read off what is counted by day, and off an index.

A span of days in UTC, today included, is held against as many days before it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.accounts.keys import KeyKind
from engine.db import OutOfTime, limited
from engine.events.days import Counted, count_by_day, has_happened
from engine.journeys.by_key import count_inside
from engine.journeys.deciding.states import GONE, JourneyState
from engine.journeys.running.tallies import Days, count_entries, day_of
from engine.models.account import ApiKey
from engine.models.journey import GoalReached, Journey, JourneyVersion
from engine.models.message import Template

MOMENT: Final = timedelta(seconds=1)
"""How long goals may be counted; then the page goes without."""
_SENT: Final = (Counted.EMAIL, Counted.SMS, Counted.PUSH)
TRACKING: Final = (KeyKind.WRITE, KeyKind.BROWSER)


@dataclass(frozen=True, slots=True)
class Course:
    """How something went, day by day.

    Attributes:
        days: of the span, the oldest first; today is the last.
        before: how much it was in as many days before.
    """

    days: Sequence[int]
    before: int


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What somebody new has done already; `has_key`: one that tracks and is not revoked."""

    has_key: bool
    has_event: bool
    has_template: bool
    has_journey: bool
    has_published: bool
    has_sent: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it.

    Attributes:
        entries: into journeys.
        messages: letters and texts that a provider took.
        goals: reached, once each by an enrollment; None: there are too many to count for a page.
        inside: enrollments under way.
    """

    events: Course
    entries: Course
    messages: Course
    goals: Course | None
    live: int
    paused: int
    inside: int
    first_steps: FirstSteps


def summarize_instance(session: Session, *, now: datetime, days: int) -> Overview:
    """Return what happened in the last days, with today, and in as many days before."""
    last = now.astimezone(UTC).date()
    both = Days(last - timedelta(days=2 * days - 1), last)
    counted = count_by_day(session, both.first, both.last)
    entries: Counter[date] = Counter()
    for by_day in count_entries(session, both).values():
        entries.update(by_day)
    goals = _count_goals(session, both)
    states = _count_states(session)
    return Overview(
        events=build_course(counted[Counted.EVENTS], last, days),
        entries=build_course(entries, last, days),
        messages=build_course(
            sum((Counter(counted[one]) for one in _SENT), Counter[date]()), last, days
        ),
        goals=None if goals is None else build_course(goals, last, days),
        live=states[JourneyState.LIVE],
        paused=states[JourneyState.PAUSED],
        inside=sum(count_inside(session).values()),
        first_steps=_find_first_steps(session, has_journey=bool(states)),
    )


def build_course(by_day: Mapping[date, int], last: date, days: int) -> Course:
    """Return how it went in so many days until the last, and how much it was before. Pure."""
    calendar = [last - timedelta(days=ago) for ago in reversed(range(2 * days))]
    counts = [by_day.get(day, 0) for day in calendar]
    return Course(days=counts[days:], before=sum(counts[:days]))


def _count_goals(session: Session, span: Days) -> dict[date, int] | None:
    begins_at, ends_at = span.bound()
    day = day_of(session, GoalReached.at)
    asked = (
        select(day, func.count())
        .where(GoalReached.at >= begins_at, GoalReached.at < ends_at)
        .group_by(day)
    )
    try:
        with limited(session, MOMENT):
            rows = session.execute(asked).all()
    except OutOfTime:
        return None
    return {date.fromisoformat(str(on)): n for on, n in rows}


def _count_states(session: Session) -> Counter[str]:
    rows = session.execute(
        select(Journey.state, func.count())
        .where(Journey.state.not_in(GONE), Journey.archived_at.is_(None))
        .group_by(Journey.state)
    )
    return Counter(dict(rows.all()))


def _find_first_steps(session: Session, *, has_journey: bool) -> FirstSteps:
    key = select(ApiKey.id).where(ApiKey.kind.in_(TRACKING), ApiKey.revoked_at.is_(None))
    return FirstSteps(
        has_key=session.scalar(key.limit(1)) is not None,
        has_event=has_happened(session, Counted.EVENTS),
        has_template=session.scalar(select(Template.id).limit(1)) is not None,
        has_journey=has_journey,
        has_published=session.scalar(select(JourneyVersion.id).limit(1)) is not None,
        has_sent=has_happened(session, *_SENT),
    )
