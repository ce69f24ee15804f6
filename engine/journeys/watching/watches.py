"""What triggers wait for: silences, dates, clocks of records. One row a watch, looked at when due.

Each kind has a file: what a chunk of events does to its watches, and what a look at a due one comes
to. Here all kinds are gone through together.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from engine.bulk import put_rows
from engine.db import lock_contacts
from engine.events.arrivals import Arrived
from engine.journeys.deciding.looking import look_at
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.ticking import read_watched
from engine.journeys.deciding.watch_notes import Due, write_watch
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.entering.enroll import Entrance
from engine.journeys.running.facts import load_people, merge_reads
from engine.journeys.running.live import load_live
from engine.journeys.running.subjects import load_records
from engine.journeys.watching.clocks import Clocks, begin_clocks
from engine.journeys.watching.dates import Dates, begin_dates
from engine.journeys.watching.silences import Silences, begin_silences
from engine.journeys.watching.watch_rows import drop_watches, put_watches
from engine.models.journey import Watch
from engine.triggers.absence import AbsenceTrigger
from engine.triggers.inactivity import InactivityTrigger


class Watcher:
    """Notes what a chunk's events do to watches, then writes it set-wise.

    Args:
        session: of a transaction that holds the contacts' rows.
        plans: that let subjects in now.
        joined: contacts that others turned out to be in this chunk.
        now: the present instant.
        default_zone: of contacts without one.
        closed: journeys that let nobody in now: an absence ends, and none begins.
    """

    def __init__(
        self,
        session: Session,
        plans: Collection[Plan],
        joined: Collection[int] = (),
        *,
        now: datetime,
        default_zone: str,
        closed: Collection[int] = (),
    ) -> None:
        self._keepers = (
            Silences(session, plans, now=now, closed=closed),
            Dates(session, plans, joined, now=now, default_zone=default_zone),
            Clocks(session, plans, now=now),
        )

    def note(self, event: Arrived) -> None:
        """Note what an event begins and ends; the last one of a key decides."""
        for keeper in self._keepers:
            keeper.note(event)

    def note_contact(self, person: Person) -> None:
        """Note what is to be listened to of a contact, after all of its events."""
        for keeper in self._keepers:
            keeper.note_contact(person)

    def write(self) -> None:
        """Write what was noted."""
        for keeper in self._keepers:
            keeper.write()


def release_due(session: Session, *, now: datetime, limit: int, default_zone: str) -> int:
    """Let in those whose watch has come true; answer how many watches were looked at."""
    plans = load_live(session)
    due = session.execute(
        select(Watch.journey_id, Watch.contact_id, Watch.key)
        .where(Watch.due_at <= now, Watch.journey_id.in_(list(plans)))
        .order_by(Watch.due_at)
        .limit(limit)
    ).all()
    if not due:
        return 0
    contact_ids = lock_contacts(session, {row.contact_id for row in due})
    wanted = [(row.journey_id, row.contact_id, row.key) for row in due]
    rows = session.execute(
        select(Watch.journey_id, Watch.contact_id, Watch.key, Watch.due_at, Watch.data).where(
            tuple_(Watch.journey_id, Watch.contact_id, Watch.key).in_(wanted),
            Watch.due_at <= now,
        )
    )
    several = [_read(row) for row in rows]
    concerned = [plans[journey] for journey in {one.journey_id for one in several}]
    people = load_people(session, contact_ids, merge_reads(plan.reads for plan in concerned))
    records = load_records(session, {read_watched(one.key) for one in several})
    entrance = Entrance(
        session, concerned, contact_ids, now=now, default_zone=default_zone, records=list(records)
    )
    going_on, over = [], []
    for one in several:
        plan, person = plans[one.journey_id], people[one.contact_id]
        look = look_at(one, plan, person, records, now=now, default_zone=default_zone)
        if look.candidate is not None:
            entrance.ask(plan, person, look.candidate)
        if look.row is None:
            over.append(one.watch)
        else:
            going_on.append(look.row)
    drop_watches(session, over)
    put_watches(session, going_on)
    entrance.write()
    return len(due)


def begin_watches(session: Session, plan: Plan, *, now: datetime, default_zone: str) -> None:
    """Wait for everybody and everything known, from the journey's going live on (rule 111)."""
    begin_silences(session, plan, now=now)
    begin_dates(session, plan, now=now, default_zone=default_zone)
    begin_clocks(session, plan, now=now)


def list_overdue(session: Session, journey_id: int, *, now: datetime) -> list[tuple[int, str]]:
    """Return (contact id, key) of the watches that have come true, the longest due first."""
    rows = session.execute(
        select(Watch.contact_id, Watch.key)
        .where(Watch.journey_id == journey_id, Watch.due_at <= now)
        .order_by(Watch.due_at)
    )
    return [(contact_id, key) for contact_id, key in rows]


def put_off_all(
    session: Session, journey_id: int, dues: Mapping[tuple[int, str], datetime | None]
) -> None:
    """Write when these watches are looked at; None: forgotten until they begin anew.

    The caller holds the contacts' rows.
    """
    rows = [write_watch((journey_id, *watch), due_at) for watch, due_at in dues.items()]
    put_rows(session, Watch, rows, replacing=("due_at",))


def forget_watches(session: Session, journey_id: int, document: Document) -> None:
    """Drop the watches of a journey that a new version begins anew, or has no use for."""
    if not isinstance(document.trigger, AbsenceTrigger | InactivityTrigger):
        session.execute(delete(Watch).where(Watch.journey_id == journey_id))


def _read(row: Any) -> Due:
    return Due(row.journey_id, row.contact_id, row.key, row.due_at, row.data or {})
