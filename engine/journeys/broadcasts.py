"""Broadcasts: journeys with a schedule that fires once, and one message. Known by their shape."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.journeys.message_figures import FATES, MARKS
from engine.journeys.plan import WHOLE
from engine.journeys.publish import list_journeys
from engine.journeys.states import JourneyState
from engine.journeys.tallies import ENTERED
from engine.messages.states import MessageState
from engine.models.journey import Journey, JourneyVersion, Occurrence, Tally
from engine.models.message import Message

SENDS: Final = ("send_email", "send_sms")
LAST_ZONE: Final = timedelta(hours=12)
"""So much later than in UTC it is in the last zone of the earth: Etc/GMT+12."""
IN_THEIR_OWN: Final = "contact"


class BroadcastState(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"  # never published
    SCHEDULED = "scheduled"  # its time has not come anywhere
    SENDING = "sending"  # its time has come for some, or letters wait to leave
    SENT = "sent"  # nothing more will leave
    CANCELLED = "cancelled"  # stopped before anybody was let in
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One of them.

    Attributes:
        once: when, as the document says; with `timezone` contact what each reads on their clock.
        figures: of its messages, by fate and by what was told of them later.
    """

    journey: Journey
    state: BroadcastState
    channel: str
    node: Mapping[str, Any]
    trigger: Mapping[str, Any]
    entered: int
    figures: Mapping[str, int]


def is_broadcast(document: Mapping[str, Any]) -> bool:
    """Return whether a document is a broadcast: fires once, sends one message, and that is all."""
    trigger, nodes = document.get("trigger") or {}, document.get("nodes") or {}
    if trigger.get("kind") != "schedule" or not trigger.get("once") or len(nodes) != 1:
        return False
    ((key, node),) = nodes.items()
    return node.get("kind") in SENDS and document.get("start") == key and not node.get("next")


def list_broadcasts(session: Session, *, now: datetime) -> list[Broadcast]:
    """Return the broadcasts, the last changed first: a few queries, however many there are."""
    journeys = [
        row for row in list_journeys(session) if row.archived_at is None and is_broadcast(row.draft)
    ]
    ids = [row.id for row in journeys]
    figures, entered = _count_messages(session, ids), _count_entered(session, ids)
    fired = _count_fired(session, ids)
    found = []
    for row in sorted(journeys, key=lambda row: row.updated_at, reverse=True):
        ((_, node),) = row.draft["nodes"].items()
        mine = figures.get(row.id, Counter())
        found.append(
            Broadcast(
                journey=row,
                state=derive_state(
                    JourneyState(row.state),
                    row.draft["trigger"],
                    fired.get(row.id, (0, 0)),
                    queued=mine["queued"],
                    entered=entered[row.id],
                    now=now,
                ),
                channel="email" if node["kind"] == "send_email" else "sms",
                node=node,
                trigger=row.draft["trigger"],
                entered=entered[row.id],
                figures=mine,
            )
        )
    return found


def derive_state(
    journey: JourneyState,
    trigger: Mapping[str, Any],
    fired: tuple[int, int],
    *,
    queued: int,
    entered: int,
    now: datetime,
) -> BroadcastState:
    """Return where a broadcast stands. Pure.

    Args:
        fired: in how many zones its time has come, and in how many of them all have entered.
        queued: messages that have not left yet.
    """
    if journey is JourneyState.DRAFT:
        return BroadcastState.DRAFT
    if journey is JourneyState.PAUSED:
        return BroadcastState.PAUSED
    begun, done = fired
    if journey is JourneyState.STOPPED:
        if not entered:
            return BroadcastState.CANCELLED
        return BroadcastState.SENDING if queued else BroadcastState.SENT
    is_over = now >= _find_last(trigger)
    if begun == 0:
        return BroadcastState.SENT if is_over else BroadcastState.SCHEDULED
    return (
        BroadcastState.SENT if is_over and done == begun and not queued else BroadcastState.SENDING
    )


def _find_last(trigger: Mapping[str, Any]) -> datetime:
    """Return when the time has come everywhere, and schedules have been looked at."""
    at = datetime.fromisoformat(trigger["once"])
    if trigger.get("timezone") == IN_THEIR_OWN:
        return at + LAST_ZONE
    return at + timedelta(minutes=1)


def _count_messages(session: Session, journey_ids: Sequence[int]) -> dict[int, Counter[str]]:
    marks: list[Any] = [func.count(getattr(Message, f"{mark}_at")) for mark in MARKS]
    versions = select(JourneyVersion.id).where(JourneyVersion.journey_id.in_(journey_ids))
    rows = session.execute(
        select(Message.journey_id, Message.state, func.count(), *marks)
        .where(Message.version_id.in_(versions))
        .group_by(Message.journey_id, Message.state)
    )
    found: dict[int, Counter[str]] = {}
    for journey_id, state, n, *marked in rows:
        mine = found.setdefault(journey_id, Counter())
        mine[FATES[MessageState(state)]] += n
        mine.update(dict(zip(MARKS, marked, strict=True)))
    return found


def _count_entered(session: Session, journey_ids: Sequence[int]) -> Counter[int]:
    rows = session.execute(
        select(JourneyVersion.journey_id, func.sum(Tally.n))
        .join(JourneyVersion, JourneyVersion.id == Tally.version_id)
        .where(
            JourneyVersion.journey_id.in_(journey_ids),
            Tally.node == WHOLE,
            Tally.label == ENTERED,
        )
        .group_by(JourneyVersion.journey_id)
    )
    return Counter({journey_id: int(n) for journey_id, n in rows})


def _count_fired(session: Session, journey_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    rows = session.execute(
        select(Occurrence.journey_id, func.count(), func.count(Occurrence.done_at))
        .where(Occurrence.journey_id.in_(journey_ids))
        .group_by(Occurrence.journey_id)
    )
    return {journey_id: (begun, done) for journey_id, begun, done in rows}
