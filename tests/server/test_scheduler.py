"""The ticks: lost bells cured, house kept, and nothing done twice by two schedulers."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from engine.accounts import sessions, throttle
from engine.invariants.checking import count_broken
from engine.models.account import InstanceFact, LoginTry, UserSession
from engine.models.event import EventSeen
from engine.models.journey import Journey, JourneyEntry, Notice
from engine.models.operation import LaneMinute, Process
from engine.tasks import Lane
from server import queues, scheduler
from server.app import create_app
from server.commands.doctor import examine
from server.presence import Presence
from server.scheduler import TICKS, Scheduler, Tick
from tests.server.conftest import START, RecordingBell, add_user
from tests.server.waiting import wait_until


def test_a_sweep_rings_for_every_lane(one_house):
    scheduler.sweep_lanes(one_house)
    assert sorted(one_house.bell.rung) == sorted(Lane)


def test_lost_bells_and_due_schedules_are_looked_for_every_few_seconds():
    by_name = {tick.name: tick.every for tick in TICKS}
    assert by_name["sweep_lanes"] <= timedelta(seconds=10)
    assert by_name["note_schedules"] <= timedelta(seconds=60)


def test_experiments_are_decided_and_questions_escalated_without_harm_twice(house):
    for _ in range(2):
        scheduler.decide_experiments(house)
        scheduler.escalate_questions(house)
    names = {tick.name for tick in TICKS}
    assert {"decide_experiments", "escalate_questions"} <= names


def test_what_is_over_is_forgotten_and_the_rest_stays(house, wall):
    user_id = add_user(house, "owner")
    with house.database.transaction() as session:
        sessions.start(session, user_id, now=START - timedelta(days=8))
        sessions.start(session, user_id, now=START)
        for days in (2, 0):
            subject = throttle.of_account(f"{days}@example.com")
            throttle.claim_try(session, [subject], now=START - timedelta(days=days))
            past = START - timedelta(days=days)
            queues.count_minute(session, Lane.EMAIL, done=1, failed=0, wall=past)
        for days in (8, 6):
            session.add(EventSeen(digest=bytes([days]) * 16, seen_at=START - timedelta(days=days)))
    for _ in range(2):
        scheduler.prune(house)
    with house.database.reading() as session:
        for row in (UserSession, LoginTry, LaneMinute, EventSeen):
            assert session.query(row).count() == 1


def test_the_coming_months_have_their_partitions(house):
    for _ in range(2):
        scheduler.make_partitions(house)
    if house.database.is_postgresql:
        with house.database.reading() as session:
            names = set(
                session.scalars(
                    text(
                        "SELECT relname FROM pg_class WHERE relname LIKE 'event_2026_%' AND relkind = 'r'"
                    )
                )
            )
        assert {"event_2026_03", "event_2026_04", "event_2026_05"} <= names


def test_schedules_are_looked_at_without_any(house):
    for _ in range(2):
        scheduler.note_schedules(house)


@pytest.fixture
def run_ticks(one_house):
    running = []

    def run(ticks, presence=None):
        running.append(Scheduler(one_house, ticks=ticks, presence=presence))
        running[-1].start()
        return running[-1]

    yield run
    for each in running:
        if each._scheduler.running:
            each.stop()


def test_every_tick_is_run_at_once_and_again(run_ticks, one_house):
    seen = []
    tick = Tick("look", timedelta(seconds=1), seen.append)
    run_ticks([tick])
    assert wait_until(lambda: len(seen) >= 2)
    assert set(map(id, seen)) == {id(one_house)}


def test_a_tick_that_fails_is_tried_again_and_stops_no_other(run_ticks):
    seen, failed = [], []

    def fail(_house):
        failed.append(1)
        raise ValueError

    run_ticks(
        [
            Tick("bad", timedelta(seconds=1), fail),
            Tick("good", timedelta(seconds=1), lambda _: seen.append(1)),
        ]
    )
    assert wait_until(lambda: len(seen) >= 2 and len(failed) >= 2)


def test_a_closing_process_ticks_no_more(run_ticks, one_house):
    one_house.closing.set()
    seen = []
    run_ticks([Tick("look", timedelta(seconds=1), lambda _: seen.append(1))]).stop()
    assert seen == []


def test_a_scheduler_is_seen_while_it_lives(run_ticks, one_house):
    def roles():
        with one_house.database.reading() as session:
            return [each.role for each in session.query(Process).all()]

    one = run_ticks(TICKS, Presence(one_house, "scheduler"))
    assert wait_until(lambda: roles() == ["scheduler"])
    one.stop()
    assert roles() == []


def test_two_schedulers_at_once_are_one_too_many_and_harmless(run_ticks, one_house):
    assert isinstance(one_house.bell, RecordingBell)
    run_ticks(TICKS)
    run_ticks(TICKS)
    assert wait_until(lambda: one_house.bell.rung.count(Lane.EMAIL) >= 2)


def test_books_that_do_not_balance_are_told_and_shown(house):
    with house.database.transaction() as session:
        session.add(InstanceFact(name="invariants", value={"broken": {"entries": 3}}))
        session.add(
            JourneyEntry(
                journey_id=add_journey(session),
                subject_kind="contact",
                subject_id=1,
                entry_key="",
                entered_at=START,
            )
        )
    scheduler.check_books(house)
    scheduler.check_books(house)
    with house.database.reading() as session:
        assert count_broken(session)["entries"] == 1
        assert len(session.query(Notice).all()) == 1
    findings = [one for one in examine(house) if one.words.startswith("books")]
    assert [one.is_well for one in findings] == [False]
    assert "entries does not hold" in findings[0].words
    figures = create_app(house).test_client().get("/metrics").text
    assert 'sojourn_invariant_violations{name="entries"} 1.0' in figures
    assert 'sojourn_invariant_violations{name="one_active"} 0.0' in figures


def add_journey(session):
    journey = Journey(
        key="j", name="J", state="draft", draft={}, created_at=START, updated_at=START
    )
    session.add(journey)
    session.flush()
    return journey.id
