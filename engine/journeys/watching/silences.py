"""Rows of silences: what absence and inactivity triggers listen to (rules 139 and 140).

For inactivity a watch is looked at when it is due, and put off if there was activity since, so that
an event costs no write. It keeps since when its contact was silent as it was let in: that silence
is spent.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.journeys.deciding.listening import Listening, find_quiet_since
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.reads import JourneyReads
from engine.journeys.deciding.watch_notes import write_watch
from engine.journeys.running.facts import load_people
from engine.journeys.watching.watch_rows import drop_watches, put_watches, ring_if_due
from engine.models.contact import Contact, ContactState
from engine.models.journey import Watch
from engine.triggers.inactivity import InactivityTrigger

PAGE: Final = 1_000


class Silences(Listening):
    """Notes what a chunk's events do to silences, then writes it set-wise."""

    def __init__(
        self,
        session: Session,
        plans: Collection[Plan],
        *,
        now: datetime,
        closed: Collection[int] = (),
    ) -> None:
        super().__init__(plans, now=now, closed=closed)
        self._session = session

    def write(self) -> None:
        """Write what was noted."""
        session = self._session
        drop_watches(session, self.ended)
        if self.all_ended:
            mine = tuple_(Watch.journey_id, Watch.contact_id).in_(list(self.all_ended))
            session.execute(delete(Watch).where(mine))
        put_watches(session, list(self.begun.values()))
        statement = insert_into(session, Watch)
        if self.broken:
            # A running watch is put off when it is looked at; a spent one begins again.
            broken = statement.on_conflict_do_update(
                index_elements=[Watch.journey_id, Watch.contact_id, Watch.key],
                set_={"due_at": statement.excluded.due_at},
                where=Watch.due_at.is_(None),
            )
            session.execute(broken, list(self.broken.values()))
        if self.silent:
            session.execute(statement.on_conflict_do_nothing(), list(self.silent.values()))
        ring_if_due(session, (*self.begun.values(), *self.broken.values()), now=self._now)


def begin_silences(session: Session, plan: Plan, *, now: datetime) -> None:
    """Listen to everybody known, from the journey's going live on (rules 111 and 140).

    Who is silent for long enough already enters by back-fill only: no watch is set for them.
    """
    trigger = plan.document.trigger
    if not isinstance(trigger, InactivityTrigger):
        return
    statement = insert_into(session, Watch).on_conflict_do_nothing()
    after = 0
    while several := _list_quiet(session, trigger, after):
        after = several[-1][0]
        waiting = [
            write_watch((plan.journey_id, contact_id, ""), since + trigger.silent_for)
            for contact_id, since in several
            if since + trigger.silent_for >= now
        ]
        if waiting:
            session.execute(statement, waiting)


def _list_quiet(
    session: Session, trigger: InactivityTrigger, after: int
) -> list[tuple[int, datetime]]:
    """Return the next contacts by id, and since when each is silent."""
    asked = (
        select(Contact.id, func.coalesce(ContactState.active_at, Contact.created_at))
        .join(ContactState, ContactState.contact_id == Contact.id, isouter=True)
        .where(Contact.merged_into.is_(None), Contact.erased_at.is_(None), Contact.id > after)
        .order_by(Contact.id)
        .limit(PAGE)
    )
    rows = [(contact_id, since) for contact_id, since in session.execute(asked)]
    if trigger.no == "any" or not rows:
        return rows
    people = load_people(session, [contact_id for contact_id, _ in rows], JourneyReads())
    return [(contact_id, find_quiet_since(people[contact_id], trigger)) for contact_id, _ in rows]
