"""At most so many go through a throttle in any period: in order, whatever stops and starts meanwhile."""

import threading
from datetime import timedelta

import pytest

from engine.journeys.deciding.retiming import ResumePolicy
from engine.journeys.publishing.pausing import pause, resume
from engine.journeys.publishing.publish import publish
from engine.journeys.publishing.stopping import stop
from engine.journeys.running.runner import advance_due
from engine.models.contact import Contact, Identity
from engine.models.journey import Enrollment, Pass, ThrottleSlot
from tests.shop import NOON

SIGNED_UP = {"kind": "event", "event": "Signed Up"}
AGAIN = {"reentry": {"mode": "after_exit"}}
MINUTE = timedelta(minutes=1)


def open_throttle(shop, *, at_most=10, **throttle):
    shop.publish(
        trigger=SIGNED_UP,
        entry=AGAIN,
        start="gate",
        nodes={
            "gate": {"kind": "throttle", "at_most": at_most, **throttle, "next": "through"},
            "through": {"kind": "tag", "add": ["through"]},
        },
    )


def arrive(shop, count, *, first=0):
    for number in range(first, first + count):
        shop.say(event="Signed Up", userId=f"c{number:03}")
    shop.work()


def list_through(shop):
    """When each went through, in that order, and who."""
    ended = shop.ask(Enrollment.ended_at, Enrollment.contact_id, status=2)
    return sorted(ended)


def assert_never_more(instants, at_most, per=MINUTE):
    for instant in instants:
        within = [one for one in instants if instant <= one < instant + per]
        assert len(within) <= at_most, (instant, len(within))


def run(shop, *, seconds, step=2):
    for _ in range(0, seconds, step):
        shop.pass_time(seconds=step)


def test_a_hundred_at_once_go_through_ten_a_minute_in_the_order_they_came(shop):
    open_throttle(shop)
    arrive(shop, 100)
    run(shop, seconds=12 * 60)
    through = list_through(shop)
    assert len(through) == 100
    instants = [at for at, _ in through]
    assert_never_more(instants, 10)
    assert instants[-1] - instants[0] <= 11 * MINUTE
    names = dict(shop.ask(Identity.contact_id, Identity.value))
    assert [names[contact] for _, contact in through] == [f"c{n:03}" for n in range(100)]
    # One pass to come, one to be told the turn, one to go: nobody is woken in vain.
    assert len(shop.ask(Pass.seq)) <= 3 * 100


def test_an_idle_throttle_holds_up_nobody(shop):
    open_throttle(shop)
    arrive(shop, 1)
    assert len(list_through(shop)) == 1
    shop.pass_time(minutes=10)
    arrive(shop, 1, first=1)
    assert [at - NOON for at, _ in list_through(shop)] == [timedelta(), 10 * MINUTE]


def test_a_pause_lets_no_crowd_through_afterwards(shop):
    open_throttle(shop)
    arrive(shop, 60)
    run(shop, seconds=60)
    with shop.database.transaction() as session:
        pause(session, "j", now=shop.now)
    run(shop, seconds=180, step=30)
    with shop.database.transaction() as session:
        resume(session, "j", waits=ResumePolicy.KEEP, now=shop.now, default_zone="UTC")
    run(shop, seconds=8 * 60)
    instants = [at for at, _ in list_through(shop)]
    assert len(instants) == 60
    assert_never_more(instants, 10)
    assert not [at for at in instants if NOON + MINUTE < at < NOON + 4 * MINUTE]


def test_a_worker_that_was_away_lets_no_crowd_through(shop):
    open_throttle(shop)
    arrive(shop, 40)
    shop.pass_time(minutes=30)
    run(shop, seconds=6 * 60)
    instants = [at for at, _ in list_through(shop)]
    assert len(instants) == 40
    assert_never_more(instants, 10)


