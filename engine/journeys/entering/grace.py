"""The last look at late entries: when the grace is over, they enter or are refused (rule 16)."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.db import lock_contacts
from engine.journeys.entering.enroll import Entrance
from engine.journeys.entering.late import drop_late, find_over
from engine.journeys.running.facts import load_people, merge_reads
from engine.journeys.running.live import load_live


def end_graces(session: Session, *, now: datetime, limit: int, default_zone: str) -> int:
    """Ask late entries whose grace is over a last time; answer how many were looked at."""
    over = find_over(session, now=now, limit=limit)
    if not over:
        return 0
    plans = [plan for plan in load_live(session).values() if plan.document.entry.grace is not None]
    asked = {plan.journey_id for plan in plans}
    held = lock_contacts(session, {contact_id for _, contact_id, _ in over})
    people = load_people(session, held, merge_reads(plan.reads for plan in plans))
    entrance = Entrance(session, plans, held, now=now, default_zone=default_zone)
    for contact_id in held:
        if (person := people.get(contact_id)) is not None:
            entrance.ask_late(person)
    entrance.write()
    drop_late(session, [key for key in over if key[0] not in asked])
    return len(over)
