"""May this subject enter? The gates, in their fixed order (rule 11). Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from engine.journeys.definition.journey import EnterAgain
from engine.journeys.plan import Plan
from engine.rules.conditions import Condition

DEEPEST_CHAIN: Final = 10
"""Events that lead to events that lead to events: stopped beyond this (rule 108)."""


class Refusal(StrEnum):
    """Why a subject was not let in; the first gate that says no (rule 11)."""

    NO_KEY = "no_entry_key"  # the trigger asks for an entry key, and the event has none
    OWN_EFFECT = "own_effect"  # the journey caused this event itself (rule 137)
    CHAIN = "chain_too_long"  # journeys that start each other (rule 108)
    FILTER = "filter"  # entry.when is not true
    BEFORE = "entered_before"
    INSIDE = "inside"
    TOO_SOON = "too_soon"  # entry.reentry.not_within
    FULL = "full"  # entry.at_most


@dataclass(frozen=True, slots=True)
class Cause:
    """The event behind something: itself, the first of its chain, and how long the chain is."""

    event_id: int | None = None
    root_id: int | None = None
    depth: int = 0
    journey_id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that a trigger names.

    Attributes:
        entry_key: tells enrollments of one subject apart; None if there should be one, and is not.
        trigger: what conditions see under `trigger`: event, properties, occurred_at.
    """

    contact_id: int
    entry_key: str | None = ""
    trigger: Mapping[str, Any] = field(default_factory=dict)
    cause: Cause = Cause()


@dataclass(frozen=True, slots=True)
class Past:
    """What a journey has seen of a candidate's subject and entry key.

    Attributes:
        is_inside: it is under way now.
        entered_at: when it entered last; None if never.
        room: how many may still enter; None without a cap.
    """

    is_inside: bool = False
    entered_at: datetime | None = None
    room: int | None = None


def find_refusal(
    plan: Plan,
    candidate: Candidate,
    past: Past,
    *,
    holds: Callable[[Condition], bool],
    now: datetime,
) -> Refusal | None:
    """Return the first gate that says no; None if the subject may enter.

    Args:
        holds: answers a condition for the subject, with the candidate's trigger, at `now`.
    """
    entry = plan.document.entry
    if candidate.entry_key is None:
        return Refusal.NO_KEY
    if candidate.cause.journey_id == plan.journey_id and not entry.allow_own_effects:
        return Refusal.OWN_EFFECT
    if candidate.cause.depth > DEEPEST_CHAIN:
        return Refusal.CHAIN
    if entry.when is not None and not holds(entry.when):
        return Refusal.FILTER
    if past.is_inside:
        return Refusal.INSIDE
    if past.entered_at is not None:
        if not isinstance(entry.reentry, EnterAgain):
            return Refusal.BEFORE
        wait = entry.reentry.not_within
        if wait is not None and now - past.entered_at < wait:
            return Refusal.TOO_SOON
    return Refusal.FULL if past.room is not None and past.room <= 0 else None
