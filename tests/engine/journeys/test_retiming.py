"""When a wait ends after all, as its node answers."""

import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.plan import build_plan
from engine.journeys.deciding.retiming import (
    ResumePolicy,
    arrive_after_pause,
    is_over,
    reads_clock,
    retime,
)
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.deciding.walk import Traveller
from engine.journeys.definition.journey import parse_journey
from engine.rules.counters import RawHistory
from engine.rules.evaluate import ContactState
from engine.when.local import local_wall
from engine.when.zones import get_zone
from tests.engine.when.oracle import moments, utc

BERLIN = "Europe/Berlin"
SIX_HOURS, DAY = timedelta(hours=6), timedelta(days=1)
ANN = UUID("018f6f8e-1c1e-7000-8000-000000000001")
WAITS = {
    "elapsed": {"for": "PT72H"},
    "calendar": {"for": "P3D"},
    "nine": {"until": {"at": "09:00"}},
    "thursday": {"until": {"at": "16:00", "weekdays": ["thu"]}},
    "tomorrow": {"until": {"at": "09:00", "days_ahead": 1}},
    "office": {"until": {"from": "09:00", "to": "17:00"}},
    "date": {"until": {"attribute": "renewal", "offset": "-P7D", "at": "09:00"}, "on_missing": {}},
}


def berlin(text):
    return utc(f"{text}+02:00")


def asleep(wait, arrived, zone=BERLIN):
    """An enrollment that waits at a node."""
    fields = WAITS[wait] if isinstance(wait, str) else wait
    document = {
        "format": 1,
        "key": "j",
        "name": "J",
        "trigger": {"kind": "event", "event": "E"},
        "start": "here",
        "nodes": {"here": {"kind": "wait", **fields}},
    }
    plan = build_plan(parse_journey(json.dumps(document)), version_id=1, number=1, journey_id=1)
    return Traveller(
        enrollment_id=1,
        plan=plan,
        contact_id=1,
        contact_uid=str(ANN),
        status=EnrollmentStatus.WAITING,
        node=0,
        seq=1,
        entered_at=arrived,
        arrived_at=arrived,
        state=ContactState(
            attributes={"renewal": "2025-06-20"}, timezone=zone, history=RawHistory.of([])
        ),
    )


def asked(traveller, now):
    return retime(traveller, Asker(now=now, default_zone="UTC"))


ARRIVED = berlin("2025-06-04T20:00:00")


def test_r033_a_new_zone_moves_local_waits_and_leaves_durations():
    now = ARRIVED + timedelta(hours=1)
    assert asked(asleep("elapsed", ARRIVED, "Asia/Tokyo"), now) == ARRIVED + 3 * DAY
    assert asked(asleep("nine", ARRIVED, "Asia/Tokyo"), now) == utc("2025-06-05T09:00:00+09:00")
    assert asked(asleep("office", ARRIVED, "Asia/Tokyo"), now) == utc("2025-06-05T09:00:00+09:00")


def test_r033_nine_o_clock_that_has_passed_in_the_new_zone_is_tomorrows_not_now():
    wake = asked(asleep("nine", ARRIVED, "Asia/Tokyo"), berlin("2025-06-05T06:00:00"))
    assert local_wall(wake, get_zone("Asia/Tokyo")) == datetime(2025, 6, 6, 9)


def test_r034_what_reads_a_clock_depends_on_its_zone_and_a_stopwatch_does_not():
    assert [name for name in WAITS if reads_clock(asleep(name, ARRIVED).plan.get_node(0))] == [
        name for name in WAITS if name != "elapsed"
    ]


@pytest.mark.parametrize(("days", "wakes"), [("P1D", None), ("P5D", ARRIVED + 5 * DAY)])
def test_r096_an_edited_delay_credits_the_time_served(days, wakes):
    assert asked(asleep({"for": days}, ARRIVED), ARRIVED + 2 * DAY) == wakes


def test_r096_a_time_of_day_edited_to_one_that_passed_is_tomorrows():
    wake = asked(asleep("nine", ARRIVED), berlin("2025-06-05T12:00:00"))
    assert wake == berlin("2025-06-06T09:00:00")


PAUSED_AT, RESUMED_AT = berlin("2025-06-05T00:00:00"), berlin("2025-06-06T12:00:00")


def resumed(wait, policy, arrived=ARRIVED):
    traveller = asleep(wait, arrived)
    traveller.arrived_at = arrive_after_pause(
        arrived, policy, paused_at=PAUSED_AT, resumed_at=RESUMED_AT
    )
    return asked(traveller, RESUMED_AT)


@pytest.mark.parametrize(
    ("wait", "wakes"),
    [
        ({"for": "PT6H"}, "2025-06-06T14:00:00"),
        ({"for": "P1D"}, "2025-06-07T08:00:00"),
        ("nine", "2025-06-07T09:00:00"),
        ("thursday", "2025-06-12T16:00:00"),
        ("tomorrow", "2025-06-07T09:00:00"),
        ("date", "2025-06-13T09:00:00"),
    ],
)
def test_r103_shift_stops_the_stopwatch_and_takes_the_next_reading_of_the_clock(wait, wakes):
    assert resumed(wait, ResumePolicy.SHIFT) == berlin(wakes)


def test_r103_an_opening_that_is_open_on_resuming_is_taken_at_once():
    assert resumed("office", ResumePolicy.SHIFT) is None


def test_r103_restart_wait_counts_from_resuming_but_a_date_stays_a_date():
    assert resumed({"for": "PT6H"}, ResumePolicy.RESTART_WAIT) == RESUMED_AT + SIX_HOURS
    assert resumed("date", ResumePolicy.RESTART_WAIT) == berlin("2025-06-13T09:00:00")


def test_r103_what_woke_is_over_whatever_the_next_reading_of_the_clock_is():
    asker = Asker(now=RESUMED_AT, default_zone="UTC")
    assert is_over(asleep({"for": "PT6H"}, ARRIVED), asker)
    assert is_over(asleep("nine", ARRIVED), asker)


@settings(max_examples=150, deadline=None)
@given(moments(), st.sampled_from(sorted(WAITS)), st.integers(0, 9000), st.integers(1, 9000))
def test_r103_after_any_pause_shift_wakes_later_and_stopwatches_by_its_length(
    moment, wait, after, length
):
    zone, arrived = moment
    paused_at = arrived + timedelta(minutes=after)
    resumed_at = paused_at + timedelta(minutes=length)
    before = asked(asleep(wait, arrived, zone), arrived)
    traveller = asleep(wait, arrived, zone)
    traveller.arrived_at = arrive_after_pause(
        arrived, ResumePolicy.SHIFT, paused_at=paused_at, resumed_at=resumed_at
    )
    shifted = asked(traveller, resumed_at)
    if shifted is not None:
        assert shifted > resumed_at
    if wait == "elapsed" and before is not None and before > paused_at:
        assert shifted == before + (resumed_at - paused_at)
    if wait == "date" and shifted is not None:
        assert shifted == before
