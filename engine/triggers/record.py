"""A ticket, deal or cart is made, changes, or stays as it is for so long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from engine.document.base import Document, FieldPath, Maybe, Name
from engine.document.durations import Elapsed
from engine.events.arrivals import RECORD_CHANGED, RECORD_CREATED
from engine.parts.changes import Changes, find_change
from engine.parts.entering import TriggerBase
from engine.parts.matching import Happening

STATE = "state"
States = Annotated[tuple[Name, ...], Field(min_length=1)]


class RecordCreated(Document):
    """The record is made."""

    kind: Literal["created"]


class RecordStateChanged(Document):
    """The record comes into another state, also by being made in it."""

    kind: Literal["state"]
    to_states: Maybe[States] = Field(default=None, alias="to", description="Absent: into any.")
    from_states: Maybe[States] = Field(default=None, alias="from", description="Absent: from any.")


class RecordChanged(Document):
    """A field of the record changes."""

    kind: Literal["changed"]
    field: Maybe[FieldPath] = Field(default=None, description="Absent: whatever changes.")


class RecordClock(Document):
    """So long has passed for the record: since it was made, or since it came into its state.

    Entered once for each such time; what sets the clock back begins another.
    """

    kind: Literal["clock"]
    after: Elapsed
    without_change: bool = Field(
        default=False, description="Count from the last change of anything in it."
    )
    state: Maybe[States] = Field(
        default=None, description="Only while it is in one of these, and from when it came there."
    )


RecordChange: TypeAlias = RecordCreated | RecordStateChanged | RecordChanged | RecordClock


class RecordTrigger(TriggerBase):
    """Something becomes of a ticket, a deal or a cart: each is a subject of its own."""

    kind: Literal["record"]
    type: Name = Field(description="Of the record, such as ticket.")
    change: Annotated[RecordChange, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class RecordTimes:
    """A record as clocks look at it. Instants are aware, UTC."""

    state: str | None
    created_at: datetime
    updated_at: datetime
    state_since: datetime


def is_about(trigger: RecordTrigger, event: Happening) -> bool:
    """Return whether an event says something of a record of the trigger's type."""
    is_one = event.name in (RECORD_CREATED, RECORD_CHANGED)
    return is_one and event.properties.get("type") == trigger.type


def matches(trigger: RecordTrigger, event: Happening) -> bool:
    """Return whether an event lets its record in; a clock lets in without one."""
    if not is_about(trigger, event):
        return False
    changes: Changes = event.properties.get("changes") or {}
    match trigger.change:
        case RecordCreated():
            return event.name == RECORD_CREATED
        case RecordStateChanged(to_states=to, from_states=left):
            before, after = find_change(STATE, changes) or (None, None)
            return before != after and _fits(left, before) and _fits(to, after)
        case RecordChanged(field=field):
            is_change = event.name == RECORD_CHANGED and bool(changes)
            return is_change and (field is None or find_change(field, changes) is not None)
        case RecordClock():
            return False


def sets_clock(clock: RecordClock, event: Happening) -> bool:
    """Return whether an event about a record sets its clock: back to nothing, or to a stop."""
    if event.name == RECORD_CREATED or clock.without_change:
        return True
    return clock.state is not None and STATE in (event.properties.get("changes") or {})


def runs(clock: RecordClock, state: str | None) -> bool:
    """Return whether the clock of a record in this state runs."""
    return _fits(clock.state, state)


def find_since(clock: RecordClock, times: RecordTimes) -> datetime | None:
    """Return from when a record's time is counted; None while it is not."""
    if not runs(clock, times.state):
        return None
    if clock.without_change:
        return times.updated_at
    return times.created_at if clock.state is None else times.state_since


def _fits(asked: Sequence[str] | None, state: Any) -> bool:
    return asked is None or state in asked
