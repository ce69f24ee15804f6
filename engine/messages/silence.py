"""Whose messages are kept back: of paused journeys, and of streams that a brake holds."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import null, select, union_all
from sqlalchemy.orm import Session

from engine.messages.parcels import Parcel
from engine.models.feedback import Stream
from engine.models.journey import Journey

# Asked of every group, both in one: built once, since building it costs more than asking.
_SILENT: Final[Any] = union_all(
    select(Journey.id, null().label("channel"), null().label("message_class")).where(
        (Journey.state == "paused") | Journey.sends_paused.is_(True)
    ),
    select(null(), Stream.channel, Stream.message_class).where(Stream.held_at.is_not(None)),
)


@dataclass(frozen=True, slots=True)
class Silence:
    """Whose messages are kept back, and stay where they are.

    Attributes:
        journeys: paused, all of them or their messages.
        streams: held by a brake: (channel, class).
    """

    journeys: frozenset[int]
    streams: frozenset[tuple[str, str]]

    def covers(self, parcel: Parcel) -> bool:
        """Return whether this message is kept back."""
        stream = (parcel.channel, parcel.message_class)
        return parcel.journey_id in self.journeys or stream in self.streams


def list_silent(session: Session) -> Silence:
    """Return whose messages are kept back now."""
    rows = session.execute(_SILENT).all()
    return Silence(
        frozenset(journey for journey, _, _ in rows if journey is not None),
        frozenset((channel, held) for journey, channel, held in rows if journey is None),
    )
