from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.retry_after import LONGEST, parse_retry_after

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3),
        (" 120 ", 120),
        ("3600", 3600),
        ("3601", 3600),
        ("1000000000", 3600),
        ("9" * 15, 3600),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
        ("Sun, 01 Mar 2026 13:00:30 +0100", 30),
        ("Sunday, 01-Mar-26 12:00:30 GMT", 30),
        ("Sun Mar  1 12:00:30 2026", 30),
        ("Sun, 01 Mar 2036 12:00:00 GMT", 3600),
        ("Sun, 01 Mar 2026 11:59:59 GMT", None),
        ("Sun, 01 Mar 2026 12:00:00 GMT", None),
        ("0", None),
        ("-1", None),
        ("1.5", None),
        ("1e3", None),
        ("٣", None),
        ("9" * 5000, None),
        ("soon", None),
        ("Sun, 99 Mar 2026 12:00:30 GMT", None),
        ("Sun, 01 Mar 99999 12:00:30 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_seconds_dates_and_junk(value, seconds):
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert parse_retry_after(value, now=NOW) == expected


@settings(max_examples=100)
@given(
    st.text()
    | st.integers().map(str)
    | st.datetimes().map(lambda at: f"{at:%a, %d %b %Y %H:%M:%S} GMT")
)
def test_any_header_gives_a_wait_within_bounds(value):
    wait = parse_retry_after(value, now=NOW)
    assert wait is None or timedelta() < wait <= LONGEST
