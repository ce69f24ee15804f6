"""How many may still enter journeys that let in so many and no more (rule 20)."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.journeys.deciding.plan import WHOLE, Plan
from engine.journeys.running.tallies import ENTERED
from engine.models.journey import Journey, JourneyVersion, Tally


class CountedRooms:
    """The room left in journeys with `entry.at_most`, counted when it is first asked for.

    From then on the transaction holds these journeys' rows, all at once and ids ascending, so that
    nobody else lets anybody in by an old count, and no two wait for each other in a circle.
    """

    def __init__(self, session: Session, plans: Collection[Plan]) -> None:
        self._session = session
        self._caps = {
            plan.journey_id: plan.document.entry.at_most
            for plan in plans
            if plan.document.entry.at_most is not None
        }
        self._left: dict[int, int] | None = None

    def find(self, plan: Plan) -> int | None:
        """Return how many may still enter; None without a cap."""
        if plan.journey_id not in self._caps:
            return None
        if self._left is None:
            self._left = self._count()
        return self._left[plan.journey_id]

    def take(self, plan: Plan) -> None:
        """Note that one more has entered."""
        if self._left is not None and plan.journey_id in self._left:
            self._left[plan.journey_id] -= 1

    def _count(self) -> dict[int, int]:
        journeys = sorted(self._caps)
        self._session.execute(
            select(Journey.id)
            .where(Journey.id.in_(journeys))
            .order_by(Journey.id)
            .with_for_update(key_share=True)
        )
        rows = self._session.execute(
            select(JourneyVersion.journey_id, func.sum(Tally.n))
            .join(Tally, Tally.version_id == JourneyVersion.id)
            .where(
                JourneyVersion.journey_id.in_(journeys),
                Tally.node == WHOLE,
                Tally.label == ENTERED,
            )
            .group_by(JourneyVersion.journey_id)
        )
        entered = {journey: int(count) for journey, count in rows}
        return {journey: cap - entered.get(journey, 0) for journey, cap in self._caps.items()}
