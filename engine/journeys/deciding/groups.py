"""Who gets no marketing, to see what it is worth: the groups of a journey (rules 63, 129). Pure.

A group is kept as the arm of a split would be, under a salt of its own. Whoever is held out takes
the same path and counts for goals; gates refuse the marketing (engine.messages.gates.policy).
"""

from collections.abc import Iterable
from typing import Final

from engine.actions.split import HOLDOUT_PREFIX
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan
from engine.messages.gates.policy import INSTANCE_SALT, is_held_out

TREATED: Final = "treated"
HELD_OUT: Final = "held_out"  # from this journey
EVERYWHERE: Final = "everywhere"  # from every journey
MIXED: Final = "mixed"  # two contacts of different groups that turned out to be one
WITHHELD: Final = frozenset({HELD_OUT, MIXED})
"""Groups to which a journey sends no marketing."""


def name_salt(journey: str) -> str:
    """Return the salt under which a journey's groups are hashed and kept."""
    return f"{HOLDOUT_PREFIX}{journey}"


def list_salts(plans: Iterable[Plan], everywhere: int) -> set[str]:
    """Return the salts of those of these journeys that hold people out.

    Args:
        everywhere: per cent of all contacts that are held out from every journey.
    """
    return {
        name_salt(plan.key)
        for plan in plans
        if everywhere or plan.document.settings.holdout_percent
    }


def give_group(plan: Plan, person: Person, everywhere: int) -> dict[str, str]:
    """Return the arms a person holds, and its group in this journey if it has groups."""
    salt = name_salt(plan.key)
    percent = plan.document.settings.holdout_percent
    if salt in person.arms or not (everywhere or percent):
        return person.arms
    uid = str(person.uid)
    group = TREATED
    if is_held_out(salt, uid, percent):
        group = HELD_OUT
    elif person.is_held_out or is_held_out(INSTANCE_SALT, uid, everywhere):
        group = EVERYWHERE
    return person.arms | {salt: group}
