"""Broadcasts: journeys with a schedule that fires once, and one message. Known by their shape."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from engine.db import OutOfTime, check_revision, limited
from engine.document.json_text import write_json
from engine.errors import Conflict, Invalid, NotFound
from engine.journeys.by_key import get_journey, list_journeys
from engine.journeys.deciding.plan import WHOLE
from engine.journeys.deciding.states import JourneyState
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.publishing.publish import Published, hold_journey, publish, save_draft
from engine.journeys.reporting.message_figures import FATES, MARKS
from engine.journeys.running.tallies import ENTERED
from engine.language.say import say
from engine.messages.consent.unsubscribe import SOURCE
from engine.messages.states import MessageState
from engine.models.contact import ConsentProof
from engine.models.journey import Journey, JourneyVersion, Occurrence, Tally
from engine.models.message import Message
from engine.triggers.schedule import IN_THEIR_OWN

SENDS: Final = {"send_email": "email", "send_sms": "sms", "send_push": "push"}
"""By what a broadcast's one step sends."""
MOST: Final = 200
"""So many are listed, the last changed."""
LAST_ZONE: Final = timedelta(hours=12)
"""So much later than in UTC it is in the last zone of the earth: Etc/GMT+12."""
AT_ONCE: Final = timedelta(seconds=2)
"""A schedule fires after it was published, so at once is a little later."""
LEFT: Final = "unsubscribed"
"""Of how many messages the reader used the link that ends its topic."""
MOMENT: Final = timedelta(seconds=1.5)
"""How long it may take to count what was told of messages; then a list goes without."""


