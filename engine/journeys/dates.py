"""Dates of contacts being waited for: birthdays, renewals (rules 35 to 37).

A watch waits for one occurrence in the contact's zone; it keeps the date as it was said and the day
it waits for, or has let its contact in for. It is set again where the date or the zone changes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from engine.bulk import is_any
from engine.events.arrivals import Arrived
from engine.journeys.gates import Candidate
from engine.journeys.person import Person
from engine.journeys.plan import ANCHOR, Plan, choose_zone
from engine.journeys.watch_rows import (
    Due,
    Keeper,
    Look,
    WatchKey,
    drop_watches,
    put_watches,
    write_watch,
)
from engine.models.contact import Contact
from engine.models.journey import Watch
from engine.triggers.date import DateTrigger, find_anchor, firing_on, may_move, next_firing
from engine.when.dates import Anchor, Occasion
from engine.when.zones import Zone

GRACE: Final = timedelta(days=3)
"""After an outage or a pause, an occasion that was longer ago than this is not made up for."""
PAGE: Final = 5_000
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


class Dates(Keeper):
    """The watches of date triggers."""

    def __init__(
        self,
        session: Session,
        plans: Collection[Plan],
        joined: Collection[int],
        *,
        now: datetime,
        default_zone: str,
    ) -> None:
        super().__init__(session, now=now)
        self._default_zone = default_zone
        self._triggers = [
            (plan, plan.document.trigger)
            for plan in plans
            if isinstance(plan.document.trigger, DateTrigger)
        ]
        self._joined = frozenset(joined)
        self._touched: set[tuple[int, int]] = set()
        self._said: dict[WatchKey, tuple[Plan, DateTrigger, Anchor | None, Zone]] = {}

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
                self._said[*place, ""] = (plan, trigger, anchor, zone)

    @override
    def write(self) -> None:
        if not self._said:
            return
        waited = _load_waited(self._session, self._said)
        for watch, (_, trigger, anchor, zone) in self._said.items():
            before = waited.get(watch)
            found = find_next(trigger, anchor, zone, waited=before, now=self._now)
            row = _write(watch, anchor, found, before)
            if row is not None:
                self.expect(row)
            elif before is not None:
                self.end(watch)
        super().write()


def find_next(
    trigger: DateTrigger,
    anchor: Anchor | None,
    zone: Zone,
    *,
    waited: Waited | None,
    now: datetime,
) -> Occasion | None:
    """Return the occasion to wait for; None without a date, and where none is to come. Pure.

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
    anchor, waited = find_anchor(trigger, person.state.attributes), _read(due.data, due.due_at)
    occasion = find_next(trigger, anchor, zone, waited=waited, now=now)
    if anchor is None or waited is None or occasion is None:
        return Look()
    if occasion.at > now:
        return Look(row=_write(due.watch, anchor, occasion, waited))
    over = Waited(anchor.key, occasion.day, is_over=True)
    following = find_next(trigger, anchor, zone, waited=over, now=now)
    row = _write(due.watch, anchor, following, over)
    if now - occasion.at > GRACE:
        return Look(row=row)
    data = {"occurred_at": occasion.at.isoformat().replace("+00:00", "Z"), ANCHOR: anchor.key}
    return Look(Candidate(due.contact_id, occasion.day.isoformat(), data), row)


def begin_dates(session: Session, plan: Plan, *, now: datetime, default_zone: str) -> None:
    """Wait for everybody's next occasion from now on; what has passed lets nobody in (rule 111)."""
    trigger = plan.document.trigger
    if not isinstance(trigger, DateTrigger):
        return
    name = trigger.attribute.partition(".")[0]
    asked = (
        select(Contact.id, Contact.timezone, Contact.attributes[name].label("value"))
        .where(Contact.merged_into.is_(None), Contact.erased_at.is_(None))
        .order_by(Contact.id)
        .limit(PAGE)
    )
    after = 0
    while rows := session.execute(asked.where(Contact.id > after)).all():
        after = rows[-1].id
        waited = _load_waited(session, [(plan.journey_id, row.id, "") for row in rows])
        begun, over = [], []
        for row in rows:
            watch = (plan.journey_id, row.id, "")
            anchor = find_anchor(trigger, {name: row.value})
            zone = choose_zone(plan, row.timezone, default_zone=default_zone)
            before = waited.get(watch)
            found = find_next(trigger, anchor, zone, waited=before, now=now)
            written = _write(watch, anchor, found, before)
            if written is not None:
                begun.append(written)
            elif before is not None:
                over.append(watch)
        put_watches(session, begun)
        drop_watches(session, over)


def _load_waited(session: Session, watches: Iterable[WatchKey]) -> dict[WatchKey, Waited]:
    asked = list(watches)
    rows = session.execute(
        select(Watch.journey_id, Watch.contact_id, Watch.key, Watch.due_at, Watch.data).where(
            is_any(session, Watch.journey_id, {journey_id for journey_id, _, _ in asked}),
            is_any(session, Watch.contact_id, {contact_id for _, contact_id, _ in asked}),
        )
    )
    found = {(row.journey_id, row.contact_id, row.key): _read(row.data, row.due_at) for row in rows}
    return {watch: waited for watch, waited in found.items() if waited is not None}


def _read(data: Mapping[str, Any] | None, due_at: datetime | None) -> Waited | None:
    """Return what a watch's row keeps; None if there is none, or it is of another trigger."""
    if not data or ANCHOR not in data:
        return None
    return Waited(data[ANCHOR], date.fromisoformat(data[DAY]), is_over=due_at is None)


def _write(
    watch: WatchKey, anchor: Anchor | None, found: Occasion | None, before: Waited | None
) -> dict[str, Any] | None:
    """Return the row that waits for an occasion, or remembers the last one; None for neither."""
    if anchor is None:
        return None
    if found is not None:
        return write_watch(watch, found.at, {ANCHOR: anchor.key, DAY: found.day.isoformat()})
    if before is None or before.anchor != anchor.key or not before.is_over:
        return None
    return write_watch(watch, None, {ANCHOR: anchor.key, DAY: before.day.isoformat()})
