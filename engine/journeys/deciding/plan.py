"""A published version made ready to be walked: places, ways and what it cares about, found once.

Pure. A version never changes, so neither does its plan; `engine.journeys.running.live` keeps them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.journeys.deciding.reads import JourneyReads, list_journey_reads
from engine.journeys.definition.graph import build_graph
from engine.journeys.definition.journey import Journey, StateExit
from engine.journeys.validate.places import Place, list_conditions
from engine.parts.paths import NodeBase, Path
from engine.reasons import ExitReason
from engine.rules.conditions import Condition
from engine.rules.evaluate import ContactState
from engine.triggers.date import DateTrigger, has_moved
from engine.when.zones import Zone, resolve_zone

ANCHOR: Final = "anchor"
"""Where `trigger` holds the date, as it was at entry, of a journey that dates start."""
WHOLE: Final = -1
"""The place under which a version counts what concerns all of it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One version, ready to be walked.

    Attributes:
        version_id: its row.
        number: of the version, from 1.
        journey_id: the journey's row.
        document: what was published.
        keys: the nodes' keys, in the document's order; an index into it is a node's place.
        ways: for each place, the ways out; an index into it is a way's place.
        places: the place of each key.
        start: where everybody begins.
        revisited: places that a cycle leads back to; only their visits need counting.
        reads: what deciding needs to be loaded.
        conditions: every whole condition, with its place; notes name one by its index.
        numbers: these indexes, by the identity of the condition.
    """

    version_id: int
    number: int
    journey_id: int
    document: Journey
    keys: tuple[str, ...]
    ways: tuple[tuple[Path, ...], ...]
    places: Mapping[str, int]
    start: int
    revisited: frozenset[int]
    reads: JourneyReads
    conditions: tuple[tuple[Place, Condition], ...]
    numbers: Mapping[int, int]

    @property
    def entry_place(self) -> str | None:
        """Where events carry the entry key; None without keys."""
        return self.document.trigger.entry_place

    @property
    def key(self) -> str:
        """The journey's key."""
        return self.document.key

    def get_node(self, place: int) -> NodeBase:
        """Return the node at a place."""
        return self.document.nodes[self.keys[place]]

    def find_way(self, place: int, label: str) -> int | None:
        """Return the place of the way out with this label; None if the node has none."""
        return next((at for at, way in enumerate(self.ways[place]) if way.label == label), None)


def build_plan(document: Journey, *, version_id: int, number: int, journey_id: int) -> Plan:
    """Return the plan of a document that may be published: `start` and every `next` exist."""
    keys = tuple(document.nodes)
    places = {key: place for place, key in enumerate(keys)}
    graph = build_graph(document)
    conditions = tuple(list_conditions(document))
    return Plan(
        version_id=version_id,
        number=number,
        journey_id=journey_id,
        document=document,
        keys=keys,
        ways=tuple(document.nodes[key].paths() for key in keys),
        places=places,
        start=places[document.start or ""],
        revisited=frozenset(places[key] for key in keys if key in graph.list_before(key)),
        reads=list_journey_reads(document),
        conditions=conditions,
        numbers={id(asked): number for number, (_, asked) in enumerate(conditions)},
    )


def find_state_exit(plan: Plan, holds: Callable[[Condition], bool]) -> str | None:
    """Return the reason of the first exit condition that is true; None if none is."""
    for one in plan.document.exits:
        if isinstance(one, StateExit) and holds(one.when):
            return one.reason
    return None


def find_moved_anchor(plan: Plan, state: ContactState) -> str | None:
    """Return why an enrollment ends whose date is another by now (rule 37); None if it is not."""
    trigger, entered_for = plan.document.trigger, state.trigger.get(ANCHOR)
    if not isinstance(trigger, DateTrigger) or entered_for is None:
        return None
    return ExitReason.ANCHOR_CHANGED if has_moved(trigger, state.attributes, entered_for) else None


def choose_zone(plan: Plan, timezone: str | None, *, default_zone: str) -> Zone:
    """Return the zone in which local times of a contact are read here (rule 22).

    Args:
        plan: of the journey.
        timezone: the contact's own.
        default_zone: the instance's.
    """
    name = plan.document.settings.timezone
    is_own = name == "contact"
    return resolve_zone(
        contact=timezone if is_own else None,
        journey=None if is_own else name,
        instance=default_zone,
    ).zone


def write_path(steps: list[tuple[int, int | None]]) -> str:
    """Return a pass's path as its row keeps it: `0.0 1.1 4`."""
    return " ".join(f"{place}" if way is None else f"{place}.{way}" for place, way in steps)


def read_path(path: str) -> list[tuple[int, int | None]]:
    """Return the steps that `write_path` wrote."""
    steps: list[tuple[int, int | None]] = []
    for part in path.split():
        place, _, way = part.partition(".")
        steps.append((int(place), int(way) if way else None))
    return steps


def describe_path(plan: Plan, path: str) -> list[dict[str, Any]]:
    """Return a pass's path with the names of its version: `[{"node": "hello", "way": "next"}]`."""
    return [
        {
            "node": plan.keys[place],
            "way": None if way is None else plan.ways[place][way].label,
        }
        for place, way in read_path(path)
    ]
