"""What an edit of a live journey changes, and where it leaves the people inside. Pure.

A move tells what becomes of those who stand at one node of an older version (rules 95 to 99).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from engine.journeys.deciding.plan import Plan
from engine.journeys.definition.graph import build_graph
from engine.journeys.definition.journey import Journey as Document
from engine.parts.paths import NEXT, NodeBase

CONTINUE: Final = "continue"
EXIT: Final = "exit"
ORDINARY_WAYS: Final = (NEXT, "timeout", "otherwise")
"""By which of its ways a node is gone on from where it is no more; the first that it has."""
PARTS: Final = ("trigger", "entry", "exits", "goals", "settings", "start")

Moves = Mapping[str, str]
"""What is to become of those at a node: `continue`, `exit`, or the key of a node of the draft."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edit changed.

    Attributes:
        added: keys of nodes, as are `removed` and `changed`.
        parts: of the document: trigger, entry, exits, goals, settings, start.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Fate(StrEnum):
    """What becomes of those at a node."""

    STAY = "stay"  # at the node of the same key; nothing of it is done again
    GO = "go"  # they arrive at another node
    COMPLETE = "complete"  # the way they continue by leads nowhere
    EXIT = "exit"  # they leave with `journey_edited`
    UNMAPPED = "unmapped"  # nobody has said: publishing is refused


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of those at one node of an older version.

    Attributes:
        to: key of the node in the new version at which they will be.
        way: by which way out of the old node they continue, by its place.
        is_retimed: their wait may end at another instant than it did.
        words: why nobody can say yet what becomes of them, and what to say.
    """

    fate: Fate
    to: str | None = None
    way: int | None = None
    is_retimed: bool = False
    words: str = ""


def compare(before: Document | None, after: Document) -> Changes:
    """Return what an edit changed; against nothing, all nodes are added."""
    if before is None:
        return Changes(added=tuple(after.nodes))
    common = before.nodes.keys() & after.nodes.keys()
    return Changes(
        added=tuple(key for key in after.nodes if key not in common),
        removed=tuple(key for key in before.nodes if key not in common),
        changed=tuple(
            key
            for key in after.nodes
            if key in common and _dump(before.nodes[key]) != _dump(after.nodes[key])
        ),
        parts=tuple(part for part in PARTS if getattr(before, part) != getattr(after, part)),
    )


def decide_move(plan: Plan, place: int, target: Plan, moves: Moves) -> Move:
    """Return what becomes of those at a place of `plan` once `target` is live.

    Who stands at a node of the same key and kind stays there, unless `moves` says otherwise.
    """
    key = plan.keys[place]
    match moves.get(key):
        case None:
            return _stay(plan, plan.get_node(place), target, key)
        case "exit":
            return Move(Fate.EXIT)
        case "continue":
            return _continue(plan, place, target)
        case to if to in target.places:
            return Move(Fate.GO, to)
        case to:
            return _refuse(f"{key} cannot go to {to}: the draft has no such node")


def list_passed(plan: Plan, place: int) -> frozenset[str]:
    """Return the nodes that somebody at a place may have been at, and whose visits nobody counts.

    A version counts visits only where a cycle leads back.
    """
    before = build_graph(plan.document).list_before(plan.keys[place])
    return frozenset(key for key in before if plan.places[key] not in plan.revisited)


def carry_visits(
    passed: frozenset[str], visits: Mapping[str, int], *, here: str | None
) -> dict[str, int]:
    """Return the visits to remember of an enrollment that is about to leave its version (rule 98).

    Another version may lead back anywhere, so from here on every node counts that the enrollment
    may have been at: what it did there keeps its number, and a second visit gets another.

    Args:
        passed: as `list_passed` answers.
        visits: as counted so far.
        here: where it is; None if it was not decided there yet.
    """
    may_have_been = passed if here is None else passed | {here}
    return dict.fromkeys(sorted(may_have_been), 1) | dict(visits)


def _stay(plan: Plan, node: NodeBase, target: Plan, key: str) -> Move:
    other = target.document.nodes.get(key)
    if other is None:
        return _refuse(f"{key} is gone: continue, exit, or the key of a node")
    if other.kind != node.kind:
        return _refuse(f"{key} was {node.kind} and is {other.kind}: say where they go")
    is_edited = _dump(node) != _dump(other)
    is_retimed = is_edited or plan.document.settings != target.document.settings  # zone, holidays
    return Move(Fate.STAY, key, is_retimed=is_retimed)


def _continue(plan: Plan, place: int, target: Plan) -> Move:
    key = plan.keys[place]
    found = (plan.find_way(place, label) for label in ORDINARY_WAYS)
    way = next((each for each in found if each is not None), None)
    if way is None:
        return _refuse(f"{key} has no ordinary way out to continue by: name a node")
    to = plan.ways[place][way].next
    if to is None:
        return Move(Fate.COMPLETE, way=way)
    if to not in target.places:
        return _refuse(f"{key} led to {to}, which is gone, too: name a node")
    return Move(Fate.GO, to, way=way)


def _refuse(words: str) -> Move:
    return Move(Fate.UNMAPPED, words=words)


def _dump(node: NodeBase) -> dict[str, Any]:
    """Return what a node means: all but the note for colleagues."""
    return node.model_dump(mode="json", by_alias=True, exclude={"note"})
