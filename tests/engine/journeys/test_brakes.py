"""A journey that suddenly sends far more than it ever does is paused (rule 109)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.journeys.by_key import get_journey
from engine.journeys.publishing.brakes import FEW, pause_runaways, prune
from engine.models.journey import JourneyMinute, Notice
from tests.shop import NOON, SEND

MINUTE = int(NOON.timestamp()) // 60
A_DAY = 24 * 60


@pytest.fixture
def live(shop):
    shop.publish(trigger={"kind": "manual"}, start="hello", nodes={"hello": SEND})
    return shop


def note(shop, ago, n):
    """So many messages were intended in the minute so many minutes ago."""
    with shop.database.transaction() as session:
        journey_id = get_journey(session, "j").id
        session.add(JourneyMinute(journey_id=journey_id, minute=MINUTE - ago, n=n))


def look(shop):
    with shop.database.transaction() as session:
        return pause_runaways(session, now=NOON)


def read_state(shop):
    with shop.database.reading() as session:
        return get_journey(session, "j").state


def test_r109_five_times_the_busiest_minute_of_the_week_pauses_the_journey_and_tells_why(live):
    note(live, 3 * A_DAY, 100)
    note(live, 2 * A_DAY, 80)
    note(live, 0, 501)
    assert look(live) == ["j"]
    assert read_state(live) == "paused"
    [(words,)] = live.ask(Notice.words)
    assert "501" in words
    assert "100" in words
    assert look(live) == []


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        ([(3 * A_DAY, 100)], 500, "five times is not more than five times"),
        ([(3 * A_DAY, 1)], FEW, "few are no flood"),
        ([(6 * A_DAY, 2_000), (A_DAY, 10)], 9_000, "a weekly broadcast is its own norm"),
        ([(60, 10)], 9_000, "who began an hour ago has no norm"),
        ([], 9_000, "nor who begins now"),
    ],
)
def test_r109_what_is_no_flood_goes_on(live, before, now, why):
    for ago, n in before:
        note(live, ago, n)
    note(live, 0, now)
    assert look(live) == [], why
    assert read_state(live) == "live"


def test_what_is_intended_is_counted_by_the_minute(shop):
    shop.publish(trigger={"kind": "event", "event": "Signed Up"}, start="a", nodes={"a": SEND})
    for who in ("ann", "bert"):
        shop.say(userId=who, event="Signed Up")
    shop.work()
    shop.now += timedelta(minutes=1)
    shop.say(userId="carl", event="Signed Up")
    shop.work()
    assert sorted(shop.ask(JourneyMinute.minute, JourneyMinute.n)) == [(MINUTE, 2), (MINUTE + 1, 1)]


def test_minutes_that_no_norm_looks_at_are_forgotten(live):
    note(live, 9 * A_DAY, 5)
    note(live, 6 * A_DAY, 5)
    with live.database.transaction() as session:
        assert prune(session, now=NOON) == 1
        assert len(session.scalars(select(JourneyMinute)).all()) == 1
