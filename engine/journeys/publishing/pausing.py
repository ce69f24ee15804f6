"""Pausing a journey and going on: all of it, its entries alone, or its messages alone (rule 102)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from engine.bulk import change_many, in_chunks, is_any
from engine.errors import Conflict, Invalid
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.retiming import ResumePolicy, arrive_after_pause, is_over, retime
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus, JourneyState, move_journey
from engine.journeys.deciding.walk import Traveller
from engine.journeys.entering.backfills import hold_backfill
from engine.journeys.entering.schedules import close_occurrences
from engine.journeys.publishing.publish import RELEASED_PER_MINUTE, begin_listening, hold_journey
from engine.journeys.running.inside import end_enrollments, hold_inside, load_enrolled
from engine.journeys.running.live import load_plans
from engine.journeys.running.runner import TRAVELLER_COLUMNS, load_travellers
from engine.journeys.watching.watches import list_overdue, put_off_all
from engine.language.say import say
from engine.models.journey import Enrollment, Journey
from engine.reasons import ExitReason
from engine.tasks import Lane, ring
from engine.when.pauses import wave_slot

CHUNK: Final = 1_000


class Pausable(StrEnum):
    """What of a journey can be paused."""

    ALL = "all"  # nobody enters, nobody moves, nothing leaves
    ENTRIES = "entries"  # nobody enters; those inside go on
    SENDS = "sends"  # messages are kept back; people enter and go on


@dataclass(frozen=True, slots=True)
class Resumed:
    """What resuming came to.

    Attributes:
        released: so many were overdue and go on in a wave.
        dropped: so many left with `missed_while_paused`.
    """

    released: int = 0
    dropped: int = 0


def pause(
    session: Session,
    key: str,
    *,
    now: datetime,
    what: Pausable = Pausable.ALL,
    by: str | None = None,
) -> None:
    """Pause a journey, or a part of it. Events are still recorded, exits and goals still count.

    Args:
        by: whom to name as the one who did.

    Raises:
        NotFound: no such journey.
        InvalidTransition: it is not live.
    """
    journey = hold_journey(session, key)
    journey.updated_at = now
    match what:
        case Pausable.ENTRIES:
            journey.entries_paused = True
        case Pausable.SENDS:
            journey.sends_paused = True
        case Pausable.ALL:
            journey.state = move_journey(JourneyState(journey.state), JourneyState.PAUSED)
            journey.paused_at, journey.paused_for = now, by


def resume(
    session: Session,
    key: str,
    *,
    waits: ResumePolicy | None,
    now: datetime,
    default_zone: str,
    what: Pausable = Pausable.ALL,
    per_minute: int = RELEASED_PER_MINUTE,
) -> Resumed:
    """Go on after a pause.

    Args:
        waits: what the pause did to waits; must be said where everything was paused (rule 103).
        per_minute: so many of those who are overdue go on a minute.

    Raises:
        NotFound: no such journey.
        Conflict: it is not paused.
        Invalid: nobody said what becomes of the waits.
    """
    held: set[int] = set()
    if what is Pausable.ALL:
        hold_backfill(session, key)
        journey_id = get_journey(session, key).id
        listened_to = (contact for contact, _ in list_overdue(session, journey_id, now=now))
        held = hold_inside(session, journey_id, *listened_to)
    journey = hold_journey(session, key)
    journey.updated_at = now
    match what:
        case Pausable.ENTRIES:
            journey.entries_paused = False
            _listen_again(session, journey, now=now, default_zone=default_zone)
            ring(session, Lane.SEGMENTS)
            return Resumed()
        case Pausable.SENDS:
            journey.sends_paused = False
            _ring_for_messages(session)
            return Resumed()
        case Pausable.ALL:
            if waits is None:
                msg = say(
                    "say what becomes of the waits: {policies}",
                    policies=", ".join(ResumePolicy),
                )
                raise Invalid(msg)
            return _resume_all(session, journey, held, waits, now, default_zone, per_minute)


def _resume_all(
    session: Session,
    journey: Journey,
    held: Collection[int],
    waits: ResumePolicy,
    now: datetime,
    default_zone: str,
    per_minute: int,
) -> Resumed:
    if journey.state != JourneyState.PAUSED:
        msg = say("{key} is {state}, not paused", key=journey.key, state=journey.state)
        raise Conflict(msg)
    paused_at = journey.paused_at or journey.updated_at
    after = _AfterPause(session, waits, paused_at, Asker(now=now, default_zone=default_zone))
    slots = (wave_slot(n, starts_at=now, per_minute=per_minute) for n in count())
    resumed = after.run(journey.id, held, slots)
    forgets = waits is ResumePolicy.DROP
    overdue = [one for one in list_overdue(session, journey.id, now=now) if one[0] in held]
    dues = {one: None if forgets else next(slots) for one in overdue}
    put_off_all(session, journey.id, dues)
    if forgets:
        close_occurrences(session, journey.id, now=now)
    journey.state, journey.paused_at, journey.paused_for = JourneyState.LIVE, None, None
    _listen_again(session, journey, now=now, default_zone=default_zone)
    _ring_for_messages(session)
    ring(session, Lane.ADVANCE)
    ring(session, Lane.SEGMENTS)
    return resumed


def count_overdue(session: Session, journey: Journey, *, now: datetime) -> int | None:
    """Return how many became due in a journey's pause, and wait for it to end; None if it is not paused."""
    if journey.state != JourneyState.PAUSED:
        return None
    since = journey.paused_at or journey.updated_at
    return session.scalar(
        select(func.count()).where(
            Enrollment.journey_id == journey.id,
            Enrollment.status.in_(ACTIVE),
            Enrollment.wake_at > since,
            Enrollment.wake_at <= now,
        )
    )


