"""The journeys of one contact: where it is in each, and where it was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus, JourneyState
from engine.journeys.publishing.interventions import waits_for_time
from engine.journeys.reporting.whereabouts import list_expected
from engine.journeys.running.live import load_plans
from engine.models.journey import Enrollment, Journey


@dataclass(frozen=True, slots=True)
class Passage:
    """A contact's passage through a journey.

    Attributes:
        id: of the enrollment.
        node: where it is, or was when it ended; `step` is that node as it is written.
        wake_at: when it goes on.
        expects: of a wait for something: events by name, conditions by their label.
        reason: why it left, or was set aside.
    """

    id: int
    journey: str
    journey_name: str
    version: int
    status: str
    entry_key: str
    node: str
    step: dict[str, Any]
    entered_at: datetime
    since: datetime
    wake_at: datetime | None
    expects: tuple[str, ...]
    ended_at: datetime | None
    reason: str | None
    may_skip: bool
    may_eject: bool


def list_passages(session: Session, contact_id: int, *, limit: int) -> list[Passage]:
    """Return a contact's passages: those under way first, the newest of each first."""
    is_over = Enrollment.status.not_in(ACTIVE)
    rows = session.execute(
        select(Enrollment, Journey.key, Journey.name, Journey.state)
        .join(Journey, Journey.id == Enrollment.journey_id)
        .where(Enrollment.contact_id == contact_id)
        .order_by(is_over, Enrollment.id.desc())
        .limit(limit)
    ).all()
    plans = load_plans(session, {row.version_id for row, *_ in rows})
    passages: list[Passage] = []
    for row, key, name, state in rows:
        plan, status = plans[row.version_id], EnrollmentStatus(row.status)
        is_asleep = status is EnrollmentStatus.WAITING and row.signal is None
        is_moving = state != JourneyState.PAUSED
        passages.append(
            Passage(
                id=row.id,
                journey=key,
                journey_name=name,
                version=plan.number,
                status=status.name.lower(),
                entry_key=row.entry_key,
                node=plan.keys[row.node],
                step=plan.get_node(row.node).model_dump(
                    mode="json", by_alias=True, exclude_unset=True
                ),
                entered_at=row.entered_at,
                since=row.arrived_at,
                wake_at=row.wake_at if status in ACTIVE else None,
                expects=list_expected(plan, row.node) if is_asleep else (),
                ended_at=row.ended_at,
                reason=row.reason,
                may_skip=is_asleep and is_moving and waits_for_time(plan, row.node),
                may_eject=status in ACTIVE or status is EnrollmentStatus.FAILED,
            )
        )
    return passages
