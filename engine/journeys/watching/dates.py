"""Rows of the dates that are waited for: birthdays, renewals (rules 35 to 37).

What a row waits for, and whom it lets in, is decided in `engine.journeys.deciding.occasions`.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.journeys.deciding.occasions import DateNotes, Waited, read_waited, set_watch
from engine.journeys.deciding.plan import Plan, choose_zone
from engine.journeys.deciding.watch_notes import WatchKey
from engine.journeys.watching.watch_rows import drop_watches, put_watches, write_noted
from engine.models.contact import Contact
from engine.models.journey import Watch
from engine.triggers.date import DateTrigger, find_anchor

PAGE: Final = 5_000


class Dates(DateNotes):
    """Notes what a chunk's events do to dates, then writes it set-wise."""

    def __init__(
        self,
        session: Session,
        plans: Collection[Plan],
        joined: Collection[int],
        *,
        now: datetime,
        default_zone: str,
    ) -> None:
        super().__init__(plans, joined, now=now, default_zone=default_zone)
        self._session = session

    def write(self) -> None:
        """Write what was noted."""
        if self.said:
            self.settle(_load_waited(self._session, self.said))
            write_noted(self._session, self, now=self._now)


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
            written = set_watch(watch, trigger, anchor, zone, waited=before, now=now)
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
    found = {
        (row.journey_id, row.contact_id, row.key): read_waited(row.data, row.due_at) for row in rows
    }
    return {watch: waited for watch, waited in found.items() if waited is not None}
