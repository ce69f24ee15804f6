"""Silence for so long; entered once per silence."""

from typing import Annotated, Literal

from pydantic import Field

from engine.document.base import Document, Name
from engine.document.durations import Elapsed


class InactivityTrigger(Document):
    """Silence for so long; entered once per silence."""

    kind: Literal["inactivity"]
    no: Literal["any"] | Annotated[tuple[Name, ...], Field(min_length=1)] = Field(
        description="The events whose absence counts, or any."
    )
    silent_for: Elapsed = Field(alias="for")


def breaks_silence(trigger: InactivityTrigger, *, name: str, is_activity: bool) -> bool:
    """Return whether an event ends the silence."""
    return is_activity if trigger.no == "any" else name in trigger.no
