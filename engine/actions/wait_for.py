"""Wait for the first of several events or conditions."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from typing_extensions import TypeAliasType, override

from engine.decision import (
    Advance,
    Await,
    Decision,
    EventArrived,
    Facts,
    GoOn,
    SaveContext,
)
from engine.document.base import Maybe
from engine.document.durations import Elapsed
from engine.document.paths import MISSING, get_path
from engine.language.say import say
from engine.parts.matching import ANY_EVENT, KeyedEventMatch, matches_event
from engine.parts.paths import (
    ConditionPath,
    Label,
    NodeBase,
    Path,
    Timeout,
    Way,
    build_corner,
    choose_event_or_when,
)
from engine.parts.times import add_span
from engine.rules.conditions import (
    All,
    AnyOf,
    Condition,
    EventDone,
    Message,
    NoneOf,
    Template,
)
from engine.rules.counters import Event
from engine.rules.flips import find_flip

TIMEOUT: Final = "timeout"
PAST: Final = "_past"
"""Where the context keeps, by node, the paths whose conditions were true on arrival."""
BEST: Final = "_best"
"""Where the context keeps, by node, the visit and the highest path that has come so far."""


class EventPath(Way, KeyedEventMatch):
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


class WaitForNode(NodeBase):
    """Wait for the first of several events or conditions.

    A condition that asks what did not happen is asked when the time is over, not before. The
    time-out is mandatory when publishing.
    """

    kind: Literal["wait_for"]
    paths_: tuple[WaitPath, ...] = Field(default=(), alias="paths", max_length=20)
    since: Literal["node", "entry"] | Elapsed = Field(
        default="node",
        description="From when on events count: the arrival here, the event that let the subject "
        "in, or so long before the arrival.",
    )
    ignore_past: bool = Field(
        default=False,
        description="A condition that is already true does not count until it becomes true anew.",
    )
    choose: Literal["first", "ranked"] = Field(
        default="first",
        description="first: what comes first is taken at once. ranked: the time is waited out, "
        "and of all that came the path that stands highest is taken; the highest one at once.",
    )
    timeout: Maybe[Timeout] = None

    @model_validator(mode="after")
    def _any_is_now(self) -> Self:
        if self.looks_back and any(
            isinstance(path, EventPath) and path.event == ANY_EVENT for path in self.paths_
        ):
            msg = say("'any' event is taken as it comes, so leave 'since' and 'choose' out")
            raise ValueError(msg)
        return self

    @property
    def looks_back(self) -> bool:
        """Whether it asks for events that came before, besides those that end the wait."""
        return self.since != "node" or self.choose == "ranked"

    @override
    def paths(self) -> tuple[Path, ...]:
        after = self.timeout.after.shortest if self.timeout else timedelta()
        return (
            *(
                Path(path.label, path.next, ("paths", place))
                for place, path in enumerate(self.paths_)
            ),
            *build_corner(TIMEOUT, self.timeout, "timeout", after),
        )


def asks_for_absence(condition: Condition, *, turned: bool = False) -> bool:
    """Return whether a condition is true because something did not happen (rule 46).

    Args:
        condition: what a path waits for.
        turned: whether it stands inside `none`, so that its opposite is asked.
    """
    match condition:
        case All(all=members) | AnyOf(any=members):
            return any(asks_for_absence(member, turned=turned) for member in members)
        case NoneOf(none=members):
            return any(asks_for_absence(member, turned=not turned) for member in members)
        case EventDone(op=op):
            return (op == "not_done") is not turned
        case Message() | Template():
            return condition.mark[1] is not turned
        case _:
            return False


def decide(node: WaitForNode, facts: Facts) -> Decision:
    """Go out by what came first; else wait on, until the time is over.

    The time is counted from the arrival. At its very end, what came wins (rule 42). It is over
    before that if a colleague says so.
    """
    if node.choose == "first" and isinstance(facts.signal, EventArrived):
        return Decision(Advance(facts.signal.path))
    deadline = _derive_deadline(node, facts)
    is_over = facts.now >= deadline or isinstance(facts.signal, GoOn)
    true_now = {path.label for path in _list_asked(node, is_over=is_over) if facts.holds(path.when)}
    kept = _read_past(facts)
    past = kept
    if facts.is_first:
        past = true_now if node.ignore_past else set()
    known = _read_best(facts)
    best = _find_best(node, facts, come=true_now - past, known=known)
    if best is not None and (node.choose == "first" or is_over or best == node.paths_[0].label):
        return Decision(Advance(best))
    if is_over:
        return Decision(Advance(TIMEOUT))
    still = past & true_now
    changed = [
        *([] if still == kept else [_keep_past(facts, still)]),
        *([] if best == known else [_keep_best(facts, best)]),
    ]
    return Decision(Await(min([deadline, *_list_flips(node, facts)])), tuple(changed))


def _find_best(node: WaitForNode, facts: Facts, *, come: set[str], known: str | None) -> str | None:
    """Return the highest path that has come; None if none has.

    Args:
        come: paths whose conditions have become true.
        known: the highest that had come before.
    """
    arrived = facts.signal.path if isinstance(facts.signal, EventArrived) else None
    looks = facts.is_first or node.choose == "ranked"
    for path in node.paths_:
        if path.label in {known, arrived, *come}:
            return path.label
        if looks and isinstance(path, EventPath) and _has_come(node, path, facts):
            return path.label
    return None


def may_move(node: WaitForNode, changed: Collection[str]) -> bool:
    """Return whether a change of these attributes may move the time-out: days have a zone."""
    is_calendar = node.timeout is not None and bool(node.timeout.after.to_period())
    return "timezone" in changed and is_calendar


def _derive_deadline(node: WaitForNode, facts: Facts) -> datetime:
    if node.timeout is None:  # a draft; publishing asks for one
        return facts.arrived_at
    return add_span(facts.arrived_at, node.timeout.after, facts.zone)


def _list_asked(node: WaitForNode, *, is_over: bool) -> Iterator[ConditionPath]:
    """Yield the condition paths to ask now: what asks for an absence, at the end only."""
    for path in node.paths_:
        if isinstance(path, ConditionPath) and (is_over or not asks_for_absence(path.when)):
            yield path


def _list_flips(node: WaitForNode, facts: Facts) -> Iterator[datetime]:
    """Yield when a condition may become true by time alone."""
    for path in _list_asked(node, is_over=False):
        flip = find_flip(path.when, facts.state, now=facts.now, default_zone=facts.zone.key)
        if flip is not None:
            yield flip


def _has_come(node: WaitForNode, path: EventPath, facts: Facts) -> bool:
    """Return whether such an event has come since the instant from which events count (rule 41)."""
    if not node.looks_back:
        return False
    match node.since:
        case "entry":
            since = _find_entry(facts)
        case "node":
            since = facts.arrived_at
        case length:
            since = facts.arrived_at - length
    until = _derive_deadline(node, facts)
    return any(
        since < event.occurred_at <= until and _is_it(path, event, facts)
        for event in facts.past_events
    )


def _is_it(path: EventPath, event: Event, facts: Facts) -> bool:
    return matches_event(
        path,
        name=event.name,
        properties=event.properties,
        is_activity=False,
        entry_key=facts.entry_key,
        entry_place=facts.entry_place,
    )


def _find_entry(facts: Facts) -> datetime:
    """Return when the event that let the subject in occurred; else when it entered."""
    said = facts.state.trigger.get("occurred_at")
    return datetime.fromisoformat(said) if isinstance(said, str) else facts.entered_at


def _read_best(facts: Facts) -> str | None:
    """Return the highest path that had come before, on this visit."""
    found = get_path(facts.state.context, f"{BEST}.{facts.node}")
    return found[1] if isinstance(found, list) and found[0] == facts.visit else None


def _keep_best(facts: Facts, label: str | None) -> SaveContext:
    return SaveContext({f"{BEST}.{facts.node}": [facts.visit, label]})


def _read_past(facts: Facts) -> set[str]:
    found = get_path(facts.state.context, f"{PAST}.{facts.node}")
    return set() if found is MISSING else set(found)


def _keep_past(facts: Facts, labels: set[str]) -> SaveContext:
    return SaveContext({f"{PAST}.{facts.node}": sorted(labels)})
