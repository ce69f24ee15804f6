"""Whom a watch lets in as it comes true, whatever its journey waits for. Pure."""

from collections.abc import Mapping
from datetime import datetime

from engine.events.arrivals import Subject
from engine.journeys.deciding.known_record import KnownRecord
from engine.journeys.deciding.listening import look_at_silence
from engine.journeys.deciding.occasions import look_at_date
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan, choose_zone
from engine.journeys.deciding.ticking import look_at_clock
from engine.journeys.deciding.watch_notes import Due, Look
from engine.triggers.date import DateTrigger
from engine.triggers.record import RecordTrigger


def look_at(
    due: Due,
    plan: Plan,
    person: Person,
    records: Mapping[Subject, KnownRecord],
    *,
    now: datetime,
    default_zone: str,
) -> Look:
    """Return whom a due watch lets in, and how it goes on.

    Args:
        due: the watch.
        plan: of the journey, as it is now; its trigger may be another by now.
        person: of the watch.
        records: that the watch may be of.
        now: the present instant.
        default_zone: of contacts without one.
    """
    match plan.document.trigger:
        case DateTrigger() as trigger:
            zone = choose_zone(plan, person.state.timezone, default_zone=default_zone)
            return look_at_date(due, trigger, person, zone, now=now)
        case RecordTrigger() as trigger:
            return look_at_clock(due, trigger, records, now=now)
        case _:
            return look_at_silence(due, plan, person, now=now)
