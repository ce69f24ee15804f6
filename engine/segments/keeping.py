"""Segments as people keep them: listed, written, changed, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.db import check_revision, insert_into
from engine.errors import Conflict, Invalid, NotFound
from engine.language.say import say
from engine.models.contact import Contact
from engine.models.segment import Segment, SegmentMember, SegmentRecheck
from engine.rules.conditions import Condition, parse_condition
from engine.rules.reads import list_reads
from engine.segments.counting import list_private
from engine.tasks import Lane, ring

GROWTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a segment is to be.

    Attributes:
        data: the condition as JSON.
    """

    key: str
    name: str
    condition: Condition
    data: dict[str, Any]


def list_segments(session: Session) -> Sequence[Segment]:
    """Return all segments by key."""
    return session.scalars(select(Segment).order_by(Segment.key)).all()


def get_segment(session: Session, key: str) -> Segment:
    """Return one segment.

    Raises:
        NotFound: there is none of this key.
    """
    segment = session.get(Segment, key)
    if segment is None:
        raise NotFound(say("there is no segment {key!r}", key=key))
    return segment


def make_segment(session: Session, draft: Draft, *, now: datetime) -> Segment:
    """Keep a new segment; who is in it is found out by and by.

    Raises:
        Conflict: a segment has this key.
        Invalid: only an enrollment could answer the condition, or it asks about itself.
    """
    _check(session, draft)
    statement = insert_into(session, Segment).values(
        key=draft.key,
        name=draft.name,
        condition=draft.data,
        revision=1,
        size=0,
        created_at=now,
        updated_at=now,
    )
    if session.scalar(statement.on_conflict_do_nothing().returning(Segment.key)) is None:
        raise Conflict(say("there is a segment {key!r} already", key=draft.key))
    ring(session, Lane.SEGMENTS)
    return session.get_one(Segment, draft.key)


def change_segment(session: Session, draft: Draft, *, revision: int, now: datetime) -> Segment:
    """Change a segment's name or condition.

    With another condition who is in it is found out anew; nobody enters or leaves by that, so no
    journey begins for whom an edit brought in.

    Raises:
        NotFound: there is none of this key.
        LostUpdate: somebody else changed it meanwhile.
        Invalid: only an enrollment could answer the condition, or it asks about itself.
    """
    segment = session.get(Segment, draft.key, with_for_update={"key_share": True})
    if segment is None:
        raise NotFound(say("there is no segment {key!r}", key=draft.key))
    check_revision(segment.revision, edited=revision)
    _check(session, draft)
    if segment.condition != draft.data:
        segment.condition, segment.refreshed_at = draft.data, None
        session.execute(delete(SegmentRecheck).where(SegmentRecheck.segment == draft.key))
        ring(session, Lane.SEGMENTS)
    segment.name = draft.name
    segment.revision += 1
    segment.updated_at = now
    session.flush()
    return segment


def delete_segment(session: Session, key: str) -> None:
    """Take a segment away. The caller knows that no journey names it.

    Raises:
        NotFound: there is none of this key.
        Conflict: another segment asks about it.
    """
    segment = get_segment(session, key)
    if asking := list_asking(session).get(key):
        raise Conflict(
            say("{key} is asked about by the segment {asking}", key=key, asking=", ".join(asking))
        )
    session.delete(segment)


def list_asking(session: Session) -> dict[str, list[str]]:
    """Return, by key, the segments whose conditions ask about it."""
    found: dict[str, list[str]] = {}
    for segment in list_segments(session):
        for other in list_reads(parse_condition(segment.condition)).segments:
            found.setdefault(other, []).append(segment.key)
    return found


def list_members(
    session: Session, key: str, *, before: int | None, limit: int
) -> list[tuple[Contact, datetime]]:
    """Return who is in a segment and since when, the newest contacts first."""
    asked = (
        select(Contact, SegmentMember.since)
        .join(SegmentMember, SegmentMember.contact_id == Contact.id)
        .where(SegmentMember.segment == key, Contact.erased_at.is_(None))
        .order_by(Contact.id.desc())
        .limit(limit)
    )
    rows = session.execute(asked if before is None else asked.where(Contact.id < before))
    return [(contact, since) for contact, since in rows]


def count_joined(session: Session, *, now: datetime) -> dict[str, dict[date, int]]:
    """Return, by segment and day (UTC), since when those of its members are in it who joined lately."""
    day = func.date(SegmentMember.since)
    rows = session.execute(
        select(SegmentMember.segment, day, func.count())
        .where(SegmentMember.since >= now - GROWTH)
        .group_by(SegmentMember.segment, day)
    )
    found: dict[str, dict[date, int]] = {}
    for key, on, n in rows:
        joined_on = on if isinstance(on, date) else date.fromisoformat(str(on)[:10])
        found.setdefault(key, {})[joined_on] = n
    return found


def _check(session: Session, draft: Draft) -> None:
    private = list_private(draft.condition)
    if private:
        raise Invalid(
            say(
                "a segment asks about contacts alone, and not about {private}: only an enrollment knows that",
                private=", ".join(private),
            )
        )
    conditions = {row.key: parse_condition(row.condition) for row in list_segments(session)}
    asked, seen = [*list_reads(draft.condition).segments], set[str]()
    while asked:
        other = asked.pop()
        if other == draft.key:
            raise Invalid(say("the segment {key!r} would ask about itself", key=draft.key))
        if other not in seen and other in conditions:
            seen.add(other)
            asked += list_reads(conditions[other]).segments
