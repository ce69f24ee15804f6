"""Is this contact in these segments now, and when may that change by time alone? Pure."""

import dataclasses
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from engine.rules.conditions import Condition
from engine.rules.counters import CannotAnswer
from engine.rules.evaluate import ContactState, evaluate
from engine.rules.flips import find_flip
from engine.rules.reads import list_reads

RECHECK_AT_LEAST: Final = timedelta(seconds=1)
UNKNOWN_FLIP: Final = timedelta(hours=6)
"""When to look again where only raw events could tell when an answer changes by time."""


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """A segment's question."""

    key: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Transition:
    """A contact entered or left a segment."""

    segment: str
    contact_id: int
    change: Literal["entered", "left"]


@dataclass(slots=True)
class Judged:
    """What became of one contact's memberships.

    Attributes:
        rechecks: for each segment, when its answer may change by time alone; None is never.
    """

    transitions: list[Transition] = field(default_factory=list)
    rechecks: dict[str, datetime | None] = field(default_factory=dict)


def judge_members(
    saved: Sequence[SavedSegment],
    contact_id: int,
    state: ContactState,
    before: AbstractSet[str],
    *,
    now: datetime,
    default_zone: str,
) -> Judged:
    """Ask every segment about a contact.

    Args:
        saved: those that others ask about first (`order_segments`).
        contact_id: whom.
        state: as it is now, its segments as they were.
        before: keys of the segments it was in.
        now: the present instant.
        default_zone: of contacts that have none.
    """
    judged = Judged()
    for one in saved:
        holds = evaluate(one.condition, state, now=now, default_zone=default_zone)
        if holds is not (one.key in before):
            change: Literal["entered", "left"] = "entered" if holds else "left"
            judged.transitions.append(Transition(one.key, contact_id, change))
            # Segments that ask about this one come later, and see its new answer.
            keys = state.segments | {one.key} if holds else state.segments - {one.key}
            state = dataclasses.replace(state, segments=keys)
        judged.rechecks[one.key] = _find_recheck(one, state, now, default_zone)
    return judged


def order_segments(saved: Sequence[SavedSegment]) -> list[SavedSegment]:
    """Return the segments so that each comes after those that its condition asks about."""
    by_key = {one.key: one for one in saved}
    ordered: dict[str, SavedSegment] = {}

    def place(one: SavedSegment, above: frozenset[str]) -> None:
        for other in sorted(list_reads(one.condition).segments):
            if other in by_key and other not in ordered and other not in above:
                place(by_key[other], above | {other})
        ordered.setdefault(one.key, one)

    for one in saved:
        place(one, frozenset({one.key}))
    return list(ordered.values())


def _find_recheck(
    one: SavedSegment, state: ContactState, now: datetime, default_zone: str
) -> datetime | None:
    if not list_reads(one.condition).moves:
        return None
    try:
        flip = find_flip(one.condition, state, now=now, default_zone=default_zone)
    except CannotAnswer:
        return now + UNKNOWN_FLIP
    return None if flip is None else max(flip, now + RECHECK_AT_LEAST)
