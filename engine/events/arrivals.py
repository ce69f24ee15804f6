"""An event as it reaches journeys: stored, counted, its contact known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

CONTACT_UPDATED: Final = "Contact Updated"
"""The product's own event for what a journey changed of a contact."""
CONTACT_ERASED: Final = "Contact Erased"
"""The product's own event that asks for a contact to be forgotten; it stays, without a name."""
SUBSCRIBED: Final = "Subscribed"
UNSUBSCRIBED: Final = "Unsubscribed"
"""The product's own events for choices that a link, or a journey, has kept."""
JOURNEY_START: Final = "Journey Start Requested"
JOURNEY_STOP: Final = "Journey Stop Requested"
"""The product's own events by which one journey asks another; nobody else can say them."""
SYSTEM: Final = "system"
USER: Final = "user"
"""Who records the product's own events, and who works here; no sender can be either."""
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


@dataclass(frozen=True, slots=True)
class Start:
    """That a journey asks another one to let the contact in.

    Attributes:
        journey: key of the one that is asked.
        asked_by: key of the one that asks.
        call: the event, with the data handed over as its properties.
    """

    journey: str
    asked_by: str
    call: Arrived


@dataclass(frozen=True, slots=True)
class Stop:
    """That a journey asks for enrollments of the contact to be ended.

    Attributes:
        journey: key of the journey they are in.
        entry_key: of the only one that is meant; None: all of them.
        asked_by: the enrollment that asks, which is spared.
    """

    journey: str
    entry_key: str | None
    asked_by: int


def find_start(event: Arrived) -> Start | None:
    """Return the start that an event asks for; None if it asks for none."""
    if event.name != JOURNEY_START or event.actor != SYSTEM:
        return None
    about = event.properties
    call = replace(event, properties=about["data"])
    return Start(about["journey"], about["asked_by"], call)


def find_stop(event: Arrived) -> Stop | None:
    """Return the stop that an event asks for; None if it asks for none."""
    if event.name != JOURNEY_STOP or event.actor != SYSTEM:
        return None
    about = event.properties
    return Stop(about["journey"], about.get("entry_key"), about["enrollment_id"])


def derive_activity(name: str, *, actor: str, mode: str) -> bool:
    """Return whether an event is something that the contact did itself."""
    return actor == "contact" and mode == "live" and name not in NO_ACTIVITY
