"""Silence for so long."""

from typing import Annotated, Literal

from pydantic import Field

from engine.document.base import Name
from engine.document.durations import Elapsed
from engine.parts.entering import TriggerBase
from engine.parts.matching import ANY_EVENT, Happening


class InactivityTrigger(TriggerBase):
    """Silence for so long; entered once per silence."""

    kind: Literal["inactivity"]
    no: Literal["any"] | Annotated[tuple[Name, ...], Field(min_length=1)] = Field(
        description="The events whose absence counts, or any."
    )
    silent_for: Elapsed = Field(alias="for")


def counts(trigger: InactivityTrigger, event: Happening) -> bool:
    """Return whether an event ends the silence (rule 140)."""
    return event.is_activity if trigger.no == ANY_EVENT else event.name in trigger.no
