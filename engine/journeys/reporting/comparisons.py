"""What a report says of groups of people: the arms of experiments, and those held out."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypedDict

from sqlalchemy.orm import Session

from engine.journeys.deciding.groups import EVERYWHERE, HELD_OUT, TREATED, name_salt
from engine.journeys.deciding.matching import LONGEST_WINDOW
from engine.journeys.deciding.plan import Plan
from engine.journeys.definition.designs import list_designs
from engine.journeys.running.comparing import Group, count_groups
from engine.journeys.running.experiments import load_experiments
from engine.journeys.running.tallies import REASSIGNED, load_tallies
from engine.models.journey import Experiment


class GroupFigures(TypedDict):
    """What became of people who were given the same label, by goal."""

    people: int
    goals: dict[str, int]


class ArmFigures(GroupFigures):
    """An arm of an experiment."""

    control: bool


class ExperimentFigures(TypedDict):
    """A split of which the arms are compared.

    Attributes:
        reassigned: holders of arms that are gone, by arm.
        test: how it was decided, with each arm's figures then (engine.journeys.running.winning).
    """

    arms: dict[str, ArmFigures]
    reassigned: dict[str, int]
    ends_at: datetime | None
    began_at: datetime | None
    decided_at: datetime | None
    winner: str | None
    test: dict[str, Any] | None


def report_experiments(session: Session, plan: Plan) -> dict[str, ExperimentFigures]:
    """Return what became of the people of each arm since the arms were last touched.

    Whoever is held out is left out, and whoever arrived when the winner was known.
    """
    designs = list_designs(plan.document)
    if not designs:
        return {}
    known = {one.node: one for one in load_experiments(session, plan.journey_id)}
    counts = load_tallies(session, [plan.version_id]).get(plan.version_id, {})
    found: dict[str, ExperimentFigures] = {}
    for key, design in designs.items():
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
            path.label: ArmFigures(control=path.control, **_describe(groups.get(path.label), plan))
            for path in design.node.paths_
        }
        gone = counts.get(plan.places[key], Counter())
        found[key] = _describe_experiment(experiment, arms, gone, ends_at)
    return found


def _describe_experiment(
    row: Experiment | None,
    arms: dict[str, ArmFigures],
    counts: Mapping[str, int],
    ends_at: datetime | None,
) -> ExperimentFigures:
    return ExperimentFigures(
        arms=arms,
        reassigned={
            label.removeprefix(REASSIGNED): n
            for label, n in counts.items()
            if label.startswith(REASSIGNED)
        },
        ends_at=ends_at,
        began_at=None if row is None else row.began_at,
        decided_at=None if row is None else row.decided_at,
        winner=None if row is None else row.winner,
        test=None if row is None else row.details,
    )


def report_holdout(session: Session, plan: Plan) -> dict[str, GroupFigures] | None:
    """Return those held out against those treated; None where nobody is held out (rule 129)."""
    groups = count_groups(session, plan, name_salt(plan.key), _list_windows(plan))
    if not groups:
        return None
    return {label: _describe(groups.get(label), plan) for label in (TREATED, HELD_OUT, EVERYWHERE)}


def _describe(group: Group | None, plan: Plan) -> GroupFigures:
    group = group or Group()
    goals = {goal.name: group.successes[goal.name] for goal in plan.document.goals}
    return GroupFigures(people=group.people, goals=goals)


def _list_windows(plan: Plan) -> dict[str, timedelta]:
    """Return for how long after it was given its group a person's success counts, by goal."""
    return {goal.name: goal.within or LONGEST_WINDOW for goal in plan.document.goals}
