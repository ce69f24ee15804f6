"""What happens to contacts in a simulation from outside: told, or taken from what was. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from engine.contacts.choices import Choice
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
class Recorded:
    """An event that the product records of itself.

    Attributes:
        cause: [event id, root id, depth] of what led to it.
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
    writes: bool = False


@dataclass(frozen=True, slots=True)
class LetIn:
    """The contact is let in, as by hand, by a call, or by the clock.

    Attributes:
        trigger: what conditions see under `trigger`.
        audience: what must be true of the contact then; None asks for nothing.
    """

    entry_key: str | None = ""
    trigger: Mapping[str, Any] = field(default_factory=dict)
    audience: Condition | None = None


What = Tracked | Identified | Chosen | Marked | Recorded | LetIn


@dataclass(frozen=True, slots=True)
class Given:
    """Something that happens, and when (UTC)."""

    at: datetime
    what: What