class BroadcastState(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"  # never published
    SCHEDULED = "scheduled"  # its time has not come anywhere
    SENDING = "sending"  # its time has come for some, or letters wait to leave
    SENT = "sent"  # nothing more will leave
    CANCELLED = "cancelled"  # stopped before anybody was let in
    PAUSED = "paused"
    MISSED = "missed"  # its time passed while nobody was there to see it


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One of them.

    Attributes:
        fates: how many of its messages became what, by the names of `FATES`.
        marks: of how many it was told later that they were opened …; None: too many to count.
    """

    journey: Journey
    state: BroadcastState
    channel: str
    node: Mapping[str, Any]
    trigger: Mapping[str, Any]
    entered: int
    fates: Mapping[str, int]
    marks: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Firing:
    """How far a broadcast's schedule is.

    Attributes:
        begun: in how many zones its time has come.
        done: in how many of them everybody has entered.
        looked_at: up to when schedules have been looked at.
    """

    begun: int = 0
    done: int = 0
    looked_at: datetime | None = None


def is_broadcast(document: Mapping[str, Any]) -> bool:
    """Return whether a document is a broadcast: fires once, sends one message, and that is all."""
    trigger, nodes = document.get("trigger") or {}, document.get("nodes") or {}
    if trigger.get("kind") != "schedule" or not trigger.get("once") or len(nodes) != 1:
        return False
    ((key, node),) = nodes.items()
    return node.get("kind") in SENDS and document.get("start") == key and not node.get("next")


def list_broadcasts(session: Session) -> list[Broadcast]:
    """Return the broadcasts, the last changed first: a few queries, however many there are."""
    rows = [
        row for row in list_journeys(session) if row.archived_at is None and is_broadcast(row.draft)
    ]
    return _describe(session, sorted(rows, key=lambda row: row.updated_at, reverse=True)[:MOST])


def get_broadcast(session: Session, key: str) -> Broadcast:
    """Return one of them.

    Raises:
        NotFound: there is no journey of this key, or it is no broadcast.
    """
    row = get_journey(session, key)
    if not is_broadcast(row.draft):
        raise NotFound(say("{key!r} is no broadcast", key=key))
    return _describe(session, [row])[0]


def send_broadcast(
    session: Session,
    key: str,
    *,
    revision: int,
    is_at_once: bool,
    by: str,
    now: datetime,
    default_zone: str,
) -> Published:
    """Publish a broadcast's draft: it leaves at its time, or at once, and never a second time.

    Args:
        revision: of the draft that was looked at.
        is_at_once: whatever time the draft names.

    Raises:
        NotFound: there is no journey of this key.
        Conflict: it is no broadcast, or has been sent already.
        LostUpdate: somebody else has changed it meanwhile.
        Invalid: its time has passed everywhere.
        InvalidJourney: it cannot work as it is written.
    """
    row = hold_journey(session, key)
    if not is_broadcast(row.draft):
        raise Conflict(
            say("{key!r} is no broadcast: it does more than send one message once", key=key)
        )
    check_revision(row.draft_revision, edited=revision)
    shown = _describe(session, [row])[0]
    if shown.state not in (BroadcastState.DRAFT, BroadcastState.CANCELLED):
        raise Conflict(say("{key!r} is {state} already", key=key, state=say(shown.state.value)))
    if is_at_once:
        at = (now + AT_ONCE).astimezone(UTC).replace(microsecond=0)
        once = {"once": at.isoformat().replace("+00:00", "Z"), "timezone": "UTC"}
        draft = {**row.draft, "trigger": {**row.draft["trigger"], **once}}
        save_draft(session, Document.model_validate_json(write_json(draft)), now=now)
    elif _find_last(row.draft["trigger"]) <= now:
        raise Invalid(say("its time has passed: choose a later one"))
    return publish(session, key, by=by, now=now, default_zone=default_zone)


def derive_state(
    journey: JourneyState,
    trigger: Mapping[str, Any],
    firing: Firing,
    *,
    queued: int,
    entered: int,
) -> BroadcastState:
    """Return where a broadcast stands. Pure.

    Args:
        queued: messages that have not left yet.
    """
    if journey is JourneyState.DRAFT:
        return BroadcastState.DRAFT
    if journey is JourneyState.PAUSED:
        return BroadcastState.PAUSED
    if journey is JourneyState.STOPPED:
        if not entered:
            return BroadcastState.CANCELLED
        return BroadcastState.SENDING if queued else BroadcastState.SENT
    is_over = firing.looked_at is not None and firing.looked_at >= _find_last(trigger)
    if firing.begun == 0:
        return BroadcastState.MISSED if is_over else BroadcastState.SCHEDULED
    is_done = is_over and firing.done == firing.begun and not queued
    return BroadcastState.SENT if is_done else BroadcastState.SENDING


def _find_last(trigger: Mapping[str, Any]) -> datetime:
    """Return when the time has come everywhere."""
    at = datetime.fromisoformat(trigger["once"])
    if trigger.get("timezone") == IN_THEIR_OWN:
        return at.replace(tzinfo=UTC) + LAST_ZONE
    return at


def _describe(session: Session, rows: Sequence[Journey]) -> list[Broadcast]:
    ids = [row.id for row in rows]
    fates, entered = _count_fates(session, ids), _count_entered(session, ids)
    fired, marks = _count_fired(session, ids), _count_marks(session, ids)
    found = []
    for row in rows:
        ((_, node),) = row.draft["nodes"].items()
        mine = fates.get(row.id, Counter())
        begun, done = fired.get(row.id, (0, 0))
        state = derive_state(
            JourneyState(row.state),
            row.draft["trigger"],
            Firing(begun, done, row.schedule_mark_at),
            queued=mine["queued"],
            entered=entered[row.id],
        )
        found.append(
            Broadcast(
                journey=row,
                state=state,
                channel=SENDS[node["kind"]],
                node=node,
                trigger=row.draft["trigger"],
                entered=entered[row.id],
                fates=mine,
                marks=None if marks is None else marks.get(row.id, {}),
            )
        )
    return found


def _of_journeys(journey_ids: Sequence[int]) -> Any:
    """Return the condition that a message is of these journeys, as an index knows it."""
    versions = select(JourneyVersion.id).where(JourneyVersion.journey_id.in_(journey_ids))
    return Message.version_id.in_(versions)


def _count_fates(session: Session, journey_ids: Sequence[int]) -> dict[int, Counter[str]]:
    rows = session.execute(
        select(JourneyVersion.journey_id, Message.state, func.count())
        .join(JourneyVersion, JourneyVersion.id == Message.version_id)
        .where(JourneyVersion.journey_id.in_(journey_ids))
        .group_by(JourneyVersion.journey_id, Message.state)
    )
    found: dict[int, Counter[str]] = {}
    for journey_id, state, n in rows:
        found.setdefault(journey_id, Counter())[FATES[MessageState(state)]] += n
    return found


def _count_marks(
    session: Session, journey_ids: Sequence[int]
) -> dict[int, Mapping[str, int]] | None:
    marks: list[Any] = [func.count(getattr(Message, f"{mark}_at")) for mark in MARKS]
    asked = (
        select(Message.journey_id, *marks)
        .where(_of_journeys(journey_ids), Message.state == MessageState.SENT)
        .group_by(Message.journey_id)
    )
    left = (
        select(Message.journey_id, func.count(Message.id.distinct()))
        .join(ConsentProof, ConsentProof.contact_id == Message.contact_id)
        .where(
            _of_journeys(journey_ids),
            ConsentProof.source == SOURCE,
            ConsentProof.proof["message_id"].as_string() == cast(Message.id, String),
        )
        .group_by(Message.journey_id)
    )
    try:
        with limited(session, MOMENT):
            rows = session.execute(asked).all()
            unsubscribed = {row[0]: row[1] for row in session.execute(left)}
    except OutOfTime:
        return None
    return {
        journey_id: dict(zip(MARKS, counts, strict=True)) | {LEFT: unsubscribed.get(journey_id, 0)}
        for journey_id, *counts in rows
    }


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
