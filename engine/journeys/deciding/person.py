"""A contact as deciding sees it, in memory: loaded by the engine, made up by the simulator. Pure."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.rules.counters import Event
from engine.rules.evaluate import ContactState
from engine.when.best_hours import Reading


@dataclass(slots=True)
class Person:
    """A contact as conditions see it, without any enrollment.

    Attributes:
        events: its raw events of the names asked for, oldest first.
        arms: arms of splits it holds, by salt.
        is_held_out: it is in the holdout of all journeys, since another contact that it turned
            out to be was.
        reading: when it, and all, read letters; None: nobody asks.
    """

    contact_id: int
    uid: UUID
    created_at: datetime
    email: str | None
    phone: str | None
    attribute_times: dict[str, int]
    state: ContactState
    active_at: datetime | None = None
    events: tuple[Event, ...] = ()
    arms: dict[str, str] = field(default_factory=dict)
    is_held_out: bool = False
    reading: Reading | None = None

    def describe(self) -> dict[str, Any]:
        """Return what holes find of the contact besides its attributes; nothing empty."""
        fields = {
            "email": self.email,
            "phone": self.phone,
            "timezone": self.state.timezone,
            "created_at": self.created_at.isoformat().replace("+00:00", "Z"),
        }
        return {name: value for name, value in fields.items() if value is not None}

    def state_with(
        self,
        *,
        trigger: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
        node_messages: Mapping[str, Mapping[str, datetime]] | None = None,
        subject: Mapping[str, Any] | None = None,
    ) -> ContactState:
        """Return the state as one enrollment's conditions see it."""
        return dataclasses.replace(
            self.state,
            trigger=trigger or {},
            context=context or {},
            node_messages=node_messages or {},
            subject=subject or {},
        )
