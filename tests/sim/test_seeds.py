"""Random journeys, events, clocks and deaths: whatever happens, what must hold holds.

The same seeds every time, about two minutes of a processor's time, so that a change is blamed for
what it broke and for nothing else; a failure names its seed, which tells the same story everywhere.
Each day's own seeds, for as long as you like: `python3 dev.py sim --seeds 10000`.
"""

from collections import Counter

import pytest

from engine.actions import ACTIONS
from engine.triggers import TRIGGERS
from tests.sim.database import InMemory
from tests.sim.documents import TRIGGER_KINDS
from tests.sim.kept import keep_story, list_stories, read_story
from tests.sim.nodes import WALKED
from tests.sim.running import (
    certain_ids,
    on_server,
    run_script,
    run_seed,
    shrink,
)
from tests.sim.script import write_script
from tests.sim.world import Violation, World

LOTS, IN_A_LOT = 10, 30
ON_SERVER = 10


def hold(failure, database=None):
    if failure is not None:
        pytest.fail(str(shrink(failure, database)), pytrace=False)


@pytest.mark.parametrize("story", list_stories())
def test_what_once_found_something_finds_nothing_any_more(story):
    hold(run_script(read_story(story)))


@pytest.mark.slow
@pytest.mark.parametrize("lot", range(LOTS))
def test_r058_whoever_dies_everybody_gets_through_once_and_every_message_exists_once(lot):
    for seed in range(lot * IN_A_LOT, (lot + 1) * IN_A_LOT):
        hold(run_seed(seed))


@pytest.mark.slow
def test_on_postgresql_the_same_holds(postgres_url):
    with on_server(postgres_url) as database:
        for story in list_stories():
            hold(run_script(read_story(story), database), database)
        for seed in range(ON_SERVER):
            hold(run_seed(seed, database), database)


def live(database, script):
    with certain_ids(script.seed):
        world = World(database, script)
        world.run()
    paths = database.query("SELECT enrollment_id, seq, at, path FROM pass_log ORDER BY 1, 2")
    return world.trace, paths


def test_one_seed_is_always_the_same_story():
    database = InMemory()
    told = []
    for seed in (40, 41, 42, 43):
        one, other = write_script(seed), write_script(seed)
        assert one == other
        stories = [live(database, script) for script in (one, other)]
        assert stories[0] == stories[1]
        told += stories[0][1]
    assert told


def test_the_documents_show_every_kind_there_is_and_all_may_be_published():
    kinds, triggers, deeds = Counter(), Counter(), Counter()
    for seed in range(300):
        script = write_script(seed)
        kinds.update(script.kinds)
        triggers[script.document["trigger"]["kind"]] += 1
        deeds.update(step.kind for step in script.steps)
    assert set(kinds) == WALKED == set(ACTIONS)
    assert set(triggers) == {kind for kind, _ in TRIGGER_KINDS} == set(TRIGGERS)
    assert {"answer", "record", "reply", "republish", "pause", "resume", "stop"} <= set(deeds)


def test_a_failure_is_made_small_and_says_how_to_see_it_again(monkeypatch, tmp_path):
    right = World._do_pause

    def complain(self, step):
        right(self, step)
        raise Violation("nobody_pauses", "somebody did")

    monkeypatch.setattr(World, "_do_pause", complain)
    monkeypatch.setattr("tests.sim.kept.FOLDER", tmp_path)
    seed = next(
        seed for seed in range(99) if any(s.kind == "pause" for s in write_script(seed).steps)
    )
    small = shrink(run_seed(seed))
    assert [step.kind for step in small.script.steps] == ["pause"]
    said = str(small)
    assert f"python3 dev.py sim --seed {seed}" in said
    assert "nobody_pauses does not hold" in said
    assert "trigger:" in said
    keep_story(small.script, "a pause")
    assert [read_story(name) for name in list_stories()] == [small.script]
    assert run_script(read_story(str(seed))).name == "nobody_pauses"
