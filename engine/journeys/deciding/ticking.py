"""Clocks of records: what events do to them, and which record one lets in when it is due. Pure."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from typing_extensions import override

from engine.events.arrivals import RECORD, Arrived, Subject
from engine.journeys.deciding.gates import Candidate
from engine.journeys.deciding.known_record import KnownRecord
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.watch_notes import Due, Look, Row, WatchNotes, write_watch
from engine.triggers.record import (
    RecordClock,
    RecordTimes,
    RecordTrigger,
    find_since,
    is_about,
    runs,
    sets_clock,
)

_PREFIX: Final = "record:"


class ClockNotes(WatchNotes):
    """Notes which clocks a chunk's events set."""

    def __init__(self, plans: Collection[Plan]) -> None:
        super().__init__()
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


def start_clock(
    plan: Plan, record_id: int, contact_id: int, times: RecordTimes, *, now: datetime
) -> Row | None:
    """Return the watch of a record as the journey goes live; None if it waits for no clock of it.

    Whose time is long enough already enters by back-fill only (rule 111).
    """
    trigger = plan.document.trigger
    if not isinstance(trigger, RecordTrigger) or not isinstance(trigger.change, RecordClock):
        return None
    due_at = find_due(trigger.change, times)
    if due_at is None or due_at < now:
        return None
    return write_watch((plan.journey_id, contact_id, name_watch(record_id)), due_at)


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
    """Return when a record's time is long enough; None while its clock stands still."""
    since = find_since(clock, times)
    return None if since is None else since + clock.after
