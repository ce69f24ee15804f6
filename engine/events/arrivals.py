"""An event as it reaches journeys: stored, counted, its contact known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

CONTACT_UPDATED: Final = "Contact Updated"
"""The product's own event for what a journey changed of a contact."""
NO_ACTIVITY: Final = frozenset({"Contact Identified", "Contact Aliased", "Group Joined"})
"""What is said about a contact is not something it did."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One event of a chunk, in order of arrival.

    Attributes:
        actor: contact, system, user or provider.
        mode: live or history.
        depth: how many events of journeys lie before it (rule 108).
        may_trigger: it is live and young enough to let somebody in (rule 5).
        is_activity: the contact did it itself: it breaks a silence.
        changes: attributes it changed: name → (before, after).
    """

    id: int
    contact_id: int
    name: str
    occurred_at: datetime
    received_at: datetime
    properties: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    actor: str = "contact"
    channel: str | None = None
    mode: str = "live"
    cause_id: int | None = None
    root_id: int | None = None
    depth: int = 0
    may_trigger: bool = True
    is_activity: bool = True
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def derive_activity(name: str, *, actor: str, mode: str) -> bool:
    """Return whether an event is something that the contact did itself."""
    return actor == "contact" and mode == "live" and name not in NO_ACTIVITY
