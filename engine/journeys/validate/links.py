"""Checks of what links journeys: may this one be started from here?"""

from collections.abc import Iterator

from engine.actions.start_journey import StartJourneyNode
from engine.journeys.definition.journey import Journey
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.problems import Code, Finding
from engine.language.say import say
from engine.triggers.journey import JourneyTrigger


def check_links(journey: Journey, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield findings about nodes that start journeys which would never let anybody in."""
    own = (journey.trigger,) if isinstance(journey.trigger, JourneyTrigger) else ()
    triggers = {**catalogue.journeys, journey.key: own}
    for key, node in journey.nodes.items():
        if not isinstance(node, StartJourneyNode) or node.journey not in triggers:
            continue  # unknown names are found elsewhere
        if not any(one.may_be_started_by(journey.key) for one in triggers[node.journey]):
            message = say(
                "'{key}' starts the journey '{journey}', whose trigger is not of the kind journey, or does not list this one (from).",
                key=key,
                journey=node.journey,
            )
            yield Finding(Code.JOURNEY_NOT_STARTABLE, message, key)
        elif node.journey == journey.key and not journey.entry.allow_own_effects:
            message = say(
                "'{key}' starts this very journey, which what it causes itself may not enter (entry.allow_own_effects).",
                key=key,
            )
            yield Finding(Code.STARTS_ITSELF, message, key)
