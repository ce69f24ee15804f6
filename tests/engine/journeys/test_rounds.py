"""What the checks let through cannot run in circles, whatever the clock shows (rule 107)."""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.plan import build_plan
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.deciding.walk import Traveller, walk
from engine.journeys.definition.journey import parse_journey
from engine.journeys.validate.problems import Code
from engine.rules.evaluate import ContactState
from tests.engine.journeys.samples import check_document

NINE = datetime(2026, 3, 25, 9, tzinfo=UTC)
KEYS = ("a", "b", "c", "d")
PRO = {"attribute": "plan", "op": "is", "value": "pro"}
LATE = {"at": "09:00", "same_day_if_late": True}

targets = st.sampled_from([*KEYS, None])
spans = st.sampled_from(["PT1S", "PT59S", "PT60S", "P1D"])


def node(kind, **fields):
    return st.fixed_dictionaries({"kind": st.just(kind), **fields})


def way(**fields):
    return st.fixed_dictionaries({"next": targets, **fields})


nodes = st.one_of(
    node("tag", next=targets, add=st.just(["x"])),
    node("wait", next=targets, **{"for": spans}),
    node("wait", next=targets, until=st.sampled_from([{"at": "09:00"}, {"at": "10:00"}, LATE])),
    node("wait", next=targets, until=st.just({"from": "08:00", "to": "17:00"})),
    node("branch", paths=st.tuples(way(label=st.just("pro"), when=st.just(PRO))), otherwise=way()),
    node("go_to", next=st.sampled_from(KEYS), at_most=st.sampled_from([1, 5]), otherwise=way()),
    node(
        "wait_for",
        paths=st.tuples(way(label=st.just("pro"), when=st.just(PRO))),
        timeout=way(after=spans),
    ),
)


@given(nodes=st.tuples(*[nodes] * len(KEYS)), plan=st.sampled_from(["pro", "free"]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_r107_a_journey_that_may_be_published_rests_within_two_rounds(nodes, plan):
    document = {
        "format": 1,
        "key": "rounds",
        "name": "Rounds",
        "trigger": {"kind": "manual"},
        "exits": [{"event": "Signed Up", "reason": "so that nobody is stuck"}],
        "start": "a",
        "nodes": dict(zip(KEYS, nodes, strict=True)),
    }
    problems = {problem.code for problem in check_document(document) if problem.is_error}
    if problems - {Code.UNREACHABLE}:
        return
    version = build_plan(parse_journey(json.dumps(document)), version_id=1, number=1, journey_id=1)
    traveller = Traveller(
        enrollment_id=1,
        plan=version,
        contact_id=1,
        contact_uid="018f6f8e-1c1e-7000-8000-000000000001",
        status=EnrollmentStatus.DUE,
        node=version.start,
        seq=0,
        entered_at=NINE,
        arrived_at=NINE,
        state=ContactState(attributes={"plan": plan}, timezone="UTC"),
    )
    now = NINE
    for _ in range(6):
        passage = walk(traveller, Asker(now=now, default_zone="UTC"))
        assert passage.reason is None, (passage.reason, document["nodes"])
        assert len(passage.steps) <= 2 * len(KEYS)
        if passage.wake_at is None:
            break
        assert passage.wake_at >= now + timedelta(seconds=1)
        now = passage.wake_at
        traveller.status, traveller.node = EnrollmentStatus.WAITING, passage.node
        traveller.arrived_at = passage.arrived_at
