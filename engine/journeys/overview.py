"""What the instance did lately, and before that: asked of indexes and of what is counted by day.

A span of days in UTC, today included, is held against as many days before it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine.db import OutOfTime, limited
from engine.events.days import count_events
from engine.journeys.publish import count_inside, list_journeys
from engine.journeys.states import JourneyState
from engine.journeys.tallies import Days, count_entries, day_of
from engine.models.contact import Contact
from engine.models.event import Event
from engine.models.journey import Enrollment, GoalReached, Journey, JourneyVersion
from engine.models.message import Message

MOMENT: Final = timedelta(seconds=1.5)
"""How long the messages, or the contacts, may be counted; then the page goes without."""
TOP: Final = 6
MARKS: Final = ("delivered", "opened", "clicked", "bounced")
LETTERS: Final = ("email", "sms")


@dataclass(frozen=True, slots=True)
class Sent:
    """Letters and texts that a provider took in a span of days.

    Attributes:
        delivered: that a provider said so of, as of all that follow.
    """

    sent: int = 0
    delivered: int = 0
    opened: int = 0
    clicked: int = 0
    bounced: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """What happened in a span of days.

    Attributes:
        contacts: who is new.
        messages: None: there are too many to count for a page.
    """

    contacts: int
    entries: int
    goals: int
    events: int
    messages: Sent | None


@dataclass(frozen=True, slots=True)
class Day:
    """What left on one day."""

    on: date
    email: int
    sms: int


@dataclass(frozen=True, slots=True)
class Leading:
    """A journey that many entered: how many in these days, and how many reached a goal in them."""

    key: str
    name: str
    entered: int
    reached: int
    has_goals: bool


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What somebody new has done already."""

    has_event: bool
    has_published: bool
    has_sent: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it.

    Attributes:
        contacts: how many there are; None if counting them takes too long.
        days: what left on each day, the oldest first; None as `Span.messages`.
    """

    contacts: int | None
    live: int
    paused: int
    inside: int
    now: Span
    before: Span
    days: Sequence[Day] | None
    top: Sequence[Leading]
    first_steps: FirstSteps


def summarize_instance(session: Session, *, now: datetime, days: int) -> Overview:
    """Return what happened in the last days, with today, and in as many days before.

    However many rows there are it takes some seconds at most: what is not counted by day is read
    off an index, for a moment.
    """
    present, past = build_spans(now, days)
    both = Days(past.first, present.last)
    journeys = [row for row in list_journeys(session) if row.archived_at is None]
    entries = count_entries(session, both)
    goals = _count_goals(session, both)
    events = count_events(session, both.first, both.last)
    left = _count_messages(session, both)
    states = Counter(row.state for row in journeys)

    def measure(span: Days) -> Span:
        return Span(
            contacts=_count_new(session, span),
            entries=sum(_sum(by_day, span) for by_day in entries.values()),
            goals=sum(_sum(by_day, span) for by_day in goals.values()),
            events=_sum(events, span),
            messages=None if left is None else _add(left, span),
        )

    return Overview(
        contacts=_count_contacts(session),
        live=states[JourneyState.LIVE],
        paused=states[JourneyState.PAUSED],
        inside=sum(count_inside(session).values()),
        now=measure(present),
        before=measure(past),
        days=None if left is None else _list_days(left, present),
        top=_list_leading(session, journeys, entries, goals, present),
        first_steps=_find_first_steps(session),
    )


def build_spans(now: datetime, days: int) -> tuple[Days, Days]:
    """Return the last days, today included, and as many before them."""
    today = now.astimezone(UTC).date()
    first = today - timedelta(days=days - 1)
    return Days(first, today), Days(first - timedelta(days=days), first - timedelta(days=1))


def _sum(by_day: Mapping[date, int], span: Days) -> int:
    return sum(n for day, n in by_day.items() if span.first <= day <= span.last)


def _count_contacts(session: Session) -> int | None:
    try:
        with limited(session, MOMENT):
            return session.scalar(select(func.count()).select_from(Contact).where(*_is_there()))
    except OutOfTime:
        return None


def _count_new(session: Session, span: Days) -> int:
    begins_at, ends_at = span.bound()
    return (
        session.scalar(
            select(func.count()).where(
                Contact.created_at >= begins_at, Contact.created_at < ends_at, *_is_there()
            )
        )
        or 0
    )


def _is_there() -> tuple[ColumnElement[bool], ...]:
    return Contact.merged_into.is_(None), Contact.erased_at.is_(None)


def _count_goals(session: Session, span: Days) -> dict[int, dict[date, int]]:
    """Return how many enrollments reached a goal on each day, by journey id."""
    begins_at, ends_at = span.bound()
    day = day_of(session, GoalReached.at)
    rows = session.execute(
        select(Enrollment.journey_id, day, func.count(GoalReached.enrollment_id.distinct()))
        .join(Enrollment, Enrollment.id == GoalReached.enrollment_id)
        .where(GoalReached.at >= begins_at, GoalReached.at < ends_at)
        .group_by(Enrollment.journey_id, day)
    )
    found: dict[int, dict[date, int]] = {}
    for journey_id, on, n in rows:
        found.setdefault(journey_id, {})[date.fromisoformat(str(on))] = n
    return found


_ByDay = Mapping[tuple[date, str], Sent]


def _count_messages(session: Session, span: Days) -> _ByDay | None:
    """Return what left on each day by channel; None if there are too many to count."""
    begins_at, ends_at = span.bound()
    day = day_of(session, Message.sent_at)
    marks: list[Any] = [func.count(getattr(Message, f"{mark}_at")) for mark in MARKS]
    asked = (
        select(day, Message.channel, func.count(), *marks)
        .where(
            Message.sent_at >= begins_at,
            Message.sent_at < ends_at,
            Message.direction == "out",
            Message.channel.in_(LETTERS),
        )
        .group_by(day, Message.channel)
    )
    try:
        with limited(session, MOMENT):
            rows = session.execute(asked).all()
    except OutOfTime:
        return None
    return {(date.fromisoformat(str(on)), channel): Sent(*counts) for on, channel, *counts in rows}


def _add(left: _ByDay, span: Days) -> Sent:
    mine = [sent for (day, _), sent in left.items() if span.first <= day <= span.last]
    return Sent(
        sent=sum(one.sent for one in mine),
        delivered=sum(one.delivered for one in mine),
        opened=sum(one.opened for one in mine),
        clicked=sum(one.clicked for one in mine),
        bounced=sum(one.bounced for one in mine),
    )


def _list_days(left: _ByDay, span: Days) -> list[Day]:
    length = (span.last - span.first).days + 1
    calendar = [span.first + timedelta(days=ahead) for ahead in range(length)]
    none = Sent()
    return [
        Day(day, left.get((day, "email"), none).sent, left.get((day, "sms"), none).sent)
        for day in calendar
    ]


def _list_leading(
    session: Session,
    journeys: Sequence[Journey],
    entries: Mapping[int, Mapping[date, int]],
    goals: Mapping[int, Mapping[date, int]],
    span: Days,
) -> list[Leading]:
    entered = {row.id: _sum(entries.get(row.id, {}), span) for row in journeys}
    leading = sorted(
        (row for row in journeys if entered[row.id]),
        key=lambda row: (-entered[row.id], row.name),
    )[:TOP]
    versions = [row.version_id for row in leading if row.version_id is not None]
    with_goals = {
        version.journey_id
        for version in session.scalars(
            select(JourneyVersion).where(JourneyVersion.id.in_(versions))
        )
        if version.document.get("goals")
    }
    return [
        Leading(
            key=row.key,
            name=row.name,
            entered=entered[row.id],
            reached=_sum(goals.get(row.id, {}), span),
            has_goals=row.id in with_goals,
        )
        for row in leading
    ]


def _find_first_steps(session: Session) -> FirstSteps:
    left = select(Message.id).where(Message.sent_at.is_not(None)).limit(1)
    return FirstSteps(
        has_event=session.scalar(select(Event.id).limit(1)) is not None,
        has_published=session.scalar(select(JourneyVersion.id).limit(1)) is not None,
        has_sent=session.scalar(left) is not None,
    )
