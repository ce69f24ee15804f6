"""By whatever edits: each (enrollment, node, visit) acts once, and every arrival acts (rule 98)."""

import dataclasses
import json
from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decision import SendMessage
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.edits import Fate, carry_visits, decide_move, list_passed
from engine.journeys.deciding.plan import build_plan
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.deciding.walk import Traveller, walk
from engine.journeys.definition.graph import build_graph
from engine.journeys.definition.journey import parse_journey
from engine.rules.counters import RawHistory
from engine.rules.evaluate import ContactState

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)
KEYS = "abcdef"
SEND = {"kind": "send_email", "template": "t", "class": "transactional"}
KINDS = {"send": SEND, "wait": {"kind": "wait", "for": "PT1H"}}
NODES = st.lists(
    st.tuples(
        st.sampled_from(KEYS), st.sampled_from(sorted(KINDS)), st.sampled_from("abcdef----------")
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda each: each[0],
)
MOVES = st.fixed_dictionaries({key: st.sampled_from(["continue", *KEYS]) for key in KEYS})
EDITS = st.lists(st.tuples(NODES, MOVES, st.integers(0, 4)), min_size=1, max_size=8)


def plan_of(drawn, version):
    """A version: one node after the other, and from some waits back."""
    keys = [key for key, _, _ in drawn]
    nodes = {}
    for (key, kind, back), follower in zip(drawn, [*keys[1:], None], strict=True):
        to = back if kind == "wait" and back in keys else follower
        nodes[key] = KINDS[kind] | ({"next": to} if to else {})
    document = {
        "format": 1,
        "key": "j",
        "name": "J",
        "trigger": {"kind": "event", "event": "E"},
        "start": keys[0],
        "nodes": nodes,
    }
    reached = build_graph(parse_journey(json.dumps(document))).reachable
    document["nodes"] = {key: node for key, node in nodes.items() if key in reached}
    parsed = parse_journey(json.dumps(document))
    return build_plan(parsed, version_id=version, number=version, journey_id=1)


class Journey:
    """One enrollment, passed and edited in memory as the runner and a migration do."""

    def __init__(self, plan):
        self.now = NOON
        self.acted = Counter()
        self.arrived = Counter()
        self.wake_at = NOON
        self.one = Traveller(
            enrollment_id=1,
            plan=plan,
            contact_id=1,
            contact_uid="ann",
            status=EnrollmentStatus.DUE,
            node=plan.start,
            seq=0,
            entered_at=NOON,
            arrived_at=NOON,
            state=ContactState(attributes={}, timezone=None, history=RawHistory.of([])),
        )

    def work(self):
        one = self.one
        if one.status not in ACTIVE or self.wake_at > self.now:
            return
        begun = [one.node] if one.status is EnrollmentStatus.DUE else []
        passage = walk(one, Asker(now=self.now, default_zone="UTC"))
        for place in (*begun, *passage.arrivals):
            if one.plan.get_node(place).kind == "send_email":
                self.arrived[one.plan.keys[place]] += 1
        for intent in passage.intents:
            if isinstance(intent.effect, SendMessage):
                self.acted[one.plan.keys[intent.node], intent.visit] += 1
        one.status, one.node, one.arrived_at = passage.status, passage.node, passage.arrived_at
        self.wake_at = passage.wake_at

    def edit(self, target, moves):
        one = self.one
        move = decide_move(one.plan, one.node, target, moves)
        if one.status not in ACTIVE or move.fate not in (Fate.STAY, Fate.GO):
            return
        here = one.plan.keys[one.node] if one.status is EnrollmentStatus.WAITING else None
        visits = carry_visits(list_passed(one.plan, one.node), one.visits, here=here)
        self.one = dataclasses.replace(one, plan=target, node=target.places[move.to], visits=visits)
        if move.fate is Fate.GO:
            self.one.status, self.one.arrived_at = EnrollmentStatus.DUE, self.now
            self.wake_at = self.now


@settings(max_examples=500, deadline=None)
@given(NODES, EDITS)
def test_r098_by_any_sequence_of_edits_each_visit_acts_once_and_every_arrival_acts(first, edits):
    journey = Journey(plan_of(first, 1))
    for version, (nodes, moves, hours) in enumerate(edits, start=2):
        if hours:
            journey.work()
        journey.edit(plan_of(nodes, version), moves)
        for _ in range(hours):
            journey.work()
            journey.now += timedelta(hours=1)
    journey.work()
    assert set(journey.acted.values()) <= {1}
    by_node = Counter()
    for (node, _), n in journey.acted.items():
        by_node[node] += n
    assert by_node == journey.arrived
