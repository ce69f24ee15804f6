"""Does an event end the wait of an enrollment?"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from engine.decision import EventArrived, Recheck
from engine.events.arrivals import Arrived
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.matching import LAST_RANK, find_wake
from engine.journeys.deciding.plan import build_plan
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.definition.journey import parse_journey
from tests.engine.journeys.samples import load

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)
ORDERED = {"label": "ordered", "event": "Order Completed"}


def held_at(node, *, wake_at, entry_key=""):
    document = load("welcome") | {"start": "here", "nodes": {"here": node}, "layout": {}}
    if entry_key:
        document["trigger"]["entry_key"] = "properties.cart_id"
    plan = build_plan(parse_journey(json.dumps(document)), version_id=1, number=1, journey_id=1)
    return Held(
        enrollment_id=1,
        plan=plan,
        contact_id=1,
        entry_key=entry_key,
        status=EnrollmentStatus.WAITING,
        node=0,
        entered_at=NOON,
        arrived_at=NOON,
        wake_at=wake_at,
        has_signal=False,
    )


def arrived(name="Order Completed", *, after=timedelta(hours=1), changes=None, **properties):
    return Arrived(
        id=2,
        contact_id=1,
        name=name,
        occurred_at=NOON + after,
        received_at=NOON + after,
        properties=properties,
        changes=changes or {},
    )


def wait_for(*paths, after="PT24H"):
    return {"kind": "wait_for", "paths": list(paths), "timeout": {"after": after}}


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        (timedelta(seconds=-6), False),
        (timedelta(seconds=-5), True),
        (timedelta(hours=24), True),
        (timedelta(hours=24, seconds=1), False),
    ],
)
def test_r042_at_the_deadline_the_event_wins_and_after_it_it_is_late(after, counts):
    held = held_at(wait_for(ORDERED), wake_at=NOON + timedelta(hours=24))
    wake = find_wake(arrived(after=after), held)
    assert (wake is not None) is counts
    if wake is not None:
        assert isinstance(wake.signal, EventArrived)
        assert wake.signal.path == "ordered"


def test_an_event_behind_an_early_wake_is_still_in_time():
    held = held_at(wait_for(ORDERED), wake_at=NOON + timedelta(hours=3))
    assert find_wake(arrived(after=timedelta(hours=4)), held) is not None


def test_r044_the_path_written_first_has_the_lower_rank():
    held = held_at(wait_for({"label": "viewed", "event": "Page Viewed"}, ORDERED), wake_at=None)
    assert find_wake(arrived("Page Viewed"), held).rank == 0
    assert find_wake(arrived(), held).rank == 1


def test_r139_an_order_of_another_cart_ends_no_wait():
    held = held_at(wait_for(ORDERED), wake_at=None, entry_key="c1")
    assert find_wake(arrived(cart_id="c2"), held) is None
    assert find_wake(arrived(cart_id="c1"), held) is not None


def test_whatever_happens_a_condition_waited_for_is_asked_again():
    pro = {"label": "pro", "when": {"attribute": "plan", "op": "is", "value": "pro"}}
    wake = find_wake(arrived("Page Viewed"), held_at(wait_for(ORDERED, pro), wake_at=None))
    assert (wake.signal, wake.rank) == (Recheck(), LAST_RANK)
    assert find_wake(arrived("Page Viewed"), held_at(wait_for(ORDERED), wake_at=None)) is None


def test_r033_a_new_zone_asks_a_wait_for_a_time_of_day_again_unless_it_is_due():
    node = {"kind": "wait", "until": {"at": "09:00"}}
    moved = {"timezone": ["Europe/Berlin", "Asia/Tokyo"]}
    held = held_at(node, wake_at=NOON + timedelta(hours=20))
    assert find_wake(arrived("Contact Identified", changes=moved), held).signal == Recheck()
    assert find_wake(arrived("Contact Identified", changes={"plan": [1, 2]}), held) is None
    late = arrived("Contact Identified", after=timedelta(hours=20), changes=moved)
    assert find_wake(late, held) is None
