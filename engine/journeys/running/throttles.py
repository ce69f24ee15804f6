"""The lines at throttles, as rows: whoever calls up from one holds it, so that no two do."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from engine.bulk import change_many
from engine.db import insert_into
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.deciding.turns import Line, LineKey, call_up, find_line, forget_absent
from engine.journeys.deciding.walk import Traveller
from engine.journeys.running.live import load_plans
from engine.models.journey import Enrollment, JourneyVersion, ThrottleSlot


def give_turns(session: Session, travellers: Iterable[Traveller], *, now: datetime) -> None:
    """Tell those who stand at a throttle when their turn is.

    A turn is taken by asking: it is committed together with the pass that uses it, or not at all.
    """
    standing: dict[LineKey, list[Traveller]] = defaultdict(list)
    for traveller in travellers:
        key = find_line(traveller)
        if key is not None:
            standing[key].append(traveller)
    if not standing:
        return
    lines = _hold(session, standing, now=now)
    for key, line in lines.items():
        askers = standing[key]
        is_longer = line.given - line.called > sum(one.ticket is not None for one in askers)
        has_newcomers = any(one.ticket is None for one in askers)
        if is_longer and has_newcomers and not _has_others(session, key, askers):
            forget_absent(line, askers)
        call_up(line, askers, now=now)
    change_many(
        session,
        ThrottleSlot,
        [
            {
                "journey_id": journey_id,
                "node": node,
                "next_at": line.next_at,
                "given": line.given,
                "called": line.called,
            }
            for (journey_id, node), line in lines.items()
        ],
    )


def _hold(session: Session, keys: Collection[LineKey], *, now: datetime) -> Mapping[LineKey, Line]:
    """Return the lines, taken in one order so that two workers never wait in a circle."""
    wanted = sorted(keys)
    session.execute(
        insert_into(session, ThrottleSlot).on_conflict_do_nothing(),
        [
            {"journey_id": journey_id, "node": node, "next_at": now, "given": 0, "called": 0}
            for journey_id, node in wanted
        ],
    )
    rows = session.execute(
        select(
            ThrottleSlot.journey_id,
            ThrottleSlot.node,
            ThrottleSlot.next_at,
            ThrottleSlot.given,
            ThrottleSlot.called,
        )
        .where(tuple_(ThrottleSlot.journey_id, ThrottleSlot.node).in_(wanted))
        .order_by(ThrottleSlot.journey_id, ThrottleSlot.node)
        .with_for_update()
    )
    return {
        (row.journey_id, row.node): Line(row.next_at, row.given, row.called) for row in rows.all()
    }


def _has_others(session: Session, key: LineKey, askers: Collection[Traveller]) -> bool:
    """Return whether anybody but these stands in a line, on any version of its journey."""
    journey_id, node = key
    versions = session.scalars(
        select(JourneyVersion.id).where(JourneyVersion.journey_id == journey_id)
    )
    places = [
        (version_id, plan.places[node])
        for version_id, plan in load_plans(session, versions).items()
        if node in plan.places
    ]
    other = session.scalar(
        select(Enrollment.id)
        .where(
            tuple_(Enrollment.version_id, Enrollment.node).in_(places),
            Enrollment.status == EnrollmentStatus.WAITING,
            Enrollment.id.not_in([one.enrollment_id for one in askers]),
        )
        .limit(1)
    )
    return other is not None
