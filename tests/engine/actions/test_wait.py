"""Waits of the document; the arithmetic of time has its own tests in tests/engine/when."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.actions.wait import may_move
from engine.decision import Advance, Leave, Recheck, Sleep
from engine.errors import InvalidTime
from engine.when.holidays import HolidayCalendar
from engine.when.local import at_local, local_date
from engine.when.zones import get_zone
from tests.engine.actions.making import at, decide, facts_of, node_of

WORKING_DAYS = ["mon", "tue", "wed", "thu", "fri"]


def sleep_of(node, **facts):
    return decide(node, facts_of(**facts)).outcome


def test_r023_so_many_hours_are_counted_on_a_stopwatch():
    node = node_of("wait", for_="PT24H")
    noon = at("2025-03-29 11:00")  # in Berlin the clock goes forward in the night that follows
    assert sleep_of(node, now=noon) == Sleep(at("2025-03-30 11:00"))


def test_r024_so_many_days_keep_the_time_on_the_wall():
    node = node_of("wait", for_="P1D")
    assert sleep_of(node, now=at("2025-03-29 11:00")) == Sleep(at("2025-03-30 10:00"))


def test_months_days_and_hours_are_taken_in_this_order():
    node = node_of("wait", for_="P1M1DT2H")
    assert sleep_of(node, now=at("2026-01-31 12:00")) == Sleep(at("2026-03-01 14:00"))


def test_a_late_or_repeated_run_answers_the_same():
    node = node_of("wait", for_="PT1H")
    arrived_at = at("2026-03-25 12:00")
    for minutes in (0, 1, 59):
        now = arrived_at + timedelta(minutes=minutes)
        assert sleep_of(node, now=now, arrived_at=arrived_at) == Sleep(at("2026-03-25 13:00"))
    now = arrived_at + timedelta(hours=5)
    assert sleep_of(node, now=now, arrived_at=arrived_at) == Advance()


def test_a_wait_that_has_come_advances_although_a_clock_went_back():
    node = node_of("wait", until={"at": "09:00"})
    arrived_at = at("2026-03-25 12:00")
    assert sleep_of(node, now=at("2026-03-26 08:00"), arrived_at=arrived_at, is_first=False) == (
        Advance()
    )


@pytest.mark.parametrize(
    ("arrived", "until", "wakes"),
    [
        ("2026-03-25 07:00", {"at": "09:00"}, "2026-03-25 08:00"),
        ("2026-03-25 08:00", {"at": "09:00"}, None),  # arriving exactly at the time is on time
        ("2026-03-25 08:01", {"at": "09:00"}, "2026-03-26 08:00"),
        ("2026-03-25 07:00", {"at": "09:00", "days_ahead": 1}, "2026-03-26 08:00"),
        ("2026-03-25 20:00", {"at": "09:00", "days_ahead": 1}, "2026-03-26 08:00"),
        ("2026-03-25 23:30", {"at": "09:00", "days_ahead": 1}, "2026-03-27 08:00"),  # 00:30 there
        ("2026-03-25 12:00", {"at": "09:00", "weekdays": ["wed"]}, "2026-04-01 07:00"),
        ("2026-03-25 07:00", {"at": "09:00", "weekdays": ["wed"]}, "2026-03-25 08:00"),
        ("2026-03-27 12:00", {"at": "09:00", "weekdays": WORKING_DAYS}, "2026-03-30 07:00"),
    ],
)
def test_r032_a_time_of_day_is_the_next_one_that_fits(arrived, until, wakes):
    """Berlin is an hour ahead until 29 March 2026, two hours from then on."""
    expected = Advance() if wakes is None else Sleep(at(wakes))
    assert sleep_of(node_of("wait", until=until), now=at(arrived)) == expected


def test_r107_who_comes_round_again_at_the_very_time_waits_for_the_next():
    node = node_of("wait", until={"at": "09:00"})
    nine = at("2026-03-25 08:00")
    assert sleep_of(node, now=nine, visit=1) == Advance()
    assert sleep_of(node, now=nine, visit=2) == Sleep(at("2026-03-26 08:00"))
    assert (
        sleep_of(node, now=at("2026-03-26 08:00"), arrived_at=nine, visit=2, is_first=False)
        == Advance()
    )


@pytest.mark.parametrize(
    ("arrived", "wakes"),
    [
        ("2026-03-25 10:00", "2026-03-26 08:00"),  # Wednesday: tomorrow
        ("2026-03-26 23:30", "2026-03-30 07:00"),  # already Friday there: Monday
        ("2026-03-27 06:00", "2026-03-30 07:00"),  # Friday before nine: Monday, too
        ("2026-03-28 06:00", "2026-03-30 07:00"),
    ],
)
def test_the_next_working_day_at_nine_is_never_the_day_of_arrival(arrived, wakes):
    node = node_of("wait", until={"at": "09:00", "weekdays": WORKING_DAYS, "days_ahead": 1})
    assert sleep_of(node, now=at(arrived)) == Sleep(at(wakes))


def test_r031_thursday_at_four_on_a_thursday_after_four_is_next_week_or_at_once():
    after_four, before_four = at("2026-03-26 16:00"), at("2026-03-26 14:00")
    later = node_of("wait", until={"at": "16:00", "weekdays": ["thu"]})
    late = node_of("wait", until={"at": "16:00", "weekdays": ["thu"], "same_day_if_late": True})
    assert sleep_of(later, now=after_four) == Sleep(at("2026-04-02 14:00"))
    assert sleep_of(late, now=after_four) == Advance()
    assert sleep_of(later, now=before_four) == Sleep(at("2026-03-26 15:00"))
    assert sleep_of(late, now=before_four) == Sleep(at("2026-03-26 15:00"))
    assert sleep_of(late, now=at("2026-03-27 10:00")) == Sleep(at("2026-04-02 14:00"))


def test_r025_a_time_that_does_not_exist_is_moved_by_the_gap():
    node = node_of("wait", until={"at": "02:30"})
    assert sleep_of(node, now=at("2025-03-29 20:00")) == Sleep(at("2025-03-30 01:30"))


def test_r026_a_time_that_comes_twice_is_the_first():
    node = node_of("wait", until={"at": "02:30"})
    assert sleep_of(node, now=at("2025-10-25 20:00")) == Sleep(at("2025-10-26 00:30"))


@given(
    arrived=st.integers(0, 3 * 366 * 24 * 60).map(
        lambda n: at("2024-01-01") + timedelta(minutes=n)
    ),
    at_=st.times(),
    weekdays=st.sets(st.sampled_from(range(7)), min_size=1),
    days_ahead=st.integers(0, 9),
    zone=st.sampled_from(["Europe/Berlin", "America/Nuuk", "Pacific/Apia", "Africa/Cairo", "UTC"]),
)
@settings(max_examples=100, deadline=None)
def test_a_reading_of_the_clock_is_the_least_one_that_fits(
    arrived, at_, weekdays, days_ahead, zone
):
    clock = at_.replace(second=0, microsecond=0)
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    until = {
        "at": f"{clock:%H:%M}",
        "weekdays": [names[day] for day in sorted(weekdays)],
        "days_ahead": days_ahead,
    }
    place = get_zone(zone)
    first = local_date(arrived, place) + timedelta(days=days_ahead - (days_ahead == 0))
    expected = min(
        instant
        for day in (first + timedelta(days=ahead) for ahead in range(12))
        if day.weekday() in weekdays and (instant := at_local(day, clock, place)) >= arrived
    )
    outcome = sleep_of(node_of("wait", until=until), now=arrived, zone=zone)
    assert outcome == (Advance() if expected == arrived else Sleep(expected))


def test_a_reading_on_no_weekday_is_an_error_and_no_endless_search():
    with pytest.raises(InvalidTime, match="never comes"):
        sleep_of(node_of("wait", until={"at": "09:00", "weekdays": []}))


def test_r028_a_window_has_its_start_and_lacks_its_end():
    node = node_of("wait", until={"from": "09:00", "to": "17:00"})
    assert sleep_of(node, now=at("2026-03-25 08:00")) == Advance()
    assert sleep_of(node, now=at("2026-03-25 15:59")) == Advance()
    assert sleep_of(node, now=at("2026-03-25 16:00")) == Sleep(at("2026-03-26 08:00"))
    assert sleep_of(node, now=at("2026-03-25 07:59")) == Sleep(at("2026-03-25 08:00"))


def test_r028_a_window_over_midnight_belongs_to_the_day_on_which_it_opens():
    node = node_of("wait", until={"from": "22:00", "to": "06:00", "weekdays": ["fri"]})
    assert sleep_of(node, now=at("2026-03-28 04:00")) == Advance()  # 05:00 on Saturday
    assert sleep_of(node, now=at("2026-03-27 04:00")) == Sleep(at("2026-03-27 21:00"))


def test_a_date_is_waited_for_and_a_past_one_is_at_once():
    node = node_of(
        "wait", until={"attribute": "trial.ends_on", "offset": "-P2D", "at": "10:00"}, on_missing={}
    )
    outcome = sleep_of(node, attributes={"trial": {"ends_on": "2026-04-10"}})
    assert outcome == Sleep(at("2026-04-08 08:00"))
    assert sleep_of(node, attributes={"trial": {"ends_on": "2026-03-20"}}) == Advance()


def test_an_offset_of_hours_is_elapsed_time():
    node = node_of("wait", until={"attribute": "meets_at", "offset": "-PT2H"}, on_missing={})
    attributes = {"meets_at": "2026-03-29T03:00:00+02:00"}
    assert sleep_of(node, attributes=attributes) == Sleep(at("2026-03-28 23:00"))


@pytest.mark.parametrize(
    "said", [None, "", "soon", 0, 1_790_000_000, "1970-01-01", "0001-01-01", "9999-12-31", True]
)
def test_r036_a_date_that_says_nothing_takes_its_own_way_and_is_never_now(said):
    until = {"attribute": "renewal_on"}
    assert sleep_of(
        node_of("wait", until=until, on_missing={"next": "ask"}), attributes={"renewal_on": said}
    ) == Advance("missing")
    assert sleep_of(node_of("wait", until=until, on_missing="exit"), attributes={}) == Leave(
        "date_missing"
    )


def test_r033_a_new_zone_moves_the_reading_but_never_to_now():
    node = node_of("wait", until={"at": "09:00"})
    given = {"arrived_at": at("2026-03-25 20:00"), "is_first": False, "signal": Recheck()}
    moved = sleep_of(node, now=at("2026-03-25 21:00"), zone="America/New_York", **given)
    assert moved == Sleep(at("2026-03-26 13:00"))
    # Nine has passed in Tokyo since she left Berlin: it is the next nine.
    passed = sleep_of(node, now=at("2026-03-26 02:00"), zone="Asia/Tokyo", **given)
    assert passed == Sleep(at("2026-03-27 00:00"))


def test_r033_a_new_zone_does_not_move_a_duration():
    node = node_of("wait", for_="PT24H")
    given = {"arrived_at": at("2026-03-25 20:00"), "is_first": False, "signal": Recheck()}
    moved = sleep_of(node, now=at("2026-03-25 21:00"), zone="Asia/Tokyo", **given)
    assert moved == Sleep(at("2026-03-26 20:00"))


def test_r033_a_wake_that_has_come_is_not_taken_back_by_a_new_zone():
    node = node_of("wait", until={"at": "09:00"})
    woken = sleep_of(
        node,
        now=at("2026-03-26 08:00"),
        arrived_at=at("2026-03-25 20:00"),
        zone="America/New_York",
        is_first=False,
    )
    assert woken == Advance()


def test_a_date_moved_into_the_future_is_waited_for():
    node = node_of("wait", until={"attribute": "ends_on"}, on_missing={})
    given = {"now": at("2026-03-31 22:00"), "arrived_at": at("2026-03-25 12:00"), "is_first": False}
    assert sleep_of(node, attributes={"ends_on": "2026-04-01"}, **given) == Advance()
    assert sleep_of(node, attributes={"ends_on": "2026-05-01"}, **given) == Sleep(
        at_local(date(2026, 5, 1), datetime.min.time(), get_zone("Europe/Berlin"))
    )


def test_r107_only_what_holds_a_second_arrival_for_certain_bounds_a_loop():
    def held(**fields):
        return node_of("wait", **fields).paths()[0].holds

    assert held(for_="PT60S") == timedelta(seconds=60)
    assert held(for_="P1D") == timedelta(hours=23)
    assert held(until={"at": "09:00"}) == timedelta(hours=23)
    assert held(until={"at": "09:00", "same_day_if_late": True}) == timedelta()
    assert held(until={"from": "09:00", "to": "17:00"}) == timedelta()
    assert held(until={"attribute": "x"}, on_missing="exit") == timedelta()


@pytest.mark.parametrize(
    ("fields", "changed", "expected"),
    [
        ({"for_": "PT24H"}, {"timezone"}, False),
        ({"for_": "P1D"}, {"timezone"}, True),
        ({"for_": "P1D"}, {"plan"}, False),
        ({"until": {"at": "09:00"}}, {"timezone", "plan"}, True),
        ({"until": {"from": "09:00", "to": "17:00"}}, {"timezone"}, True),
        ({"until": {"attribute": "trial.ends_on"}}, {"trial"}, True),
        ({"until": {"attribute": "trial.ends_on"}}, {"timezone"}, True),
        ({"until": {"attribute": "trial.ends_on"}}, {"plan"}, False),
    ],
)
def test_r033_only_what_may_move_a_wake_is_asked_again(fields, changed, expected):
    assert may_move(node_of("wait", **fields), changed) is expected


BAVARIA = HolidayCalendar("DE-BY", frozenset({date(2026, 12, 24)}))


@pytest.mark.parametrize(
    ("arrived", "until", "wakes"),
    [
        # Christmas Eve is a day of our own, the 25th and 26th are Bavaria's, the 27th is a Sunday.
        ("2026-12-23 12:00", {"at": "09:00", "weekdays": WORKING_DAYS}, "2026-12-28 08:00"),
        ("2026-12-23 12:00", {"at": "09:00"}, "2026-12-27 08:00"),
        ("2026-12-24 12:00", {"at": "09:00", "same_day_if_late": True}, "2026-12-27 08:00"),
        ("2026-12-25 12:00", {"from": "10:00", "to": "18:00"}, "2026-12-27 09:00"),
        # What opened in the evening before the holiday runs out on it.
        ("2026-12-24 00:30", {"from": "22:00", "to": "06:00"}, "2026-12-24 00:30"),
        ("2026-12-24 20:00", {"from": "22:00", "to": "06:00"}, "2026-12-27 21:00"),
    ],
)
def test_r029_holidays_are_no_days_to_wake_on(arrived, until, wakes):
    node = node_of("wait", until={**until, "skip_holidays": True})
    outcome = sleep_of(node, now=at(arrived), holidays=BAVARIA)
    assert outcome == (Advance() if arrived == wakes else Sleep(at(wakes)))


def test_r029_who_does_not_skip_holidays_wakes_on_them():
    node = node_of("wait", until={"at": "09:00"})
    assert sleep_of(node, now=at("2026-12-24 12:00"), holidays=BAVARIA) == (
        Sleep(at("2026-12-25 08:00"))
    )


@given(
    start=st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)),
    hour=st.integers(0, 23),
    zone=st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu"]),
)
@settings(max_examples=100, deadline=None)
def test_r029_a_day_that_is_found_is_the_first_that_is_no_holiday(start, hour, zone):
    node = node_of("wait", until={"at": f"{hour:02}:00", "skip_holidays": True})
    now = at(start.strftime("%Y-%m-%d %H:%M"))
    outcome = decide(node, facts_of(now=now, zone=zone, holidays=BAVARIA)).outcome
    place = get_zone(zone)
    days = (local_date(now, place) + timedelta(days=ahead) for ahead in range(-1, 30))
    readings = (at_local(day, node.until.at, place) for day in days if day not in BAVARIA)
    expected = next(instant for instant in readings if instant >= now)
    assert outcome == (Advance() if expected == now else Sleep(expected))
