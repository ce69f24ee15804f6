from datetime import UTC, datetime, time

import pytest
from pydantic import TypeAdapter

from engine.document.durations import parse_span
from engine.parts.times import LocalTime, Offset, Wait, add_span, read_weekdays
from engine.when.local import Weekday
from engine.when.zones import get_zone

BERLIN = get_zone("Europe/Berlin")


def test_the_calendar_step_comes_first_and_then_the_stopwatch():
    start = datetime(2025, 3, 29, 11, tzinfo=UTC)
    assert add_span(start, parse_span("P1DT24H"), BERLIN) == datetime(2025, 3, 31, 10, tzinfo=UTC)
    assert add_span(start, parse_span("PT48H"), BERLIN) == datetime(2025, 3, 31, 11, tzinfo=UTC)


@pytest.mark.parametrize("text", ["PT0S", "-P1D", "P6Y", "P61M", "P2000D"])
def test_a_wait_is_longer_than_nothing_and_at_most_five_years(text):
    with pytest.raises(ValueError, match="five years"):
        TypeAdapter(Wait).validate_python(text)


@pytest.mark.parametrize("text", ["-P6Y", "P61M", "-P61M", "PT50000H"])
def test_an_offset_is_at_most_five_years(text):
    with pytest.raises(ValueError, match="five years"):
        TypeAdapter(Offset).validate_python(text)


def test_a_local_time_is_hours_and_minutes():
    adapter = TypeAdapter(LocalTime)
    assert adapter.validate_json('"09:05"') == time(9, 5)
    assert adapter.dump_json(time(9, 5)) == b'"09:05"'
    for text in ('"9:05"', '"24:00"', '"09:05:00"', '"0905Z"', "905"):
        with pytest.raises(ValueError, match="1 validation error"):
            adapter.validate_json(text)


def test_no_weekdays_named_is_all_of_them_and_an_empty_list_is_none():
    assert read_weekdays(None) == frozenset(Weekday)
    assert read_weekdays(("mon", "sun")) == {Weekday.MONDAY, Weekday.SUNDAY}
    assert read_weekdays(()) == frozenset()
