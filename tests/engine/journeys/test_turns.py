"""Whose turn it is: whatever comes late, never more than so many go in any period."""

import json
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.plan import build_plan
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.deciding.turns import Line, call_up, find_line, forget_absent
from engine.journeys.deciding.walk import Traveller, walk
from engine.journeys.definition.journey import parse_journey
from engine.rules.evaluate import ContactState
from tests.shop import NOON

MINUTE = timedelta(minutes=1)


def plan_of(at_most):
    document = {
        "format": 1,
        "key": "j",
        "name": "J",
        "trigger": {"kind": "manual"},
        "start": "gate",
        "nodes": {
            "gate": {"kind": "throttle", "at_most": at_most, "next": "end"},
            "end": {"kind": "tag", "add": ["x"]},
        },
    }
    return build_plan(parse_journey(json.dumps(document)), version_id=1, number=1, journey_id=7)


def waiting_at(plan, number, *, ticket=None):
    return Traveller(
        enrollment_id=number,
        plan=plan,
        contact_id=number,
        contact_uid=str(number),
        status=EnrollmentStatus.WAITING,
        node=0,
        seq=1,
        entered_at=NOON,
        arrived_at=NOON,
        state=ContactState(),
        ticket=ticket,
    )


@settings(max_examples=200)
@given(
    at_most=st.integers(1, 7),
    looks=st.lists(
        st.tuples(st.integers(0, 90), st.integers(0, 6), st.integers(0, 3)), max_size=60
    ),
)
def test_in_no_minute_more_go_than_may(at_most, looks):
    """Looks come after so many seconds; before each some arrive, and some are passed over."""
    plan, line, now = plan_of(at_most), Line(NOON), NOON
    standing, gone, arrived = [], [], 0
    for seconds, fresh, skipped in looks:
        now += timedelta(seconds=seconds)
        standing += [waiting_at(plan, arrived + n + 1) for n in range(fresh)]
        arrived += fresh
        due = [one for one in standing if one.turn_at is None or one.turn_at <= now][skipped:]
        call_up(line, due, now=now)
        went = [one for one in due if one.turn_at <= now]
        assert all(one.ticket is None for one in went)
        gone += [now] * len(went)
        standing = [one for one in standing if one not in went]
    for instant in gone:
        assert sum(instant <= one < instant + MINUTE for one in gone) <= at_most


def test_turns_follow_tickets_and_then_arrival():
    plan, line = plan_of(1), Line(NOON, given=2, called=0)
    second, first, fresh = (
        waiting_at(plan, 1, ticket=2),
        waiting_at(plan, 2, ticket=1),
        waiting_at(plan, 3),
    )
    call_up(line, [fresh, second, first], now=NOON)
    assert first.turn_at == NOON
    assert NOON + MINUTE < second.turn_at < fresh.turn_at
    assert (first.ticket, second.ticket, fresh.ticket) == (None, 2, 3)


def test_the_empty_part_of_a_line_is_forgotten():
    plan, line = plan_of(1), Line(NOON, given=9, called=2)
    forget_absent(line, [waiting_at(plan, 1, ticket=7), waiting_at(plan, 2)])
    assert (line.given, line.called) == (9, 6)
    forget_absent(line, [waiting_at(plan, 2)])
    assert (line.given, line.called) == (9, 9)


def test_a_pass_stops_at_a_throttle_until_it_is_called_up():
    traveller = waiting_at(plan_of(1), 1)
    traveller.status = EnrollmentStatus.DUE
    assert find_line(traveller) is None
    stopped = walk(traveller, Asker(now=NOON, default_zone="UTC"))
    assert (stopped.status, stopped.wake_at) == (EnrollmentStatus.WAITING, NOON)
    traveller.status = EnrollmentStatus.WAITING
    assert find_line(traveller) == (7, "gate")
    call_up(Line(NOON), [traveller], now=NOON)
    went = walk(traveller, Asker(now=NOON, default_zone="UTC"))
    assert went.status is EnrollmentStatus.COMPLETED
