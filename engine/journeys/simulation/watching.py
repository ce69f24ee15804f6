"""What a contact of a simulation is waited for, as rows would keep it. Pure."""

from collections.abc import Mapping
from datetime import datetime

from engine.events.arrivals import Arrived, Subject
from engine.journeys.deciding.known_record import KnownRecord
from engine.journeys.deciding.listening import Listening, find_quiet_since
from engine.journeys.deciding.occasions import DateNotes, read_waited, set_watch
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan, choose_zone
from engine.journeys.deciding.ticking import ClockNotes, start_clock
from engine.journeys.deciding.watch_notes import Due, Row, WatchKey, name_row, write_watch
from engine.triggers.date import DateTrigger, find_anchor
from engine.triggers.inactivity import InactivityTrigger


class Noticed:
    """Notes what a chunk's events do to the watches of one journey.

    Attributes:
        silences: that begin, end, and are broken.
        dates: that were moved.
        clocks: of records, that were set.
    """

    def __init__(self, plan: Plan, *, now: datetime, default_zone: str) -> None:
        self.silences = Listening([plan], now=now)
        self.dates = DateNotes([plan], now=now, default_zone=default_zone)
        self.clocks = ClockNotes([plan])

    def note(self, event: Arrived) -> None:
        """Note what an event begins and ends; the last one of a key decides."""
        for notes in (self.silences, self.dates, self.clocks):
            notes.note(event)

    def note_contact(self, person: Person) -> None:
        """Note what is to be listened to of a contact, after all of its events."""
        for notes in (self.silences, self.dates, self.clocks):
            notes.note_contact(person)


class Watches:
    """The watches of one contact on one journey."""

    def __init__(self) -> None:
        self._rows: dict[WatchKey, Row] = {}

    @property
    def next_at(self) -> datetime | None:
        """When one is to be looked at next."""
        return min((at for row in self._rows.values() if (at := row["due_at"])), default=None)

    def list_due(self, now: datetime) -> list[Due]:
        """Return those whose instant has come, the longest due first."""
        due = [
            Due(*name_row(row), row["due_at"], row["data"] or {})
            for row in self._rows.values()
            if row["due_at"] is not None and row["due_at"] <= now
        ]
        return sorted(due, key=lambda one: one.due_at)

    def put(self, watch: WatchKey, row: Row | None) -> None:
        """Let a watch be this from now on; None: it is over."""
        if row is None:
            self._rows.pop(watch, None)
        else:
            self._rows[watch] = row

    def listen(
        self,
        plan: Plan,
        person: Person,
        records: Mapping[Subject, KnownRecord],
        *,
        now: datetime,
        default_zone: str,
    ) -> None:
        """Wait for a contact who is known as the journey goes live (rule 111)."""
        watch, trigger = (plan.journey_id, person.contact_id, ""), plan.document.trigger
        if isinstance(trigger, InactivityTrigger):
            due_at = find_quiet_since(person, trigger) + trigger.silent_for
            if due_at >= now:
                self.put(watch, write_watch(watch, due_at))
        if isinstance(trigger, DateTrigger):
            zone = choose_zone(plan, person.state.timezone, default_zone=default_zone)
            anchor = find_anchor(trigger, person.state.attributes)
            self.put(watch, set_watch(watch, trigger, anchor, zone, waited=None, now=now))
        for (_, record_id), known in records.items():
            row = start_clock(plan, record_id, person.contact_id, known.times, now=now)
            if row is not None:
                self.put(name_row(row), row)

    def keep(self, noticed: Noticed) -> None:
        """Keep what a chunk noted, as rows would be written."""
        self._keep_silences(noticed.silences)
        waited = {
            watch: found
            for watch, row in self._rows.items()
            if (found := read_waited(row["data"], row["due_at"])) is not None
        }
        noticed.dates.settle(waited)
        for notes in (noticed.dates, noticed.clocks):
            for watch in notes.ended:
                self.put(watch, None)
            self._rows |= notes.begun

    def _keep_silences(self, noted: Listening) -> None:
        rows = self._rows
        for watch in [one for one in rows if one in noted.ended or one[:2] in noted.all_ended]:
            del rows[watch]
        rows |= noted.begun
        for watch, row in noted.broken.items():
            if watch not in rows:
                rows[watch] = row
            elif rows[watch]["due_at"] is None:  # a spent silence begins again
                rows[watch] = {**rows[watch], "due_at": row["due_at"]}
        for watch, row in noted.silent.items():
            rows.setdefault(watch, row)
