"""The simulator and an instance with rows come to the same, whatever happens (rule 130)."""

import json
import random
from collections import Counter
from datetime import timedelta

import pytest

from engine.contacts.attributes import Dossier
from engine.journeys.definition.journey import parse_journey
from engine.journeys.plan import build_plan
from engine.journeys.simulation.given import Given
from engine.journeys.simulation.persona import Persona
from engine.journeys.simulation.setting import Setting, list_segments
from engine.journeys.simulation.simulate import simulate
from engine.messages.states import MessageState
from engine.rules.conditions import parse_condition
from engine.segments.judging import SavedSegment
from tests.engine.journeys.simulation.chance import (
    DAYS,
    SEGMENTS,
    make_assumptions,
    make_journey,
    make_life,
)
from tests.engine.journeys.simulation.instance import Instance
from tests.shop import NOON

CONTACTS = ("ann", "ben", "cyd")
UNTIL = NOON + timedelta(days=DAYS)


def tell(lived):
    """What became of a contact in the simulator, as the instance tells it."""
    stays = sorted(lived.stays, key=lambda stay: (stay.entered_at, stay.entry_key, stay.number))
    return {
        "stays": [tell_stay(stay) for stay in stays],
        "attributes": dict(lived.persona.dossier.attributes),
    }


def tell_stay(stay):
    plan = stay.plan
    return {
        "entry_key": stay.entry_key,
        "entered_at": stay.entered_at,
        "status": stay.status,
        "node": plan.keys[stay.node],
        "reason": stay.reason,
        "ended_at": stay.ended_at,
        "wake_at": stay.wake_at,
        "context": stay.context,
        "path": [
            (
                leg.at,
                plan.keys[leg.node],
                None if leg.way is None else plan.ways[leg.node][leg.way].label,
            )
            for leg in stay.legs
        ],
        "messages": [
            (
                message.node,
                message.visit,
                message.channel,
                message.created_at,
                message.state,
                str(message.reason),
                message.due_at if message.state is MessageState.QUEUED else None,
                message.data if message.channel != "webhook" else None,
                message.settled_at if message.state is MessageState.SENT else None,
                message.marks.get("opened"),
                message.marks.get("clicked"),
            )
            for message in stay.messages
        ],
        "goals": {
            goal: (reached.at, None if reached.value is None else str(reached.value))
            for goal, reached in stay.goals.items()
        },
        "notices": sorted(stay.notices),
    }


def live_both(database, seed):
    """The same random journey and lives in an instance and in the simulator."""
    rng = random.Random(seed)
    document = make_journey(rng)
    assumed = make_assumptions(rng, document)
    lives = {who: make_life(rng, who) for who in CONTACTS}
    implied = rng.choice([frozenset(), frozenset({"news"})])
    instance = Instance(database, document, segments=SEGMENTS, implied=implied, assumed=assumed)
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


@pytest.mark.parametrize("seed", range(int(__import__("os").environ.get("SEEDS", "40"))))
def test_r130_the_simulator_takes_the_same_paths_as_the_engine(sqlite_database, seed):
    instance, simulated = live_both(sqlite_database, seed)
    for lived in simulated:
        assert tell(lived) == instance.tell(lived.persona.contact_id)
    refused = Counter(one.refusal.value for lived in simulated for _, one in lived.refused)
    assert dict(refused) == instance.count_refused()
