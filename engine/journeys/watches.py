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

from engine.bulk import put_rows
from engine.db import insert_into, lock_contacts
from engine.events.arrivals import Arrived
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.enroll import Entrance
from engine.journeys.facts import Person, load_people, merge_reads
from engine.journeys.gates import Candidate, Cause
from engine.journeys.live import load_live
from engine.journeys.matching import describe
from engine.journeys.plan import Plan
from engine.models.contact import Contact, ContactState
from engine.models.journey import Watch
from engine.rules.counters import Ask
from engine.tasks import Lane, ring
from engine.triggers.absence import AbsenceTrigger, begins, ends, find_ended
from engine.triggers.inactivity import InactivityTrigger, counts
from engine.when.silences import derive_absence

WatchKey = tuple[int, int, str]
"""(journey id, contact id, key)."""


class Watcher:
    """Notes what a chunk's events do to watches, then writes it set-wise."""

    def __init__(
        self,
        session: Session,
        plans: Collection[Plan],
        *,
        now: datetime,
        closed: Collection[int] = (),
    ) -> None:
        """Begin to note.

        Args:
            closed: journeys that let nobody in now: an absence ends, and none begins.
        """
        self._session = session
        self._now = now
        self._closed = frozenset(closed)
        self._absences = [
            (plan.journey_id, plan.document.trigger)
            for plan in plans
            if isinstance(plan.document.trigger, AbsenceTrigger)
        ]
        self._silences = [
            (plan.journey_id, plan.document.trigger)
            for plan in plans
            if isinstance(plan.document.trigger, InactivityTrigger)
        ]
        self._begun: dict[WatchKey, dict[str, Any]] = {}
        self._ended: set[WatchKey] = set()
        self._all_ended: set[tuple[int, int]] = set()
        self._silent: dict[WatchKey, dict[str, Any]] = {}
        self._broken: dict[WatchKey, dict[str, Any]] = {}

    def note(self, event: Arrived) -> None:
        """Note what an event begins and ends; the last one of a key decides."""
        for journey_id, trigger in self._absences:
            if ends(trigger, event):
                self._end(journey_id, event.contact_id, find_ended(trigger, event))
            may_begin = event.may_trigger and journey_id not in self._closed
            key = begins(trigger, event) if may_begin else None
            if key is not None:
                self._begin(journey_id, trigger, event, key)
        for journey_id, silence in self._silences:
            if counts(silence, event) and event.mode == "live":
                watch = (journey_id, event.contact_id, "")
                due_at = event.occurred_at + silence.silent_for
                known = self._broken.get(watch)
                if known is None or known["due_at"] < due_at:
                    self._broken[watch] = _write_watch(watch, due_at)

    def note_contact(self, person: Person) -> None:
        """Listen to a contact that may have done nothing yet: its silence begins at creation."""
        for journey_id, silence in self._silences:
            watch = (journey_id, person.contact_id, "")
            due_at = find_quiet_since(person, silence) + silence.silent_for
            if watch not in self._broken and due_at > self._now:
                self._silent[watch] = _write_watch(watch, due_at)

    def write(self) -> None:
        """Write what was noted."""
        session = self._session
        if self._ended:
            session.execute(
                delete(Watch).where(
                    tuple_(Watch.journey_id, Watch.contact_id, Watch.key).in_(list(self._ended))
                )
            )
        if self._all_ended:
            session.execute(
                delete(Watch).where(
                    tuple_(Watch.journey_id, Watch.contact_id).in_(list(self._all_ended)),
                    tuple_(Watch.journey_id, Watch.contact_id, Watch.key).not_in(
                        list(self._begun) or [(0, 0, "")]
                    ),
                )
            )
        statement = insert_into(session, Watch)
        keys = [Watch.journey_id, Watch.contact_id, Watch.key]
        fresh = {"due_at": statement.excluded.due_at, "data": statement.excluded.data}
        if self._begun:
            begun = statement.on_conflict_do_update(index_elements=keys, set_=fresh)
            session.execute(begun, list(self._begun.values()))
        if self._broken:
            # A running watch is put off when it is looked at; a spent one begins again.
            broken = statement.on_conflict_do_update(
                index_elements=keys, set_=fresh, where=Watch.due_at.is_(None)
            )
            session.execute(broken, list(self._broken.values()))
        if self._silent:
            session.execute(statement.on_conflict_do_nothing(), list(self._silent.values()))
        written = (*self._begun.values(), *self._broken.values())
        if any(row["due_at"] <= self._now for row in written):
            ring(session, Lane.SEGMENTS)

    def _begin(self, journey_id: int, trigger: AbsenceTrigger, event: Arrived, key: str) -> None:
        silence = derive_absence(event.occurred_at, within=trigger.within, entry_key=key)
        watch = (journey_id, event.contact_id, key)
        self._ended.discard(watch)
        data = {
            "trigger": describe(event),
            "cause": [event.id, event.root_id or event.id, event.depth],
        }
        self._begun[watch] = _write_watch(watch, silence.due_at) | {"data": data}

    def _end(self, journey_id: int, contact_id: int, key: str | None) -> None:
        """End the watch of a key; an event that names none is about all of them."""
        if key is not None:
            watch = (journey_id, contact_id, key)
            self._begun.pop(watch, None)
            self._ended.add(watch)
            return
        self._all_ended.add((journey_id, contact_id))
        for watch in [w for w in self._begun if w[:2] == (journey_id, contact_id)]:
            del self._begun[watch]


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
        match plan.document.trigger:
            case AbsenceTrigger():
                data = row.data or {}
                cause = Cause(*(data.get("cause") or [None, None, 0]))
                trigger = data.get("trigger") or {}
                entrance.ask(plan, person, Candidate(row.contact_id, row.key, trigger, cause))
                gone.append(watch)
            case InactivityTrigger() as silence:
                since = find_quiet_since(person, silence)
                if since + silence.silent_for > now:
                    _put_off(session, watch, since + silence.silent_for)
                    continue
                data = {"occurred_at": since.isoformat().replace("+00:00", "Z")}
                entrance.ask(plan, person, Candidate(row.contact_id, "", data))
                _put_off(session, watch, None)
            case _:
                gone.append(watch)  # the journey has another trigger by now
    if gone:
        session.execute(
            delete(Watch).where(tuple_(Watch.journey_id, Watch.contact_id, Watch.key).in_(gone))
        )
    entrance.write()
    return len(due)


def list_overdue(session: Session, journey_id: int, *, now: datetime) -> list[tuple[int, str]]:
    """Return (contact id, key) of the silences that are long enough, the longest first."""
    rows = session.execute(
        select(Watch.contact_id, Watch.key)
        .where(Watch.journey_id == journey_id, Watch.due_at <= now)
        .order_by(Watch.due_at)
    )
    return [(contact_id, key) for contact_id, key in rows]


def put_off_all(
    session: Session, journey_id: int, dues: Mapping[tuple[int, str], datetime | None]
) -> None:
    """Write when these silences are long enough; None: forgotten until the next activity.

    The caller holds the contacts' rows.
    """
    rows = [
        _write_watch((journey_id, contact_id, key), due_at)
        for (contact_id, key), due_at in dues.items()
    ]
    put_rows(session, Watch, rows, replacing=("due_at",))


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


def _write_watch(watch: WatchKey, due_at: datetime | None) -> dict[str, Any]:
    journey_id, contact_id, key = watch
    return {
        "journey_id": journey_id,
        "contact_id": contact_id,
        "key": key,
        "due_at": due_at,
        "data": None,
    }
