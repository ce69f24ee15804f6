"""P13: a provider's limits are kept, and its outages sat out; all in virtual time.

A small backlog and a short outage with every change; the promise's own figures with SOJOURN_FULL=1.
"""

import os
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from channels.base import Receipt, Verdict
from engine.messages.carriers.breaker import FEWEST, RAMP, REST
from engine.messages.handover.delivery import GROUP
from engine.messages.states import MessageState
from engine.models.message import Message
from server.delivering import deliver
from tests.server.test_accounts import intend, open_with, read_states

__all__ = ["open_with"]

IS_FULL = bool(os.environ.get("SOJOURN_FULL"))
RATE = 50 if IS_FULL else 20
BACKLOG = 10_000 if IS_FULL else 1_000
AWAY = timedelta(minutes=20 if IS_FULL else 4)
SILENT = timedelta(minutes=5 if IS_FULL else 1)
TAKEN = Receipt(Verdict.ACCEPTED, provider_id="x")
REFUSES = Receipt(Verdict.TEMPORARY, code="503", text="Service Unavailable", is_outage=True)
NO_ANSWER = Receipt(Verdict.UNCERTAIN, text="the server did not answer in time")
TIMEOUT = timedelta(seconds=10)
SECOND = timedelta(seconds=1)


@dataclass
class Provider:
    """Takes for a while, then answers 503, then not at all, and then takes again."""

    wall: object
    away_from: object
    name: str = "a"
    keeps_content: bool = False

    def __post_init__(self):
        self.silent_from = self.away_from + AWAY
        self.back_at = self.silent_from + SILENT
        self.asked, self.taken = [], Counter()

    def send(self, items, on_result, *, now, begin_within=None):
        for place, item in enumerate(items):
            at = self.wall.now()
            self.asked.append(at)
            if self.away_from <= at < self.silent_from:
                on_result(place, REFUSES)
            elif self.silent_from <= at < self.back_at:
                self.wall.advance(TIMEOUT)
                on_result(place, NO_ANSWER)
            else:
                self.taken[item.id] += 1
                on_result(place, TAKEN)

    def close(self):
        pass


def count_busiest(instants):
    """Most of these instants, in order, within any second."""
    most, start = 0, 0
    for end, at in enumerate(instants):
        while at - instants[start] >= SECOND:
            start += 1
        most = max(most, end - start + 1)
    return most


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "database", ["sqlite", "postgresql"] if IS_FULL else ["sqlite"], indirect=True
)
def test_r093_p13_a_rate_is_kept_and_an_outage_is_sat_out(open_with, measured):
    house, _ = open_with(f"smtp://a.example?account=a&rate={RATE}")
    wall = house.wall
    provider = Provider(wall, wall.now() + timedelta(seconds=4))
    house.outgoing._opened["email", "a"] = provider
    intend(house, BACKLOG)
    started = wall.now()
    while read_states(house)[MessageState.SENT] < BACKLOG:
        if not deliver(house, "email"):
            wall.advance(SECOND)
        assert wall.now() - started < timedelta(hours=3), read_states(house)

    busiest = count_busiest(provider.asked)
    assert busiest <= RATE * 1.05
    during = [at for at in provider.asked if provider.away_from <= at < provider.back_at]
    opened = next(n for n, (one, two) in enumerate(pairwise(during), start=1) if two - one >= REST)
    assert FEWEST <= opened <= FEWEST + GROUP  # so many were spent on finding out
    assert all(two - one >= REST for one, two in pairwise(during[opened - 1 :]))
    after = [at for at in provider.asked if at >= provider.back_at]
    first = after[0] - provider.back_at
    assert first <= timedelta(seconds=60)
    full = [at for at in after if at >= after[0] + RAMP]
    drained = len(full) / (full[-1] - full[0]).total_seconds()
    assert drained >= 0.9 * RATE
    assert len(provider.taken) == BACKLOG  # none lost
    assert set(provider.taken.values()) == {1}
    with house.database.reading() as session:
        most = max(session.scalars(select(Message.attempts)))
    for name, value in {
        "busiest second": busiest,
        "calls while away": len(during),
        "first after recovery": first.total_seconds(),
        "drained per second": round(drained, 1),
        "most attempts": most,
    }.items():
        measured(name, value)
