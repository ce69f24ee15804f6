"""Random journeys, events, clocks and deaths: whatever happens, what must hold holds.

More of the same, for as long as you like: `python3 dev.py sim --seeds 10000`.
"""

from collections import Counter
from pathlib import Path

import pytest

from engine.actions import ACTIONS
from engine.triggers import TRIGGERS
from tests.sim.database import SimDatabase
from tests.sim.documents import TRIGGER_KINDS, WALKED
from tests.sim.running import certain_ids, run_seed, shrink
from tests.sim.script import write_script
from tests.sim.world import Violation, World

KEPT = Path(__file__).with_name("kept_seeds.txt")
LOTS, LOT = 10, 40


def list_kept():
    lines = KEPT.read_text(encoding="utf-8").splitlines()
    return [int(line.partition(" ")[0]) for line in lines if line and not line.startswith("#")]


def hold(seeds):
    for seed in seeds:
        if (failure := run_seed(seed)) is not None:
            pytest.fail(str(shrink(failure)), pytrace=False)


def test_seeds_that_once_found_something_find_nothing_any_more():
    hold(list_kept())


@pytest.mark.slow
@pytest.mark.parametrize("lot", range(LOTS))
def test_r058_whoever_dies_everybody_gets_through_once_and_every_message_exists_once(lot):
    hold(range(lot * LOT, (lot + 1) * LOT))


def test_one_seed_is_always_the_same_story():
    one, other = write_script(40), write_script(40)
    assert one == other
    stories = []
    database = SimDatabase()
    for script in (one, other):
        with certain_ids(script.seed):
            world = World(database, script)
            world.run()
        paths = database.query("SELECT enrollment_id, seq, at, path FROM pass_log ORDER BY 1, 2")
        stories.append((world.trace, paths))
    assert stories[0] == stories[1]
    assert stories[0][1]


def test_the_documents_show_every_kind_they_know_and_all_may_be_published():
    kinds, triggers = Counter(), Counter()
    for seed in range(300):
        document = write_script(seed).document
        kinds.update(node["kind"] for node in document["nodes"].values())
        triggers[document["trigger"]["kind"]] += 1
    assert set(kinds) == WALKED <= set(ACTIONS)
    assert set(triggers) == {kind for kind, _ in TRIGGER_KINDS} <= set(TRIGGERS)


def test_a_failure_is_made_small_and_says_how_to_see_it_again(monkeypatch):
    right = World._do_pause

    def complain(self, step):
        right(self, step)
        raise Violation("nobody_pauses", "somebody did")

    monkeypatch.setattr(World, "_do_pause", complain)
    seed = next(
        seed for seed in range(99) if any(s.kind == "pause" for s in write_script(seed).steps)
    )
    small = shrink(run_seed(seed))
    assert [step.kind for step in small.script.steps] == ["pause"]
    said = str(small)
    assert f"python3 dev.py sim --seed {seed}" in said
    assert "nobody_pauses does not hold" in said
    assert "trigger:" in said
