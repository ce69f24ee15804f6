"""Goals reached by events: measured, never ending an enrollment; once each (rule 128)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.events.arrivals import Arrived
from engine.journeys.held import Held
from engine.journeys.matching import LONGEST_WINDOW, find_goals
from engine.journeys.plan import Plan
from engine.models.journey import GoalReached


class GoalKeeper:
    """Notes goals that events reach, then writes them set-wise."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[tuple[int, str], dict[str, Any]] = {}

    def note(self, held: Held, event: Arrived) -> None:
        """Note every goal of the enrollment that this event reaches."""
        if not event.concerns(held.subject):
            return
        for reached in find_goals(event, held):
            self._rows.setdefault(
                (held.enrollment_id, reached.goal),
                {
                    "enrollment_id": held.enrollment_id,
                    "goal": reached.goal,
                    "at": reached.at,
                    "value": None if reached.value is None else str(reached.value)[:40],
                    "event_id": event.id,
                },
            )

    def write(self) -> None:
        """Write them; one that was reached before stays as it was."""
        if self._rows:
            statement = insert_into(self._session, GoalReached).on_conflict_do_nothing()
            self._session.execute(statement, list(self._rows.values()))


def find_goal_window(plans: Sequence[Plan], names: set[str]) -> Mapping[int, timedelta]:
    """Return, by journey, how long after entry a goal that one of these events reaches counts."""
    windows: dict[int, timedelta] = {}
    for plan in plans:
        for goal in plan.document.goals:
            if goal.event in names or goal.event == "any":
                window = goal.within or LONGEST_WINDOW
                known = windows.get(plan.journey_id, timedelta())
                windows[plan.journey_id] = max(window, known)
    return windows
