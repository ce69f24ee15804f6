"""May this subject enter? The gates, in their fixed order (rule 11). Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from engine.events.arrivals import CONTACT, Arrived, Subject
from engine.journeys.deciding.plan import Plan
from engine.journeys.definition.journey import EnterAgain
from engine.rules.conditions import Condition

DEEPEST_CHAIN: Final = 10
"""Events that lead to events that lead to events: stopped beyond this (rule 108)."""


class Refusal(StrEnum):
    """Why a subject was not let in; the first gate that says no (rule 11)."""

    NO_KEY = "no_entry_key"  # the trigger asks for an entry key, and the event has none
    OWN_EFFECT = "own_effect"  # the journey caused this event itself (rule 137)
    CHAIN = "chain_too_long"  # journeys that start each other (rule 108)
    GONE = "part_gone"  # entry.when asks about a segment or template that is gone (rule 47)
    FILTER = "filter"  # entry.when is not true of it
    BEFORE = "entered_before"  # and entry.reentry is never
    INSIDE = "inside"  # under way in this journey now, under the same entry key
    TOO_SOON = "too_soon"  # after its last entry: entry.reentry.not_within
    FULL = "full"  # entry.at_most entries have been
    NOT_YET = "not_yet"  # entry.when is not true yet: asked again until entry.grace is over
    EXIT = "exit_before_entry"  # what ends an enrollment came before there was one


class Disregard(StrEnum):
    """Why an event of the trigger's name was not the trigger."""

    WHERE = "where"  # the trigger's where is not true of its properties
    HISTORY = "history"  # it came with an import or a back-fill, which starts no journey (rule 138)
    TOO_OLD = "too_old"  # it had happened long before it was told (rule 5)
    NOT_LIVE = "not_live"  # it came before the journey was published


@dataclass(frozen=True, slots=True)
class Cause:
    """The event behind something: itself, the first of its chain, and how long the chain is."""

    event_id: int | None = None
    root_id: int | None = None
    depth: int = 0
    journey_id: int | None = None

    @classmethod
    def of(cls, event: Arrived) -> "Cause":
        """Return an event as a cause."""
        journey_id = event.context.get("journey_id")
        return cls(event.id, event.root_id or event.id, event.depth, journey_id)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that a trigger names.

    Attributes:
        contact_id: who is written to.
        entry_key: tells enrollments of one subject apart; None if there should be one, and is not.
        trigger: what conditions see under `trigger`: event, properties, occurred_at.
        record: the ticket, deal or cart that it is about; None if about the contact.
        values: what conditions see under `subject`.
    """

    contact_id: int
    entry_key: str | None = ""
    trigger: Mapping[str, Any] = field(default_factory=dict)
    cause: Cause = Cause()
    record: Subject | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        """What its enrollment is about."""
        return self.record or (CONTACT, self.contact_id)

    def write(self) -> dict[str, Any]:
        """Return what rows keep of it: the trigger, and the cause as [event, root, depth]."""
        cause = self.cause
        data: dict[str, Any] = {"trigger": dict(self.trigger)} if self.trigger else {}
        if cause.event_id is not None:
            data["cause"] = [cause.event_id, cause.root_id or cause.event_id, cause.depth]
        return data


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


def lacks_filter_alone(
    plan: Plan, candidate: Candidate, past: Past, refusal: Refusal | None, *, now: datetime
) -> bool:
    """Return whether the entry filter is the only gate that says no (rule 16)."""
    return refusal is Refusal.FILTER and (
        find_refusal(plan, candidate, past, holds=lambda _: True, now=now) is None
    )
