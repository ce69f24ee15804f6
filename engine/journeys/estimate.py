"""How many a journey may expect: counted from what was, before it is published."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.journeys.definition.journey import Journey as Document
from engine.models.event import Event
from engine.models.segment import Segment
from engine.parts.matching import ANY_EVENT
from engine.segments.counting import count_contacts, list_private
from engine.triggers.absence import AbsenceTrigger
from engine.triggers.event import EventTrigger
from engine.triggers.schedule import ScheduleTrigger
from engine.triggers.segment import SegmentTrigger

DAYS: Final = 30
MOST: Final = 200_000
"""So many events are looked at, at most: beyond that it is "at least so many"."""

Basis = Literal["events", "segment", "audience", "none"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What was, of which a journey would have let people in.

    Attributes:
        basis: `events`: what happened in the last days, before all conditions of the trigger and
            of the entry; `segment`: who is in the segment now; `audience`: for whom
            the schedule's audience is true now; `none`: nothing can be said of such a trigger.
        times: how often it happened; None: not counted.
        people: to how many, or how many there are.
        is_more: there were more than were counted.
    """

    basis: Basis
    days: int
    times: int | None = None
    people: int | None = None
    is_more: bool = False


def estimate_entries(
    session: Session, document: Document, *, now: datetime, default_zone: str
) -> Estimate:
    """Return what speaks for how many would enter; bounded, whatever the tables hold."""
    match document.trigger:
        case EventTrigger(event=name) if name != ANY_EVENT:
            return _count_events(session, name, now)
        case AbsenceTrigger(after=after):
            return _count_events(session, after.event, now)
        case SegmentTrigger(segment=key):
            return _count_segment(session, key)
        case ScheduleTrigger(audience=audience) if not list_private(audience):
            counted = count_contacts(session, audience, now=now, default_zone=default_zone)
            return Estimate("audience", DAYS, people=counted.count, is_more=not counted.exact)
        case _:
            return Estimate("none", DAYS)


def _count_events(session: Session, name: str, now: datetime) -> Estimate:
    since = now - timedelta(days=DAYS)
    latest = (
        select(Event.contact_id)
        .where(Event.name == name, Event.occurred_at >= since, Event.occurred_at <= now)
        .limit(MOST + 1)
        .subquery()
    )
    times, people = session.execute(
        select(func.count(), func.count(latest.c.contact_id.distinct()))
    ).one()
    return Estimate("events", DAYS, min(times, MOST), people, is_more=times > MOST)


def _count_segment(session: Session, key: str) -> Estimate:
    size = session.scalar(select(Segment.size).where(Segment.key == key))
    return Estimate("none", DAYS) if size is None else Estimate("segment", DAYS, people=size)
