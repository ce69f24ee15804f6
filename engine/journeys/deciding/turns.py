"""Whose turn it is at a throttle. Pure.

Each who comes takes a ticket, as at a counter. The line keeps how many tickets were given, the last
one that was called, and when the next may go. Turns are a gap apart, and a turn that could not be
taken in time, because the journey was paused or no worker ran, moves all turns after it: what was
missed is not made up for, so that no pause and no crash lets a crowd through.

A worker comes a little late to each turn. So a turn may be taken up to a slack late without moving
the others, and the gap is as much wider: in any period there are at most `at_most` turns, and at
most as many are taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from engine.actions.throttle import ThrottleNode
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.deciding.walk import Traveller

SLACK: Final = 10
"""A turn may be taken late by this part of the period: six seconds of a minute."""
_TICK: Final = timedelta(microseconds=1)

LineKey = tuple[int, str]
"""(journey id, key of the node)."""


@dataclass(slots=True)
class Line:
    """Those who stand at one throttle.

    Attributes:
        next_at: when the next may go.
        given: the last ticket that was given; the first is 1.
        called: the highest ticket whose holder has gone.
    """

    next_at: datetime
    given: int = 0
    called: int = 0


def find_line(traveller: Traveller) -> LineKey | None:
    """Return the line in which an enrollment stands; None if it stands at no throttle."""
    node = traveller.plan.get_node(traveller.node)
    if traveller.status is not EnrollmentStatus.WAITING or not isinstance(node, ThrottleNode):
        return None
    return traveller.plan.journey_id, traveller.plan.keys[traveller.node]


def call_up(line: Line, travellers: Iterable[Traveller], *, now: datetime) -> None:
    """Tell those who stand in a line when their turn is; whose turn has come keeps no ticket.

    `line` and the travellers are changed.
    """
    put_off = 0
    for traveller in sorted(travellers, key=_rank):
        if traveller.ticket is None:
            line.given += 1
            traveller.ticket = line.given
        slack, gap = _derive_pace(traveller)
        before = traveller.ticket - line.called - 1
        # Whoever was passed over, because another worker held it, goes as soon as there is room.
        was_passed_over = before < 0
        turn_at = line.next_at + gap * (put_off if was_passed_over else before)
        if turn_at > now:
            traveller.turn_at = turn_at
            put_off += was_passed_over
            continue
        line.next_at = max(line.next_at, now - slack) + gap
        line.called = max(line.called, traveller.ticket)
        traveller.turn_at, traveller.ticket = now, None


def forget_absent(line: Line, travellers: Iterable[Traveller]) -> None:
    """Forget the tickets of those who left; nobody stands in the line but these travellers."""
    held = [traveller.ticket for traveller in travellers if traveller.ticket is not None]
    line.called = max(line.called, min(held, default=line.given + 1) - 1)


def _rank(traveller: Traveller) -> tuple[bool, int, datetime, int]:
    """Sort by ticket, then by arrival."""
    ticket = traveller.ticket
    return ticket is None, ticket or 0, traveller.arrived_at, traveller.enrollment_id


def _derive_pace(traveller: Traveller) -> tuple[timedelta, timedelta]:
    """Return how late a turn may be taken, and how far turns are apart."""
    node = traveller.plan.get_node(traveller.node)
    if not isinstance(node, ThrottleNode):
        raise TypeError(node)
    slack = node.per / SLACK
    return slack, (node.per + slack) / node.at_most + _TICK
