"""Who commits, who opens a transaction, and what is not done inside one."""

import ast

from tests.architecture.reading import Source, find_calls, read_sources

COMMITS = "engine/db.py"
ENDS = ("commit", "rollback")
OPENS = ("transaction", "reading", "begin")
WAITS = (
    "send",
    "transaction",
    "reading",
    "house.get_secret",
    "render",
    "make_items",
    "hash",
    "urlopen",
)
"""Calls that wait for the network, for a child process, or for another connection."""


def find_ends(sources):
    return [
        f"{source.place}:{line}: {name}()"
        for source in sources
        if source.place != COMMITS
        for line, name in find_calls(source.tree, ENDS)
    ]


def find_openings(sources):
    return [
        f"{source.place}:{line}: {name}()"
        for source in sources
        if source.package != "server" and source.place != COMMITS
        for line, name in find_calls(source.tree, OPENS)
    ]


def find_waits(sources):
    found = []
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.With) and any(map(opens_one, node.items)):
                for statement in node.body:
                    for line, name in find_calls(statement, WAITS):
                        found.append(f"{source.place}:{line}: {name}()")
    return found


def opens_one(item):
    return any(find_calls(item.context_expr, ("transaction",)))


def test_only_the_database_ends_a_transaction():
    assert find_ends(read_sources()) == []


def test_a_commit_elsewhere_is_found():
    bad = Source("engine/journeys/x.py", "def f(session):\n    session.commit()\n")
    assert find_ends([bad]) == ["engine/journeys/x.py:2: session.commit()"]
    assert find_ends([Source(COMMITS, bad.text)]) == []


def test_only_doors_open_a_transaction():
    assert find_openings(read_sources()) == []


def test_an_opening_in_the_engine_is_found():
    text = "def f(house):\n    with house.database.transaction() as session:\n        pass\n"
    assert find_openings([Source("engine/x.py", text), Source("server/x.py", text)]) == [
        "engine/x.py:2: house.database.transaction()"
    ]


def test_nothing_inside_a_transaction_waits_for_anything_else():
    assert find_waits(read_sources()) == []


def test_a_call_to_the_network_inside_a_transaction_is_found():
    text = (
        "with database.transaction() as session:\n"
        "    rows = claim(session)\n"
        "    provider.send(rows)\n"
        "provider.send(rows)\n"
    )
    assert find_waits([Source("server/x.py", text)]) == ["server/x.py:3: provider.send()"]
