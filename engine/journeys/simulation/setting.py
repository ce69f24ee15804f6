"""What a simulation is given: the plan, the time it spans, and what is assumed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from engine.decision import Answered
from engine.journeys.deciding.plan import Plan
from engine.messages.gates.limits import Limit
from engine.rules.reads import list_reads
from engine.segments.judging import SavedSegment, order_segments
from engine.triggers.segment import SegmentTrigger

Fate = Literal["sent", "delivered", "opened", "clicked", "bounced", "failed"]
USUAL_PAUSE: Final = timedelta(minutes=10)
"""So long after the hand-over a letter is opened or clicked, and after being asked a colleague
answers, if nothing else is assumed."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed to become of a node's messages, or calls.

    Attributes:
        fate: how far a message comes; `failed` of a message or call that is never taken.
        after: the hand-over, or the answer, until that; None is the usual time.
        answer: of a call: status, headers, body.
    """

    fate: Fate = "sent"
    after: timedelta | None = None
    answer: Mapping[str, Any] = field(default_factory=dict)


NOTHING_ASSUMED: Final = Assumed()


@dataclass(frozen=True, slots=True)
class AssumedAnswer:
    """What a colleague is assumed to answer to a node's questions.

    Attributes:
        after: how long after being asked.
    """

    signal: Answered
    after: timedelta = USUAL_PAUSE


@dataclass(frozen=True, slots=True)
class Setting:
    """The world of a simulation, the same for all of its contacts.

    Attributes:
        plan: what is simulated.
        begins_at: from when on it is live.
        until: what comes after this instant is left out.
        default_zone: of contacts that have none.
        segments: those that matter here, those that others ask about first (`list_segments`).
        implied_topics: topics that need no explicit yes.
        answers: by node; what is not there is answered by nobody.
        holdout_percent: of all contacts, who get no marketing from any journey.
        limits: how much marketing one contact gets.
        assumed: by node; what is not there is handed over at once, and answered well.
    """

    plan: Plan
    begins_at: datetime
    until: datetime
    default_zone: str = "UTC"
    segments: Sequence[SavedSegment] = ()
    implied_topics: frozenset[str] = frozenset()
    assumed: Mapping[str, Assumed] = field(default_factory=dict)
    answers: Mapping[str, AssumedAnswer] = field(default_factory=dict)
    holdout_percent: int = 0
    limits: Sequence[Limit] = ()

    @property
    def raw_events(self) -> frozenset[str]:
        """Names of events of which counters do not answer everything that is asked here."""
        names = set(self.plan.reads.raw_events)
        for segment in self.segments:
            for name, asked in list_reads(segment.condition).events.items():
                if asked.filters or asked.sums or asked.raw:
                    names.add(name)
        return frozenset(names)


def list_segments(plan: Plan, known: Sequence[SavedSegment]) -> list[SavedSegment]:
    """Return, of the known segments, those that a journey asks about, and those that these do."""
    by_key = {one.key: one for one in known}
    trigger = plan.document.trigger
    wanted = set(plan.reads.segments)
    if isinstance(trigger, SegmentTrigger):
        wanted.add(trigger.segment)
    asked: list[str] = []
    while wanted:
        key = wanted.pop()
        if key in by_key and key not in asked:
            asked.append(key)
            wanted |= list_reads(by_key[key].condition).segments
    return order_segments([by_key[key] for key in sorted(asked)])
