"""The questions about a graph, held against slower and plainer answers."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.journeys.definition.graph import LEAST_WAIT, Graph
from engine.parts.paths import Path

KEYS = ("a", "b", "c", "d", "e")
NAMES = ("x", "y")


@st.composite
def graphs(draw):
    """Five nodes and any paths between them; some hold, some set names."""
    way = st.tuples(
        st.sampled_from((*KEYS, None)),
        st.sampled_from((timedelta(), timedelta(seconds=59), LEAST_WAIT)),
        st.frozensets(st.sampled_from(NAMES), max_size=1),
    )
    paths = {
        key: tuple(
            Path(f"p{place}", target, ("paths", place), holds, sets)
            for place, (target, holds, sets) in enumerate(draw(st.lists(way, max_size=3)))
        )
        for key in KEYS
    }
    return Graph("a", paths)


def walk(graph, length):
    """Every walk from the start of up to so many paths."""
    walks = [()]
    fresh = [()]
    for _ in range(length):
        fresh = [
            (*done, path)
            for done in fresh
            for path in graph.paths[done[-1].next if done and done[-1].next else "a"]
            if path.next is not None
        ]
        walks += fresh
    return walks


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_a_hasty_cycle_is_one_that_can_be_walked_without_waiting(graph):
    hasty = {
        (key, p.next)
        for key, paths in graph.paths.items()
        for p in paths
        if p.next and p.holds < LEAST_WAIT
    }
    closed = set(hasty)
    for _ in KEYS:
        closed |= {
            (first, last) for first, middle in closed for start, last in closed if middle == start
        }
    expected = {key for key in KEYS if (key, key) in closed}
    found = graph.list_hasty_cycles()
    assert {key for group in found for key in group} == expected
    assert all(
        (first, second) in closed
        for group in found
        for first, second in pairwise((*group, group[0]))
    )


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_context_is_certain_when_every_walk_has_set_it(graph):
    expected = {key: set(NAMES) for key in graph.reachable}
    for done in walk(graph, 6):
        here = done[-1].next if done and done[-1].next else "a"
        expected[here] &= set().union(*(path.sets for path in done))
    ever = {name for paths in graph.paths.values() for path in paths for name in path.sets}
    certain = graph.find_certain_context()
    assert {key: set(names) for key, names in certain.items()} == {
        key: names & ever for key, names in expected.items()
    }


@given(graphs())
def test_what_comes_before_is_what_can_reach(graph):
    for key in KEYS:
        before = graph.list_before(key)
        assert before <= graph.reachable
        for other in before:
            assert key in Graph(other, graph.paths).reachable


def test_five_hundred_nodes_in_a_row_are_no_trouble():
    keys = [f"n{number}" for number in range(500)]
    paths = {key: (Path("next", follower),) for key, follower in pairwise(keys)} | {
        keys[-1]: (Path("next", keys[0]),)
    }
    graph = Graph(keys[0], paths)
    assert graph.list_hasty_cycles() == [keys]
    assert graph.can_end == frozenset()
