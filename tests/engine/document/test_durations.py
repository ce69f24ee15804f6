"""Durations keep calendar and clock apart, and say the same thing after a round trip."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.document.durations import Span, format_elapsed, parse_elapsed, parse_span


@given(st.integers(0, 60), st.integers(0, 400), st.integers(0, 10**6), st.sampled_from((1, -1)))
def test_a_span_survives_writing_and_reading(
    months: int, days: int, seconds: int, sign: int
) -> None:
    span = Span(sign * months, sign * days, sign * timedelta(seconds=seconds))
    assert parse_span(str(span)) == span


@given(st.integers(1, 10**8))
def test_elapsed_time_survives_writing_and_reading(seconds: int) -> None:
    elapsed = timedelta(seconds=seconds)
    assert parse_elapsed(format_elapsed(elapsed)) == elapsed


def test_r023_r024_a_day_is_not_24_hours() -> None:
    assert parse_span("P1D") == Span(days=1)
    assert parse_span("PT24H") == Span(elapsed=timedelta(hours=24))
    assert parse_span("P1D") != parse_span("PT24H")
    assert parse_elapsed("P1D") == parse_elapsed("PT24H")


def test_the_least_time_counts_on_short_days_and_short_months() -> None:
    assert parse_span("P1D").shortest == timedelta(hours=23)
    assert parse_span("P1M").shortest == timedelta(days=28)
    assert parse_span("P1DT1H").shortest == timedelta(hours=24)


def test_weeks_years_and_signs() -> None:
    assert parse_span("P1Y2M3W4DT5H6M7S") == Span(14, 25, timedelta(hours=5, minutes=6, seconds=7))
    assert parse_span("-P7D") == Span(days=-7)
    assert str(Span()) == "PT0S"


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "1D", "P1.5D", "PT1E9S", "P-1D", "P1D ", "p1d", "P1H", "PT1D", 5, None]
)
def test_what_is_no_duration_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_span(text)
