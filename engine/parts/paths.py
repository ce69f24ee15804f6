"""What every node of a journey is made of: keys, ways out, and the promise to name them.

One rule carries the whole format: **a way out is an object that may carry `next`, and `next` is the
key of a node.** `next` absent or null means that the enrollment completes there. The object is the
node itself, an item of its `paths`, or one of its named corners (`timeout`, `otherwise`,
`due`, `on_error`, `on_skip`, `on_missing`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypeAliasType, override

from engine.document.base import Document, Maybe
from engine.parts.conditions import Checked
from engine.parts.times import Wait

NodeKey = TypeAliasType(
    "NodeKey",
    Annotated[
        str,
        Field(
            pattern=r"^[a-z][a-z0-9_-]{0,63}$",
            description="The key of a node of this journey.",
        ),
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
            description="Names a path within its node, on the canvas and in reports. "
            "Renaming it makes it a new path.",
        ),
    ],
)

NEXT = "next"
"""The label of a node's own way out."""


@dataclass(frozen=True, slots=True)
class Path:
    """A way out of a node, as the engine and the canvas see it.

    Attributes:
        label: unique within the node. The node's own way out is called `next`.
        next: key of the node it leads to; None means that the enrollment completes.
        at: where the object that carries `next` stands inside the node; empty for the node itself.
        holds: the least time an enrollment that leaves this way has spent in the node.
        sets: names in the enrollment's context that are certain to be set after leaving this way.
        fields: the same, but names under the key of the node, which it does not know itself.
    """

    label: str
    next: str | None
    at: tuple[str | int, ...] = ()
    holds: timedelta = timedelta()
    sets: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def place_in(self, node: str) -> "Path":
        """Return the same way out of the node with this key: `fields` are among `sets`."""
        if not self.fields:
            return self
        named = {f"{node}.{name}" for name in self.fields}
        return replace(self, sets=self.sets | named, fields=frozenset())


class Way(Document):
    """A way out: where to go; nothing means complete here."""

    next: NodeKey | None = None


class Timeout(Way):
    """The way taken when nothing came in time."""

    after: Wait


class ConditionPath(Way):
    """A path with a question: taken when its condition is true, or becomes so."""

    label: Label
    when: Checked


OnTrouble = TypeAliasType("OnTrouble", Literal["continue", "exit"] | Way)
"""Go on by `next`, leave the journey, or take a way of its own."""


class NodeBase(Document):
    """What every node may carry."""

    kind: str
    note: Maybe[Annotated[str, Field(max_length=2000)]] = Field(
        default=None, description="For colleagues; never changes meaning."
    )

    def paths(self) -> tuple[Path, ...]:
        """Return every way out of this node, in the order in which they are tried or shown."""
        raise NotImplementedError


class Step(NodeBase):
    """A node with one ordinary way out."""

    next: NodeKey | None = Field(
        default=None, description="Where to go; absent means complete here."
    )

    @override
    def paths(self) -> tuple[Path, ...]:
        return (Path(NEXT, self.next),)


def choose_event_or_when(value: Any) -> str | None:
    """Tell what an event opens from what a condition opens, by the key that is there."""
    present = value if isinstance(value, Mapping) else getattr(value, "model_fields_set", ())
    return next((key for key in ("event", "when") if key in present), None)


def build_corner(
    label: str, corner: object, at: str, holds: timedelta = timedelta()
) -> tuple[Path, ...]:
    """Return the path of a named corner; none for a word such as `continue`, or for nothing."""
    return (Path(label, corner.next, (at,), holds),) if isinstance(corner, Way) else ()
