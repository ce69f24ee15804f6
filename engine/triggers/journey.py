"""Another journey asks for the contact to be let in."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from engine.document.base import Maybe, Name
from engine.events.arrivals import Arrived, find_start
from engine.parts.entering import EntryKey, TriggerBase


class JourneyTrigger(TriggerBase):
    """A node `start_journey` of another journey; its data stands under `trigger.properties`."""

    kind: Literal["journey"]
    from_journeys: Maybe[Annotated[tuple[Name, ...], Field(min_length=1, max_length=100)]] = Field(
        default=None, alias="from", description="Keys of the journeys that may; absent: any."
    )
    entry_key: EntryKey = None

    @property
    @override
    def entry_place(self) -> str | None:
        return self.entry_key

    def may_be_started_by(self, journey: str) -> bool:
        """Return whether the journey of this key may start this one."""
        return self.from_journeys is None or journey in self.from_journeys


def find_call(trigger: JourneyTrigger, key: str, event: Arrived) -> Arrived | None:
    """Return the event by which a journey asks for the contact, with the data it hands over.

    Args:
        trigger: of the journey that is asked.
        key: its key.
        event: what happened.

    Returns:
        None if it is nothing of the sort, is meant for another journey, or may not ask.
    """
    start = find_start(event)
    if start is None or start.journey != key or not trigger.may_be_started_by(start.asked_by):
        return None
    return start.call
