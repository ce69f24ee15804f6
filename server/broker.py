"""The doorbell: Dramatiq over Redis between processes, or within one of them.

A message says "there is work in this lane, look", and nothing else. It may be lost, doubled or
late: workers also look by themselves, and the scheduler rings for every lane every few seconds.
"""

import threading
from collections.abc import Iterable
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import dramatiq
import redis
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.encoder import JSONEncoder
from dramatiq.middleware import Middleware, TimeLimit
from redis.backoff import NoBackoff
from redis.retry import Retry
from typing_extensions import override

from engine.config import Settings
from engine.errors import Invalid
from engine.tasks import Lane
from server.logs import describe_failure, get_logger

REDIS_SECONDS: Final = 0.25
"""How long Redis may take to answer, before it counts as away."""
COALESCED_SECONDS: Final = 0.02
"""Rings for one lane within this time are one message."""
AWAY_SECONDS: Final = 1.0
"""How long the bell rests after Redis did not answer."""
NAMESPACE: Final = "sojourn"
FULL: Final = 32
"""Messages in one lane's queue after which more say nothing new."""
LONGEST_LOOK_MS: Final = 300_000
"""After this long an actor is interrupted; a look ends by itself long before."""


class Bell(Protocol):
    """Asks workers to look at lanes."""

    def ring(self, lanes: Iterable[Lane]) -> None:
        """Ask for a look at these lanes. Neither waits nor raises."""
        ...

    def close(self) -> None:
        """Send what is still to be sent, and let go of the broker."""
        ...


class SilentBell:
    """For commands beside a running embedded instance, whose workers look by themselves."""

    def ring(self, lanes: Iterable[Lane]) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class BellBroker(RedisBroker):
    """Redis's broker without queues of delayed messages: nobody would ever look into them."""

    @override
    def declare_queue(self, queue_name: str) -> None:
        """Declare a lane's queue, and nothing beside it."""
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues.add(queue_name)
            self.emit_after("declare_queue", queue_name)


class BrokerBell:
    """Sends Dramatiq messages from a thread of its own, so that who rings never waits for Redis.

    Args:
        broker: over which the messages go.
    """

    def __init__(self, broker: dramatiq.Broker) -> None:
        self.broker = broker
        for lane in Lane:
            broker.declare_queue(lane.value)
        self._asked: set[Lane] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closing = False
        self._is_away = False

    def ring(self, lanes: Iterable[Lane]) -> None:
        """Ask for a look at these lanes. Neither waits nor raises."""
        with self._changed:
            self._asked.update(lanes)
            if self._thread is None:  # not sooner: a thread would not survive a fork
                self._thread = threading.Thread(target=self._send_on, name="bell", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Send what is still to be sent, and let go of the broker."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
            thread = self._thread
        if thread is not None:
            thread.join(timeout=2)
        if isinstance(self.broker, RedisBroker):
            self.broker.client.close()

    def _send_on(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._asked or self._is_closing)
                lanes, self._asked = sorted(self._asked), set()
                if not lanes:
                    return
            is_sent = self._send(lanes)
            with self._changed:
                rest = COALESCED_SECONDS if is_sent else AWAY_SECONDS
                self._changed.wait_for(lambda: self._is_closing, timeout=rest)

    def _send(self, lanes: list[Lane]) -> bool:
        try:
            for lane in lanes:
                if self._count_waiting(lane) < FULL:
                    self.broker.enqueue(build_message(lane))
        except (redis.RedisError, dramatiq.DramatiqError, OSError) as error:
            if not self._is_away:
                get_logger().warning("bell_lost", **describe_failure(error))
            self._is_away = True
            return False
        if self._is_away:
            get_logger().info("bell_recovered")
        self._is_away = False
        return True

    def _count_waiting(self, lane: Lane) -> int:
        if isinstance(self.broker, RedisBroker):
            return int(self.broker.do_qsize(lane.value))
        if isinstance(self.broker, StubBroker):
            return int(self.broker.queues[lane.value].qsize())
        return 0


def build_bell(settings: Settings) -> BrokerBell:
    """Return the bell of a process that works or serves, as the settings say."""
    return BrokerBell(build_broker(settings))


def build_broker(settings: Settings) -> dramatiq.Broker:
    """Return Redis's broker where there is one, else one within this process.

    No retries: what is to be tried again stands in the rows. Messages are JSON, never pickles.

    Raises:
        Invalid: the setting is no Redis URL.
    """
    dramatiq.set_encoder(JSONEncoder())
    middleware: list[Middleware] = [TimeLimit(time_limit=LONGEST_LOOK_MS)]
    if not settings.redis_url:
        return StubBroker(middleware=middleware)
    broker: dramatiq.Broker = BellBroker(  # type: ignore[no-untyped-call]
        client=connect_redis(settings.redis_url), namespace=NAMESPACE, middleware=middleware
    )
    return broker


def connect_redis(url: str) -> Any:
    """Return a client that gives up after a quarter of a second, and does not try again.

    Raises:
        Invalid: it is no Redis URL.
    """
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        msg = "SOJOURN_REDIS_URL: begins with redis://, rediss:// or unix://"
        raise Invalid(msg)
    return redis.Redis.from_url(
        url,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def build_message(lane: Lane) -> dramatiq.Message[Any]:
    """Return the message that asks for a look at a lane."""
    return dramatiq.Message(
        queue_name=lane.value, actor_name=lane.value, args=(), kwargs={}, options={}
    )
