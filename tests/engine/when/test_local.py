from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document.durations import parse_elapsed, parse_span
from engine.errors import InvalidTime
from engine.when.local import at_local, local_date, local_wall, require_plain, require_utc
from engine.when.periods import Period, shift_date, shift_instant
from engine.when.zones import get_zone
from tests.engine.when.oracle import clock_times, moments, resolve, utc

BERLIN = get_zone("Europe/Berlin")


def test_r025_a_time_in_the_gap_moves_forward_by_the_gap():
    assert at_local(date(2025, 3, 30), time(2, 30), BERLIN) == utc("2025-03-30T01:30Z")
    assert local_wall(utc("2025-03-30T01:30Z"), BERLIN) == datetime(2025, 3, 30, 3, 30)


def test_r025_the_half_hour_of_lord_howe_the_two_of_troll_and_the_day_apia_skipped():
    howe, troll, apia = (
        get_zone(key) for key in ("Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Apia")
    )
    assert local_wall(at_local(date(2025, 10, 5), time(2, 10), howe), howe) == datetime(
        2025, 10, 5, 2, 40
    )
    assert local_wall(at_local(date(2025, 3, 30), time(1, 30), troll), troll) == datetime(
        2025, 3, 30, 3, 30
    )
    assert local_wall(at_local(date(2011, 12, 30), time(9), apia), apia) == datetime(
        2011, 12, 31, 9
    )


def test_r025_in_nuuk_the_gap_ends_on_the_next_date():
    nuuk = get_zone("America/Nuuk")
    assert local_wall(at_local(date(2025, 3, 29), time(23, 30), nuuk), nuuk) == datetime(
        2025, 3, 30, 0, 30
    )


def test_r026_a_time_shown_twice_is_the_first():
    assert at_local(date(2025, 10, 26), time(2, 30), BERLIN) == utc("2025-10-26T00:30Z")
    assert at_local(date(2025, 10, 26), time(2, 30, fold=1), BERLIN) == utc("2025-10-26T00:30Z")


@settings(max_examples=150, deadline=None)
@given(moments(), clock_times)
def test_r025_r026_every_local_time_is_where_a_walk_through_the_minutes_finds_it(moment, at):
    key, instant = moment
    zone = get_zone(key)
    day = local_date(instant, zone)
    assert at_local(day, at, zone) == resolve(day, at, zone.info)


def test_r023_a_duration_is_elapsed_time():
    later = utc("2025-03-29T12:00+01:00") + parse_elapsed("PT24H")
    assert local_wall(later, BERLIN) == datetime(2025, 3, 30, 13)
    assert parse_elapsed("P1D") == timedelta(hours=24)


def test_r024_a_calendar_delay_keeps_the_wall_time():
    start = utc("2025-03-29T12:00+01:00")
    later = shift_instant(start, Period(days=1), BERLIN)
    assert local_wall(later, BERLIN) == datetime(2025, 3, 30, 12)
    assert later - start == timedelta(hours=23)
    assert shift_instant(start, Period(days=7), BERLIN) == utc("2025-04-05T12:00+02:00")


def test_r024_no_delay_is_no_change_also_in_the_second_of_two_equal_hours():
    second = utc("2025-10-26T01:30Z")
    assert shift_instant(second, Period(), BERLIN) == second


@pytest.mark.parametrize(
    ("day", "period", "landed"),
    [
        (date(2025, 1, 31), "P1M", date(2025, 2, 28)),
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2024, 2, 29), "P4Y", date(2028, 2, 29)),
        (date(2025, 1, 31), "P1M1D", date(2025, 3, 1)),
        (date(2025, 3, 31), "-P1M", date(2025, 2, 28)),
        (date(2025, 12, 31), "P2W", date(2026, 1, 14)),
    ],
)
def test_r035_a_day_the_month_lacks_becomes_its_last(day, period, landed):
    assert shift_date(day, parse_span(period).to_period()) == landed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "1D",
        "P1DT",
        "p1d",
        "P1.5D",
        "P1H",
        "PT1D",
        "P-1D",
        "P٣D",
        " P1D",
        "P1D ",
        "P99999D",
        "PT999999999S1",
        "P1M",
        "P1Y",
        "-P1D",
    ],
)
def test_what_is_no_elapsed_time_is_refused(text):
    with pytest.raises(ValueError, match="duration|months"):
        parse_elapsed(text)


def test_instants_in_another_zone_and_times_with_fractions_are_refused():
    with pytest.raises(InvalidTime):
        require_utc(datetime(2025, 1, 1))
    with pytest.raises(InvalidTime):
        require_utc(datetime(2025, 1, 1, tzinfo=BERLIN.info))
    with pytest.raises(InvalidTime):
        require_plain(time(9, tzinfo=UTC))
    with pytest.raises(InvalidTime):
        require_plain(time(9, microsecond=1))
    with pytest.raises(InvalidTime):
        shift_date(date(9999, 12, 1), Period(months=1))


@settings(max_examples=300, deadline=None)
@given(moments(), st.integers(0, 30), st.integers(0, 60))
def test_r024_a_calendar_delay_shows_the_same_time_unless_there_is_none(moment, months, days):
    key, start = moment
    zone = get_zone(key)
    period = Period(months, days)
    later = shift_instant(start, period, zone)
    asked = datetime.combine(
        shift_date(local_date(start, zone), period), local_wall(start, zone).time()
    )
    shown = local_wall(later, zone)
    assert later >= start
    assert shown == asked or (
        shown > asked
        and shown - asked
        in (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=3))
    )
