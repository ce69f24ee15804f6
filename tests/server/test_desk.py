"""The desk: works a lane to its end, shares threads out, and outlives every failure."""

import threading
from itertools import pairwise

import pytest

from engine.models.operation import LaneMinute
from engine.tasks import Lane
from server import desk
from server.desk import Desk
from tests.server.waiting import wait_until

NOTHING = dict.fromkeys(Lane, lambda _: 0)


def work_through(things):
    """Return work that takes two things at a time from the list."""

    def work(_house):
        taken = [things.pop() for _ in range(min(2, len(things)))]
        return len(taken)

    return work


def read_minutes(house, lane):
    with house.database.reading() as session:
        rows = session.query(LaneMinute).filter_by(lane=lane.value).all()
    return sum(row.done for row in rows), sum(row.failed for row in rows)


def test_a_look_works_until_nothing_is_left_and_counts_it(house):
    things = list(range(7))
    Desk(house, NOTHING | {Lane.EMAIL: work_through(things)}).look(Lane.EMAIL)
    assert things == []
    assert read_minutes(house, Lane.EMAIL) == (7, 0)
    assert house.bell.rung == []


def test_a_look_that_takes_long_ends_and_rings_for_the_rest(one_house, monkeypatch):
    monkeypatch.setattr(desk, "LOOK_SECONDS", 0)
    things = list(range(6))
    Desk(one_house, NOTHING | {Lane.EMAIL: work_through(things)}).look(Lane.EMAIL)
    assert len(things) == 4
    assert one_house.bell.rung == [Lane.EMAIL]


def test_nothing_to_do_leaves_no_trace(one_house):
    Desk(one_house, NOTHING).look(Lane.SMS)
    assert read_minutes(one_house, Lane.SMS) == (0, 0)
    assert one_house.bell.rung == []


def test_a_failing_chunk_is_counted_and_its_lane_rests(one_house, monkeypatch):
    moment = [100.0]
    monkeypatch.setattr(desk.time, "monotonic", lambda: moment[0])
    calls = []

    def fail(_house):
        calls.append(moment[0])
        message = "ann@example.com broke it"
        raise ValueError(message)

    worker = Desk(one_house, NOTHING | {Lane.EMAIL: fail})
    for _ in range(400):
        worker.look(Lane.EMAIL)
        moment[0] += 0.25
    gaps = [later - former for former, later in pairwise(calls)]
    assert gaps == [1, 2, 4, 8, 16, 30, 30]
    assert read_minutes(one_house, Lane.EMAIL) == (0, len(calls))


def test_what_is_logged_of_a_failure_names_the_place_and_no_data(one_house, monkeypatch):
    logged = []

    class Logger:
        def error(self, event, **words):
            logged.append((event, words))

    monkeypatch.setattr(desk, "get_logger", Logger)

    def fail(_house):
        message = "ann@example.com broke it"
        raise ValueError(message)

    Desk(one_house, NOTHING | {Lane.EMAIL: fail}).look(Lane.EMAIL)
    ((event, words),) = logged
    assert event == "chunk_failed"
    assert words["error"] == "ValueError"
    assert "fail" in words["where"]
    assert "ann@example.com" not in str(words)


def test_one_lane_that_fails_leaves_the_others_at_work(one_house):
    def fail(_house):
        raise RuntimeError

    things = [1, 2, 3]
    worker = Desk(one_house, NOTHING | {Lane.EMAIL: fail, Lane.SMS: work_through(things)})
    worker.look(Lane.EMAIL)
    worker.look(Lane.SMS)
    assert things == []


def test_a_lane_recovers_and_its_next_failure_rests_shortly_again(one_house, monkeypatch):
    moment = [100.0]
    monkeypatch.setattr(desk.time, "monotonic", lambda: moment[0])
    outcomes = iter([RuntimeError, RuntimeError, 0, RuntimeError])

    def work(_house):
        outcome = next(outcomes)
        if outcome is RuntimeError:
            raise RuntimeError
        return outcome

    worker = Desk(one_house, NOTHING | {Lane.EMAIL: work})
    rests = []
    for _ in range(4):
        worker.look(Lane.EMAIL)
        rests.append(max(0, worker._turns[Lane.EMAIL].rests_until - moment[0]))
        moment[0] += 60
    assert rests == [1, 2, 0, 1]


def test_a_closing_process_takes_no_more_work(one_house):
    things = [1, 2, 3, 4]
    work = work_through(things)

    def close_meanwhile(house):
        house.closing.set()
        return work(house)

    worker = Desk(one_house, NOTHING | {Lane.EMAIL: close_meanwhile})
    worker.look(Lane.EMAIL)
    assert len(things) == 2
    worker.look(Lane.EMAIL)
    assert len(things) == 2


@pytest.mark.parametrize(("lane", "most"), [(Lane.INGEST, 1), (Lane.EMAIL, 2), (Lane.SEGMENTS, 1)])
def test_a_lane_takes_only_its_part_of_the_threads(one_house, lane, most):
    gate, running, peak = threading.Event(), [], []
    lock = threading.Lock()

    def work(_house):
        with lock:
            running.append(1)
            peak.append(len(running))
        gate.wait(5)
        with lock:
            running.pop()
        return 0

    worker = Desk(one_house, NOTHING | {lane: work})
    threads = [threading.Thread(target=worker.look, args=(lane,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert wait_until(lambda: sum(thread.is_alive() for thread in threads) == most)
    assert max(peak) == most
    gate.set()
    for thread in threads:
        thread.join()


def test_a_bell_during_the_last_glance_is_not_lost(one_house):
    """Somebody rings while the lane's only place is taken and its chunk has already looked."""
    things, glances = [], []
    worker = None

    def work(_house):
        glances.append(len(things))
        if len(glances) == 1:
            things.append("late")
            worker.look(Lane.INGEST)  # as another thread would: no place is free
            return 0
        return len([things.pop() for _ in list(things)])

    worker = Desk(one_house, NOTHING | {Lane.INGEST: work})
    worker.look(Lane.INGEST)
    assert things == []


def test_an_interruption_from_outside_gives_the_place_back(one_house):
    class Interrupted(BaseException):
        pass

    def work(_house):
        raise Interrupted

    worker = Desk(one_house, NOTHING | {Lane.INGEST: work})
    with pytest.raises(Interrupted):
        worker.look(Lane.INGEST)
    assert worker._turns[Lane.INGEST].running == 0


def test_figures_that_cannot_be_written_do_not_stop_the_work(one_house):
    things = [1, 2, 3]
    work = work_through(things)

    one_house.database.transaction = None  # anything that counts now fails
    Desk(one_house, NOTHING | {Lane.EMAIL: work}).look(Lane.EMAIL)
    assert things == []