def test_a_crash_takes_no_turn(shop):
    open_throttle(shop, at_most=1)
    arrive(shop, 1)
    arrive(shop, 2, first=1)
    before = shop.ask(ThrottleSlot.next_at, ThrottleSlot.given, ThrottleSlot.called)
    shop.now += timedelta(seconds=67)
    with pytest.raises(ZeroDivisionError), shop.database.transaction() as session:
        assert advance_due(session, now=shop.now, limit=100, default_zone="UTC") == 1
        raise ZeroDivisionError
    assert shop.ask(ThrottleSlot.next_at, ThrottleSlot.given, ThrottleSlot.called) == before
    shop.work()
    assert len(list_through(shop)) == 2


def test_versions_of_a_journey_share_one_line(shop):
    open_throttle(shop, at_most=2)
    arrive(shop, 2)
    open_throttle(shop, at_most=2, note="changed")
    shop.publish(
        trigger=SIGNED_UP,
        entry=AGAIN,
        start="gate",
        nodes={
            "first": {"kind": "tag", "add": ["moved"]},
            "gate": {"kind": "throttle", "at_most": 2, "next": "first"},
        },
    )
    arrive(shop, 8, first=2)
    run(shop, seconds=6 * 60)
    instants = [at for at, _ in list_through(shop)]
    assert len(instants) == 10
    assert_never_more(instants, 2)


def test_those_who_left_are_not_waited_for(shop):
    open_throttle(shop, at_most=1, per="PT1H")
    arrive(shop, 10)
    assert len(list_through(shop)) == 1
    with shop.database.transaction() as session:
        assert stop(session, "j", ends_all=True, now=shop.now) == 9
        publish(session, "j", by="test", now=shop.now)
    arrive(shop, 1, first=10)
    assert len(list_through(shop)) == 1
    shop.pass_time(minutes=67)
    assert [at - NOON for at, _ in list_through(shop)][1:] == [timedelta(minutes=67)]


def test_who_comes_round_again_queues_again(shop):
    shop.publish(
        trigger=SIGNED_UP,
        start="gate",
        nodes={
            "gate": {"kind": "throttle", "at_most": 1, "next": "rest"},
            "rest": {"kind": "wait", "for": "PT60S", "next": "back"},
            "back": {"kind": "go_to", "next": "gate", "at_most": 2, "otherwise": {}},
        },
    )
    arrive(shop, 2)
    run(shop, seconds=12 * 60, step=10)
    assert shop.ask(Enrollment.status) == [(2,), (2,)]
    assert shop.ask(ThrottleSlot.given, ThrottleSlot.called) == [(6, 6)]


def test_two_throttles_in_a_row_each_count_for_themselves(shop):
    shop.publish(
        trigger=SIGNED_UP,
        start="fast",
        nodes={
            "fast": {"kind": "throttle", "at_most": 1000, "next": "slow"},
            "slow": {"kind": "throttle", "at_most": 1, "next": "end"},
            "end": {"kind": "tag", "add": ["x"]},
        },
    )
    arrive(shop, 3)
    run(shop, seconds=140)
    assert_never_more([at for at, _ in list_through(shop)], 1)
    assert len(list_through(shop)) == 3


def test_workers_at_once_let_through_what_one_would(postgres_database):
    from tests.shop import Shop

    shop = Shop(postgres_database)
    per = timedelta(minutes=10)
    open_throttle(shop, at_most=20, per="PT10M")
    for number in range(60):
        shop.say(event="Signed Up", userId=f"c{number:03}")
    arrive(shop, 0)
    raised = []

    def work(now):
        try:
            while True:
                with shop.database.transaction() as session:
                    if not advance_due(session, now=now, limit=7, default_zone="UTC"):
                        return
        except Exception as error:  # noqa: BLE001 - shown below
            raised.append(error)

    for _ in range(100):
        shop.now += timedelta(seconds=20)
        threads = [threading.Thread(target=work, args=(shop.now,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert raised == []
    instants = [at for at, _ in list_through(shop)]
    assert len(instants) == 60
    assert_never_more(instants, 20, per)
    assert len(shop.ask(Contact.id)) == 60
