"""What the versions of a journey still listen for once somebody is through it.

Who left by an older version reaches that version's goals (rule 101), and its exits take back letters
that have not left (rule 80). Versions never change, so what they listen for is read once for each
that goes live.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import Any, Final
from weakref import WeakKeyDictionary

from pydantic import TypeAdapter
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from engine.document.json_text import write_json
from engine.events.arrivals import UNSUBSCRIBED
from engine.journeys.deciding.matching import LONGEST_WINDOW
from engine.journeys.deciding.plan import Plan
from engine.journeys.definition.journey import EventExit, Exit, Goal
from engine.models.journey import JourneyVersion

ANY: Final = "any"
_GOALS: Final = TypeAdapter(tuple[Goal, ...])
_EXITS: Final = TypeAdapter(tuple[Exit, ...])


@dataclass(slots=True)
class Echo:
    """What all versions of a journey listen for together.

    Attributes:
        goals: by the name of an event, how long after entry it may reach a goal.
        exits: names of events that take out.
    """

    goals: dict[str, timedelta] = field(default_factory=dict)
    exits: set[str] = field(default_factory=set)

    def find_window(self, names: Collection[str]) -> timedelta | None:
        """Return how long after entry one of these events may reach a goal; None: never."""
        windows = [self.goals[name] for name in (*names, ANY) if name in self.goals]
        return max(windows, default=None)

    def takes_out(self, names: Collection[str]) -> bool:
        """Return whether one of these events may take somebody out."""
        return not self.exits.isdisjoint((*names, ANY))


_echoes: Final[WeakKeyDictionary[Engine, dict[int, tuple[int, Echo]]]] = WeakKeyDictionary()
_lock: Final = Lock()


def load_echoes(session: Session, plans: Sequence[Plan]) -> Mapping[int, Echo]:
    """Return what the versions of these journeys listen for, by journey id.

    Args:
        plans: of the versions that are live now; another one has the journey's read anew.
    """
    bind = session.get_bind()
    with _lock:
        known = _echoes.setdefault(bind if isinstance(bind, Engine) else bind.engine, {})
    stale = [
        plan
        for plan in plans
        if plan.journey_id not in known or known[plan.journey_id][0] != plan.version_id
    ]
    if stale:
        read = _read(session, [plan.journey_id for plan in stale])
        known |= {one.journey_id: (one.version_id, read[one.journey_id]) for one in stale}
    return {plan.journey_id: known[plan.journey_id][1] for plan in plans}


def _read(session: Session, journey_ids: Iterable[int]) -> dict[int, Echo]:
    echoes = {journey_id: Echo() for journey_id in journey_ids}
    document = JourneyVersion.document
    rows = session.execute(
        select(
            JourneyVersion.journey_id, document["goals"], document["exits"], document["settings"]
        ).where(JourneyVersion.journey_id.in_(list(echoes)))
    )
    for journey_id, goals, exits, settings in rows:
        _add(echoes[journey_id], goals, exits, settings or {})
    return echoes


def _add(echo: Echo, goals: Any, exits: Any, settings: Mapping[str, Any]) -> None:
    for goal in _GOALS.validate_json(write_json(goals or [])):
        if goal.event is not None:
            window = goal.within or LONGEST_WINDOW
            echo.goals[goal.event] = max(window, echo.goals.get(goal.event, window))
    for one in _EXITS.validate_json(write_json(exits or [])):
        if isinstance(one, EventExit):
            echo.exits.add(one.event)
    if settings.get("exit_on_unsubscribe"):
        echo.exits.add(UNSUBSCRIBED)
