"""Questions about the shape of a journey: who leads where, what comes before what, what is certain.

All are pure and linear in nodes and paths, save `find_certain_context`, which is so times the names
it follows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Final

from engine.journeys.definition.journey import Journey
from engine.parts.paths import Path

LEAST_WAIT: Final = timedelta(seconds=60)
"""What every way round a cycle must hold (rule 107)."""


@dataclass(frozen=True)
class Graph:
    """The nodes and paths of one journey. Paths to nodes that do not exist are left out."""

    start: str | None
    paths: Mapping[str, tuple[Path, ...]]

    @cached_property
    def arrivals(self) -> Mapping[str, tuple[tuple[str, Path], ...]]:
        """Where the subjects of each node come from, and by which path."""
        found: dict[str, list[tuple[str, Path]]] = {key: [] for key in self.paths}
        for source, paths in self.paths.items():
            for path in paths:
                if path.next in found:
                    found[path.next].append((source, path))
        return {key: tuple(sources) for key, sources in found.items()}

    @cached_property
    def reachable(self) -> frozenset[str]:
        """Nodes that somebody can come to from the start."""
        return self._spread([self.start] if self.start in self.paths else [], forward=True)

    @cached_property
    def can_end(self) -> frozenset[str]:
        """Nodes from which some way leads to the end; a node without paths is an end."""
        ends = [
            key
            for key, paths in self.paths.items()
            if not paths or any(path.next is None for path in paths)
        ]
        return self._spread(ends, forward=False)

    def list_before(self, key: str) -> frozenset[str]:
        """Return nodes a subject may have passed on arrival here; itself if a cycle leads back."""
        return (
            self._spread([source for source, _ in self.arrivals[key]], forward=False)
            & self.reachable
        )

    def _spread(self, begin: Iterable[str | None], *, forward: bool) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [key for key in begin if key is not None]
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            waiting.extend(
                self._list_followers(key)
                if forward
                else [source for source, _ in self.arrivals[key]]
            )
        return frozenset(seen)

    def _list_followers(self, key: str) -> list[str]:
        return [
            path.next
            for path in self.paths[key]
            if path.next is not None and path.next in self.paths
        ]

    def list_hasty_cycles(self) -> list[list[str]]:
        """Return groups of nodes that can be gone round without waiting `LEAST_WAIT`.

        What is left when every path that holds long enough is taken away must have no cycle. A
        group is a strongly connected component of that rest, in document order.
        """
        hasty: dict[str, list[str]] = {
            key: [
                p.next
                for p in paths
                if p.next in self.paths and p.next is not None and p.holds < LEAST_WAIT
            ]
            for key, paths in self.paths.items()
        }
        order = {key: place for place, key in enumerate(self.paths)}
        groups = [sorted(group, key=order.__getitem__) for group in _find_components(hasty)]
        cycles = [group for group in groups if len(group) > 1 or group[0] in hasty[group[0]]]
        return sorted(cycles, key=lambda group: order[group[0]])

    def find_certain_context(self) -> Mapping[str, frozenset[str]]:
        """Return for each reachable node the context names that are set on every way to it.

        The greatest solution: begin with everything and take away what some arriving way lacks,
        until nothing changes.
        """
        everything = frozenset(
            name for paths in self.paths.values() for path in paths for name in path.sets
        )
        certain = {key: frozenset() if key == self.start else everything for key in self.reachable}
        waiting = set(certain)
        while waiting:
            key = waiting.pop()
            ways = [
                certain[source] | path.sets
                for source, path in self.arrivals[key]
                if source in certain
            ]
            common = frozenset.intersection(*ways, *([frozenset()] if key == self.start else []))
            if common != certain[key]:
                certain[key] = common
                waiting.update(
                    path.next for path in self.paths[key] if path.next in certain and path.next
                )
        return certain


def build_graph(journey: Journey) -> Graph:
    """Return a journey as nodes and paths."""
    return Graph(
        journey.start,
        {
            key: tuple(path.place_in(key) for path in node.paths())
            for key, node in journey.nodes.items()
        },
    )


def _find_components(targets: Mapping[str, list[str]]) -> list[list[str]]:
    """Return strongly connected components, without recursion: a journey may be 500 nodes long.

    Source: Tarjan, Depth-first search and linear graph algorithms, 1972.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    found: list[list[str]] = []
    for root in targets:
        work = [(root, iter(targets[root]))] if root not in index else []
        while work:
            key, rest = work[-1]
            if key not in index:
                index[key] = low[key] = len(index)
                stack.append(key)
                on_stack.add(key)
            target = next(rest, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[key])
                if low[key] == index[key]:
                    place = stack.index(key)
                    found.append(stack[place:])
                    on_stack.difference_update(stack[place:])
                    del stack[place:]
            elif target not in index:
                work.append((target, iter(targets[target])))
            elif target in on_stack:
                low[key] = min(low[key], index[target])
    return found
