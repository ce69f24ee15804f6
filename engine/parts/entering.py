"""What every trigger is made of."""

from typing import Annotated, Final

from pydantic import Field

from engine.document.base import Document, FieldPath, Maybe
from engine.parts.matching import Happening, read_key

NO_KEY: Final = ""
"""The entry key of an enrollment whose trigger asks for none."""

EntryKey = Annotated[
    Maybe[FieldPath],
    Field(
        description="Tells enrollments of one subject apart, such as properties.cart_id: "
        "two carts, two enrollments."
    ),
]


class TriggerBase(Document):
    """What lets a subject in."""

    kind: str

    @property
    def entry_place(self) -> str | None:
        """Where the trigger's event carries the entry key; None if there is none."""
        return None


def read_entry_key(place: str | None, event: Happening) -> str | None:
    """Return the entry key of what an event lets in.

    Args:
        place: `entry_place` of the trigger.
        event: what happened.

    Returns:
        Empty if the trigger asks for none; None if it does and the event carries none.
    """
    return NO_KEY if place is None else read_key(place, event.name, event.properties)
