"""What a journey needs to see and to hear of, so that loaders fetch that and nothing else. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from engine.actions.split import SplitNode, get_salt
from engine.actions.wait_for import WaitForNode
from engine.journeys.definition.journey import Journey
from engine.journeys.validate.places import list_conditions
from engine.rules.conditions import Condition
from engine.rules.reads import list_reads

_SETS: Final = (
    "attributes",
    "raw_events",
    "segments",
    "consents",
    "templates",
    "node_messages",
    "salts",
)


@dataclass(slots=True)
class JourneyReads:
    """What deciding in a journey needs.

    Attributes:
        attributes: paths into the contact's attributes that conditions name.
        raw_events: names of events of which counters do not answer everything.
        segments: keys.
        consents: (topic, channel).
        templates: keys.
        node_messages: keys of nodes whose messages are asked for.
        salts: of splits.
    """

    attributes: set[str] = field(default_factory=set)
    raw_events: set[str] = field(default_factory=set)
    segments: set[str] = field(default_factory=set)
    consents: set[tuple[str, str]] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    node_messages: set[str] = field(default_factory=set)
    salts: set[str] = field(default_factory=set)

    def add(self, other: "JourneyReads") -> None:
        """Need what another needs, too."""
        for name in _SETS:
            getattr(self, name).update(getattr(other, name))


def list_journey_reads(journey: Journey) -> JourneyReads:
    """Return what deciding in this journey, and letting subjects into it, needs."""
    found = list_condition_reads(condition for _, condition in list_conditions(journey))
    for key, node in journey.nodes.items():
        if isinstance(node, SplitNode):
            found.salts.add(get_salt(node, journey=journey.key, key=key))
        if isinstance(node, WaitForNode) and node.since != "node":
            found.raw_events.update(path.event for _, path in node.list_event_paths())
    return found


def list_condition_reads(conditions: Iterable[Condition]) -> JourneyReads:
    """Return what these conditions need."""
    found = JourneyReads()
    for condition in conditions:
        reads = list_reads(condition)
        found.attributes |= reads.attributes
        found.segments |= reads.segments
        found.consents |= reads.consents
        found.templates |= reads.templates
        found.node_messages |= reads.node_messages
        for name, asked in reads.events.items():
            if asked.filters or asked.sums or asked.raw:
                found.raw_events.add(name)
    return found
