"""Runs seeds, makes a failure small, and tells it: `python3 dev.py sim --seed 123`."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from engine.contacts import identify
from engine.db import Database
from server.migrating import migrate
from tests.conftest import create_database, drop_database
from tests.services import run_postgres
from tests.sim.database import BEGINNING, InMemory, OnServer, SimDatabase
from tests.sim.faults import FAULTS, plant
from tests.sim.kept import keep_story, read_story
from tests.sim.script import Script, write_script
from tests.sim.world import Violation, World

MOST_SEEDS = 2_000
"""Within so many a planted fault is found."""
MOST_TRIES = 150
"""Runs that are spent on making one failure small."""
SHOWN = 60
EVERY_DAY = 100_000
"""So far apart the seeds of one day begin from those of the next."""
_databases: list[SimDatabase] = []


@dataclass(frozen=True)
class Failure:
    """A seed in which something did not hold."""

    script: Script
    name: str
    words: str
    trace: tuple[str, ...]

    def __str__(self):
        document = "\n".join(f"    {key}: {node}" for key, node in self._list_parts())
        trace = "\n".join(f"  {line}" for line in self.trace[-SHOWN:])
        return (
            f"seed {self.script.seed}: {self.name} does not hold\n  {self.words}\n"
            f"  the journey:\n{document}\n  what happened:\n{trace}\n"
            f"  again: python3 dev.py sim --seed {self.script.seed}"
        )

    def _list_parts(self):
        document = self.script.document
        for name in ("trigger", "entry", "exits", "settings"):
            yield name, document[name]
        yield from document["nodes"].items()
        used = {step.what.get("edition") for step in self.script.steps}
        for number, edition in enumerate(self.script.editions, start=2):
            if number in used:
                yield f"edition {number}", dict(edition["nodes"])
        if self.script.other:
            yield self.script.other["key"], self.script.other["nodes"]


@contextmanager
def certain_ids(seed: int) -> Iterator[None]:
    """Let contacts get the same ids in every run of a seed: splits and holdouts hash them."""
    rng, kept = Random(seed), identify.new_id
    identify.new_id = lambda: UUID(int=rng.getrandbits(128))
    try:
        yield
    finally:
        identify.new_id = kept


def run_script(script: Script, database: SimDatabase | None = None) -> Failure | None:
    """Live through a script; answer what did not hold, if anything.

    Args:
        database: to live in; None: SQLite in memory.
    """
    if database is None:
        if not _databases:
            _databases.append(InMemory())
        database = _databases[0]
    with certain_ids(script.seed):
        world = World(database, script)
        try:
            world.run()
        except Violation as violation:
            return Failure(script, violation.name, violation.words, tuple(world.trace))
        finally:
            database.forget_hooks()
    return None


def run_seed(seed: int, database: SimDatabase | None = None) -> Failure | None:
    """Run one seed."""
    return run_script(write_script(seed), database)


def find_base(today: datetime) -> int:
    """Return the first of a day's own seeds: other ones every day, the same ones all day."""
    return today.toordinal() * EVERY_DAY


def find_fault(fault, *, first: int = 0) -> Failure | None:
    """Return what a seed says of an engine with a planted fault; None if none finds it.

    Args:
        fault: one of `tests.sim.faults`.
        first: the seed to begin with.
    """
    with plant(fault):
        for seed in (first, *range(MOST_SEEDS)):
            if (failure := run_seed(seed)) is not None:
                return failure
    return None


def show_faults() -> int:
    """Show by which seed each planted fault is found; answer 1 if one is not."""
    found = []
    for fault in FAULTS:
        failure = find_fault(fault)
        said = f"seed {failure.script.seed}: {failure.name}" if failure else "not found"
        print(f"{fault.__name__}: {said}", flush=True)
        found.append(failure)
    return 0 if all(found) else 1


def shrink(failure: Failure, database: SimDatabase | None = None) -> Failure:
    """Return the same failure with as few steps as are needed for it."""
    size, tries = len(failure.script.steps) // 2, 0
    while size and tries < MOST_TRIES:
        start = 0
        while start < len(failure.script.steps) and tries < MOST_TRIES:
            steps = failure.script.steps
            fewer = replace(failure.script, steps=steps[:start] + steps[start + size :])
            tries += 1
            found = run_script(fewer, database)
            if found is not None and found.name == failure.name:
                failure = found
            else:
                start += size
        size //= 2
    return failure


@contextmanager
def open_database(kind: str) -> Iterator[SimDatabase]:
    """Give an empty database: `sqlite`, in memory; or `postgresql`, on a server of its own."""
    if kind == "sqlite":
        yield InMemory()
        return
    with run_postgres() as server, on_server(server) as database:
        yield database


@contextmanager
def on_server(server: str, template: str = "template1") -> Iterator[OnServer]:
    """Give a database of its own on a PostgreSQL server.

    Args:
        template: a database to begin with, whatever it is migrated to.
    """
    url = create_database(server, template=template)
    bare = Database(url)
    migrate(bare, now=BEGINNING)
    bare.close()
    database = OnServer(url)
    try:
        yield database
    finally:
        database.close()
        drop_database(server, url)


def run_all(
    scripts: Iterable[Script], count: int, database: SimDatabase, *, keep: str | None
) -> int:
    """Run scripts until one fails; answer 1 if one does, and keep it as a story if that is asked."""
    began = time.monotonic()
    for done, script in enumerate(scripts, start=1):
        if (failure := run_script(script, database)) is not None:
            print(
                f"\nseed {script.seed}: {failure.name} does not hold; making it small", flush=True
            )
            small = shrink(failure, database)
            print(small)
            if keep is not None:
                print(f"  kept: {keep_story(small.script, keep)}")
            return 1
        if done % 10 == 0 and sys.stdout.isatty():
            print(f"\r{done} of {count} seeds", end="", flush=True)
    spent = time.monotonic() - began
    print(f"\r{count} seeds, everything held; {count / spent:.1f} a second")
    return 0


def main(words) -> int:
    """Run seeds from the command line; answer 1 if something did not hold in one."""
    parser = argparse.ArgumentParser(prog="dev.py sim", description=main.__doc__)
    parser.add_argument("--seeds", type=int, default=1_000, help="how many")
    parser.add_argument("--start", type=int, help="the first of them; else this day's")
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--story", help="one of tests/sim/kept alone")
    parser.add_argument("--keep", metavar="WORDS", help="keep what fails as a story: what it found")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--faults", action="store_true", help="which seeds find planted faults")
    asked = parser.parse_args(words)
    if asked.faults:
        return show_faults()
    start = find_base(datetime.now(UTC)) if asked.start is None else asked.start
    seeds = range(start, start + asked.seeds) if asked.seed is None else [asked.seed]
    with open_database(asked.database) as database:
        if asked.story is not None:
            return run_all([read_story(asked.story)], 1, database, keep=None)
        scripts = (write_script(seed) for seed in seeds)
        return run_all(scripts, len(seeds), database, keep=asked.keep)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
