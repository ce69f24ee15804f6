"""Dates of contacts: what a chunk of events does to the watches on them, and whom they let in. Pure.

A watch waits for one occurrence in the contact's zone; it keeps the date as it was said and the day
it waits for, or has let its contact in for. It is set again where the date or the zone changes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from typing_extensions import override

from engine.events.arrivals import Arrived
from engine.journeys.deciding.gates import Candidate
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import ANCHOR, Plan, choose_zone
from engine.journeys.deciding.watch_notes import Due, Look, Row, WatchKey, WatchNotes, write_watch
from engine.triggers.date import DateTrigger, find_anchor, firing_on, may_move, next_firing
from engine.when.dates import Anchor, Occasion
from engine.when.zones import Zone

GRACE: Final = timedelta(days=3)
"""After an outage or a pause, an occasion that was longer ago than this is not made up for."""
DAY: Final = "day"


@dataclass(frozen=True, slots=True)
class Waited:
    """What a contact's watch waits for, or has let it in for.

    Attributes:
        anchor: the date's key, as it was said.
        is_over: it has let its contact in for that day.
    """

    anchor: str
    day: date
    is_over: bool


class DateNotes(WatchNotes):
    """Notes whose date or zone a chunk's events may have moved.

    Attributes:
        said: what these contacts' dates and zones are now, by watch.
    """

    def __init__(
        self,
        plans: Collection[Plan],
        joined: Collection[int] = (),
        *,
        now: datetime,
        default_zone: str,
    ) -> None:
        super().__init__()
        self._now = now
        self._default_zone = default_zone
        self._triggers = [
            (plan, plan.document.trigger)
            for plan in plans
            if isinstance(plan.document.trigger, DateTrigger)
        ]
        self._joined = frozenset(joined)
        self._touched: set[tuple[int, int]] = set()
        self.said: dict[WatchKey, tuple[DateTrigger, Anchor | None, Zone]] = {}

    @override
    def note(self, event: Arrived) -> None:
        if not event.changes:
            return
        for plan, trigger in self._triggers:
            if may_move(trigger, event.changes):
                self._touched.add((plan.journey_id, event.contact_id))

    @override
    def note_contact(self, person: Person) -> None:
        """Keep what the contact's date and zone are after the events that may have moved them."""
        for plan, trigger in self._triggers:
            place = (plan.journey_id, person.contact_id)
            if place in self._touched or person.contact_id in self._joined:
                zone = choose_zone(plan, person.state.timezone, default_zone=self._default_zone)
                anchor = find_anchor(trigger, person.state.attributes)
                self.said[*place, ""] = (trigger, anchor, zone)

    def settle(self, waited: Mapping[WatchKey, Waited]) -> None:
        """Begin and end watches by what was noted.

        Args:
            waited: what those that there are wait for.
        """
        for watch, (trigger, anchor, zone) in self.said.items():
            before = waited.get(watch)
            row = set_watch(watch, trigger, anchor, zone, waited=before, now=self._now)
            if row is not None:
                self.expect(row)
            elif before is not None:
                self.end(watch)


def set_watch(
    watch: WatchKey,
    trigger: DateTrigger,
    anchor: Anchor | None,
    zone: Zone,
    *,
    waited: Waited | None,
    now: datetime,
) -> Row | None:
    """Return the row that waits for the next occasion, or remembers the last one; None: neither."""
    return _write(watch, anchor, find_next(trigger, anchor, zone, waited=waited, now=now), waited)


def find_next(
    trigger: DateTrigger,
    anchor: Anchor | None,
    zone: Zone,
    *,
    waited: Waited | None,
    now: datetime,
) -> Occasion | None:
    """Return the occasion to wait for; None without a date, and where none is to come.

    A day that is waited for already stays the one, wherever the contact is by now: nobody loses a
    birthday by travelling. A day that was, is not waited for again.
    """
    if anchor is None:
        return None
    if waited is None or waited.anchor != anchor.key:
        return next_firing(trigger, anchor, zone, not_before=now)
    if waited.is_over:
        return next_firing(trigger, anchor, zone, not_before=now, after=waited.day)
    return firing_on(trigger, anchor, zone, waited.day)


def look_at_date(
    due: Due, trigger: DateTrigger, person: Person, zone: Zone, *, now: datetime
) -> Look:
    """Return whom a watch lets in, and which occasion comes next."""
    anchor = find_anchor(trigger, person.state.attributes)
    waited = read_waited(due.data, due.due_at)
    occasion = find_next(trigger, anchor, zone, waited=waited, now=now)
    if anchor is None or waited is None or occasion is None:
        return Look()
    if occasion.at > now:
        return Look(row=_write(due.watch, anchor, occasion, waited))
    over = Waited(anchor.key, occasion.day, is_over=True)
    row = set_watch(due.watch, trigger, anchor, zone, waited=over, now=now)
    if now - occasion.at > GRACE:
        return Look(row=row)
    data = {"occurred_at": occasion.at.isoformat().replace("+00:00", "Z"), ANCHOR: anchor.key}
    return Look(Candidate(due.contact_id, occasion.day.isoformat(), data), row)


def read_waited(data: Mapping[str, Any] | None, due_at: datetime | None) -> Waited | None:
    """Return what a watch's row keeps; None if there is none, or it is of another trigger."""
    if not data or ANCHOR not in data:
        return None
    return Waited(data[ANCHOR], date.fromisoformat(data[DAY]), is_over=due_at is None)


def _write(
    watch: WatchKey, anchor: Anchor | None, found: Occasion | None, before: Waited | None
) -> Row | None:
    if anchor is None:
        return None
    if found is not None:
        return write_watch(watch, found.at, {ANCHOR: anchor.key, DAY: found.day.isoformat()})
    if before is None or before.anchor != anchor.key or not before.is_over:
        return None
    return write_watch(watch, None, {ANCHOR: anchor.key, DAY: before.day.isoformat()})
