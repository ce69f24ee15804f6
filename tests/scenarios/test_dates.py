"""Journeys that a date of the contact starts: birthdays, renewals."""

from datetime import UTC, datetime

import pytest

from engine.models.journey import Enrollment, JourneyEntry, Watch
from tests.shop import SEND

BIRTHDAY = {"kind": "date", "attribute": "birthday", "at": "09:00", "repeat": "yearly"}
WAIT = {"kind": "wait", "for": "P3D", "next": "b"}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def tell(shop, who, **traits):
    shop.say("identify", userId=who, traits=traits)
    shop.work()


def start(shop, trigger=BIRTHDAY, *, nodes=None, **document):
    shop.publish(trigger=trigger, start="a", nodes=nodes or {"a": SEND}, **document)


def list_due(shop):
    return [due for (due,) in shop.ask(Watch.due_at)]


def go_to(shop, text):
    shop.now = at(text)
    shop.work()


def test_r035_a_birthday_lets_in_every_year_at_nine_on_the_contacts_clock(shop):
    start(shop)
    tell(shop, "ann", birthday="1990-05-01", timezone="Europe/Berlin")
    assert list_due(shop) == [at("2026-05-01 07:00")]
    go_to(shop, "2026-05-01 06:59")
    assert shop.messages == []
    go_to(shop, "2026-05-01 07:00")
    assert shop.messages == ["a"]
    assert list_due(shop) == [at("2027-05-01 07:00")]
    go_to(shop, "2027-05-01 07:00")
    assert shop.ask(Enrollment.entry_key) == [("2026-05-01",), ("2027-05-01",)]


def test_r035_who_is_born_today_is_congratulated_in_a_year(shop):
    start(shop)
    tell(shop, "ann", birthday="2026-03-26")
    assert list_due(shop) == [at("2027-03-26 09:00")]


@pytest.mark.parametrize(
    ("policy", "due"),
    [("feb_28", "2027-02-28"), ("mar_1", "2027-03-01"), ("skip", "2028-02-29")],
)
def test_r035_29_february_is_kept_as_the_journey_says(shop, policy, due):
    start(shop, BIRTHDAY | {"leap_day": policy})
    tell(shop, "ann", birthday="2000-02-29")
    assert list_due(shop) == [at(f"{due} 09:00")]


def test_r035_day_31_comes_every_month_on_the_last_day(shop):
    start(shop, BIRTHDAY | {"repeat": "monthly"})
    tell(shop, "ann", birthday="2025-01-31")
    for day in ("2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"):
        assert list_due(shop) == [at(f"{day} 09:00")]
        go_to(shop, f"{day} 09:00")
    assert len(shop.messages) == 4


def test_a_renewal_lets_in_seven_days_before_and_once(shop):
    start(shop, {"kind": "date", "attribute": "plan.renews_on", "offset": "-P7D", "at": "09:00"})
    tell(shop, "ann", plan={"renews_on": "2026-04-30"})
    go_to(shop, "2026-04-23 09:00")
    assert shop.ask(Enrollment.entry_key) == [("2026-04-30",)]
    assert list_due(shop) == [None]
    tell(shop, "ann", timezone="America/New_York")
    go_to(shop, "2026-05-23 09:00")
    assert shop.messages == ["a"]


def test_without_a_time_the_dates_own_counts(shop):
    start(shop, {"kind": "date", "attribute": "call_at", "offset": "-PT30M"})
    tell(shop, "ann", call_at="2026-03-26T15:00:00+01:00")
    assert list_due(shop) == [at("2026-03-26 13:30")]


@pytest.mark.parametrize(
    "said", [0, "", "1970-01-01", "soon", 19900501, "1849-12-31", "2201-01-01", None, True]
)
def test_r036_a_date_that_says_nothing_lets_nobody_in(shop, said):
    tell(shop, "bob", birthday=said)
    start(shop)
    tell(shop, "ann", birthday=said)
    assert shop.ask(Watch.key) == []


def test_r036_a_date_that_is_taken_away_is_waited_for_no_longer(shop):
    start(shop)
    tell(shop, "ann", birthday="1990-05-01")
    tell(shop, "ann", birthday=None)
    assert shop.ask(Watch.key) == []
    go_to(shop, "2026-05-01 09:00")
    assert shop.messages == []


def test_r111_publishing_waits_for_everybodys_next_occasion_alone(shop):
    tell(shop, "ann", birthday="1990-05-01")
    tell(shop, "bob", birthday="1990-03-25")
    start(shop)
    assert sorted(list_due(shop)) == [at("2026-05-01 09:00"), at("2027-03-25 09:00")]
    start(shop)
    assert len(list_due(shop)) == 2
    start(shop, {"kind": "date", "attribute": "birthday"})
    assert shop.messages == list_due(shop) == []


