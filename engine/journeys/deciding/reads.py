"""What deciding a journey needs to be loaded, and which events it waits for."""

from dataclasses import dataclass, field, fields

from engine.actions.consent import ConsentNode
from engine.actions.split import SplitNode, get_salt
from engine.actions.wait import UntilBestHour, WaitNode
from engine.actions.wait_for import WaitForNode
from engine.journeys.definition.journey import EventExit, Journey
from engine.journeys.validate.places import list_conditions, list_event_paths
from engine.rules.conditions import Condition
from engine.rules.reads import Reads, list_reads


@dataclass(slots=True)
class JourneyReads:
    """What deciding needs.

    Attributes:
        attributes: paths into the contact's attributes that conditions read.
        raw_events: names of events that counters cannot answer for: those with filters, sums or
            exact windows, and those that a wait_for looks back for.
        past_events: of these, the names that a wait_for looks back for.
        segments: keys.
        consents: (topic, channel).
        templates: keys of templates whose messages are asked for, in any journey.
        node_messages: keys of nodes of this journey whose messages are asked for.
        salts: of splits, as arms are kept under.
        has_winners: whether new arrivals of a split may all take one arm.
        watched: names of events that exits, goals, waits and their conditions look at; `any` among
            them stands for whatever the contact does itself.
        best_hours: whether a wait asks when letters are read.
        rechecks: whether a condition of an exit or a wait may be changed by more than events:
            attributes, segments, consents, messages, records.
    """

    attributes: set[str] = field(default_factory=set)
    raw_events: set[str] = field(default_factory=set)
    past_events: set[str] = field(default_factory=set)
    segments: set[str] = field(default_factory=set)
    consents: set[tuple[str, str]] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    node_messages: set[str] = field(default_factory=set)
    salts: set[str] = field(default_factory=set)
    has_winners: bool = False
    watched: set[str] = field(default_factory=set)
    rechecks: bool = False
    best_hours: bool = False

    def add(self, other: "JourneyReads") -> None:
        """Take in what another journey needs."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            setattr(self, one.name, mine | theirs)


def list_journey_reads(journey: Journey) -> JourneyReads:
    """Return what deciding this journey needs."""
    reads = JourneyReads()
    for place, condition in list_conditions(journey):
        asked = _add_condition(reads, condition)
        if place.is_during or isinstance(journey.nodes.get(place.node or ""), WaitForNode):
            _add_watched(reads, asked)
    reads.watched |= {one.event for one in journey.exits if isinstance(one, EventExit)}
    reads.watched |= {goal.event for goal in journey.goals if goal.event is not None}
    for key, path in list_event_paths(journey):
        reads.watched.add(path.event)
        node = journey.nodes[key]
        if isinstance(node, WaitForNode) and node.looks_back:
            reads.past_events.add(path.event)
    reads.raw_events |= reads.past_events
    for key, node in journey.nodes.items():
        match node:
            case SplitNode(rerandomize="never"):
                reads.salts.add(get_salt(node, journey=journey.key, key=key))
                reads.has_winners |= node.winner is not None
            case WaitNode(until=UntilBestHour()):
                reads.best_hours = True
            case ConsentNode():
                reads.consents.add((node.topic, node.channel))
                if node.confirmed_by is not None:
                    reads.node_messages.add(node.confirmed_by)
            case _:
                pass
    return reads


def _add_watched(reads: JourneyReads, asked: Reads) -> None:
    reads.watched |= set(asked.events)
    others = (asked.attributes, asked.segments, asked.consents, asked.templates, asked.subject)
    reads.rechecks |= any((*others, asked.node_messages))


def _add_condition(reads: JourneyReads, condition: Condition) -> Reads:
    asked = list_reads(condition)
    reads.attributes |= asked.attributes
    reads.segments |= asked.segments
    reads.consents |= asked.consents
    reads.templates |= asked.templates
    reads.node_messages |= asked.node_messages
    reads.raw_events |= {
        name for name, event in asked.events.items() if event.filters or event.sums or event.raw
    }
    return asked
