"""Checks of what a new version does to what is under way in the live one."""

from collections.abc import Iterator

from engine.journeys.definition.designs import list_designs
from engine.journeys.definition.journey import Journey
from engine.journeys.validate.problems import Code, Finding
from engine.language.say import say


def check_changes(live: Journey, journey: Journey) -> Iterator[Finding]:
    """Yield findings about experiments that end by publishing this (rule 65)."""
    after = list_designs(journey)
    for key, design in list_designs(live).items():
        if key in after and after[key].digest == design.digest:
            continue
        changed = (
            "The arms of '{key}' change: publishing ends its experiment. "
            "Who holds an arm keeps it while it is there."
        )
        gone = "There is no split any more at '{key}': publishing ends its experiment."
        message = say(changed if key in after else gone, key=key)
        yield Finding(Code.EXPERIMENT_ENDS, message, key if key in journey.nodes else None)
