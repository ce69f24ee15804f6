"""All journeys with the figures that a list shows: a few queries, however many there are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.journeys.by_key import count_inside, list_journeys
from engine.journeys.deciding.plan import WHOLE
from engine.journeys.running.tallies import COMPLETED, ENTERED, Days, count_entries
from engine.models.journey import Enrollment, GoalReached, Journey, JourneyVersion, Tally

SPARK: Final = 14
"""Days of entries that are shown."""
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Listed:
    """A journey in a list.

    Attributes:
        inside: active enrollments, of all versions.
        entered: into the live version, as `completed`, `exited` and `reached` are of it.
        reached: enrollments that reached a goal.
        has_goals: whether the live version has any.
        days: entries of the last `SPARK` days, of all versions, the oldest first; today's last.
    """

    journey: Journey
    version: JourneyVersion | None
    inside: int
    entered: int
    completed: int
    exited: int
    reached: int
    has_goals: bool
    days: Sequence[int]

    @property
    def entered_this_week(self) -> int:
        """How many entered in the last seven days, today included."""
        return sum(self.days[-WEEK:])


def summarize_journeys(session: Session, *, now: datetime) -> list[Listed]:
    """Return all journeys by key, with those that are put away."""
    journeys = list_journeys(session)
    live = [row.version_id for row in journeys if row.version_id is not None]
    versions = {
        row.id: row
        for row in session.scalars(select(JourneyVersion).where(JourneyVersion.id.in_(live)))
    }
    counts = _count_whole(session, live)
    reached = _count_reached(session, live)
    inside = count_inside(session)
    today = now.astimezone(UTC).date()
    calendar = [today - timedelta(days=ago) for ago in reversed(range(SPARK))]
    entries = count_entries(session, Days(calendar[0], today))
    found = []
    for row in journeys:
        version = versions.get(row.version_id or 0)
        whole = counts.get(version.id, Counter()) if version else Counter[str]()
        days = entries.get(row.id, {})
        found.append(
            Listed(
                journey=row,
                version=version,
                inside=inside[row.id],
                entered=whole[ENTERED],
                completed=whole[COMPLETED],
                exited=sum(n for label, n in whole.items() if label.startswith("exited:")),
                reached=reached[version.id] if version else 0,
                has_goals=bool(version and version.document.get("goals")),
                days=[days.get(day, 0) for day in calendar],
            )
        )
    return found


def _count_whole(session: Session, versions: Sequence[int]) -> Mapping[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    rows = session.execute(
        select(Tally.version_id, Tally.label, Tally.n).where(
            Tally.version_id.in_(versions), Tally.node == WHOLE
        )
    )
    for version, label, n in rows:
        found.setdefault(version, Counter())[label] = n
    return found


def _count_reached(session: Session, versions: Sequence[int]) -> Counter[int]:
    rows = session.execute(
        select(Enrollment.version_id, func.count(GoalReached.enrollment_id.distinct()))
        .join(GoalReached, GoalReached.enrollment_id == Enrollment.id)
        .where(Enrollment.version_id.in_(versions))
        .group_by(Enrollment.version_id)
    )
    return Counter(dict(rows.all()))
