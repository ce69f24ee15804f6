"""What every node of a journey is made of: keys, ways out, and the promise to name them.

One rule carries the whole format: **a way out is an object that may carry `next`, and `next` is the key of a node.**
`next` absent or null means that the enrollment completes there. The object is the node itself, an item of its `paths`,
or one of its named corners (`timeout`, `otherwise`, `on_error`, `on_skip`, `on_missing`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from typing_extensions import TypeAliasType, override

from engine.document.base import Document, Maybe
from engine.document.durations import Span
from engine.rules.conditions import Condition, check_size
from engine.rules.filters import Where

LONGEST_WAIT: Final = timedelta(days=5 * 366)

NodeKey = TypeAliasType(
    "NodeKey",
    Annotated[
        str,
        Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$", description="The key of a node of this journey."),
    ],
)
Label = TypeAliasType(
    "Label",
    Annotated[
        str,
        Field(
            min_length=1,
            max_length=60,
            pattern=r"^[^\x00-\x1f\x7f]+$",
            description="Names a path within its node, on the canvas and in reports. Renaming it makes it a new path.",
        ),
    ],
)

Checked = Annotated[Condition, BeforeValidator(check_size)]
"""A condition that people can read."""
CheckedWhere = Annotated[Where, BeforeValidator(check_size)]


def _bounded(span: Span) -> Span:
    """Refuse a wait that is no wait, or longer than five years."""
    if not span.is_positive or span.shortest > LONGEST_WAIT or span.months > 60:
        raise ValueError("a wait is longer than nothing and at most five years")
    return span


def _near(span: Span) -> Span:
    if abs(span.shortest) > LONGEST_WAIT:
        raise ValueError("an offset is at most five years")
    return span


Wait = Annotated[Span, AfterValidator(_bounded)]
"""How long to wait."""
Offset = Annotated[Span, AfterValidator(_near)]
"""How far before (-P7D) or after a date."""


def _parse_local_time(value: object) -> time:
    """Read `HH:MM`.

    Raises:
        ValueError: Anything else, 24:00 included.
    """
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or len(value) != 5:
        raise ValueError("write a time of day as HH:MM, such as 09:00")
    return time.fromisoformat(value)


LocalTime = TypeAliasType(
    "LocalTime",
    Annotated[
        time,
        BeforeValidator(_parse_local_time),
        PlainSerializer(lambda value: value.strftime("%H:%M"), return_type=str),
        WithJsonSchema(
            {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "description": "Local time of day, HH:MM."}
        ),
    ],
)
Weekday = TypeAliasType("Weekday", Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"])


@dataclass(frozen=True, slots=True)
class Path:
    """A way out of a node, as the engine and the canvas see it.

    Attributes:
        label: Unique within the node. The node's own way out is called `next`.
        next: Key of the node it leads to; None means that the enrollment completes.
        at: Where the object that carries `next` stands inside the node; empty for the node itself.
        holds: The least time an enrollment that leaves this way has spent in the node.
        sets: Names in the enrollment's context that are certain to be set after leaving this way.
    """

    label: str
    next: str | None
    at: tuple[str | int, ...] = ()
    holds: timedelta = timedelta()
    sets: frozenset[str] = frozenset()


class Way(Document):
    """A way out: where to go; nothing means complete here."""

    next: NodeKey | None = None


class ConditionPath(Way):
    """A path with a question: taken when its condition is true (branch), or becomes so (wait_for)."""

    label: Label
    when: Checked


OnTrouble = TypeAliasType("OnTrouble", Literal["continue", "exit"] | Way)
"""Go on by `next`, leave the journey, or take a way of its own."""


class NodeBase(Document):
    """What every node may carry."""

    kind: str
    note: Maybe[str] = Field(default=None, max_length=2000, description="For colleagues; never changes meaning.")

    def paths(self) -> tuple[Path, ...]:
        """Every way out of this node, in the order in which they are tried or shown."""
        raise NotImplementedError


class Step(NodeBase):
    """A node with one ordinary way out."""

    next: NodeKey | None = Field(default=None, description="Where to go; absent means complete here.")

    @override
    def paths(self) -> tuple[Path, ...]:
        return (Path("next", self.next),)


def choose_event_or_when(value: Any) -> str | None:
    """Tell what an event opens from what a condition opens, by the key that is there."""
    present = value if isinstance(value, Mapping) else getattr(value, "model_fields_set", ())
    return next((key for key in ("event", "when") if key in present), None)


def build_corner(label: str, corner: object, at: str, holds: timedelta = timedelta()) -> tuple[Path, ...]:
    """The path of a named corner, if it is one: none for a word such as `continue` or for nothing."""
    return (Path(label, corner.next, (at,), holds),) if isinstance(corner, Way) else ()
