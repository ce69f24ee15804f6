"""Goals reached by events: measured, never ending an enrollment; once each (rule 128)."""

from typing import Any

from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.events.arrivals import Arrived
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.matching import find_goals
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
