"""Groups of one account that are late leave apart all the same."""

from datetime import UTC, datetime, timedelta

from engine.messages.carriers.routing import find_span
from server.pacing import LONGEST, Pace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SPAN = find_span(100, 5)


def test_groups_that_are_ready_together_leave_one_after_the_other():
    pace = Pace(100)
    assert [pace.take_turn(5, now=NOON) for _ in range(3)] == [timedelta(0), SPAN, 2 * SPAN]


def test_who_comes_in_time_does_not_wait_and_saves_nothing_up():
    pace = Pace(100)
    pace.take_turn(5, now=NOON)
    later = NOON + 10 * SPAN
    assert pace.take_turn(5, now=later) == timedelta(0)
    assert pace.take_turn(5, now=later) == SPAN


def test_a_large_group_keeps_the_next_waiting_for_longer():
    pace = Pace(100)
    pace.take_turn(50, now=NOON)
    assert pace.take_turn(1, now=NOON) == find_span(100, 50) > 9 * SPAN


def test_nobody_waits_for_a_clock_that_was_set_back():
    pace = Pace(100)
    pace.take_turn(5, now=NOON)
    earlier = NOON - timedelta(hours=1)
    assert pace.take_turn(5, now=earlier) == timedelta(0)
    assert pace.take_turn(5, now=earlier) == SPAN


def test_a_slow_account_may_wait_for_its_whole_span():
    pace = Pace(0.1)
    pace.take_turn(1, now=NOON)
    assert pace.take_turn(1, now=NOON) == find_span(0.1, 1) > LONGEST
