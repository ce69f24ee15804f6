"""Experiments: splits whose arms are compared, from a publish that touches them to the next one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from engine.bulk import put_rows
from engine.db import change_rows
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.states import JourneyState
from engine.journeys.definition.designs import Design, list_designs
from engine.journeys.running.comparing import count_groups
from engine.journeys.running.live import load_plans
from engine.journeys.running.winning import Arm, judge
from engine.models.journey import Assignment, Enrollment, Experiment, Journey

_ANEW = ("salt", "design", "began_at", "first_at", "decided_at", "winner", "details")


def begin_experiments(session: Session, plan: Plan, *, now: datetime) -> None:
    """Begin the experiments of a version that are not those of the version before (rule 65).

    Those that nothing has touched go on; those that are not there any more are over.
    """
    designs = list_designs(plan.document)
    known = {one.node: one.design for one in load_experiments(session, plan.journey_id)}
    gone = known.keys() - designs.keys()
    session.execute(
        delete(Experiment).where(
            Experiment.journey_id == plan.journey_id, Experiment.node.in_(sorted(gone))
        )
    )
    begun = [
        {
            "journey_id": plan.journey_id,
            "node": node,
            "salt": design.salt,
            "design": design.digest,
            "began_at": now,
            "first_at": None,
            "decided_at": None,
            "winner": None,
            "details": None,
        }
        for node, design in designs.items()
        if known.get(node) != design.digest
    ]
    put_rows(session, Experiment, begun, replacing=_ANEW)


def load_experiments(session: Session, journey_id: int) -> Sequence[Experiment]:
    """Return the experiments of a journey's live version."""
    return session.scalars(
        select(Experiment)
        .where(Experiment.journey_id == journey_id)
        .order_by(Experiment.node)
        .execution_options(populate_existing=True)
    ).all()


def load_winners(session: Session, plans: Iterable[Plan]) -> Mapping[int, dict[str, str]]:
    """Return the arms that new arrivals take, by journey and node."""
    journeys = {plan.journey_id for plan in plans if plan.reads.has_winners}
    if not journeys:
        return {}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = session.execute(
        select(Experiment.journey_id, Experiment.node, Experiment.winner).where(
            Experiment.journey_id.in_(journeys), Experiment.winner.is_not(None)
        )
    )
    for journey_id, node, winner in rows:
        if winner is not None:
            found[journey_id][node] = winner
    return found


def decide_due(session: Session, *, now: datetime) -> int:
    """Decide the experiments whose time is over, each once; answer how many (rule 64).

    Who looks second, or after a publish that touched the arms, changes nothing.
    """
    rows = session.execute(
        select(Experiment, Journey.version_id)
        .join(Journey, Journey.id == Experiment.journey_id)
        .where(
            Experiment.decided_at.is_(None),
            Journey.state.in_([JourneyState.LIVE, JourneyState.STOPPED]),
        )
    ).all()
    plans = load_plans(session, {version for _, version in rows if version is not None})
    decided = 0
    for one, version in rows:
        if version is not None and _decide(session, one, plans[version], now=now):
            decided += 1
    return decided


def _decide(session: Session, experiment: Experiment, plan: Plan, *, now: datetime) -> bool:
    design = list_designs(plan.document).get(experiment.node)
    if design is None or design.node.winner is None or design.digest != experiment.design:
        return False
    first_at = experiment.first_at or _find_first(session, experiment)
    if first_at is None:
        return False
    ends_at = first_at + design.node.winner.after
    found: dict[str, Any] = {"first_at": first_at}
    if now >= ends_at:
        found |= {"decided_at": now} | _judge(session, experiment, design, plan, until=ends_at)
    elif experiment.first_at is not None:
        return False
    changed = change_rows(
        session,
        update(Experiment)
        .where(
            Experiment.journey_id == experiment.journey_id,
            Experiment.node == experiment.node,
            Experiment.design == experiment.design,
            Experiment.began_at == experiment.began_at,
            Experiment.decided_at.is_(None),
        )
        .values(**found),
    )
    return bool(changed) and now >= ends_at


def _find_first(session: Session, experiment: Experiment) -> datetime | None:
    """Return when somebody of this journey was first given an arm since the experiment began."""
    entered = exists().where(
        Enrollment.contact_id == Assignment.contact_id,
        Enrollment.journey_id == experiment.journey_id,
    )
    return session.scalar(
        select(func.min(Assignment.assigned_at)).where(
            Assignment.salt == experiment.salt,
            Assignment.assigned_at >= experiment.began_at,
            entered,
        )
    )


def _judge(
    session: Session, experiment: Experiment, design: Design, plan: Plan, *, until: datetime
) -> dict[str, Any]:
    """Return what the test says of the arms that people may get, as the row keeps it."""
    rules = design.node.winner
    if rules is None:
        raise TypeError(design)
    groups = count_groups(
        session,
        plan,
        experiment.salt,
        {rules.goal: rules.after},
        since=experiment.began_at,
        until=until,
        only_treated=True,
    )
    arms = [
        Arm(path.label, group.people, group.successes[rules.goal], path.control)
        if (group := groups.get(path.label))
        else Arm(path.label, 0, 0, path.control)
        for path in design.node.paths_
        if path.weight
    ]
    ruling = judge(arms, rules)
    counts = {arm.label: {"people": arm.people, "successes": arm.successes} for arm in arms}
    return {"winner": ruling.winner, "details": ruling.describe() | {"arms": counts}}
