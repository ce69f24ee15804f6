"""Dramatiq's actors: one for each lane, whose only argument is that it was rung for."""

from collections.abc import Callable
from typing import Any

import dramatiq

from engine.tasks import Lane
from server.broker import LONGEST_LOOK_MS


def declare_actors(
    broker: dramatiq.Broker, look: Callable[[Lane], None]
) -> list[dramatiq.Actor[Any, Any]]:
    """Declare the actor of every lane at this broker, and return them.

    An actor keeps nothing from one bell to the next and takes no ids: a bell that comes twice,
    late or from a restored backup finds nothing to do, and does nothing.

    Args:
        broker: whose bells are answered.
        look: works a lane; it catches its own failures.
    """
    return [_declare(broker, look, lane) for lane in Lane]


def _declare(
    broker: dramatiq.Broker, look: Callable[[Lane], None], lane: Lane
) -> dramatiq.Actor[Any, Any]:
    def answer_bell() -> None:
        look(lane)

    return dramatiq.Actor(
        answer_bell,
        broker=broker,
        actor_name=lane.value,
        queue_name=lane.value,
        priority=0,
        options={"time_limit": LONGEST_LOOK_MS},
    )
