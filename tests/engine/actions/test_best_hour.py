"""A wait for the hour at which a contact reads."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from engine.decision import Advance, Recheck, Sleep
from engine.when.best_hours import Reading
from engine.when.holidays import HolidayCalendar
from tests.engine.actions.making import at, decide, facts_of, node_of


def evening_reader(times=14):
    """Ann in Berlin, who reads at seven in the evening, in winter time."""
    return Reading(tuple(at("2026-03-24 18:30") - timedelta(days=day) for day in range(times)))


def wait(**until):
    return node_of("wait", until={"best_hour": "contact"} | until)


def ask(node, *, reading=None, **facts):
    return decide(node, facts_of(**facts, reading=reading or evening_reader()))


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        ("2026-03-25 12:00", Sleep(at("2026-03-25 18:00"))),
        ("2026-03-25 18:00", Advance()),
        ("2026-03-25 18:59", Advance()),  # the hour lasts
        ("2026-03-25 19:00", Sleep(at("2026-03-26 18:00"))),
        ("2026-03-28 20:00", Sleep(at("2026-03-29 17:00"))),  # the clock has gone forward
    ],
)
def test_it_goes_on_at_that_hour_by_the_contacts_clock(now, outcome):
    decision = ask(wait(), now=at(now))
    assert decision.outcome == outcome
    assert decision.notes["best_hour"] == {
        "at": "19:00",
        "of": "contact",
        "read": 14,
        "letters": 14,
    }


def test_an_hour_that_the_clock_leaves_out_is_the_next_days():
    reading = Reading(tuple(at("2026-03-24 01:30") - timedelta(days=day) for day in range(9)))
    decision = ask(wait(), reading=reading, now=at("2026-03-28 12:00"))
    assert decision.outcome == Sleep(at("2026-03-30 00:00"))


def test_who_has_read_little_waits_for_the_fallback():
    decision = ask(wait(fallback="09:30"), reading=evening_reader(4))
    assert decision.outcome == Sleep(at("2026-03-26 08:30"))
    assert decision.notes["best_hour"]["of"] == "fallback"


def test_window_weekdays_and_holidays_bound_it():
    inside = wait(**{"from": "08:00", "to": "18:30", "fallback": "09:00"})
    assert ask(inside).notes["best_hour"]["of"] == "fallback"  # it reads at none of these hours
    narrow = wait(**{"from": "08:00", "to": "19:00"})
    assert ask(narrow).notes["best_hour"]["at"] == "18:00"
    assert ask(wait(weekdays=["fri"])).outcome == Sleep(at("2026-03-27 18:00"))
    holidays = HolidayCalendar(None, frozenset({at("2026-03-25 00:00").date()}))
    assert ask(wait(skip_holidays=True), holidays=holidays).outcome == Sleep(at("2026-03-26 18:00"))
    assert ask(wait(), holidays=holidays).outcome == Sleep(at("2026-03-25 18:00"))


def test_r033_a_wake_that_has_come_stands_and_another_zone_moves_it():
    late = {"arrived_at": at("2026-03-25 12:00"), "is_first": False}
    assert ask(wait(), now=at("2026-03-25 18:00"), **late).outcome == Advance()
    moved = ask(
        wait(), now=at("2026-03-25 13:00"), zone="America/New_York", signal=Recheck(), **late
    )
    assert moved.outcome == Sleep(at("2026-03-25 18:00"))  # 14:00 over there, when it reads


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ({"from": "08:00"}, "both 'from' and 'to'"),
        ({"best_hour": "nobody"}, "'contact' or 'everybody'"),
    ],
)
def test_what_no_hour_fits_is_refused(until, words):
    with pytest.raises(ValidationError, match=words):
        wait(**until)


def test_a_window_over_midnight_is_one():
    node = wait(**{"from": "20:00", "to": "02:00", "fallback": "23:00"})
    assert node.until.hours == {20, 21, 22, 23, 0, 1}


@pytest.mark.parametrize(
    ("opens", "closes", "fallback", "fits"),
    [
        ("08:00", "20:00", "19:00", True),
        ("08:00", "20:00", "19:01", False),
        ("12:00", "20:00", "10:00", False),
        ("20:00", "02:00", "23:30", True),
    ],
)
def test_the_fallbacks_hour_lies_in_the_window_to_its_last_minute(opens, closes, fallback, fits):
    node = wait(**{"from": opens, "to": closes, "fallback": fallback})
    assert node.until.fallback_fits is fits
