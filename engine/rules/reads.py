"""What a condition needs to see, so that a loader projects that and nothing else."""

from dataclasses import dataclass, field
from datetime import timedelta

from engine.rules.aggregates import is_whether, list_properties
from engine.rules.conditions import (
    Attribute,
    Condition,
    Consent,
    Context,
    EventLeaf,
    EventNumber,
    EventTime,
    Message,
    Segment,
    Subject,
    Template,
    Trigger,
    list_leaves,
)
from engine.rules.filters import where_key
from engine.rules.operators import OPERATORS
from engine.rules.values import parse_duration

FOREVER = timedelta.max


@dataclass(slots=True)
class EventReads:
    """What is needed of one event name.

    Attributes:
        longest: The longest window asked, FOREVER without one.
        filters: Keys of the filters to register; see `conditions.where_key`.
        sums: Properties to add up.
        properties: Every property read, by filters and sums.
        raw: Whether some leaf needs the events themselves, whatever is counted.
    """

    longest: timedelta = timedelta(0)
    filters: set[str] = field(default_factory=set)
    sums: set[str] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)
    raw: bool = False


@dataclass(slots=True)
class Reads:
    """What a condition needs.

    Attributes:
        attributes: Paths into the contact's attributes.
        events: Per event name.
        segments: Segment keys.
        consents: (topic, channel).
        node_messages: Keys of nodes whose messages are asked for.
        templates: Template keys.
        trigger: Paths into the entry event.
        context: Paths into the enrollment's context.
        subject: Paths into the subject.
        timezone: Whether the contact's zone matters.
        moves: Whether the answer can change by time alone.
    """

    attributes: set[str] = field(default_factory=set)
    events: dict[str, EventReads] = field(default_factory=dict)
    segments: set[str] = field(default_factory=set)
    consents: set[tuple[str, str]] = field(default_factory=set)
    node_messages: set[str] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    trigger: set[str] = field(default_factory=set)
    context: set[str] = field(default_factory=set)
    subject: set[str] = field(default_factory=set)
    timezone: bool = False
    moves: bool = False


def list_reads(condition: Condition) -> Reads:
    """Return what the condition reads; an unknown name among it is an error at publish (rule 47)."""
    reads = Reads()
    for leaf in list_leaves(condition):
        match leaf:
            case Attribute(attribute=path):
                reads.attributes.add(path)
            case Trigger(trigger=path):
                reads.trigger.add(path)
            case Context(context=path):
                reads.context.add(path)
            case Subject(subject=path):
                reads.subject.add(path)
            case Segment(segment=key):
                reads.segments.add(key)
            case Consent():
                reads.consents.add((leaf.consent, leaf.channel))
            case Message(message=key):
                reads.node_messages.add(key)
            case Template(template=key):
                reads.templates.add(key)
                reads.moves |= leaf.within is not None
            case _:
                _add_event(reads, leaf)
        if isinstance(leaf, Attribute | Trigger | Context | Subject | EventTime):
            moves = OPERATORS[leaf.op].moves
            reads.moves |= moves
            reads.timezone |= moves and not isinstance(leaf, EventTime)
    return reads


def _add_event(reads: Reads, leaf: EventLeaf) -> None:
    event = reads.events.setdefault(leaf.event, EventReads())
    event.properties |= list_properties(leaf.where)
    if leaf.where is not None:
        event.filters.add(where_key(leaf.where))
    if isinstance(leaf, EventNumber):
        event.sums.add(leaf.aggregate[1])
        event.properties.add(leaf.aggregate[1])
    if leaf.within is None:
        event.longest = FOREVER
        return
    reads.moves = True
    window = parse_duration(leaf.within)
    length = window.delta + timedelta(days=1) if window.days is not None else window.delta
    event.longest = max(event.longest, length)
    if isinstance(leaf, EventTime):
        event.raw |= leaf.measure == "first"
    elif window.days is None:
        event.raw |= not is_whether(leaf)
