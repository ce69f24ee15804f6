"""The figures of the lanes, the processes at work, what is set aside, and putting it back.

Everything is asked of the rows; there is no second book that could differ from them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, delete, func, select, text, union_all
from sqlalchemy.orm import Session

from engine.bulk import is_among
from engine.db import insert_into
from engine.errors import Invalid
from engine.events import ingest
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.publishing.aside import replay_enrollments
from engine.language.say import say
from engine.messages.handover import outbox
from engine.messages.states import OPEN, MessageState
from engine.models.event import EventBatch
from engine.models.journey import Enrollment, Occurrence, Watch
from engine.models.message import ASIDE, Message
from engine.models.operation import LaneMinute, Process
from engine.models.segment import Segment, SegmentRecheck
from engine.tasks import Lane, ring

ALIVE: Final = timedelta(seconds=20)
"""A process that was not heard of for this long is taken for dead; it speaks every five seconds."""
SHOWN: Final = 200
MINUTE: Final = 60
KEPT_MINUTES: Final = 24 * 60
_NUMBER: Final = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class LaneFigures:
    """How a lane stands.

    Attributes:
        depth: how much is to be done now.
        oldest_seconds: for how long the oldest of it has been due; None where nothing is.
        per_minute: done lately, a minute.
        failed_per_minute: chunks that failed lately, a minute.
        done: since counting began, or rather as far back as the minutes are kept.
        failed: the same, of failures.
    """

    lane: Lane
    depth: int
    oldest_seconds: float | None
    per_minute: float
    failed_per_minute: float
    done: int
    failed: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """One thing that is out of the way until a person looks at it.

    Attributes:
        id: `batch:1`, `message:2` or `enrollment:3`.
        what: a few words: the channel and node, or the number of events.
        reason: why, without personal data.
        message: its own id, where it is one.
    """

    id: str
    lane: Lane
    what: str
    reason: str
    at: datetime | None
    message: UUID | None = None


def read_lanes(session: Session, *, now: datetime, wall: datetime) -> list[LaneFigures]:
    """Return the figures of every lane.

    Args:
        session: for reading.
        now: of the product's clock, by which things are due.
        wall: of the machine's clock, by which minutes are counted.
    """
    counted = _count_minutes(session, wall)
    figures = []
    for lane in Lane:
        depth, oldest = session.execute(_select_due(lane, now)).one()
        age = None if oldest is None else max(0.0, (now - oldest).total_seconds())
        figures.append(LaneFigures(lane, depth, age, *counted[lane]))
    return figures


def count_set_aside(session: Session) -> dict[Lane, int]:
    """Return how many things of each lane are set aside."""
    counts = dict.fromkeys(Lane, 0)
    counts[Lane.INGEST] = (
        session.scalar(select(func.count()).where(EventBatch.set_aside_at.is_not(None))) or 0
    )
    counts[Lane.ADVANCE] = (
        session.scalar(select(func.count()).where(Enrollment.status == EnrollmentStatus.FAILED))
        or 0
    )
    for channel, count in session.execute(
        select(Message.channel, func.count()).where(text(ASIDE)).group_by(Message.channel)
    ):
        counts[Lane(channel)] = count
    return counts


def list_set_aside(session: Session, *, limit: int = SHOWN) -> list[SetAside]:
    """Return what is set aside, at most `limit` of each sort, the newest first."""
    return [
        *_list_batches(session, limit),
        *_list_enrollments(session, limit),
        *_list_messages(session, limit),
    ]


def replay(session: Session, ids: Iterable[str], *, now: datetime) -> int:
    """Put these things back to where they are worked on, and return how many were.

    What is not set aside (any more) is left as it is, so repeating it is harmless.

    Raises:
        Invalid: an id is not of the form `batch:1`, `message:2` or `enrollment:3`.
    """
    numbers: dict[str, list[int]] = {"batch": [], "message": [], "enrollment": []}
    for each in ids:
        sort, _, number = each.partition(":")
        if sort not in numbers or not _NUMBER.fullmatch(number):
            msg = say("ids are batch:1, message:2 or enrollment:3, as the list shows them")
            raise Invalid(msg)
        numbers[sort].append(int(number))
    batches = ingest.replay_batches(session, numbers["batch"])
    messages = outbox.replay(session, numbers["message"], now=now)
    enrollments = replay_enrollments(session, numbers["enrollment"], now=now)
    if batches:
        ring(session, Lane.INGEST)
    return batches + messages + enrollments


def count_minute(session: Session, lane: Lane, *, done: int, failed: int, wall: datetime) -> None:
    """Add to what a lane did in this minute."""
    statement = insert_into(session, LaneMinute).values(
        lane=lane.value, minute=_minute_of(wall), done=done, failed=failed
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[LaneMinute.lane, LaneMinute.minute],
            set_={
                "done": LaneMinute.done + statement.excluded.done,
                "failed": LaneMinute.failed + statement.excluded.failed,
            },
        )
    )


def note_process(session: Session, process: Process, *, wall: datetime) -> None:
    """Keep that a process is at work."""
    process.seen_at = wall
    session.merge(process)


def forget_process(session: Session, id_: str) -> None:
    """Take a process off the list, since it ended in good order."""
    session.execute(delete(Process).where(Process.id == id_))


def list_processes(session: Session) -> list[Process]:
    """Return the processes of the last day, those at work first."""
    return list(session.scalars(select(Process).order_by(Process.seen_at.desc()).limit(SHOWN)))


def is_alive(process: Process, *, wall: datetime) -> bool:
    """Return whether a process was heard of lately."""
    return wall - process.seen_at < ALIVE


def prune(session: Session, *, wall: datetime) -> None:
    """Forget the minutes and the dead processes of more than a day ago."""
    session.execute(delete(LaneMinute).where(LaneMinute.minute < _minute_of(wall) - KEPT_MINUTES))
    session.execute(delete(Process).where(Process.seen_at < wall - timedelta(days=1)))


def _minute_of(wall: datetime) -> int:
    return int(wall.timestamp()) // MINUTE


def _count_minutes(session: Session, wall: datetime) -> dict[Lane, tuple[float, float, int, int]]:
    """Return each lane's rates and totals.

    The rate is the last whole minute's and this one's, weighed so that they make up sixty seconds.
    """
    present = _minute_of(wall)
    past_share = 1 - (wall.timestamp() % MINUTE) / MINUTE
    counted: dict[Lane, tuple[float, float, int, int]] = dict.fromkeys(Lane, (0.0, 0.0, 0, 0))
    for lane in Lane:
        rates = [0.0, 0.0]
        totals = [0, 0]
        for row in session.scalars(select(LaneMinute).where(LaneMinute.lane == lane.value)):
            share = {present: 1.0, present - 1: past_share}.get(row.minute, 0.0)
            rates[0] += row.done * share
            rates[1] += row.failed * share
            totals[0] += row.done
            totals[1] += row.failed
        counted[lane] = (round(rates[0], 1), round(rates[1], 1), totals[0], totals[1])
    return counted


def _select_due(lane: Lane, now: datetime) -> Select[int, Any]:
    """Return the question how much of a lane is due now, and since when."""
    match lane:
        case Lane.INGEST:
            return select(func.count(), func.min(EventBatch.received_at)).where(
                EventBatch.set_aside_at.is_(None)
            )
        case Lane.ADVANCE:
            return select(func.count(), func.min(Enrollment.wake_at)).where(
                is_among(Enrollment.status, ACTIVE),
                Enrollment.wake_at <= now,
            )
        case Lane.EMAIL | Lane.SMS | Lane.PUSH | Lane.WEBHOOK:
            return select(func.count(), func.min(Message.due_at)).where(
                Message.channel == lane.value,
                is_among(Message.state, OPEN),
                Message.due_at <= now,
            )
        case Lane.SEGMENTS:
            due = union_all(
                select(SegmentRecheck.due_at.label("at")).where(SegmentRecheck.due_at <= now),
                select(Watch.due_at).where(Watch.due_at <= now),
                select(Occurrence.at).where(Occurrence.at <= now, Occurrence.done_at.is_(None)),
                select(Segment.updated_at).where(Segment.refreshed_at.is_(None)),
            ).subquery()
            return select(func.count(), func.min(due.c.at))


def _list_batches(session: Session, limit: int) -> list[SetAside]:
    rows = session.execute(
        select(EventBatch.id, EventBatch.items, EventBatch.error, EventBatch.set_aside_at)
        .where(EventBatch.set_aside_at.is_not(None))
        .order_by(EventBatch.id.desc())
        .limit(limit)
    )
    return [
        SetAside(f"batch:{id_}", Lane.INGEST, f"{items} tracked calls", error or "", at)
        for id_, items, error, at in rows
    ]


def _list_enrollments(session: Session, limit: int) -> list[SetAside]:
    rows = session.execute(
        select(Enrollment.id, Enrollment.journey_id, Enrollment.reason, Enrollment.ended_at)
        .where(Enrollment.status == EnrollmentStatus.FAILED)
        .order_by(Enrollment.id.desc())
        .limit(limit)
    )
    return [
        SetAside(f"enrollment:{id_}", Lane.ADVANCE, f"in journey {journey}", reason or "", at)
        for id_, journey, reason, at in rows
    ]


def _list_messages(session: Session, limit: int) -> list[SetAside]:
    rows = session.scalars(
        select(Message).where(text(ASIDE)).order_by(Message.id.desc()).limit(limit)
    )
    return [
        SetAside(
            f"message:{row.id}",
            Lane(row.channel),
            f"{row.template or row.channel} from {row.node or 'no node'}",
            row.reason or MessageState(row.state).name.lower(),
            row.due_at,
            row.uid,
        )
        for row in rows
    ]
