"""Silences being listened to, once each (rule 140).

A watch is looked at when it is due, and put off if there was activity since, so that an event costs
no write. It keeps since when its contact was silent as it was let in: that silence is spent.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from engine.db import insert_into
from engine.events.arrivals import Arrived
from engine.journeys.facts import Person, load_people
from engine.journeys.gates import Candidate
from engine.journeys.plan import Plan
from engine.journeys.reads import JourneyReads
from engine.journeys.watch_rows import Due, Keeper, Look, Row, WatchKey, write_watch
from engine.models.contact import Contact, ContactState
from engine.models.journey import Watch
from engine.rules.counters import Ask
from engine.triggers.inactivity import InactivityTrigger, counts

PAGE = 1_000
SINCE = "since"


class Silences(Keeper):
    """The watches of inactivity triggers."""

    def __init__(self, session: Session, plans: Collection[Plan], *, now: datetime) -> None:
        super().__init__(session, now=now)
        self._triggers = [
            (plan.journey_id, plan.document.trigger)
            for plan in plans
            if isinstance(plan.document.trigger, InactivityTrigger)
        ]
        self._silent: dict[WatchKey, Row] = {}

    @override
    def note(self, event: Arrived) -> None:
        for journey_id, trigger in self._triggers:
            if counts(trigger, event) and event.mode == "live":
                watch = (journey_id, event.contact_id, "")
                due_at = event.occurred_at + trigger.silent_for
                known = self._begun.get(watch)
                if known is None or known["due_at"] < due_at:
                    self.begin(write_watch(watch, due_at))

    @override
    def note_contact(self, person: Person) -> None:
        """Listen to a contact that may have done nothing yet: its silence begins at creation."""
        for journey_id, trigger in self._triggers:
            watch = (journey_id, person.contact_id, "")
            due_at = find_quiet_since(person, trigger) + trigger.silent_for
            if watch not in self._begun and due_at > self._now:
                self._silent[watch] = write_watch(watch, due_at)

    @override
    def write(self) -> None:
        statement = insert_into(self._session, Watch)
        if self._begun:
            # A running watch is put off when it is looked at; a spent one begins again.
            begun = statement.on_conflict_do_update(
                index_elements=[Watch.journey_id, Watch.contact_id, Watch.key],
                set_={"due_at": statement.excluded.due_at},
                where=Watch.due_at.is_(None),
            )
            self._session.execute(begun, list(self._begun.values()))
        if self._silent:
            self._session.execute(statement.on_conflict_do_nothing(), list(self._silent.values()))
        self._ring_if_due(self._begun.values())


def look_at_silence(due: Due, trigger: InactivityTrigger, person: Person, *, now: datetime) -> Look:
    """Return whom a watch lets in, and how it goes on: put off, or spent."""
    since = find_quiet_since(person, trigger)
    if since + trigger.silent_for > now:
        return Look(row=write_watch(due.watch, since + trigger.silent_for))
    at = since.isoformat().replace("+00:00", "Z")
    spent = write_watch(due.watch, None, {SINCE: at})
    if due.data.get(SINCE) == at:
        return Look(row=spent)  # woken by something that turned out to lie before it
    return Look(Candidate(due.contact_id, "", {"occurred_at": at}), spent)


def find_quiet_since(person: Person, trigger: InactivityTrigger) -> datetime:
    """Return since when a contact has been silent: its last such event, or its creation."""
    if trigger.no == "any":
        return person.active_at or person.created_at
    tallies = [person.state.history.tally(Ask(name, needs="last")) for name in trigger.no]
    instants = [tally.last_at for tally in tallies if tally.last_at is not None]
    return max(instants, default=person.created_at)


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
