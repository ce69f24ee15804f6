"""What happens to contacts in a simulation from outside: told, or taken from what was. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from engine.contacts.choices import Choice
from engine.decision import Answered
from engine.events.arrivals import Subject
from engine.rules.conditions import Condition

Mark = Literal["delivered", "opened", "clicked", "bounced", "replied"]


@dataclass(frozen=True, slots=True)
class Tracked:
    """The contact does something."""

    name: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identified:
    """Attributes are said of the contact, as by an identify call."""

    traits: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The contact makes a choice.

    Attributes:
        tells: a no comes with the event Unsubscribed; else that is given by itself.
    """

    topic: str
    channel: str
    choice: Choice
    tells: bool = True


@dataclass(frozen=True, slots=True)
class Marked:
    """Something becomes of a message.

    Attributes:
        of: number of the enrollment, and visit; None is the node's latest message.
    """

    node: str
    mark: Mark
    of: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """The contact writes to us.

    Attributes:
        answers: the node whose latest message it answers; None: it writes of itself.
    """

    channel: Literal["email", "sms"] | None = None
    text: str = ""
    subject: str = ""
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An application says what a record of the contact is: all of it, as it is from now on."""

    type: str
    key: str
    state: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """A colleague answers what a node asks.

    Attributes:
        of: number of the enrollment, and visit; None is the node's latest open question.
    """

    node: str
    signal: Answered
    of: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Escalates:
    """Somebody else is told of a question, if nobody has answered it by now.

    Attributes:
        of: number of the enrollment, and visit.
    """

    node: str
    to: str
    words: str
    of: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event that the product records of itself.

    Attributes:
        subject: what it is about besides the contact: one ticket, one deal, one cart.
        writes: the changes it tells of are yet to be made.
    """

    name: str
    properties: Mapping[str, Any]
    context: Mapping[str, Any] = field(default_factory=dict)
    actor: str = "system"
    channel: str | None = None
    cause_id: int | None = None
    root_id: int | None = None
    depth: int = 0
    subject: Subject | None = None
    writes: bool = False


@dataclass(frozen=True, slots=True)
class LetIn:
    """The contact is let in, as by hand, by a call, or by the clock.

    Attributes:
        trigger: what conditions see under `trigger`.
        record: the record that is let in; None: the contact itself.
        audience: what must be true of the contact then; None asks for nothing.
    """

    entry_key: str | None = ""
    trigger: Mapping[str, Any] = field(default_factory=dict)
    audience: Condition | None = None
    record: Subject | None = None


What = (
    Tracked
    | Identified
    | Chosen
    | Marked
    | Received
    | Kept
    | Answers
    | Escalates
    | Recorded
    | LetIn
)


@dataclass(frozen=True, slots=True)
class Given:
    """Something that happens, and when (UTC)."""

    at: datetime
    what: What
