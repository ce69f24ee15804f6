"""Who qualified before a journey was published: one search for each kind of trigger (rule 112).

A trigger that says nothing about the past (a schedule, a call, a colleague) is not in the table,
and its journey cannot be backfilled.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.errors import Invalid
from engine.events.arrivals import Arrived
from engine.events.stored import list_stored
from engine.journeys.deciding.gates import Candidate, Cause
from engine.journeys.deciding.listening import find_quiet_since
from engine.journeys.deciding.matching import describe
from engine.journeys.deciding.plan import Plan
from engine.journeys.running.facts import load_people
from engine.language.say import say
from engine.models.journey import Watch
from engine.models.segment import Segment, SegmentMember
from engine.parts.entering import TriggerBase, read_entry_key
from engine.parts.matching import ANY_EVENT
from engine.triggers import attribute, event
from engine.triggers.absence import AbsenceTrigger, begins, ends, find_ended
from engine.triggers.attribute import AttributeTrigger
from engine.triggers.event import EventTrigger
from engine.triggers.inactivity import InactivityTrigger
from engine.triggers.segment import SegmentTrigger
from engine.when.silences import derive_absence

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Qualified:
    """Somebody who would have entered, by what, and when that was."""

    candidate: Candidate
    at: datetime


_Kind = TypeVar("_Kind", bound=TriggerBase)
Search = Callable[[Session, Plan, Collection[int], datetime], list[Qualified]]
"""(session, plan, contacts to look at, now) → who of them qualified, at most once a key."""


def check_backfill(trigger: TriggerBase) -> None:
    """Make sure that it can be known who qualified before.

    Raises:
        Invalid: it cannot; says why.
    """
    if type(trigger) not in SEARCHES:
        raise Invalid(
            say("a journey with the trigger {kind} has no past to be backfilled", kind=trigger.kind)
        )
    if isinstance(trigger, SegmentTrigger) and trigger.change == "left":
        raise Invalid(say("who left a segment is not kept, so this journey cannot be backfilled"))
    if isinstance(trigger, AttributeTrigger) and "to_value" not in trigger.model_fields_set:
        raise Invalid(
            say(
                "the trigger does not say to which value {attribute} changes, so nobody can be told to qualify already",
                attribute=trigger.attribute,
            )
        )


def is_ready(session: Session, trigger: TriggerBase) -> bool:
    """Return whether it can be asked now; a new segment's members are still to be found."""
    if not isinstance(trigger, SegmentTrigger):
        return True
    refreshed = session.scalar(select(Segment.refreshed_at).where(Segment.key == trigger.segment))
    return refreshed is not None


def find_qualified(
    session: Session,
    plan: Plan,
    contact_ids: Collection[int],
    *,
    now: datetime,
    since: datetime | None,
) -> list[Qualified]:
    """Return who of these contacts qualified, contact by contact, ids ascending.

    Args:
        since: who qualified earlier is left out.
    """
    found = SEARCHES[type(plan.document.trigger)](session, plan, contact_ids, now)
    wanted = (one for one in found if since is None or one.at >= since)
    return sorted(wanted, key=lambda one: (one.candidate.contact_id, one.at))


def _search_event(
    session: Session, plan: Plan, contact_ids: Collection[int], now: datetime
) -> list[Qualified]:
    """The last such event of each contact and key."""
    del now
    trigger = _expect(plan, EventTrigger)
    found: dict[tuple[int, str], Arrived] = {}
    for one in list_stored(session, contact_ids, names=_list_names(trigger.event)):
        entry_key = read_entry_key(trigger.entry_place, one)
        if entry_key is not None and event.matches(trigger, one):
            found[one.contact_id, entry_key] = one
    return [
        Qualified(
            Candidate(contact_id, key, describe(one), Cause.of(one)),
            min(one.occurred_at, one.received_at),
        )
        for (contact_id, key), one in found.items()
    ]


