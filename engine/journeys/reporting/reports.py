"""What happened in a journey: people at each node, ways taken, goals, messages.

A version by itself, or all of them together by the keys of their nodes; ever, or on some days.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypedDict

from sqlalchemy import ColumnElement, Numeric, cast, func, select
from sqlalchemy.orm import Session

from engine.bulk import is_among
from engine.errors import NotFound
from engine.journeys.deciding.plan import WHOLE, Plan
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.reporting.comparisons import (
    ExperimentFigures,
    GroupFigures,
    report_experiments,
    report_holdout,
)
from engine.journeys.reporting.message_figures import MessageFigures, count_messages
from engine.journeys.running.live import load_plans
from engine.journeys.running.tallies import (
    COMPLETED,
    ENTERED,
    EXITED,
    MOVED_IN,
    MOVED_OUT,
    REFUSED,
    SET_ASIDE,
    Days,
    day_of,
    find_first_day,
    list_days,
    load_tallies,
    name_goal,
    name_way,
)
from engine.language.say import say
from engine.messages.texts.costs import Price
from engine.models.journey import Enrollment, GoalReached, Journey, JourneyVersion

ALL = "all"
Chosen = int | Literal["all"] | None
"""A version by its number, all of them, or (None) the one that is live."""
MOST_DAYS = 1100
"""Of a series of days."""
Standing = Mapping[tuple[int, int], int]
"""How many are now where: (version id, place) → people."""


class NodeFigures(TypedDict):
    """What happened at a node.

    Attributes:
        entered: arrivals.
        moved_in: by a migration from an older version.
        waiting: who is there now, whatever the days.
        set_aside: of whom it cannot be decided, now.
        completed: whose journey came to its end here.
        exited: who left early from here, by reason.
        paths: how often each way out was taken, by label.
    """

    entered: int
    moved_in: int
    waiting: int
    set_aside: int
    completed: int
    exited: dict[str, int]
    paths: dict[str, int]


class GoalFigures(TypedDict):
    """How many enrollments reached a goal, and what that was worth, as decimal text."""

    reached: int
    value: str | None


class Figures(TypedDict):
    """The figures of a journey.

    Attributes:
        version: its number; None: of all versions.
        active: who is under way now, whatever the days.
        elsewhere: who is under way in versions that are not counted here.
        set_aside: who is set aside now.
    """

    version: int | None
    entered: int
    moved_in: int
    moved_out: int
    active: int
    elsewhere: int
    completed: int
    set_aside: int
    exited: dict[str, int]
    refused: dict[str, int]
    nodes: dict[str, NodeFigures]
    goals: dict[str, GoalFigures]
    messages: dict[str, MessageFigures]


class Report(Figures):
    """The figures, and those of groups that are compared."""

    experiments: dict[str, ExperimentFigures]
    holdout: dict[str, GroupFigures] | None


class DayFigures(TypedDict):
    """What one day added."""

    day: date
    entered: int
    completed: int
    exited: int
    goals: dict[str, int]


@dataclass(frozen=True, slots=True)
class Reported:
    """What of a journey is reported.

    Attributes:
        version: None: all of them.
        plans: of these versions, the newest first.
        live: the version that compares groups of people: the live one, or the only one.
    """

    journey_id: int
    version: int | None
    plans: Sequence[Plan]
    live: Plan

    @property
    def ids(self) -> list[int]:
        """The ids of the versions."""
        return [plan.version_id for plan in self.plans]


def choose_versions(session: Session, journey: Journey, chosen: Chosen = None) -> Reported:
    """Return what is to be reported.

    Raises:
        NotFound: there is no such version, or none was ever published.
    """
    if journey.version_id is None:
        msg = say("{key} was never published, so there is nothing to report", key=journey.key)
        raise NotFound(msg)
    asked = select(JourneyVersion.id).where(JourneyVersion.journey_id == journey.id)
    match chosen:
        case None:
            asked = asked.where(JourneyVersion.id == journey.version_id)
        case int():
            asked = asked.where(JourneyVersion.number == chosen)
        case _:
            pass
    plans = load_plans(session, session.scalars(asked))
    if not plans:
        msg = say("{key} has no version {chosen}", key=journey.key, chosen=chosen)
        raise NotFound(msg)
    newest = sorted(plans.values(), key=lambda plan: -plan.number)
    version = None if chosen == ALL else newest[0].number
    return Reported(journey.id, version, newest, plans.get(journey.version_id, newest[0]))


def report(
    session: Session,
    journey: Journey,
    chosen: Chosen = None,
    days: Days | None = None,
    price: Price | None = None,
) -> Report:
    """Return the figures of a journey, and those of the groups that are compared in it.

    Args:
        journey: its row.
        chosen: which of its versions.
        days: count what happened on these; None: ever. Groups are compared over their own time.
        price: of a part of a text, where its provider told none.

    Raises:
        NotFound: there is no such version, or none was ever published.
    """
    reported = choose_versions(session, journey, chosen)
    return Report(
        **count_figures(session, reported, days, price),
        experiments=report_experiments(session, reported.live),
        holdout=report_holdout(session, reported.live),
    )


def count_figures(
    session: Session, reported: Reported, days: Days | None = None, price: Price | None = None
) -> Figures:
    """Return the figures alone."""
    counts = load_tallies(session, reported.ids, days)
    ever = counts if days is None else load_tallies(session, reported.ids)
    whole = _sum(counts.get(one, {}).get(WHOLE, Counter()) for one in reported.ids)
    active = _count_active(session, reported.journey_id)
    aside = sum(ever.get(one, {}).get(WHOLE, Counter())[SET_ASIDE] for one in reported.ids)
    inside = sum(n for (version, _), n in active.items() if version in reported.ids)
    return Figures(
        version=reported.version,
        entered=whole[ENTERED],
        moved_in=whole[MOVED_IN],
        moved_out=whole[MOVED_OUT],
        active=inside,
        elsewhere=sum(active.values()) - inside,
        completed=whole[COMPLETED],
        set_aside=aside,
        exited=_cut(whole, EXITED),
        refused=_cut(whole, REFUSED),
        nodes=_count_nodes(
            reported, counts, active, _count_aside(session, reported) if aside else {}
        ),
        goals=_count_goals(session, reported, whole, days),
        messages=count_messages(session, reported.ids, days, price),
    )


def list_day_figures(session: Session, reported: Reported, days: Days | None) -> list[DayFigures]:
    """Return what each day added, the oldest first, without days on which nothing happened.

    Args:
        days: None: all of them, the last `MOST_DAYS` at most.
    """
    first = find_first_day(session, reported.ids) if days is None else days.first
    last = date.max if days is None else days.last
    if first is None:
        return []
    chosen = Days(first, last)
    counts = list_days(session, reported.ids, chosen)
    goals = _count_goals_by_day(session, reported, chosen)
    found = [
        DayFigures(
            day=day,
            entered=counts.get(day, Counter())[ENTERED],
            completed=counts.get(day, Counter())[COMPLETED],
            exited=sum(_cut(counts.get(day, Counter()), EXITED).values()),
            goals=dict(goals.get(day, {})),
        )
        for day in sorted(counts.keys() | goals.keys())
    ]
    return found[-MOST_DAYS:]


def _sum(several: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in several:
        total.update(counts)
    return total


def _cut(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {
        label.removeprefix(prefix): n
        for label, n in counts.items()
        if n and label.startswith(prefix)
    }


def _count_active(session: Session, journey_id: int) -> Standing:
    rows = session.execute(
        select(Enrollment.version_id, Enrollment.node, func.count())
        .where(Enrollment.journey_id == journey_id, is_among(Enrollment.status, ACTIVE))
        .group_by(Enrollment.version_id, Enrollment.node)
    )
    return {(version, node): n for version, node, n in rows}


def _count_aside(session: Session, reported: Reported) -> Standing:
    rows = session.execute(
        select(Enrollment.version_id, Enrollment.node, func.count())
        .where(
            Enrollment.version_id.in_(reported.ids), Enrollment.status == EnrollmentStatus.FAILED
        )
        .group_by(Enrollment.version_id, Enrollment.node)
    )
    return {(version, node): n for version, node, n in rows}


def _count_nodes(
    reported: Reported,
    counts: Mapping[int, Mapping[int, Counter[str]]],
    active: Standing,
    aside: Standing,
) -> dict[str, NodeFigures]:
    found: dict[str, NodeFigures] = {}
    for plan in reported.plans:
        of_version = counts.get(plan.version_id, {})
        for key, place in plan.places.items():
            here = of_version.get(place, Counter())
            ways = [(way, here[name_way(at)]) for at, way in enumerate(plan.ways[place])]
            one = NodeFigures(
                entered=here[ENTERED],
                moved_in=here[MOVED_IN],
                waiting=active.get((plan.version_id, place), 0),
                set_aside=aside.get((plan.version_id, place), 0),
                completed=here[COMPLETED] + sum(n for way, n in ways if way.next is None),
                exited=_cut(here, EXITED),
                paths={way.label: n for way, n in ways},
            )
            found[key] = _add(found[key], one) if key in found else one
    return found


def _add(one: NodeFigures, other: NodeFigures) -> NodeFigures:
    return NodeFigures(
        entered=one["entered"] + other["entered"],
        moved_in=one["moved_in"] + other["moved_in"],
        waiting=one["waiting"] + other["waiting"],
        set_aside=one["set_aside"] + other["set_aside"],
        completed=one["completed"] + other["completed"],
        exited=dict(_sum([one["exited"], other["exited"]])),
        paths=dict(_sum([one["paths"], other["paths"]])),
    )


def _list_goals(reported: Reported) -> Iterator[str]:
    """Yield the names of all goals, once each."""
    yield from dict.fromkeys(goal.name for plan in reported.plans for goal in plan.document.goals)


def _reached(reported: Reported, days: Days | None) -> list[ColumnElement[bool]]:
    """Return what is true of a goal that counts here."""
    mine: list[ColumnElement[bool]] = [
        Enrollment.id == GoalReached.enrollment_id,
        Enrollment.version_id.in_(reported.ids),
    ]
    if days is not None:
        begins_at, ends_at = days.bound()
        mine += [GoalReached.at >= begins_at, GoalReached.at < ends_at]
    return mine


def _count_goals(
    session: Session, reported: Reported, whole: Counter[str], days: Days | None
) -> dict[str, GoalFigures]:
    worth = func.sum(cast(GoalReached.value, Numeric(38, 6)))
    rows = session.execute(
        select(GoalReached.goal, func.count(), worth)
        .where(*_reached(reported, days))
        .group_by(GoalReached.goal)
    )
    reached = {goal: (n, value) for goal, n, value in rows}
    found = {}
    for name in _list_goals(reported):
        n, value = reached.get(name, (0, None))
        found[name] = GoalFigures(reached=n + whole[name_goal(name)], value=_write_value(value))
    return found


def _count_goals_by_day(
    session: Session, reported: Reported, days: Days
) -> Mapping[date, Counter[str]]:
    day = day_of(session, GoalReached.at)
    is_endless = days.last == date.max
    rows = session.execute(
        select(day, GoalReached.goal, func.count())
        .where(*_reached(reported, None if is_endless else days))
        .group_by(day, GoalReached.goal)
    )
    found: dict[date, Counter[str]] = {}
    for on, goal, n in rows:
        found.setdefault(date.fromisoformat(str(on)), Counter())[goal] = n
    return found


def _write_value(value: Any) -> str | None:
    """Return a sum as decimal text without a tail of zeros."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
