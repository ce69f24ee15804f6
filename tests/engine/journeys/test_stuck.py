"""Enrollments that should move and do not (rules 132 and 133)."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.invariants.checking import find_broken
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.publishing.pausing import pause
from engine.journeys.reporting.stuck import (
    Ailment,
    Lag,
    count_stuck,
    list_stuck,
    measure_lag,
    mend,
    set_aside,
)
from engine.journeys.running.runner import advance_due
from engine.models.journey import Enrollment
from tests.shop import SEND, Shop

NODES = {"rest": {"kind": "wait", "for": "P1D", "next": "hello"}, "hello": SEND}


@pytest.fixture
def shop(database):
    shop = Shop(database)
    shop.publish(trigger={"kind": "event", "event": "Signed Up"}, start="rest", nodes=NODES)
    for who in ("ann", "bob", "eve"):
        shop.say(event="Signed Up", userId=who)
    shop.work()
    return shop


def change(shop, number, **values):
    with shop.database.transaction() as session:
        ids = [one for (one,) in shop.ask(Enrollment.id)]
        session.execute(
            update(Enrollment).where(Enrollment.id == sorted(ids)[number]).values(values)
        )


def find(shop):
    with shop.database.reading() as session:
        return [one.ailment for one in list_stuck(session, now=shop.now)]


def find_unbalanced(shop):
    with shop.database.reading() as session:
        return [one.name for one in find_broken(session) if "books" in one.name]


def test_in_good_order_nobody_is_stuck(shop):
    assert find(shop) == []
    with shop.database.reading() as session:
        assert measure_lag(session, now=shop.now) == Lag(0, 0.0, 0.0, 0.0)


def test_r132_the_lag_tells_half_most_and_the_latest(shop):
    for number, minutes in enumerate((1, 2, 30)):
        change(shop, number, wake_at=shop.now - timedelta(minutes=minutes))
    with shop.database.reading() as session:
        lag = measure_lag(session, now=shop.now)
    assert (lag.due, lag.half, lag.most, lag.longest) == (3, 120, 1800, 1800)


def test_r132_stuck_is_what_has_been_due_for_more_than_ten_minutes(shop):
    change(shop, 0, wake_at=shop.now - timedelta(minutes=10))
    change(shop, 1, wake_at=shop.now - timedelta(minutes=9, seconds=59))
    with shop.database.reading() as session:
        assert count_stuck(session, now=shop.now) == {
            Ailment.NO_NODE: 0,
            Ailment.NO_WAKE: 0,
            Ailment.OVERDUE: 1,
        }


def test_r132_those_of_a_paused_journey_are_not_stuck(shop):
    change(shop, 0, wake_at=shop.now - timedelta(hours=1))
    with shop.database.transaction() as session:
        pause(session, "j", now=shop.now)
    assert find(shop) == []
    with shop.database.reading() as session:
        assert measure_lag(session, now=shop.now).due == 0


def test_r133_mending_wakes_sets_aside_and_changes_nothing_the_second_time(shop):
    change(shop, 0, wake_at=None)
    change(shop, 1, node=99)
    assert sorted(find(shop)) == [Ailment.NO_NODE, Ailment.NO_WAKE]
    with shop.database.transaction() as session:
        found = list_stuck(session, now=shop.now)
        assert mend(session, found, now=shop.now) == 2
        assert mend(session, found, now=shop.now) == 0
    assert find(shop) == []
    assert "journey_books" not in find_unbalanced(shop)
    shop.pass_time(days=1)
    assert sorted(shop.ask(Enrollment.status)) == [
        (EnrollmentStatus.COMPLETED,),
        (EnrollmentStatus.COMPLETED,),
        (EnrollmentStatus.FAILED,),
    ]


def test_r133_one_enrollment_is_tried_alone(shop):
    shop.now += timedelta(days=2)
    with shop.database.transaction() as session:
        one, *others = list_stuck(session, now=shop.now)
        options = {"now": shop.now, "limit": 10, "default_zone": "UTC"}
        assert advance_due(session, **options, only=one.enrollment_id) == 1
    assert len(others) == 2
    assert len(find(shop)) == 2


def test_r133_what_breaks_whoever_tries_is_set_aside(shop):
    shop.now += timedelta(days=2)
    with shop.database.transaction() as session:
        one = list_stuck(session, now=shop.now)[0]
        for _ in range(2):
            set_aside(session, one, "broken: KeyError", now=shop.now)
    assert len(find(shop)) == 2
    assert find_unbalanced(shop) == []
    assert (EnrollmentStatus.FAILED, "broken: KeyError") in shop.ask(
        Enrollment.status, Enrollment.reason
    )
