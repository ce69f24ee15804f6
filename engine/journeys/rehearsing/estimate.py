"""How many a journey may expect: counted from what was, before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.events.arrivals import MESSAGE_RECEIVED
from engine.journeys.definition.journey import Journey as Document
from engine.models.contact import ContactState
from engine.models.event import Event
from engine.models.record import Record
from engine.models.segment import Segment
from engine.parts.matching import ANY_EVENT
from engine.rules.conditions import Condition, parse_condition
from engine.segments.counting import count_contacts, list_private
from engine.triggers.absence import AbsenceTrigger
from engine.triggers.date import DateTrigger
from engine.triggers.event import EventTrigger
from engine.triggers.inactivity import InactivityTrigger
from engine.triggers.message import MessageTrigger
from engine.triggers.record import RecordTrigger
from engine.triggers.schedule import ScheduleTrigger
from engine.triggers.segment import SegmentTrigger

DAYS: Final = 30
MOST: Final = 200_000
"""So many events are looked at, at most: beyond that it is "at least so many"."""

WEEK: Final = 7

Basis = Literal["events", "segment", "audience", "date", "silent", "records", "none"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What was, of which a journey would have let people in.

    Attributes:
        basis: `events`: what happened in the last days, before all conditions of the trigger and
            of the entry; `segment`: who is in the segment now; `audience`: for whom
            the schedule's audience is true now; `date`: who has the date; `silent`: who has been
            silent for so long now, of those who ever did anything; `records`: how many records
            there are of the trigger's type; `none`: nothing can be said of such a trigger.
        times: how often it happened, or how many records; None: not counted.
        people: to how many, or how many there are.
        week_times: as times, in the last week alone.
        week_people: as people, in the last week alone.
        is_more: there were more than were counted.
    """

    basis: Basis
    days: int
    times: int | None = None
    people: int | None = None
    week_times: int | None = None
    week_people: int | None = None
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
            return _count_now(session, "audience", audience, now, default_zone)
        case DateTrigger(attribute=attribute):
            has = parse_condition({"attribute": attribute, "op": "exists"})
            return _count_now(session, "date", has, now, default_zone)
        case InactivityTrigger(no=str(), silent_for=silent_for):
            return _count_silent(session, now - silent_for)
        case InactivityTrigger(no=names, silent_for=silent_for):
            silence = _build_silence(names, silent_for)
            return _count_now(session, "silent", silence, now, default_zone)
        case MessageTrigger():
            return _count_events(session, MESSAGE_RECEIVED, now)
        case RecordTrigger(type=type_):
            found = select(Record.id).where(Record.type == type_).limit(MOST + 1).subquery()
            times = session.scalar(select(func.count()).select_from(found)) or 0
            return Estimate("records", DAYS, times=min(times, MOST), is_more=times > MOST)
        case _:
            return Estimate("none", DAYS)


def _count_events(session: Session, name: str, now: datetime) -> Estimate:
    since, week = now - timedelta(days=DAYS), now - timedelta(days=WEEK)
    latest = (
        select(Event.contact_id, Event.occurred_at)
        .where(Event.name == name, Event.occurred_at >= since, Event.occurred_at <= now)
        .limit(MOST + 1)
        .subquery()
    )
    who, is_of_week = latest.c.contact_id.distinct(), latest.c.occurred_at >= week
    times, people, week_times, week_people = session.execute(
        select(
            func.count(),
            func.count(who),
            func.count().filter(is_of_week),
            func.count(who).filter(is_of_week),
        ).select_from(latest)
    ).one()
    return Estimate(
        "events", DAYS, min(times, MOST), people, week_times, week_people, is_more=times > MOST
    )


def _count_segment(session: Session, key: str) -> Estimate:
    size = session.scalar(select(Segment.size).where(Segment.key == key))
    return Estimate("none", DAYS) if size is None else Estimate("segment", DAYS, people=size)


def _count_now(
    session: Session, basis: Basis, condition: Condition, now: datetime, default_zone: str
) -> Estimate:
    counted = count_contacts(session, condition, now=now, default_zone=default_zone)
    return Estimate(basis, DAYS, people=counted.count, is_more=not counted.exact)


def _count_silent(session: Session, since: datetime) -> Estimate:
    silent = (
        select(ContactState.contact_id).where(ContactState.active_at <= since).limit(MOST + 1)
    ).subquery()
    people = session.scalar(select(func.count()).select_from(silent)) or 0
    return Estimate("silent", DAYS, people=min(people, MOST), is_more=people > MOST)


def _build_silence(names: Sequence[str], length: timedelta) -> Condition:
    within = f"PT{int(length.total_seconds())}S"
    ever = [{"event": name, "op": "done"} for name in names]
    lately = [{"event": name, "op": "done", "within": within} for name in names]
    return parse_condition({"all": [{"any": ever}, {"none": lately}]})
