"""Schedule triggers: once per local date, an audience let in chunk by chunk.

An occurrence is a row keyed by the local date and time asked for, so that it fires once however
often, and by however many processes, the clock is looked at (rule 27). Its cursor makes it
restartable after a crash.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.db import insert_into, lock_contacts
from engine.journeys.deciding.gates import Candidate
from engine.journeys.deciding.plan import Plan
from engine.journeys.entering.enroll import Entrance
from engine.journeys.running.facts import load_people, merge_reads
from engine.journeys.running.live import load_live
from engine.models.contact import Contact
from engine.models.journey import Journey, Occurrence
from engine.rules.compile_sql import compile_condition
from engine.rules.conditions import Condition
from engine.tasks import Lane, ring
from engine.triggers.schedule import ScheduleTrigger, build_schedule
from engine.when.schedules import Occurrence as Firing
from engine.when.schedules import occurrences
from engine.when.zones import Zone, find_zone, get_zone

GRACE: Final = timedelta(hours=24)
"""After an outage, what should have fired longer ago than this is not made up for."""


def note_due(session: Session, *, now: datetime, default_zone: str) -> int:
    """Write a row for every occurrence that has come, and answer how many are new.

    With `timezone: contact` there is one for each zone that contacts live in.
    """
    made = 0
    for plan in load_live(session).values():
        trigger = plan.document.trigger
        if not isinstance(trigger, ScheduleTrigger):
            continue
        journey = session.get(Journey, plan.journey_id, with_for_update={"key_share": True})
        if journey is None:
            continue
        mark = journey.schedule_mark_at or now
        if now <= mark:
            continue  # the clock went back: nothing fires twice (rule 39)
        schedule = build_schedule(trigger)
        for zone in _list_zones(session, trigger, default_zone):
            fired = occurrences(schedule, zone, after=mark, until=now)
            made += _write_occurrences(session, plan, zone, fired, now=now)
        journey.schedule_mark_at = now
    if made:
        ring(session, Lane.SEGMENTS)
    return made


def let_in_due(session: Session, *, now: datetime, limit: int, default_zone: str) -> int:
    """Let the next chunk of one due occurrence's audience in; answer how many were looked at."""
    plans = load_live(session)
    due = session.scalars(
        select(Occurrence)
        .where(
            Occurrence.done_at.is_(None),
            Occurrence.at <= now,
            Occurrence.journey_id.in_(list(plans)),
        )
        .order_by(Occurrence.at, Occurrence.key)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if due is None:
        return 0
    plan = plans[due.journey_id]
    trigger = plan.document.trigger
    if not isinstance(trigger, ScheduleTrigger):
        due.done_at = now  # the journey has another trigger by now
        return 1
    zone_key = due.key.partition("|")[0] if trigger.timezone == "contact" else None
    ids = _list_audience(
        session, trigger.audience, due.cursor, limit, zone_key, now=now, default_zone=default_zone
    )
    if not ids:
        due.done_at = now
        return 1
    due.cursor = ids[-1]
    held = lock_contacts(session, ids)
    people = load_people(session, held, merge_reads([plan.reads]))
    entrance = Entrance(session, [plan], held, now=now, default_zone=default_zone)
    data: dict[str, Any] = {"occurred_at": due.at.isoformat().replace("+00:00", "Z")}
    for contact_id in held:
        entrance.ask(plan, people[contact_id], Candidate(contact_id, "", data))
    entrance.write()
    ring(session, Lane.SEGMENTS)
    return len(ids)


def close_occurrences(session: Session, journey_id: int, *, now: datetime) -> None:
    """Let nobody more in by occurrences that have fired."""
    session.execute(
        update(Occurrence)
        .where(Occurrence.journey_id == journey_id, Occurrence.done_at.is_(None))
        .values(done_at=now)
        .execution_options(synchronize_session=False)
    )


def _list_zones(session: Session, trigger: ScheduleTrigger, default_zone: str) -> list[Zone]:
    if trigger.timezone != "contact":
        return [get_zone(trigger.timezone)]
    known = session.scalars(select(Contact.timezone).distinct())
    zones = {zone.key: zone for name in known if (zone := find_zone(name)) is not None}
    fallback = get_zone(default_zone)
    zones.setdefault(fallback.key, fallback)
    return list(zones.values())


def _write_occurrences(
    session: Session, plan: Plan, zone: Zone, fired: list[Firing], *, now: datetime
) -> int:
    rows = [
        {
            "journey_id": plan.journey_id,
            "key": f"{zone.key}|{one.key}",
            "at": one.at,
            "cursor": 0,
            "done_at": None,
        }
        for one in fired
        if now - one.at <= GRACE
    ]
    if rows:
        session.execute(insert_into(session, Occurrence).on_conflict_do_nothing(), rows)
    return len(rows)


def _list_audience(
    session: Session,
    audience: Condition,
    after: int,
    limit: int,
    zone_key: str | None,
    *,
    now: datetime,
    default_zone: str,
) -> list[int]:
    """Return the next contacts, by id, for whom the audience's condition is true now."""
    dialect: Any = session.get_bind().dialect.name
    statement = compile_condition(audience, now=now, dialect=dialect, default_zone=default_zone)
    contact = Contact.__table__
    statement = statement.where(contact.c.id > after)
    if zone_key is not None:
        mine = contact.c.timezone == zone_key
        if zone_key == get_zone(default_zone).key:
            known = [key for key in _known_zone_names(session) if find_zone(key) is not None]
            mine = mine | contact.c.timezone.is_(None) | contact.c.timezone.not_in(known)
        statement = statement.where(mine)
    return list(session.scalars(statement.order_by(contact.c.id).limit(limit)))


def _known_zone_names(session: Session) -> list[str]:
    return [name for name in session.scalars(select(Contact.timezone).distinct()) if name]
