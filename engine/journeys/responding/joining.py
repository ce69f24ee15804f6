"""Two contacts turn out to be one: their journeys become one contact's (rules 66 to 71)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.bulk import change_many, is_any, put_rows
from engine.contacts.merge import Merge, move_rows
from engine.events.arrivals import CONTACT
from engine.journeys.deciding.held import Held
from engine.journeys.entering.late import join_late
from engine.journeys.entering.refusals import forget_refusals
from engine.journeys.running.holdouts import join_holdouts
from engine.journeys.running.inside import end_enrollments, load_held
from engine.models.coupon import CouponCode
from engine.models.journey import Assignment, Enrollment, JourneyEntry, Watch
from engine.models.limit import SendingUse
from engine.models.message import Message, TestLetter
from engine.models.question import Question
from engine.models.record import Record
from engine.reasons import ExitReason


def join_journeys(
    session: Session, merges: Sequence[Merge], *, now: datetime, holdout_percent: int = 0
) -> None:
    """Move what is of lost contacts to those that stay, from enrollments to questions and records.

    The caller holds all these contacts' rows. Of two active enrollments under one key the one of
    the contact that stays goes on; the other ends, and none of its steps is done any more (rule
    67). Repeating it is harmless: nothing is left to move.

    Args:
        holdout_percent: of all contacts, who get no marketing from any journey.
    """
    if not merges:
        return
    into = dict(merges)
    _move_enrollments(session, into, now=now)
    _move_entries(session, into)
    _move_watches(session, into)
    join_late(session, into)
    forget_refusals(session, into)
    join_holdouts(session, merges, everywhere=holdout_percent)
    _move_assignments(session, into)
    for row in (Message, SendingUse, TestLetter, Question, Record, CouponCode):
        move_rows(session, row, merges)


def _move_enrollments(session: Session, into: Mapping[int, int], *, now: datetime) -> None:
    held = {
        contact_id: [one for one in several if one.record is None]  # a ticket has no double
        for contact_id, several in load_held(session, {*into, *into.values()}).items()
    }
    taken = {(one.contact_id, *_name(one)) for several in held.values() for one in several}
    doubles: list[Held] = []
    for loser, winner in into.items():
        for one in held.get(loser, ()):
            place = (winner, *_name(one))
            if place in taken:
                one.leave(ExitReason.MERGED)
                doubles.append(one)
            taken.add(place)
    end_enrollments(session, doubles, now=now)
    rows = session.execute(
        select(
            Enrollment.id, Enrollment.contact_id, Enrollment.subject_kind, Enrollment.subject_id
        ).where(is_any(session, Enrollment.contact_id, into))
    )
    change_many(
        session,
        Enrollment,
        [
            {
                "id": row.id,
                "contact_id": into[row.contact_id],
                "subject_id": into[row.contact_id]
                if row.subject_kind == CONTACT
                else row.subject_id,
            }
            for row in rows
        ],
    )


def _name(held: Held) -> tuple[int, str]:
    return held.plan.journey_id, held.entry_key


def _move_entries(session: Session, into: Mapping[int, int]) -> None:
    """Both have entered: as often as both together, and last when the later one did."""
    concerned = (
        JourneyEntry.subject_kind == CONTACT,
        is_any(session, JourneyEntry.subject_id, into),
    )
    lost = session.scalars(select(JourneyEntry).where(*concerned)).all()
    kept = session.scalars(
        select(JourneyEntry).where(
            JourneyEntry.subject_kind == CONTACT,
            is_any(session, JourneyEntry.subject_id, set(into.values())),
        )
    ).all()
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in (*kept, *lost):
        subject = into.get(entry.subject_id, entry.subject_id)
        key = (entry.journey_id, subject, entry.entry_key)
        before = rows.get(key)
        rows[key] = {
            "journey_id": entry.journey_id,
            "subject_kind": CONTACT,
            "subject_id": subject,
            "entry_key": entry.entry_key,
            "entered_at": max(entry.entered_at, before["entered_at"])
            if before
            else entry.entered_at,
            "entries": entry.entries + (before["entries"] if before else 0),
        }
    _forget(session, (*kept, *lost))
    session.execute(delete(JourneyEntry).where(*concerned))
    put_rows(session, JourneyEntry, list(rows.values()), replacing=("entered_at", "entries"))


def _move_watches(session: Session, into: Mapping[int, int]) -> None:
    """Of two silences under one key the one that began last is listened to."""
    watches = session.scalars(
        select(Watch).where(is_any(session, Watch.contact_id, {*into, *into.values()}))
    ).all()
    rows: dict[tuple[int, int, str], dict[str, Any]] = {}
    for watch in watches:
        contact_id = into.get(watch.contact_id, watch.contact_id)
        key = (watch.journey_id, contact_id, watch.key)
        before = rows.get(key)
        if before is None or _is_later(watch.due_at, before["due_at"]):
            rows[key] = {
                "journey_id": watch.journey_id,
                "contact_id": contact_id,
                "key": watch.key,
                "due_at": watch.due_at,
                "data": watch.data,
            }
    _forget(session, watches)
    session.execute(delete(Watch).where(is_any(session, Watch.contact_id, into)))
    put_rows(session, Watch, list(rows.values()), replacing=("due_at", "data"))


def _is_later(one: datetime | None, other: datetime | None) -> bool:
    """Return whether a silence began later; a spent one (None) gives way to any."""
    return one is not None and (other is None or one > other)


def _move_assignments(session: Session, into: Mapping[int, int]) -> None:
    """The arm of the contact that stays holds; where it has none, it gets the lost one's."""
    lost = session.scalars(
        select(Assignment).where(is_any(session, Assignment.contact_id, into))
    ).all()
    rows = [
        {
            "salt": one.salt,
            "contact_id": into[one.contact_id],
            "label": one.label,
            "assigned_at": one.assigned_at,
        }
        for one in lost
    ]
    _forget(session, lost)
    session.execute(delete(Assignment).where(is_any(session, Assignment.contact_id, into)))
    put_rows(session, Assignment, rows)


def _forget(session: Session, rows: Iterable[object]) -> None:
    """Take rows out of the session's memory; statements change them from here on."""
    for row in rows:
        session.expunge(row)
