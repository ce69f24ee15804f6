"""What a pause does to instants."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.when.pauses import stand_still, wave_slot

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)
MINUTES = st.integers(-10_000, 10_000).map(lambda n: NOON + timedelta(minutes=n))


@given(MINUTES, MINUTES, st.integers(0, 10_000))
def test_r103_no_time_passes_on_a_stopwatch_that_stands_still(arrived, paused_at, length):
    resumed_at = max(arrived, paused_at) + timedelta(minutes=length)
    counted = stand_still(arrived, paused_at=paused_at, resumed_at=resumed_at)
    served_before = max(paused_at, arrived) - arrived
    assert resumed_at - counted == served_before


def test_r103_two_pauses_are_both_credited():
    day = timedelta(days=1)
    arrived = NOON
    for first in (1, 6):
        arrived = stand_still(
            arrived, paused_at=NOON + first * day, resumed_at=NOON + (first + 4) * day
        )
    assert arrived == NOON + 8 * day


def test_r097_overdue_enrollments_leave_in_a_wave_of_so_many_a_minute():
    slots = [wave_slot(index, starts_at=NOON, per_minute=600) for index in range(1201)]
    assert slots[0] == NOON
    assert slots[600] == NOON + timedelta(minutes=1)
    assert slots[1200] == NOON + timedelta(minutes=2)
