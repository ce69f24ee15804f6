"""When a wait ends after all: its node edited, its journey paused, its zone's data renewed. Pure.

The node itself answers. It counts from the arrival, so time served is credited (rule 96); a reading
of the clock that has passed is the next one (rule 33).
"""

import dataclasses
from datetime import datetime
from enum import StrEnum

from engine.actions import wait
from engine.actions.wait import WaitNode
from engine.actions.wait_for import WaitForNode
from engine.decision import Await, Recheck, Signal, Sleep
from engine.errors import EngineError
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.walk import Traveller, ask_again
from engine.parts.paths import NodeBase
from engine.when.pauses import stand_still


class ResumePolicy(StrEnum):
    """What a pause did to the waits it covered (rule 103)."""

    SHIFT = "shift"  # stopwatches stood still; calendar delays lengthen; readings are the next
    KEEP = "keep"  # nothing moved; what fell due meanwhile is overdue
    DROP = "drop"  # who fell due meanwhile leaves
    RESTART_WAIT = "restart_wait"  # as if everybody arrived on resuming


def retime(traveller: Traveller, asker: Asker) -> datetime | None:
    """Return when the wait of an enrollment ends, asked anew; None if it is over."""
    return _ask(traveller, asker, Recheck())


def is_over(traveller: Traveller, asker: Asker) -> bool:
    """Return whether an enrollment that woke has waited long enough, and does not go on waiting."""
    return _ask(traveller, asker, None) is None


def reads_clock(node: NodeBase) -> bool:
    """Return whether other data about a zone may move the end of a wait at this node."""
    return isinstance(node, WaitForNode) or (
        isinstance(node, WaitNode) and wait.may_move(node, ("timezone",))
    )


def arrive_after_pause(
    arrived_at: datetime, policy: ResumePolicy, *, paused_at: datetime, resumed_at: datetime
) -> datetime:
    """Return the arrival from which a wait counts after a pause.

    Dates are not counted from it, so they stay what they were.
    """
    match policy:
        case ResumePolicy.SHIFT:
            return stand_still(arrived_at, paused_at=paused_at, resumed_at=resumed_at)
        case ResumePolicy.RESTART_WAIT:
            return resumed_at
        case _:
            return arrived_at


def _ask(traveller: Traveller, asker: Asker, signal: Signal | None) -> datetime | None:
    try:
        # A copy, since asking is no pass: what the node would change is not kept.
        outcome = ask_again(dataclasses.replace(traveller), asker, signal).outcome
    except (EngineError, ValueError):
        return None  # its next pass sets it aside, where a colleague sees why
    match outcome:
        case Sleep(until) | Await(until):
            return until
        case _:
            return None
