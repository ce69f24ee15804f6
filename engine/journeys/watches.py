"""Silences being listened to: what absence and inactivity triggers wait for.

A watch is a row with the instant at which the silence is long enough. For absence the events keep
it (rule 139); for inactivity it is looked at when due, and put off if there was activity since, so
that an event costs no write (rule 140).
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from engine.db import insert_into, lock_contacts
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.enroll import Entrance
from engine.journeys.facts import load_people, merge_reads
from engine.journeys.listening import Due, Listening, Ripe, WatchKey, look_at
from engine.journeys.live import load_live
from engine.journeys.plan import Plan
from engine.models.contact import Contact, ContactState
from engine.models.journey import Watch
from engine.tasks import Lane, ring
from engine.triggers.absence import AbsenceTrigger
from engine.triggers.inactivity import InactivityTrigger


class Watcher(Listening):
    """Notes what a chunk's events do to watches, then writes it set-wise."""

    def __init__(self, session: Session, plans: Collection[Plan], *, now: datetime) -> None:
        super().__init__(plans, now=now)
        self._session = session

    def write(self) -> None:
        """Write what was noted."""
        session = self._session
        if self.ended:
            session.execute(
                delete(Watch).where(
                    tuple_(Watch.journey_id, Watch.contact_id, Watch.key).in_(list(self.ended))
                )
            )
        if self.all_ended:
            session.execute(
                delete(Watch).where(
                    tuple_(Watch.journey_id, Watch.contact_id).in_(list(self.all_ended)),
                    tuple_(Watch.journey_id, Watch.contact_id, Watch.key).not_in(
                        list(self.begun) or [(0, 0, "")]
                    ),
                )
            )
        statement = insert_into(session, Watch)
        keys = [Watch.journey_id, Watch.contact_id, Watch.key]
        fresh = {"due_at": statement.excluded.due_at, "data": statement.excluded.data}
        if self.begun:
            begun = statement.on_conflict_do_update(index_elements=keys, set_=fresh)
            session.execute(begun, _write_rows(self.begun))
        if self.broken:
            # A running watch is put off when it is looked at; a spent one begins again.
            broken = statement.on_conflict_do_update(
                index_elements=keys, set_=fresh, where=Watch.due_at.is_(None)
            )
            session.execute(broken, _write_rows(self.broken))
        if self.silent:
            session.execute(statement.on_conflict_do_nothing(), _write_rows(self.silent))
        written = (*self.begun.values(), *self.broken.values())
        if any(due.at <= self._now for due in written):
            ring(session, Lane.SEGMENTS)


def release_due(session: Session, *, now: datetime, limit: int, default_zone: str) -> int:
    """Let in those whose silence is long enough; answer how many watches were looked at."""
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
    ).all()
    concerned = [plans[journey] for journey in {row.journey_id for row in rows}]
    people = load_people(session, contact_ids, merge_reads(plan.reads for plan in concerned))
    entrance = Entrance(session, concerned, contact_ids, now=now, default_zone=default_zone)
    gone: list[WatchKey] = []
    for row in rows:
        watch = (row.journey_id, row.contact_id, row.key)
        plan, person = plans[row.journey_id], people[row.contact_id]
        match look_at(plan, person, row.key, row.data, now=now):
            case Ripe(candidate, is_spent):
                entrance.ask(plan, person, candidate)
                if is_spent:
                    _put_off(session, watch, None)
                else:
                    gone.append(watch)
            case datetime() as later:
                _put_off(session, watch, later)
            case None:
                gone.append(watch)  # the journey has another trigger by now
    if gone:
        session.execute(
            delete(Watch).where(tuple_(Watch.journey_id, Watch.contact_id, Watch.key).in_(gone))
        )
    entrance.write()
    return len(due)


def begin_silences(session: Session, plan: Plan, *, now: datetime) -> None:
    """Listen to everybody known, from the journey's going live on (rules 111 and 140).

    Who is silent for long enough already enters by back-fill only: no watch is set for them.
    """
    trigger = plan.document.trigger
    if not isinstance(trigger, InactivityTrigger):
        return
    last = func.coalesce(ContactState.active_at, Contact.created_at)
    rows = session.execute(
        select(Contact.id, last)
        .join(ContactState, ContactState.contact_id == Contact.id, isouter=True)
        .where(Contact.merged_into.is_(None), Contact.erased_at.is_(None))
        .execution_options(yield_per=10_000)
    )
    statement = insert_into(session, Watch).on_conflict_do_nothing()
    for several in rows.partitions():
        waiting: list[Mapping[str, Any]] = [
            _write_watch((plan.journey_id, contact_id, ""), since + trigger.silent_for)
            for contact_id, since in several
            if since + trigger.silent_for >= now
        ]
        if waiting:
            session.execute(statement, waiting)


def forget_watches(session: Session, journey_id: int, document: Document) -> None:
    """Drop the watches of a journey whose trigger no longer listens to silence."""
    if not isinstance(document.trigger, AbsenceTrigger | InactivityTrigger):
        session.execute(delete(Watch).where(Watch.journey_id == journey_id))


def _put_off(session: Session, watch: WatchKey, due_at: datetime | None) -> None:
    session.execute(
        update(Watch)
        .where(Watch.journey_id == watch[0], Watch.contact_id == watch[1], Watch.key == watch[2])
        .values(due_at=due_at)
        .execution_options(synchronize_session=False)
    )


def _write_rows(watches: Mapping[WatchKey, Due]) -> list[dict[str, Any]]:
    return [_write_watch(watch, due.at, due.data) for watch, due in watches.items()]


def _write_watch(
    watch: WatchKey, due_at: datetime, data: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    journey_id, contact_id, key = watch
    return {
        "journey_id": journey_id,
        "contact_id": contact_id,
        "key": key,
        "due_at": due_at,
        "data": data,
    }
