"""Wait for the first of several events or conditions, but not longer than the time-out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag
from typing_extensions import TypeAliasType, override

from engine.decision import (
    Advance,
    Await,
    Decision,
    EventArrived,
    Facts,
    Leave,
)
from engine.document.base import Maybe
from engine.document.durations import Elapsed
from engine.nodes.events import KeyedEventMatch, matches_event
from engine.nodes.paths import (
    ConditionPath,
    Label,
    NodeBase,
    Path,
    Wait,
    Way,
    build_corner,
    choose_event_or_when,
)
from engine.nodes.spans import add_span


class EventPath(KeyedEventMatch, Way):
    """Taken when an event arrives."""

    label: Label


WaitPath = TypeAliasType(
    "WaitPath",
    Annotated[
        Annotated[EventPath, Tag("event")] | Annotated[ConditionPath, Tag("when")],
        Discriminator(
            choose_event_or_when,
            custom_error_type="wait_path",
            custom_error_message="a path of wait_for has either 'event' or 'when'",
        ),
    ],
)


class Timeout(Way):
    """The way taken when nothing came in time."""

    after: Wait


class WaitForNode(NodeBase):
    """Wait for the first of several events or conditions; publishing demands a time-out."""

    kind: Literal["wait_for"]
    paths_: tuple[WaitPath, ...] = Field(default=(), alias="paths", max_length=20)
    since: Literal["node", "entry"] | Elapsed = Field(
        default="node", description="From when on events count."
    )
    ignore_past: bool = Field(
        default=False, description="A condition that is already true does not count."
    )
    timeout: Maybe[Timeout] = None

    @override
    def paths(self) -> tuple[Path, ...]:
        after = self.timeout.after.shortest if self.timeout else timedelta()
        return (
            *(
                Path(path.label, path.next, ("paths", place))
                for place, path in enumerate(self.paths_)
            ),
            *build_corner("timeout", self.timeout, "timeout", after),
        )

    def list_event_paths(self) -> Iterator[tuple[int, EventPath]]:
        """Return the paths that events open, with their rank."""
        for rank, path in enumerate(self.paths_):
            if isinstance(path, EventPath):
                yield rank, path


def decide(node: WaitForNode, facts: Facts) -> Decision:
    """Go the first way that opened, else stay until the time-out, counted from arrival."""
    if isinstance(facts.signal, EventArrived):
        return Decision(Advance(facts.signal.path))
    if facts.is_first and (label := _find_in_past(node, facts)) is not None:
        return Decision(Advance(label))
    if not (facts.is_first and node.ignore_past):
        for path in node.paths_:
            if isinstance(path, ConditionPath) and facts.holds(path.when):
                return Decision(Advance(path.label))
    if node.timeout is None:
        return Decision(Leave("no_timeout"))
    deadline = add_span(facts.arrived_at, node.timeout.after, facts.zone)
    if facts.now >= deadline:
        return Decision(Advance("timeout"))
    return Decision(Await(deadline))


def _find_in_past(node: WaitForNode, facts: Facts) -> str | None:
    """Return the path of an event that came before the node did, where those count (rule 41)."""
    since = _find_since(node, facts)
    if since is None:
        return None
    for _, path in node.list_event_paths():
        for event in facts.past_events:
            if event.occurred_at >= since and matches_event(
                path,
                name=event.name,
                properties=event.properties,
                is_activity=True,
                entry_key=facts.entry_key,
                entry_place=facts.entry_place,
            ):
                return path.label
    return None


def _find_since(node: WaitForNode, facts: Facts) -> datetime | None:
    match node.since:
        case "node":
            return None
        case "entry":
            return facts.entered_at
        case length:
            return facts.arrived_at - length
