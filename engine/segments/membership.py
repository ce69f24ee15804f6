"""For whom a segment's condition is true: refreshed in full, and after each event for whom it touched.

A transition is reported once, when it is written: a rebuild that ends in the same membership
reports nothing (rule 17).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from engine.db import change_rows, insert_into, lock_contacts
from engine.models.segment import Segment, SegmentMember, SegmentRecheck
from engine.rules.compile_sql import compile_condition
from engine.rules.conditions import parse_condition
from engine.rules.reads import list_reads
from engine.segments.growth import note_sizes
from engine.segments.judging import SavedSegment, Transition, judge_members, order_segments
from engine.segments.states import list_needs, load_states


def update_members(
    session: Session, contact_ids: Collection[int], *, now: datetime, default_zone: str
) -> list[Transition]:
    """Ask every segment about these contacts, write what changed, and answer the transitions.

    The caller holds the contacts' rows. A segment that waits for its full refresh is left out.
    """
    saved = _load_saved(session)
    if not saved or not contact_ids:
        return []
    ids = list(contact_ids)
    states = load_states(session, ids, list_needs(list_reads(one.condition) for one in saved))
    before = _load_memberships(session, ids)
    transitions: list[Transition] = []
    rechecks: dict[tuple[str, int], datetime | None] = {}
    for contact_id, loaded in states.items():
        judged = judge_members(
            saved, contact_id, loaded.state, before[contact_id], now=now, default_zone=default_zone
        )
        transitions += judged.transitions
        rechecks |= {(key, contact_id): at for key, at in judged.rechecks.items()}
    _write_transitions(session, transitions, now=now)
    _write_rechecks(session, rechecks)
    return transitions


def recheck_due(
    session: Session, *, now: datetime, limit: int, default_zone: str
) -> tuple[int, list[Transition]]:
    """Ask again about contacts whose membership may have changed by time alone.

    Returns:
        How many were looked at, and the transitions; the contacts' rows are held.
    """
    due = session.scalars(
        select(SegmentRecheck.contact_id)
        .where(SegmentRecheck.due_at <= now)
        .order_by(SegmentRecheck.due_at)
        .limit(limit)
    ).all()
    if not due:
        return 0, []
    held = lock_contacts(session, due)
    return len(due), update_members(session, held, now=now, default_zone=default_zone)


def refresh(
    session: Session, key: str, *, now: datetime, default_zone: str
) -> tuple[int, list[Transition]]:
    """Make a segment's membership what its condition says of everybody, set-wise.

    Returns:
        The number of members, and the transitions. A first refresh has none: nobody entered, they
        were found.
    """
    row = session.get(Segment, key, with_for_update={"key_share": True})
    if row is None:
        return 0, []
    is_first = row.refreshed_at is None
    condition = parse_condition(row.condition)
    dialect: Any = session.get_bind().dialect.name
    wanted: set[int] = set(
        session.scalars(
            compile_condition(condition, now=now, dialect=dialect, default_zone=default_zone)
        )
    )
    members = select(SegmentMember.contact_id).where(SegmentMember.segment == key)
    present = set(session.scalars(members))
    transitions = [
        *(Transition(key, one, "entered") for one in sorted(wanted - present)),
        *(Transition(key, one, "left") for one in sorted(present - wanted)),
    ]
    lock_contacts(session, {one.contact_id for one in transitions})
    _write_transitions(session, transitions, now=now)
    if list_reads(condition).moves:
        _plan_rechecks(session, key, now=now)
    row.refreshed_at, row.size = now, len(wanted)
    session.flush()
    note_sizes(session, [key], now=now)
    return len(wanted), [] if is_first else transitions


def find_stale(session: Session, *, now: datetime, older_than: timedelta) -> str | None:
    """Return the segment that most needs a full refresh; None if none does."""
    return session.scalar(
        select(Segment.key)
        .where(Segment.refreshed_at.is_(None) | (Segment.refreshed_at < now - older_than))
        .order_by(func.coalesce(Segment.refreshed_at, Segment.created_at))
        .limit(1)
    )


def _load_saved(session: Session) -> list[SavedSegment]:
    """Return the segments that have been refreshed once, those that others ask about first."""
    rows = session.execute(
        select(Segment.key, Segment.condition).where(Segment.refreshed_at.is_not(None))
    )
    return order_segments([SavedSegment(key, parse_condition(data)) for key, data in rows])


def _load_memberships(session: Session, ids: list[int]) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = session.execute(
        select(SegmentMember.contact_id, SegmentMember.segment).where(
            SegmentMember.contact_id.in_(ids)
        )
    )
    for contact_id, segment in rows:
        found[contact_id].add(segment)
    return found


def _write_transitions(
    session: Session, transitions: Sequence[Transition], *, now: datetime
) -> None:
    entered = [one for one in transitions if one.change == "entered"]
    left = [(one.segment, one.contact_id) for one in transitions if one.change == "left"]
    if entered:
        session.execute(
            insert_into(session, SegmentMember).on_conflict_do_nothing(),
            [
                {"segment": one.segment, "contact_id": one.contact_id, "since": now}
                for one in entered
            ],
        )
    for start in range(0, len(left), 500):
        session.execute(
            delete(SegmentMember).where(
                tuple_(SegmentMember.segment, SegmentMember.contact_id).in_(
                    left[start : start + 500]
                )
            )
        )
    grown: dict[str, int] = defaultdict(int)
    for one in transitions:
        grown[one.segment] += 1 if one.change == "entered" else -1
    for key, by in sorted(grown.items()):
        change_rows(
            session, update(Segment).where(Segment.key == key).values(size=Segment.size + by)
        )
    note_sizes(session, sorted(grown), now=now)


def _write_rechecks(session: Session, rechecks: dict[tuple[str, int], datetime | None]) -> None:
    never = [key for key, at in rechecks.items() if at is None]
    for start in range(0, len(never), 500):
        session.execute(
            delete(SegmentRecheck).where(
                tuple_(SegmentRecheck.segment, SegmentRecheck.contact_id).in_(
                    never[start : start + 500]
                )
            )
        )
    rows = [
        {"segment": segment, "contact_id": contact_id, "due_at": at}
        for (segment, contact_id), at in rechecks.items()
        if at is not None
    ]
    if rows:
        statement = insert_into(session, SegmentRecheck)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=[SegmentRecheck.segment, SegmentRecheck.contact_id],
                set_={"due_at": statement.excluded.due_at},
            ),
            rows,
        )


def _plan_rechecks(session: Session, key: str, *, now: datetime) -> None:
    """Look at every member again soon: only for each by itself is it known when it flips."""
    members = select(SegmentMember.contact_id).where(SegmentMember.segment == key)
    rows = [
        {"segment": key, "contact_id": contact_id, "due_at": now}
        for contact_id in session.scalars(members)
    ]
    if rows:
        session.execute(insert_into(session, SegmentRecheck).on_conflict_do_nothing(), rows)
