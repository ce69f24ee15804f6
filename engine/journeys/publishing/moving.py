"""Moves the people inside a journey to another version, as the plan said (rules 96 to 99).

All of them in one transaction, their contacts held: so the plan's counts are the counts moved, and
nobody goes on in the old version meanwhile.
"""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from engine.bulk import change_many, in_chunks, is_any
from engine.decision import EventArrived, Recheck
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.edits import Fate, Move, Moves, carry_visits, decide_move, list_passed
from engine.journeys.deciding.plan import WHOLE, Plan
from engine.journeys.deciding.retiming import retime
from engine.journeys.deciding.signals import read_signal, write_signal
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.running.inside import end_enrollments, load_enrolled
from engine.journeys.running.live import load_plans
from engine.journeys.running.questions import close_questions
from engine.journeys.running.runner import TRAVELLER_COLUMNS, load_travellers
from engine.journeys.running.tallies import (
    COMPLETED,
    ENTERED,
    MOVED_IN,
    MOVED_OUT,
    TallyKey,
    add_tallies,
    name_way,
)
from engine.models.journey import Enrollment
from engine.reasons import ExitReason
from engine.tasks import Lane, ring
from engine.when.pauses import wave_slot

CHUNK: Final = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """Those who stand at one node of an older version, and what becomes of them.

    Attributes:
        ids: their enrollments, ascending.
        passed: nodes they may have been at, and whose visits nobody counted.
        released: so many of them go on at once, in a wave (rule 97).
    """

    plan: Plan
    node: str
    ids: Sequence[int]
    move: Move
    passed: frozenset[str]
    released: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the place as the API shows it, and as the version keeps it."""
        return {
            "version": self.plan.number,
            "node": self.node,
            "people": len(self.ids),
            "fate": self.move.fate.value,
            "to": self.move.to,
            "released": self.released,
            "message": self.move.words,
        }


def list_places(
    session: Session,
    journey_id: int,
    target: Plan,
    moves: Moves,
    *,
    among: Collection[int] | None = None,
) -> list[Place]:
    """Return who is where in older versions, and what is to become of them.

    How many are released is not looked at (`count_released`).

    Args:
        among: contacts, the only ones to look at; None: everybody.
    """
    rows = session.execute(
        select(Enrollment.version_id, Enrollment.node, Enrollment.id, Enrollment.contact_id)
        .where(
            Enrollment.journey_id == journey_id,
            Enrollment.version_id != target.version_id,
            Enrollment.status.in_(ACTIVE),
        )
        .order_by(Enrollment.version_id, Enrollment.node, Enrollment.id)
    ).all()
    ids: dict[tuple[int, int], list[int]] = defaultdict(list)
    for version, node, enrollment_id, contact_id in rows:
        if among is None or contact_id in among:
            ids[version, node].append(enrollment_id)
    plans = load_plans(session, {version for version, _ in ids})
    return [
        Place(
            plans[version],
            plans[version].keys[node],
            several,
            decide_move(plans[version], node, target, moves),
            list_passed(plans[version], node),
        )
        for (version, node), several in ids.items()
    ]


def count_released(
    session: Session, places: Sequence[Place], target: Plan, *, now: datetime, default_zone: str
) -> list[Place]:
    """Return the places with how many go on at once: who arrives, and whose wait is over now."""
    asker = Asker(now=now, default_zone=default_zone)
    return [
        dataclasses.replace(
            place,
            released=sum(
                _is_released(change)
                for changes in _list_changes(session, place, target, asker)
                for change in changes
            ),
        )
        for place in places
    ]


def move_inside(
    session: Session,
    places: Sequence[Place],
    target: Plan,
    *,
    now: datetime,
    default_zone: str,
    per_minute: int,
) -> list[Place]:
    """Move everybody, and return the places with how many of each are released in the wave.

    The caller holds their contacts' rows (`engine.journeys.running.inside.hold_inside`).
    """
    asker = Asker(now=now, default_zone=default_zone)
    counts: Counter[TallyKey] = Counter()
    done: list[Place] = []
    slot = count()
    for place in places:
        released = 0
        for changes in _list_changes(session, place, target, asker):
            for change in filter(_is_released, changes):
                change["wake_at"] = wave_slot(next(slot), starts_at=now, per_minute=per_minute)
                released += 1
            _write(session, place, changes, now=now)
        _count(counts, place, target)
        done.append(dataclasses.replace(place, released=released))
    add_tallies(session, counts, now=now)
    ring(session, Lane.ADVANCE)
    return done


def _list_changes(
    session: Session, place: Place, target: Plan, asker: Asker
) -> Iterator[list[dict[str, Any]]]:
    """Yield, a chunk at a time by id, the rows of a place as they will be.

    `wake_at` None says: as soon as the wave has room.
    """
    for ids in in_chunks(place.ids, CHUNK):
        rows = session.execute(
            select(*TRAVELLER_COLUMNS, Enrollment.wake_at)
            .where(is_any(session, Enrollment.id, ids))
            .order_by(Enrollment.id)
        ).all()
        match place.move.fate:
            case Fate.STAY if place.move.is_retimed:
                yield _stay_retimed(session, rows, place, target, asker)
            case Fate.STAY:
                yield [_stay(row, place, target, row.wake_at) for row in rows]
            case Fate.GO:
                yield [_go(row, place, target, asker.now) for row in rows]
            case _:
                yield [{"id": row.id, "wake_at": asker.now} for row in rows]


def _stay_retimed(
    session: Session, rows: Sequence[Row[Any]], place: Place, target: Plan, asker: Asker
) -> list[dict[str, Any]]:
    plans, there = {place.plan.version_id: target}, target.places[place.node]
    travellers = load_travellers(session, rows, plans, place=there).travellers
    changes = []
    for row, traveller in zip(rows, travellers, strict=True):
        sleeps = row.status == EnrollmentStatus.WAITING and row.signal is None
        wake_at = retime(traveller, asker) if sleeps else row.wake_at
        changes.append(_stay(row, place, target, wake_at))
    return changes


def _stay(row: Row[Any], place: Place, target: Plan, wake_at: datetime | None) -> dict[str, Any]:
    signal = read_signal(row.signal)
    node = target.places[place.node]
    if isinstance(signal, EventArrived) and target.find_way(node, signal.path) is None:
        signal = Recheck()  # the path that the event opened is no more
    return {
        "id": row.id,
        "version_id": target.version_id,
        "node": node,
        "status": row.status,
        "arrived_at": row.arrived_at,
        "wake_at": wake_at,
        "signal": None if signal is None else write_signal(signal),
        "data": _carry(row, place),
    }


def _go(row: Row[Any], place: Place, target: Plan, now: datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        "version_id": target.version_id,
        "node": target.places[place.move.to or ""],
        "status": EnrollmentStatus.DUE,
        "arrived_at": now,
        "wake_at": None,
        "signal": None,
        "data": _carry(row, place),
    }


def _carry(row: Row[Any], place: Place) -> dict[str, Any]:
    has_begun = row.status == EnrollmentStatus.WAITING or row.signal is not None
    here = place.node if has_begun else None
    visits = carry_visits(place.passed, row.data.get("visits") or {}, here=here)
    return {**row.data, "visits": visits}


def _is_released(change: Mapping[str, Any]) -> bool:
    return change["wake_at"] is None


def _write(session: Session, place: Place, changes: list[dict[str, Any]], *, now: datetime) -> None:
    ids = [change["id"] for change in changes]
    match place.move.fate:
        case Fate.STAY:
            change_many(session, Enrollment, changes)
            return
        case Fate.GO:
            change_many(session, Enrollment, changes)
        case Fate.COMPLETE:
            session.execute(
                update(Enrollment)
                .where(is_any(session, Enrollment.id, ids))
                .values(status=EnrollmentStatus.COMPLETED, ended_at=now, wake_at=None, signal=None)
                .execution_options(synchronize_session=False)
            )
        case _:
            left = load_enrolled(session, ids)
            for held in left:
                held.leave(ExitReason.JOURNEY_EDITED)
            end_enrollments(session, left, now=now)
    close_questions(session, ids, now=now)


def _count(counts: Counter[TallyKey], place: Place, target: Plan) -> None:
    """Count those of a place out of the old version, and into the new one."""
    old, node, n = place.plan.version_id, place.plan.places[place.node], len(place.ids)
    move = place.move
    if move.way is not None:
        counts[old, node, name_way(move.way)] += n
    if move.fate is Fate.COMPLETE:
        counts[old, WHOLE, COMPLETED] += n
    if move.fate not in (Fate.STAY, Fate.GO):
        return  # who exits is counted where enrollments end
    counts[old, WHOLE, MOVED_OUT] += n
    counts[target.version_id, WHOLE, MOVED_IN] += n
    if move.way is None:
        counts[old, node, MOVED_OUT] += n
    if move.fate is Fate.STAY:
        counts[target.version_id, target.places[place.node], MOVED_IN] += n
    else:
        counts[target.version_id, target.places[move.to or ""], ENTERED] += n
