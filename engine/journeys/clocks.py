"""Clocks of records: a ticket that nobody has touched for three days, a deal idle for a month.

The events about a record set its clock; when it is due the record itself is looked at.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from engine.events.arrivals import RECORD, Arrived, Subject
from engine.journeys.gates import Candidate
from engine.journeys.known_record import KnownRecord
from engine.journeys.plan import Plan
from engine.journeys.watch_rows import Due, Keeper, Look, WatchKey, put_watches, write_watch
from engine.models.record import Record
from engine.triggers.record import (
    RecordClock,
    RecordTimes,
    RecordTrigger,
    find_since,
    is_about,
    runs,
    sets_clock,
)

PAGE: Final = 5_000
_PREFIX: Final = "record:"


class Clocks(Keeper):
    """The watches of record triggers that wait."""

    def __init__(self, session: Session, plans: Collection[Plan], *, now: datetime) -> None:
        super().__init__(session, now=now)
        self._triggers = [
            (plan.journey_id, trigger, clock)
            for plan in plans
            if isinstance(trigger := plan.document.trigger, RecordTrigger)
            and isinstance(clock := trigger.change, RecordClock)
        ]

    @override
    def note(self, event: Arrived) -> None:
        if event.subject is None or event.subject[0] != RECORD:
            return
        for journey_id, trigger, clock in self._triggers:
            if not is_about(trigger, event) or not sets_clock(clock, event):
                continue
            watch = (journey_id, event.contact_id, name_watch(event.subject[1]))
            if runs(clock, event.properties.get("state")):
                self.expect(write_watch(watch, event.occurred_at + clock.after))
            else:
                self.end(watch)


def name_watch(record_id: int) -> str:
    """Return the key of a record's watch."""
    return f"{_PREFIX}{record_id}"


def read_watched(key: str) -> Subject | None:
    """Return the record that a watch is of; None if it is of a contact."""
    return (RECORD, int(key.removeprefix(_PREFIX))) if key.startswith(_PREFIX) else None


def look_at_clock(
    due: Due, trigger: RecordTrigger, records: Mapping[Subject, KnownRecord], *, now: datetime
) -> Look:
    """Return which record a watch lets in, and how it goes on: put off, spent, or over."""
    subject, clock = read_watched(due.key), trigger.change
    known = None if subject is None else records.get(subject)
    if known is None or not isinstance(clock, RecordClock) or known.contact_id != due.contact_id:
        return Look()
    due_at = find_due(clock, known.times)
    if due_at is None:
        return Look()
    if due_at > now:
        return Look(row=write_watch(due.watch, due_at))
    at = due_at.isoformat().replace("+00:00", "Z")
    data = {"occurred_at": at, "properties": known.describe()}
    candidate = Candidate(due.contact_id, known.key, data, record=subject, values=known.values)
    return Look(candidate, write_watch(due.watch, None))


def find_due(clock: RecordClock, times: RecordTimes) -> datetime | None:
    """Return when a record's time is long enough; None while its clock stands still. Pure."""
    since = find_since(clock, times)
    return None if since is None else since + clock.after


def begin_clocks(session: Session, plan: Plan, *, now: datetime) -> None:
    """Let the clocks of all records of the type run, from now on.

    Whose time is long enough already enters by back-fill only (rule 111).
    """
    trigger = plan.document.trigger
    if not isinstance(trigger, RecordTrigger) or not isinstance(trigger.change, RecordClock):
        return
    asked = (
        select(
            Record.id,
            Record.contact_id,
            Record.state,
            Record.created_at,
            Record.updated_at,
            Record.state_since,
        )
        .where(Record.type == trigger.type)
        .order_by(Record.id)
        .limit(PAGE)
    )
    after = 0
    while rows := session.execute(asked.where(Record.id > after)).all():
        after = rows[-1].id
        begun = []
        for row in rows:
            times = RecordTimes(row.state, row.created_at, row.updated_at, row.state_since)
            due_at = find_due(trigger.change, times)
            if due_at is not None and due_at >= now:
                watch: WatchKey = (plan.journey_id, row.contact_id, name_watch(row.id))
                begun.append(write_watch(watch, due_at))
        put_watches(session, begun)
