"""An event as it reaches journeys: stored, counted, its contact known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeAlias

CONTACT_UPDATED: Final = "Contact Updated"
"""The product's own event for what a journey changed of a contact."""
MESSAGE_RECEIVED: Final = "Message Received"
"""The product's own event for a letter or text that came in."""
EMAIL_OPENED: Final = "Email Opened"
EMAIL_CLICKED: Final = "Email Link Clicked"
"""The product's own events for what humans do with letters."""
PUSH_CLICKED: Final = "Push Link Clicked"
PUSH_SUBSCRIBED: Final = "Push Subscribed"
PUSH_UNSUBSCRIBED: Final = "Push Unsubscribed"
"""The product's own events for what people do with pushes, and at the browsers that take them."""
RECORD_CREATED: Final = "Record Created"
RECORD_CHANGED: Final = "Record Changed"
"""The product's own events for what becomes of a ticket, deal or cart."""
CONTACT: Final = "contact"
RECORD: Final = "record"
Subject: TypeAlias = tuple[str, int]
"""What an enrollment is about: (kind, id), such as a contact, or one ticket (rule 136)."""
CONTACT_ERASED: Final = "Contact Erased"
"""The product's own event that asks for a contact to be forgotten; it stays, without a name."""
SUBSCRIBED: Final = "Subscribed"
UNSUBSCRIBED: Final = "Unsubscribed"
REQUESTED: Final = "Subscription Requested"
CONFIRMED: Final = "Subscription Confirmed"
PAUSED: Final = "Messages Paused"
RESUMED: Final = "Messages Resumed"
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
        subject: what it is about besides its contact: one ticket, one deal, one cart.
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
    subject: Subject | None = None

    def concerns(self, subject: Subject) -> bool:
        """Return whether it is about this subject of its contact.

        An event about one ticket is not about another ticket; what the contact does otherwise
        concerns all that is its, and an event about a ticket concerns the contact.
        """
        if self.subject is None or self.subject[0] != subject[0]:
            return True
        return self.subject == subject


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