def _search_absence(
    session: Session, plan: Plan, contact_ids: Collection[int], now: datetime
) -> list[Qualified]:
    """What began, was not ended since, and has been silent for long enough without a watch."""
    trigger = _expect(plan, AbsenceTrigger)
    found: dict[int, dict[str, Arrived]] = {}
    for one in list_stored(
        session, contact_ids, names=_list_names(trigger.after.event, trigger.without.event)
    ):
        begun = found.setdefault(one.contact_id, {})
        if ends(trigger, one):
            ended = find_ended(trigger, one)
            for key in list(begun) if ended is None else [ended]:
                begun.pop(key, None)
        if (anew := begins(trigger, one)) is not None:
            begun[anew] = one
    watched = _list_watched(session, plan, contact_ids)
    return [
        Qualified(Candidate(contact_id, key, describe(one), Cause.of(one)), due_at)
        for contact_id, begun in found.items()
        for key, one in begun.items()
        if (due_at := _find_due(trigger, one, key)) <= now and (contact_id, key) not in watched
    ]


def _find_due(trigger: AbsenceTrigger, one: Arrived, key: str) -> datetime:
    return derive_absence(one.occurred_at, within=trigger.within, entry_key=key).due_at


def _search_silence(
    session: Session, plan: Plan, contact_ids: Collection[int], now: datetime
) -> list[Qualified]:
    """Who is silent for long enough, and is not listened to: a watch lets in by itself."""
    trigger = _expect(plan, InactivityTrigger)
    watched = {contact_id for contact_id, _ in _list_watched(session, plan, contact_ids)}
    people = load_people(session, [one for one in contact_ids if one not in watched], plan.reads)
    found = []
    for person in people.values():
        since = find_quiet_since(person, trigger)
        if since + trigger.silent_for <= now:
            said = {"occurred_at": _write_instant(since)}
            candidate = Candidate(person.contact_id, "", said)
            found.append(Qualified(candidate, since + trigger.silent_for))
    return found


def _search_segment(
    session: Session, plan: Plan, contact_ids: Collection[int], now: datetime
) -> list[Qualified]:
    """The members of now, since they were found to be."""
    del now
    trigger = _expect(plan, SegmentTrigger)
    rows = session.execute(
        select(SegmentMember.contact_id, SegmentMember.since).where(
            SegmentMember.segment == trigger.segment,
            is_any(session, SegmentMember.contact_id, contact_ids),
        )
    )
    return [
        Qualified(
            Candidate(
                contact_id,
                trigger={"occurred_at": _write_instant(since), "segment": trigger.segment},
            ),
            since,
        )
        for contact_id, since in rows
    ]


def _search_attribute(
    session: Session, plan: Plan, contact_ids: Collection[int], now: datetime
) -> list[Qualified]:
    """Who has the value of now, since it was said; what it was before nobody knows."""
    trigger = _expect(plan, AttributeTrigger)
    name = trigger.attribute.partition(".")[0]
    found = []
    for person in load_people(session, contact_ids, plan.reads).values():
        micros = person.attribute_times.get(name)
        if micros is None or not attribute.has_arrived(trigger, person.state.attributes):
            continue
        at = min(now, EPOCH + timedelta(microseconds=micros))
        said = {"occurred_at": _write_instant(at)}
        found.append(Qualified(Candidate(person.contact_id, "", said), at))
    return found


SEARCHES: Final[Mapping[type[TriggerBase], Search]] = {
    EventTrigger: _search_event,
    AbsenceTrigger: _search_absence,
    InactivityTrigger: _search_silence,
    SegmentTrigger: _search_segment,
    AttributeTrigger: _search_attribute,
}
"""How those are found who qualify, by the trigger's model."""


def _list_watched(
    session: Session, plan: Plan, contact_ids: Collection[int]
) -> set[tuple[int, str]]:
    """Return (contact, key) of the silences that are listened to: those let in by themselves."""
    rows = session.execute(
        select(Watch.contact_id, Watch.key).where(
            Watch.journey_id == plan.journey_id, is_any(session, Watch.contact_id, contact_ids)
        )
    )
    return {(contact_id, key) for contact_id, key in rows}


def _expect(plan: Plan, kind: type[_Kind]) -> _Kind:
    trigger = plan.document.trigger
    if not isinstance(trigger, kind):
        raise TypeError(trigger)
    return trigger


def _list_names(*names: str) -> Collection[str] | None:
    return None if ANY_EVENT in names else names


def _write_instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
