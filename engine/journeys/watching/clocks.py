"""Rows of clocks: a ticket that nobody has touched for three days, a deal idle for a month.

The events about a record set its clock; when it is due the record itself is looked at
(`engine.journeys.deciding.ticking`).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.ticking import ClockNotes, start_clock
from engine.journeys.watching.watch_rows import put_watches, write_noted
from engine.models.record import Record
from engine.triggers.record import RecordClock, RecordTimes, RecordTrigger

PAGE: Final = 5_000


class Clocks(ClockNotes):
    """Notes what a chunk's events do to clocks, then writes it set-wise."""

    def __init__(self, session: Session, plans: Collection[Plan], *, now: datetime) -> None:
        super().__init__(plans)
        self._session = session
        self._now = now

    def write(self) -> None:
        """Write what was noted."""
        write_noted(self._session, self, now=self._now)


def begin_clocks(session: Session, plan: Plan, *, now: datetime) -> None:
    """Let the clocks of all records of the type run, from now on."""
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
            watch = start_clock(plan, row.id, row.contact_id, times, now=now)
            if watch is not None:
                begun.append(watch)
        put_watches(session, begun)
