"""A date of the contact: where it is, and when it lets in."""

from datetime import date

import pytest
from pydantic import ValidationError

from engine.triggers.date import find_anchor, firing_on, has_moved, may_move, next_firing
from engine.when.zones import get_zone
from tests.engine.triggers.making import trigger_of
from tests.engine.when.oracle import utc

BERLIN, TOKYO = get_zone("Europe/Berlin"), get_zone("Asia/Tokyo")
NOON = utc("2026-03-25T12:00Z")


def birthday(**fields):
    return trigger_of(
        "date", **{"attribute": "birthday", "at": "09:00", "repeat": "yearly"} | fields
    )


def test_a_date_may_stand_inside_an_attribute():
    trigger = birthday(attribute="plan.renews_on")
    assert find_anchor(trigger, {"plan": {"renews_on": "2026-04-30"}}).day == date(2026, 4, 30)
    assert find_anchor(trigger, {"plan": "pro"}) is None
    assert find_anchor(trigger, {}) is None


@pytest.mark.parametrize("value", [0, "", "1970-01-01", "soon", 5, "1849-12-31", "2201-01-01"])
def test_r036_what_is_no_date_is_missing(value):
    assert find_anchor(birthday(), {"birthday": value}) is None


def test_r022_it_lets_in_on_the_clock_of_the_zone():
    trigger = birthday(offset="-P7D")
    anchor = find_anchor(trigger, {"birthday": "1990-05-01"})
    there = next_firing(trigger, anchor, TOKYO, not_before=NOON)
    assert (there.at, there.day) == (utc("2026-04-24T00:00Z"), date(2026, 5, 1))
    assert firing_on(trigger, anchor, BERLIN, there.day).at == utc("2026-04-24T07:00Z")
    assert next_firing(trigger, anchor, TOKYO, not_before=NOON, after=there.day).day.year == 2027


def test_calendar_time_comes_before_elapsed_time():
    trigger = birthday(offset="P1DT2H", repeat="never")
    anchor = find_anchor(trigger, {"birthday": "2026-03-28"})
    assert next_firing(trigger, anchor, BERLIN, not_before=NOON).at == utc("2026-03-29T09:00Z")


def test_r037_the_date_is_another_if_it_says_something_else():
    trigger = birthday()
    assert not has_moved(trigger, {"birthday": " 1990-05-01"}, "1990-05-01")
    assert has_moved(trigger, {"birthday": "1990-05-02"}, "1990-05-01")
    assert has_moved(trigger, {"birthday": None}, "1990-05-01")


def test_the_attribute_or_the_zone_may_move_it():
    trigger = birthday(attribute="plan.renews_on")
    assert may_move(trigger, {"plan"})
    assert may_move(trigger, {"timezone"})
    assert not may_move(trigger, {"renews_on"})


@pytest.mark.parametrize(
    "fields", [{"repeat": "weekly"}, {"leap_day": "mar_2"}, {"at": "24:00"}, {"offset": "P6Y"}]
)
def test_what_cannot_be_meant_is_refused(fields):
    with pytest.raises(ValidationError):
        birthday(**fields)
