"""Lets in, chunk by chunk, those who qualified before a journey was published (rules 111 to 114).

A cursor over the contacts is committed together with their entries, so that a crash repeats
nothing; the gates of entry see to the rest. Whoever has entered since it qualified is passed over.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import lock_contacts
from engine.errors import Conflict, Invalid, NotFound
from engine.events.arrivals import UNSUBSCRIBED, Arrived
from engine.events.stored import list_stored
from engine.journeys.deciding.admission import Newcomer, Placement
from engine.journeys.deciding.ages import place_by_age
from engine.journeys.deciding.gates import Refusal
from engine.journeys.deciding.matching import find_exit
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan
from engine.journeys.entering.enroll import Entrance
from engine.journeys.entering.qualifying import Qualified, check_backfill, find_qualified, is_ready
from engine.journeys.running.facts import load_people
from engine.journeys.running.live import load_live
from engine.language.say import say
from engine.models.contact import Contact
from engine.models.entry import Backfill
from engine.models.journey import Journey
from engine.parts.matching import ANY_EVENT
from engine.tasks import Lane, ring

Mode = Literal["now", "by_age"]
MINUTE: Final = timedelta(minutes=1)
SHARES: Final = 6
"""A minute's allowance is let in by so many chunks, so that it does not come as one wave."""
NOT_READY: Final = timedelta(seconds=5)
STOPPED: Final = "the journey was stopped"
CHANGED: Final = "another trigger was published"


@dataclass(frozen=True, slots=True)
class Backfilling:
    """How those are let in who qualified before.

    Attributes:
        mode: `now`: at the journey's start; `by_age`: where they would be by now.
        per_minute: how many may enter in a minute; None: as fast as it goes.
        since: who qualified earlier is left out.
    """

    mode: Mode
    per_minute: int | None = None
    since: datetime | None = None


def begin_backfill(
    session: Session, plan: Plan, wanted: Backfilling, *, by: str, now: datetime
) -> None:
    """Begin to let in those who qualify already; the work is done by and by.

    The caller holds the journey's row.

    Raises:
        Invalid: nobody can know who qualified, or nobody may enter in a minute.
        Conflict: one is under way.
    """
    check_backfill(plan.document.trigger)
    if wanted.per_minute is not None and wanted.per_minute < 1:
        raise Invalid(say("a backfill lets at least one in a minute"))
    if _find_open(session, plan.journey_id) is not None:
        raise Conflict(
            say("a backfill of {key} is under way: let it end, or cancel it first", key=plan.key)
        )
    session.add(
        Backfill(
            journey_id=plan.journey_id,
            version_id=plan.version_id,
            mode=wanted.mode,
            per_minute=wanted.per_minute,
            since=wanted.since,
            started_at=now,
            started_by=by,
            due_at=now,
            cursor=0,
            asked=0,
            entered=0,
        )
    )
    session.flush()
    ring(session, Lane.SEGMENTS)


def hold_backfill(session: Session, key: str) -> None:
    """Wait until nobody is let in by a journey's backfill, and keep it so in this transaction."""
    session.execute(
        select(Backfill.id)
        .join(Journey, Journey.id == Backfill.journey_id)
        .where(Journey.key == key, Backfill.done_at.is_(None))
        .with_for_update(of=Backfill)
    )


def carry_backfill(session: Session, plan: Plan, *, is_same_trigger: bool, now: datetime) -> None:
    """Let a backfill under way go on into a new version; with another trigger it ends."""
    row = _find_open(session, plan.journey_id)
    if row is None:
        return
    row.version_id = plan.version_id
    if not is_same_trigger:
        row.done_at, row.cancelled_by = now, CHANGED
    session.flush()


def end_backfill(session: Session, journey_id: int, *, by: str, now: datetime) -> bool:
    """Let nobody in any more by a backfill; answer whether one was under way."""
    row = _find_open(session, journey_id)
    if row is None:
        return False
    row.done_at, row.cancelled_by = now, by
    session.flush()
    return True


def get_backfill(session: Session, journey: Journey) -> Backfill:
    """Return a journey's last backfill, under way or done.

    Raises:
        NotFound: it never had one.
    """
    row = session.scalar(
        select(Backfill)
        .where(Backfill.journey_id == journey.id)
        .order_by(Backfill.id.desc())
        .limit(1)
    )
    if row is None:
        raise NotFound(say("{key} was never backfilled", key=journey.key))
    return row


