"""What happened in a version: people at each node, ways taken, goals, messages."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.journeys.comparing import Group, count_groups
from engine.journeys.designs import list_designs
from engine.journeys.experiments import load_experiments
from engine.journeys.groups import EVERYWHERE, HELD_OUT, TREATED, name_salt
from engine.journeys.live import load_plans
from engine.journeys.matching import LONGEST_WINDOW
from engine.journeys.plan import WHOLE, Plan
from engine.journeys.states import ACTIVE
from engine.journeys.tallies import (
    COMPLETED,
    ENTERED,
    MOVED_IN,
    MOVED_OUT,
    load_tallies,
    name_goal,
    name_way,
)
from engine.messages.states import MessageState
from engine.models.journey import Enrollment, Experiment, GoalReached, Journey
from engine.models.message import Message

_SHOWN: Mapping[MessageState, str] = {
    MessageState.QUEUED: "queued",
    MessageState.SENDING: "queued",
    MessageState.SENT: "sent",
    MessageState.SKIPPED: "skipped",
    MessageState.CANCELLED: "cancelled",
    MessageState.FAILED: "failed",
    MessageState.SET_ASIDE: "failed",
    MessageState.UNCERTAIN: "uncertain",
}


def report(session: Session, journey: Journey) -> dict[str, Any] | None:
    """Return the figures of a journey's live version, as JSON; None if it was never published."""
    if journey.version_id is None:
        return None
    plan = load_plans(session, [journey.version_id])[journey.version_id]
    counts = load_tallies(session, plan.version_id)
    whole = counts.get(WHOLE, Counter())
    waiting = _count_waiting(session, plan)
    return {
        "version": plan.number,
        "entered": whole[ENTERED],
        "moved_in": whole[MOVED_IN],
        "moved_out": whole[MOVED_OUT],
        "active": sum(waiting.values()),
        "completed": whole[COMPLETED],
        "exited": _cut(whole, "exited:"),
        "refused": _cut(whole, "refused:"),
        "nodes": {
            key: {
                "entered": counts.get(place, Counter())[ENTERED],
                "moved_in": counts.get(place, Counter())[MOVED_IN],
                "waiting": waiting[place],
                "paths": {
                    way.label: counts.get(place, Counter())[name_way(at)]
                    for at, way in enumerate(plan.ways[place])
                },
            }
            for key, place in plan.places.items()
        },
        "goals": _count_goals(session, plan, whole),
        "messages": _count_messages(session, plan),
        "experiments": _report_experiments(session, plan, counts),
        "holdout": _report_holdout(session, plan),
    }


def _cut(counts: Counter[str], prefix: str) -> dict[str, int]:
    return {
        label.removeprefix(prefix): n for label, n in counts.items() if label.startswith(prefix)
    }


def _count_waiting(session: Session, plan: Plan) -> Counter[int]:
    rows = session.execute(
        select(Enrollment.node, func.count())
        .where(Enrollment.version_id == plan.version_id, Enrollment.status.in_(ACTIVE))
        .group_by(Enrollment.node)
    )
    return Counter(dict(rows.all()))


def _count_goals(session: Session, plan: Plan, whole: Counter[str]) -> dict[str, dict[str, int]]:
    rows = session.execute(
        select(GoalReached.goal, func.count())
        .join(Enrollment, Enrollment.id == GoalReached.enrollment_id)
        .where(Enrollment.version_id == plan.version_id)
        .group_by(GoalReached.goal)
    )
    reached = dict(rows.all())
    return {
        goal.name: {"reached": reached.get(goal.name, 0) + whole[name_goal(goal.name)]}
        for goal in plan.document.goals
    }


def _count_messages(session: Session, plan: Plan) -> dict[str, dict[str, int]]:
    rows = session.execute(
        select(Message.node, Message.state, func.count())
        .where(Message.version_id == plan.version_id)
        .group_by(Message.node, Message.state)
    )
    found: dict[str, Counter[str]] = {}
    for node, state, n in rows:
        found.setdefault(node or "", Counter())[_SHOWN[MessageState(state)]] += n
    return {node: dict(counts) for node, counts in found.items()}


def _report_experiments(
    session: Session, plan: Plan, counts: Mapping[int, Counter[str]]
) -> dict[str, Any]:
    """Return what became of the people of each arm since the arms were last touched.

    Whoever is held out is left out, and whoever arrived when the winner was known.
    """
    known = {one.node: one for one in load_experiments(session, plan.journey_id)}
    found: dict[str, Any] = {}
    for key, design in list_designs(plan.document).items():
        experiment, rules = known.get(key), design.node.winner
        ends_at = None
        if experiment is not None and experiment.first_at is not None and rules is not None:
            ends_at = experiment.first_at + rules.after
        groups = count_groups(
            session,
            plan,
            design.salt,
            _list_windows(plan),
            since=experiment.began_at if experiment is not None else None,
            until=ends_at,
            only_treated=True,
        )
        arms = {
            path.label: {"control": path.control, **_describe(groups.get(path.label), plan)}
            for path in design.node.paths_
        }
        reassigned = _cut(counts.get(plan.places[key], Counter()), "reassigned:")
        found[key] = {
            "arms": arms,
            "reassigned": reassigned,
            "ends_at": _write_instant(ends_at),
            **_describe_experiment(experiment),
        }
    return found


def _describe_experiment(experiment: Experiment | None) -> dict[str, Any]:
    if experiment is None:
        return {"began_at": None, "decided_at": None, "winner": None, "test": None}
    return {
        "began_at": _write_instant(experiment.began_at),
        "decided_at": _write_instant(experiment.decided_at),
        "winner": experiment.winner,
        "test": experiment.details,
    }


def _report_holdout(session: Session, plan: Plan) -> dict[str, Any] | None:
    """Return those held out against those treated; None where nobody is held out (rule 129)."""
    groups = count_groups(session, plan, name_salt(plan.key), _list_windows(plan))
    if not groups:
        return None
    return {label: _describe(groups.get(label), plan) for label in (TREATED, HELD_OUT, EVERYWHERE)}


def _describe(group: Group | None, plan: Plan) -> dict[str, Any]:
    group = group or Group()
    goals = {goal.name: group.successes[goal.name] for goal in plan.document.goals}
    return {"people": group.people, "goals": goals}


def _list_windows(plan: Plan) -> dict[str, timedelta]:
    """Return for how long after it was given its group a person's success counts, by goal."""
    return {goal.name: goal.within or LONGEST_WINDOW for goal in plan.document.goals}


def _write_instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")
