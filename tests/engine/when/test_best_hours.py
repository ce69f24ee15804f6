"""The best hour: what is chosen, among which hours, and by how many letters."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.when.best_hours import (
    ALL_LEAST,
    EVERY_HOUR,
    HOURS,
    OWN_LEAST,
    BestHour,
    Everybody,
    Reading,
    choose_hour,
    count_around,
    count_hours,
    find_best_hour,
    list_whole_hours,
    weigh,
)
from engine.when.zones import get_zone

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
BERLIN = get_zone("Europe/Berlin")
histograms = st.lists(st.integers(0, 40), min_size=HOURS, max_size=HOURS)
choices = st.frozensets(st.integers(0, HOURS - 1))


def counts(**hours):
    """A histogram: h19=14 are fourteen letters between 19:00 and 20:00."""
    return [hours.get(f"h{hour}", 0) for hour in range(HOURS)]


@settings(max_examples=200, deadline=None)
@given(histograms, choices, st.integers(0, 60))
def test_the_hour_chosen_is_allowed_read_in_and_none_allowed_weighs_more(seen, allowed, least):
    hour = choose_hour(seen, allowed, least=least)
    if hour is None:
        is_known = sum(seen) >= least
        assert not is_known or not any(weigh(seen, one) for one in allowed)
        return
    assert hour in allowed
    assert sum(seen) >= least
    assert count_around(seen, hour) > 0
    assert all(weigh(seen, hour) >= weigh(seen, one) for one in allowed)


@settings(max_examples=100, deadline=None)
@given(histograms, choices, st.integers(0, HOURS - 1))
def test_the_day_is_a_circle_turning_it_turns_what_is_chosen(seen, allowed, by):
    turned = [seen[(hour - by) % HOURS] for hour in range(HOURS)]
    moved = frozenset((hour + by) % HOURS for hour in allowed)
    before, after = choose_hour(seen, allowed, least=1), choose_hour(turned, moved, least=1)
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert weigh(seen, before) == weigh(turned, after)
        assert seen[before] == turned[after]


@settings(max_examples=100, deadline=None)
@given(histograms, choices, st.integers(1, 9))
def test_how_much_is_read_in_all_changes_nothing(seen, allowed, times):
    more = [one * times for one in seen]
    assert choose_hour(seen, allowed, least=1) == choose_hour(more, allowed, least=1)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1439), st.integers(0, 1439))
def test_a_whole_hour_lies_in_the_window_from_its_first_minute_to_its_last(opens, closes):
    def is_inside(minute):
        if opens < closes:
            return opens <= minute < closes
        return minute >= opens or minute < closes

    hours = list_whole_hours(time(*divmod(opens, 60)), time(*divmod(closes, 60)))
    expected = {
        hour
        for hour in range(HOURS)
        if all(is_inside(60 * hour + minute) for minute in range(60))
        # who closes within the hour in which it opens spans midnight, and not that hour
        and (closes // 60, opens % 60 > 0) != (hour, True)
    }
    assert hours == expected


@pytest.mark.parametrize(
    ("seen", "allowed", "chosen"),
    [
        (counts(h19=5), EVERY_HOUR, 19),
        (counts(h19=4), EVERY_HOUR, None),  # too few
        (counts(h7=4, h12=3, h13=2, h11=2), EVERY_HOUR, 12),  # neighbours speak for it
        (counts(h23=3, h0=3), EVERY_HOUR, 0),  # equals: the earlier
        (counts(h23=4, h0=3), EVERY_HOUR, 23),
        (counts(h3=20, h9=1), frozenset(range(8, 20)), 9),
        (counts(h3=20), frozenset(range(8, 20)), None),  # it reads at none of these
        (counts(h7=20), frozenset(range(8, 20)), 8),  # the nearest to its own
        (counts(h19=20), frozenset(), None),
    ],
)
def test_what_is_chosen(seen, allowed, chosen):
    assert choose_hour(seen, allowed, least=OWN_LEAST) == chosen


def test_hours_are_those_of_the_readers_clock_on_both_sides_of_a_change():
    winter, summer = (
        datetime(2026, 3, 28, 18, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 17, 30, tzinfo=UTC),
    )
    assert count_hours([winter, summer], BERLIN) == tuple(counts(h19=2))


def read_at(hour, times):
    return tuple(NOW.replace(hour=hour) - timedelta(days=day) for day in range(1, times + 1))


def find(reading, *, own=True, allowed=EVERY_HOUR):
    return find_best_hour(
        reading, own=own, allowed=allowed, fallback=time(10), zone=get_zone("UTC"), now=NOW
    )


def test_ones_own_then_everybodys_then_the_fallback():
    everybody = Everybody((at, None) for at in read_at(8, ALL_LEAST))
    mine = read_at(19, 14) + read_at(7, 8)
    assert find(Reading(mine, everybody)) == BestHour(time(19), "contact", 14, 22)
    assert find(Reading(mine, everybody), own=False) == BestHour(time(8), "everybody", 50, 50)
    assert find(Reading(mine[:4], everybody)).of == "everybody"
    assert find(Reading(mine, everybody), allowed={8}).of == "contact"  # 7 is its neighbour
    assert find(Reading(mine[:14], everybody), allowed={8}).of == "everybody"
    assert find(Reading(mine[:4])) == BestHour(time(10), "fallback")


def test_what_was_read_long_ago_says_nothing():
    old = tuple(at - timedelta(days=90) for at in read_at(19, 20))
    assert find(Reading(old)).of == "fallback"


def test_everybody_reads_by_a_clock_of_their_own():
    at = datetime(2026, 1, 10, 12, tzinfo=UTC)
    everybody = Everybody([(at, "Asia/Tokyo"), (at, None), (at, "no/where")])
    assert everybody.count_hours("America/New_York") == tuple(counts(h21=1, h7=2))
    assert everybody.count_hours("UTC") == tuple(counts(h21=1, h12=2))