def let_in_earlier(session: Session, *, now: datetime, limit: int, default_zone: str) -> int:
    """Let the next chunk of one backfill in; answer how many contacts were looked at."""
    plans = load_live(session)
    row = session.scalars(
        select(Backfill)
        .where(
            Backfill.done_at.is_(None),
            Backfill.due_at <= now,
            Backfill.journey_id.in_(list(plans)),
        )
        .order_by(Backfill.due_at, Backfill.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return 0
    plan = plans[row.journey_id]
    if not is_ready(session, plan.document.trigger):
        row.due_at = now + NOT_READY
        return 0
    page = _list_contacts(session, row.cursor, limit)
    if not page:
        row.done_at = now
        return 1
    qualified = find_qualified(session, plan, page, now=now, since=row.since)
    wanted = _take_share(row, qualified)
    row.cursor = page[-1] if len(wanted) == len(qualified) else wanted[-1].candidate.contact_id
    entered = _let_in(session, row, plan, wanted, now=now, default_zone=default_zone)
    if row.per_minute is not None:
        # What a late look missed is made up for, but no more than one share of it.
        begin = max(row.due_at, now - MINUTE / SHARES)
        row.due_at = begin + MINUTE * entered / row.per_minute
    ring(session, Lane.SEGMENTS)
    return len(page)


def _let_in(
    session: Session,
    row: Backfill,
    plan: Plan,
    wanted: Sequence[Qualified],
    *,
    now: datetime,
    default_zone: str,
) -> int:
    """Ask the gates for these; answer how many entered."""
    held = lock_contacts(session, {one.candidate.contact_id for one in wanted})
    # Asked again under the lock: an event may have been worked in meanwhile (rule 114).
    sure = find_qualified(session, plan, held, now=now, since=row.since) if held else []
    people = load_people(session, held, plan.reads)
    happened = _load_happened(session, plan, sure, now)
    entrance = Entrance(session, [plan], held, now=now, default_zone=default_zone)
    entered = 0
    for one in sure:
        person, candidate = people[one.candidate.contact_id], one.candidate
        row.asked += 1
        last = entrance.find_entered(plan, candidate)
        if last is not None and last >= one.at:
            continue
        events = [event for event in happened[candidate.contact_id] if event.occurred_at >= one.at]
        if _has_left(plan, one, events):
            entrance.refuse(plan, person, candidate, Refusal.EXIT)
            continue
        placement = _place(row, plan, person, one, events, now=now, default_zone=default_zone)
        if placement is None:
            continue
        asked = entrance.ask(plan, person, candidate, placement=placement)
        entered += isinstance(asked, Newcomer)
    entrance.write()
    row.entered += entered
    return entered


def _place(
    row: Backfill,
    plan: Plan,
    person: Person,
    one: Qualified,
    events: Sequence[Arrived],
    *,
    now: datetime,
    default_zone: str,
) -> Placement | None:
    if row.mode == "now":
        return Placement.at_start(plan, now=now)
    return place_by_age(
        plan, person, one.candidate, events, at=one.at, now=now, default_zone=default_zone
    )


def _has_left(plan: Plan, one: Qualified, events: Sequence[Arrived]) -> bool:
    """Return whether something that ends an enrollment came after what let it in."""
    key, trigger = one.candidate.entry_key or "", one.candidate.trigger
    return any(
        find_exit(event, plan, key, trigger=trigger, entered_at=one.at) is not None
        for event in events
    )


def _load_happened(
    session: Session, plan: Plan, qualified: Collection[Qualified], now: datetime
) -> Mapping[int, list[Arrived]]:
    """Return by contact what the journey looks at and came since they qualified."""
    found: dict[int, list[Arrived]] = defaultdict(list)
    if not qualified:
        return found
    watched = plan.reads.watched
    if plan.document.settings.exit_on_unsubscribe:
        watched = watched | {UNSUBSCRIBED}
    stored = list_stored(
        session,
        {one.candidate.contact_id for one in qualified},
        names=None if ANY_EVENT in watched else watched,
        since=min(one.at for one in qualified),
    )
    for event in stored:
        if event.occurred_at <= now:
            found[event.contact_id].append(event)
    return found


def _take_share(row: Backfill, qualified: Sequence[Qualified]) -> Sequence[Qualified]:
    """Return as many as one chunk may let in, each contact whole."""
    if row.per_minute is None:
        return qualified
    share = max(1, row.per_minute // SHARES)
    if len(qualified) <= share:
        return qualified
    last = qualified[share - 1].candidate.contact_id
    return [one for one in qualified if one.candidate.contact_id <= last]


def _list_contacts(session: Session, after: int, limit: int) -> list[int]:
    return list(
        session.scalars(
            select(Contact.id)
            .where(Contact.id > after, Contact.merged_into.is_(None), Contact.erased_at.is_(None))
            .order_by(Contact.id)
            .limit(limit)
        )
    )


def _find_open(session: Session, journey_id: int) -> Backfill | None:
    return session.scalar(
        select(Backfill)
        .where(Backfill.journey_id == journey_id, Backfill.done_at.is_(None))
        .with_for_update()
    )
