"""Holidays: what the package knows, and what an organisation adds."""

from datetime import date

import pytest

from engine.errors import InvalidTime
from engine.when.holidays import NO_HOLIDAYS, HolidayCalendar, check_code

OUR_DAY = date(2026, 12, 24)


def test_a_region_has_its_countrys_holidays_and_its_own():
    corpus_christi = date(2026, 6, 4)
    assert date(2026, 10, 3) in HolidayCalendar("DE")
    assert corpus_christi in HolidayCalendar("DE-BY")
    assert corpus_christi not in HolidayCalendar("DE")


def test_days_of_ones_own_are_added():
    calendar = HolidayCalendar("DE", frozenset({OUR_DAY}))
    assert calendar.list_between(date(2026, 12, 1), date(2027, 1, 1)) == {
        OUR_DAY,
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
    }


def test_without_a_calendar_no_day_is_one():
    assert OUR_DAY not in NO_HOLIDAYS
    assert NO_HOLIDAYS.list_between(OUR_DAY, date(2030, 1, 1)) == frozenset()


@pytest.mark.parametrize("code", ["XX", "DE-XX", ""])
def test_an_unknown_calendar_is_refused(code):
    with pytest.raises(InvalidTime, match="no calendar of public holidays"):
        check_code(code)
