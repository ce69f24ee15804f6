"""What deciding a journey needs to be loaded, and which events it waits for."""

from dataclasses import dataclass, field, fields

from engine.actions.branch import BranchNode
from engine.actions.split import SplitNode, get_salt
from engine.actions.wait_for import EventPath, WaitForNode
from engine.journeys.definition.journey import EventExit, Journey, StateExit
from engine.parts.paths import ConditionPath
from engine.rules.conditions import Condition
from engine.rules.reads import Reads, list_reads
from engine.triggers.schedule import ScheduleTrigger


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
        watched: names of events that exits, goals, waits and their conditions look at; `any` among
            them stands for whatever the contact does itself.
        rechecks: whether a condition of an exit or a wait may be changed by more than events:
            attributes, segments, consents, messages.
    """

    attributes: set[str] = field(default_factory=set)
    raw_events: set[str] = field(default_factory=set)
    past_events: set[str] = field(default_factory=set)
    segments: set[str] = field(default_factory=set)
    consents: set[tuple[str, str]] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    node_messages: set[str] = field(default_factory=set)
    salts: set[str] = field(default_factory=set)
    watched: set[str] = field(default_factory=set)
    rechecks: bool = False

    def add(self, other: "JourneyReads") -> None:
        """Take in what another journey needs."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            setattr(self, one.name, mine | theirs)


def list_journey_reads(journey: Journey) -> JourneyReads:
    """Return what deciding this journey needs."""
    reads = JourneyReads()
    if journey.entry.when is not None:
        _add_condition(reads, journey.entry.when)
    if isinstance(journey.trigger, ScheduleTrigger):
        _add_condition(reads, journey.trigger.audience)
    for one in journey.exits:
        match one:
            case EventExit(event=name):
                reads.watched.add(name)
            case StateExit(when=condition):
                _add_watched(reads, condition)
    reads.watched |= {goal.event for goal in journey.goals if goal.event is not None}
    for key, node in journey.nodes.items():
        match node:
            case BranchNode():
                for path in node.paths_:
                    _add_condition(reads, path.when)
            case WaitForNode():
                _add_wait(reads, node)
            case SplitNode(rerandomize="never"):
                reads.salts.add(get_salt(node, journey=journey.key, key=key))
            case _:
                pass
    return reads


def _add_wait(reads: JourneyReads, node: WaitForNode) -> None:
    for path in node.paths_:
        match path:
            case ConditionPath(when=condition):
                _add_watched(reads, condition)
            case EventPath(event=name):
                reads.watched.add(name)
                if node.since != "node":
                    reads.past_events.add(name)
                    reads.raw_events.add(name)


def _add_watched(reads: JourneyReads, condition: Condition) -> None:
    asked = _add_condition(reads, condition)
    reads.watched |= set(asked.events)
    others = (asked.attributes, asked.segments, asked.consents, asked.templates)
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
