"""Runs seeds, makes a failure small, and tells it: `python3 dev.py sim --seed 123`."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random
from uuid import UUID

from engine.contacts import identify
from tests.sim.database import SimDatabase
from tests.sim.faults import FAULTS, plant
from tests.sim.script import Script, write_script
from tests.sim.world import Violation, World

MOST_SEEDS = 2_000
"""Within so many a planted fault is found."""
MOST_TRIES = 150
"""Runs that are spent on making one failure small."""
SHOWN = 60
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


@contextmanager
def certain_ids(seed: int) -> Iterator[None]:
    """Let contacts get the same ids in every run of a seed: splits and holdouts hash them."""
    rng, kept = Random(seed), identify.new_id
    identify.new_id = lambda: UUID(int=rng.getrandbits(128))
    try:
        yield
    finally:
        identify.new_id = kept


def run_script(script: Script) -> Failure | None:
    """Live through a script; answer what did not hold, if anything."""
    if not _databases:
        _databases.append(SimDatabase())
    with certain_ids(script.seed):
        return _live(World(_databases[0], script))


def _live(world: World) -> Failure | None:
    try:
        world.run()
    except Violation as violation:
        return Failure(world.script, violation.name, violation.words, tuple(world.trace))
    finally:
        _databases[0].forget_hooks()
    return None


def run_seed(seed: int) -> Failure | None:
    """Run one seed."""
    return run_script(write_script(seed))


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


def shrink(failure: Failure) -> Failure:
    """Return the same failure with as few steps as are needed for it."""
    size, tries = len(failure.script.steps) // 2, 0
    while size and tries < MOST_TRIES:
        start = 0
        while start < len(failure.script.steps) and tries < MOST_TRIES:
            steps = failure.script.steps
            fewer = replace(failure.script, steps=steps[:start] + steps[start + size :])
            tries += 1
            found = run_script(fewer)
            if found is not None and found.name == failure.name:
                failure = found
            else:
                start += size
        size //= 2
    return failure


def main(words) -> int:
    """Run seeds from the command line; answer 1 if something did not hold in one."""
    parser = argparse.ArgumentParser(prog="dev.py sim", description=main.__doc__)
    parser.add_argument("--seeds", type=int, default=1_000, help="how many")
    parser.add_argument("--start", type=int, default=0, help="the first of them")
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--faults", action="store_true", help="which seeds find planted faults")
    asked = parser.parse_args(words)
    if asked.faults:
        return show_faults()
    seeds = range(asked.start, asked.start + asked.seeds) if asked.seed is None else [asked.seed]
    began = time.monotonic()
    for done, seed in enumerate(seeds, start=1):
        if (failure := run_seed(seed)) is not None:
            print(f"\nseed {seed}: {failure.name} does not hold; making it small", flush=True)
            print(shrink(failure))
            return 1
        if done % 10 == 0 and sys.stdout.isatty():
            print(f"\r{done} of {len(seeds)} seeds", end="", flush=True)
    spent = time.monotonic() - began
    print(f"\r{len(seeds)} seeds, everything held; {len(seeds) / spent:.1f} a second")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