def test_r111_publishing_goes_through_everybody_page_by_page(shop, monkeypatch):
    monkeypatch.setattr("engine.journeys.watching.dates.PAGE", 2)
    for number in range(1, 6):
        tell(shop, f"c{number}", birthday=f"1990-05-0{number}")
    start(shop)
    assert sorted(due.day for due in list_due(shop)) == [1, 2, 3, 4, 5]


def test_r022_a_date_is_read_in_the_zone_of_the_chain(shop):
    start(shop, settings={"timezone": "Asia/Tokyo"})
    tell(shop, "ann", birthday="1990-05-01", timezone="Europe/Berlin")
    assert list_due(shop) == [at("2026-05-01 00:00")]
    start(shop, BIRTHDAY | {"at": "10:00"})
    assert list_due(shop) == [at("2026-05-01 08:00")]
    tell(shop, "ann", timezone="Middle/Earth")
    assert list_due(shop) == [at("2026-05-01 10:00")]


def test_r022_who_moves_is_let_in_on_the_new_clock_and_once(shop):
    start(shop, entry={"reentry": {"mode": "after_exit"}})
    tell(shop, "ann", birthday="1990-05-01", timezone="Europe/Berlin")
    tell(shop, "ann", timezone="Asia/Tokyo")
    assert list_due(shop) == [at("2026-05-01 00:00")]
    go_to(shop, "2026-05-01 00:00")
    tell(shop, "ann", timezone="America/New_York")
    go_to(shop, "2026-05-02 00:00")
    assert shop.messages == ["a"]


def test_nobody_loses_a_birthday_by_travelling_over_its_hour(shop):
    start(shop)
    tell(shop, "ann", birthday="1990-05-01", timezone="America/New_York")
    shop.now = at("2026-05-01 10:00")
    tell(shop, "ann", timezone="Europe/Berlin")
    assert shop.messages == ["a"]


def test_r037_another_date_ends_what_the_old_one_began_and_lets_in_anew(shop):
    start(shop, nodes={"a": {**SEND, "next": "w"}, "w": WAIT, "b": SEND})
    tell(shop, "ann", birthday="1990-05-01")
    go_to(shop, "2026-05-01 09:00")
    tell(shop, "ann", birthday="1990-05-03")
    assert shop.ask(Enrollment.status, Enrollment.reason) == [(3, "anchor_changed")]
    go_to(shop, "2026-05-03 09:00")
    shop.pass_time(days=3)
    assert shop.ask(Enrollment.entry_key, Enrollment.reason) == [
        ("2026-05-01", "anchor_changed"),
        ("2026-05-03", None),
    ]
    assert sorted(shop.messages) == ["a", "a", "b"]


def test_r037_before_each_action_a_date_taken_away_by_the_journey_itself_ends_it(shop):
    take_away = {"kind": "update_contact", "unset": ["birthday"], "next": "b"}
    start(shop, nodes={"a": {**SEND, "next": "u"}, "u": take_away, "b": SEND})
    tell(shop, "ann", birthday="1990-05-01")
    go_to(shop, "2026-05-01 09:00")
    assert shop.messages == ["a"]
    assert shop.ask(Enrollment.reason) == [("anchor_changed",)]


def test_r037_the_same_date_said_again_ends_nothing(shop):
    start(shop, nodes={"w": WAIT, "b": SEND, "a": {**SEND, "next": "w"}})
    tell(shop, "ann", birthday="1990-05-01")
    go_to(shop, "2026-05-01 09:00")
    tell(shop, "ann", birthday=" 1990-05-01 ", plan="pro")
    shop.pass_time(days=3)
    assert shop.messages == ["a", "b"]


def test_a_journeys_own_change_of_a_date_is_waited_for(shop):
    start(shop, {"kind": "date", "attribute": "check_on", "at": "09:00"})
    change = {"kind": "update_contact", "set": {"check_on": "2026-04-10"}}
    shop.publish(
        key="k",
        trigger={"kind": "event", "event": "Signed Up"},
        start="u",
        nodes={"u": change},
    )
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    assert list_due(shop) == [at("2026-04-10 09:00")]


def test_an_occasion_long_missed_is_not_made_up_for_and_the_next_one_comes(shop):
    start(shop)
    tell(shop, "ann", birthday="1990-05-01")
    go_to(shop, "2026-05-05 09:00")
    assert shop.messages == []
    assert list_due(shop) == [at("2027-05-01 09:00")]


def test_two_who_turn_out_to_be_one_have_the_date_that_stays(shop):
    start(shop)
    tell(shop, "ann", plan="pro")
    shop.say("identify", anonymousId="v", traits={"birthday": "1990-05-01"})
    shop.say("identify", userId="ann", anonymousId="v")
    shop.work()
    assert list_due(shop) == [at("2026-05-01 09:00")]
    go_to(shop, "2026-05-01 09:00")
    assert shop.messages == ["a"]
    assert shop.ask(JourneyEntry.entry_key, JourneyEntry.entries) == [("2026-05-01", 1)]