def _listen_again(session: Session, journey: Journey, *, now: datetime, default_zone: str) -> None:
    version = journey.version_id or 0
    plan = load_plans(session, [version])[version]
    begin_listening(session, journey, plan, now=now, default_zone=default_zone)


class _AfterPause:
    """Goes through everybody inside, the longest due first, a chunk at a time."""

    def __init__(
        self, session: Session, waits: ResumePolicy, paused_at: datetime, asker: Asker
    ) -> None:
        self._session = session
        self._waits = waits
        self._paused_at = paused_at
        self._asker = asker

    def run(self, journey_id: int, held: Collection[int], slots: Iterator[datetime]) -> Resumed:
        """Write what becomes of each; their contacts are held."""
        released = dropped = 0
        for ids in in_chunks(self._list_concerned(journey_id, held), CHUNK):
            rows = self._load(ids)
            changes: list[dict[str, Any]] = []
            leaving: list[int] = []
            for row, traveller in zip(rows, self._load_travellers(rows), strict=True):
                match self._decide(row, traveller):
                    case None:
                        leaving.append(row.id)
                    case arrived_at, wake_at:
                        if wake_at <= self._asker.now:
                            wake_at, released = next(slots), released + 1
                        changes.append({"id": row.id, "arrived_at": arrived_at, "wake_at": wake_at})
            change_many(self._session, Enrollment, changes)
            self._end(leaving)
            dropped += len(leaving)
        return Resumed(released, dropped)

    def _list_concerned(self, journey_id: int, held: Collection[int]) -> list[int]:
        """Return the enrollments that resuming may change; where nothing moves, the overdue."""
        concerned = (
            select(Enrollment.id, Enrollment.contact_id)
            .where(Enrollment.journey_id == journey_id, Enrollment.status.in_(ACTIVE))
            .order_by(Enrollment.wake_at, Enrollment.id)
        )
        if self._waits in (ResumePolicy.KEEP, ResumePolicy.DROP):
            concerned = concerned.where(Enrollment.wake_at <= self._asker.now)
        rows = self._session.execute(concerned)
        return [enrollment_id for enrollment_id, contact_id in rows if contact_id in held]

    def _load(self, ids: Sequence[int]) -> list[Row[Any]]:
        rows = self._session.execute(
            select(*TRAVELLER_COLUMNS, Enrollment.wake_at).where(
                is_any(self._session, Enrollment.id, ids)
            )
        )
        by_id = {row.id: row for row in rows}
        return [by_id[each] for each in ids]

    def _load_travellers(self, rows: Sequence[Row[Any]]) -> Sequence[Traveller | None]:
        if self._waits is ResumePolicy.KEEP:
            return [None] * len(rows)  # nobody is asked
        plans = load_plans(self._session, {row.version_id for row in rows})
        return load_travellers(self._session, rows, plans).travellers

    def _decide(
        self, row: Row[Any], traveller: Traveller | None
    ) -> tuple[datetime, datetime] | None:
        """Return from when its wait counts and when it ends; None if it leaves.

        What was due before the pause, or was woken in it, goes on whatever the policy says.
        """
        sleeps = row.status == EnrollmentStatus.WAITING and row.signal is None
        if traveller is None or not sleeps or row.wake_at <= self._paused_at:
            return row.arrived_at, row.wake_at
        if self._waits is ResumePolicy.DROP:
            return None if is_over(traveller, self._asker) else (row.arrived_at, row.wake_at)
        traveller.arrived_at = arrive_after_pause(
            row.arrived_at,
            self._waits,
            paused_at=self._paused_at,
            resumed_at=self._asker.now,
        )
        wake_at = retime(traveller, self._asker)
        return traveller.arrived_at, self._asker.now if wake_at is None else wake_at

    def _end(self, ids: Sequence[int]) -> None:
        left = load_enrolled(self._session, ids)
        for held in left:
            held.leave(ExitReason.MISSED_WHILE_PAUSED)
        end_enrollments(self._session, left, now=self._asker.now)


def _ring_for_messages(session: Session) -> None:
    for lane in (Lane.EMAIL, Lane.SMS, Lane.PUSH, Lane.WEBHOOK):
        ring(session, lane)
