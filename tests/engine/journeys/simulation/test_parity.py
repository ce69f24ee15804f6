"""The simulator and an instance with rows come to the same, whatever happens (rule 130)."""

import json
import random
from collections import Counter
from datetime import timedelta

import pytest

from engine.contacts.attributes import Dossier
from engine.journeys.deciding.plan import build_plan
from engine.journeys.definition.journey import parse_journey
from engine.journeys.simulation.given import Given
from engine.journeys.simulation.persona import Persona
from engine.journeys.simulation.setting import Setting, list_segments
from engine.journeys.simulation.simulate import simulate
from engine.rules.conditions import parse_condition
from engine.segments.judging import SavedSegment
from tests.engine.journeys.simulation.chance import (
    DAYS,
    SEGMENTS,
    make_answers,
    make_assumptions,
    make_journey,
    make_life,
)
from tests.engine.journeys.simulation.instance import Instance
from tests.engine.journeys.simulation.telling import tell
from tests.shop import NOON

CONTACTS = ("ann", "ben", "cyd")
UNTIL = NOON + timedelta(days=DAYS)


def live_both(database, seed):
    """The same random journey and lives in an instance and in the simulator."""
    rng = random.Random(seed)
    document = make_journey(rng)
    assumed, answers = make_assumptions(rng, document), make_answers(rng, document)
    lives = {who: make_life(rng, who) for who in CONTACTS}
    implied = rng.choice([frozenset(), frozenset({"news"})])
    instance = Instance(
        database, document, segments=SEGMENTS, implied=implied, assumed=assumed, answers=answers
    )
    told = sorted((one for life in lives.values() for one in life), key=lambda one: one[0])
    instance.live(told, until=UNTIL)
    saved = [SavedSegment(key, parse_condition(one)) for key, one in SEGMENTS.items()]
    plan = build_plan(parse_journey(json.dumps(document)), version_id=1, number=1, journey_id=1)
    setting = Setting(
        plan,
        begins_at=NOON,
        until=UNTIL,
        segments=list_segments(plan, saved),
        implied_topics=implied,
        assumed=assumed,
        answers=answers,
    )
    uids = instance.list_uids()
    personas = []
    for who in sorted(CONTACTS, key=lambda who: lives[who][0][0]):
        uid, contact_id = uids[who]
        persona = Persona(
            contact_id=contact_id,
            uid=uid,
            shown_as=who,
            created_at=lives[who][0][0],
            dossier=Dossier(contact_id, {}, {}),
            raw_names=setting.raw_events,
        )
        persona.expect(Given(at, what) for at, _, what in lives[who])
        personas.append(persona)
    return instance, simulate(setting, personas)


@pytest.mark.parametrize("seed", range(40))
def test_r130_the_simulator_takes_the_same_paths_as_the_engine(sqlite_database, seed):
    instance, simulated = live_both(sqlite_database, seed)
    for lived in simulated:
        assert tell(lived) == instance.tell(lived.persona.contact_id)
    refused = Counter(one.refusal.value for lived in simulated for _, one in lived.refused)
    assert dict(refused) == instance.count_refused()
