"""A message on its way out: its row, whom it is for, and what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from channels.base import Attachment, Receipt, Subscription
from engine.events.arrivals import Subject
from engine.messages.from_whom import Registered
from engine.messages.states import FailReason

ANSWER: Final = "answer"
"""Under this name a row's data keeps the words of an answer to STOP, START or HELP: no template's."""
TRIED: Final = "tried"
"""Under this name it keeps since when the message has been tried in vain."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message with what making it needs.

    Attributes:
        owner: the worker that holds the lease; results of another are not recorded.
        settings: the row's data: data, gates, waits, exits_on_error, resends, held, tried, sender.
        contact: attributes, with email and phone.
        record: that its enrollment is about; None if that is about the contact.
        compiled: its template's version as stored, in the contact's language; None for a call.
        variant: which of the version's variants that is; None: the words for everybody.
        endpoint: of a call: url, secret, headers.
        target: of a call: whose fate it shares.
        expires_at: when it is tried no more.
        devices: of a push: to which it goes.
        hops: of a call: through how many calls the event behind it came to us.
        sender: whom the node, the template or the topic names; None: who is set for the instance.
        attachments: what goes with a letter; None in place of what is gone.
    """

    id: int
    uid: UUID
    channel: str
    message_class: str
    topic: str | None
    contact_id: int
    journey_id: int | None
    enrollment_id: int | None
    node: str | None
    visit: int
    cause_id: int | None
    attempts: int
    created_at: datetime
    owner: str
    settings: Mapping[str, Any]
    address: str | None = None
    contact: Mapping[str, Any] = field(default_factory=dict)
    trigger: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    record: Subject | None = None
    template: str | None = None
    template_version_id: int | None = None
    compiled: Mapping[str, Any] | None = None
    variant: str | None = None
    endpoint: Mapping[str, Any] | None = None
    target: str | None = None
    expires_at: datetime | None = None
    hops: int = 0
    sender: Registered | None = None
    attachments: tuple[Attachment | None, ...] = ()
    devices: tuple[Subscription, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What is handed over, word for word."""

    sender: str
    recipient: str
    subject: str = ""
    text: bytes = b""
    html: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a message could not be made.

    Attributes:
        is_poison: it broke what renders it: set aside, to be looked at.
        may_pass: something that it shows cannot be had for now: it is tried again for a while.
    """

    reason: FailReason
    words: str
    is_poison: bool = False
    may_pass: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one parcel: a provider's receipt, or the problem of making it.

    Attributes:
        kept: the content, where it is to be kept.
        parts: of a text, as we count them.
    """

    parcel: Parcel
    outcome: Receipt | Problem
    provider: str = ""
    kept: Content | None = None
    parts: int | None = None
