"""Loads what "why?" looks at: one contact and one journey, in a few bounded queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.actions.wait_for import EventPath, WaitForNode
from engine.contacts.finding import get_contact
from engine.errors import NotFound
from engine.events.arrivals import CONTACT, Arrived
from engine.events.stored import read_stored
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.moment import Moment
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan
from engine.journeys.definition.journey import EventExit
from engine.journeys.running.facts import load_people, merge_reads
from engine.journeys.running.live import find_gone, load_plans
from engine.language.say import say
from engine.messages.gates.policy import Verdict
from engine.messages.gates.verdicts import load_verdicts
from engine.messages.states import OPEN
from engine.models.contact import Contact, Identity
from engine.models.entry import EntryRefusal
from engine.models.event import Event
from engine.models.journey import (
    Enrollment,
    GoalReached,
    Journey,
    JourneyEntry,
    JourneyVersion,
    Pass,
    Watch,
)
from engine.models.message import Message, TemplateVersion
from engine.parts.entering import TriggerBase
from engine.parts.matching import ANY_EVENT, EventMatch
from engine.triggers.absence import AbsenceTrigger
from engine.triggers.event import EventTrigger
from engine.when.zones import ResolvedZone, resolve_zone

MOST_ENROLLMENTS: Final = 10
MOST_PASSES: Final = 200
"""Of one enrollment, the latest."""
MOST_EVENTS: Final = 200
MOST_MESSAGES: Final = 200


@dataclass(frozen=True, slots=True)
class Case:
    """One contact and one journey, as their rows stand.

    Attributes:
        plan: the version in use; None of a draft.
        published_at: when the first version was published.
        events: of the names that the trigger, exits and waits look at, the latest first.
        enrollments: the newest first.
        plans: by version id.
        passes: of each enrollment, the oldest first.
        messages: the same.
        numbers: of templates' versions, by id.
        goals: reached, by enrollment.
        verdicts: what the gates say now of messages that have not left.
        entries: when the contact entered last, by entry key.
        room: how many may still enter; None without a cap.
    """

    moment: Moment
    journey: Journey
    plan: Plan | None
    published_at: datetime | None
    contact: Contact
    external_id: str | None
    person: Person
    zone: ResolvedZone
    asker: Asker
    events: Sequence[Arrived]
    enrollments: Sequence[Enrollment]
    plans: Mapping[int, Plan]
    passes: Mapping[int, Sequence[Pass]]
    messages: Mapping[int, Sequence[Message]]
    numbers: Mapping[int, int]
    verdicts: Mapping[int, Verdict]
    goals: Mapping[int, Sequence[GoalReached]]
    entries: Mapping[str, datetime]
    room: int | None
    refusal: EntryRefusal | None
    watches: Sequence[Watch]

    @property
    def now(self) -> datetime:
        """When it is asked."""
        return self.moment.now


def load_case(
    session: Session, key: str, given: str, moment: Moment, *, only: int | None = None
) -> Case:
    """Return what there is of a journey and a contact.

    Args:
        key: of the journey.
        given: what tells the contact.
        moment: when it is asked.
        only: the one enrollment that matters; None: the newest of them.

    Raises:
        NotFound: no such journey, or no such contact.
    """
    journey = get_journey(session, key)
    contact = session.get(Contact, get_contact(session, given))
    if contact is None:
        msg = say("there is no contact {given!r}", given=given)
        raise NotFound(msg)
    mine = (Enrollment.journey_id == journey.id, Enrollment.contact_id == contact.id)
    newest = select(Enrollment).where(*mine).order_by(Enrollment.id.desc())
    if only is not None:
        newest = newest.where(Enrollment.id == only)
    enrollments = session.scalars(newest.limit(MOST_ENROLLMENTS)).all()
    passes = {one.id: _load_passes(session, one.id) for one in enrollments}
    versions = {one.version_id for one in enrollments}
    versions |= {one.version_id for several in passes.values() for one in several}
    versions |= set() if journey.version_id is None else {journey.version_id}
    refusal = session.get(EntryRefusal, (journey.id, contact.id))
    versions |= set() if refusal is None else {refusal.version_id}
    plans = load_plans(session, versions)
    plan = None if journey.version_id is None else plans.get(journey.version_id)
    reads = merge_reads(one.reads for one in plans.values())
    messages = _load_messages(session, [one.id for one in enrollments])
    several = [one for some in messages.values() for one in some]
    return Case(
        moment=moment,
        journey=journey,
        plan=plan,
        published_at=session.scalar(
            select(func.min(JourneyVersion.published_at)).where(
                JourneyVersion.journey_id == journey.id
            )
        ),
        contact=contact,
        external_id=session.scalar(
            select(func.min(Identity.value)).where(
                Identity.contact_id == contact.id, Identity.kind == "external"
            )
        ),
        person=load_people(session, [contact.id], reads)[contact.id],
        zone=_find_zone(contact, plan, moment),
        asker=Asker(
            now=moment.now, default_zone=moment.default_zone, gone=find_gone(session, reads)
        ),
        events=_load_events(session, contact.id, _list_names(plan, plans)),
        enrollments=enrollments,
        plans=plans,
        passes=passes,
        messages=messages,
        numbers=_load_numbers(session, several),
        verdicts=_load_verdicts(session, several, moment),
        goals=_load_goals(session, [one.id for one in enrollments]),
        entries=_load_entries(session, journey.id, contact.id),
        room=_count_room(session, journey.id, plan),
        refusal=refusal,
        watches=session.scalars(
            select(Watch)
            .where(Watch.journey_id == journey.id, Watch.contact_id == contact.id)
            .order_by(Watch.due_at.desc())
            .limit(MOST_ENROLLMENTS)
        ).all(),
    )


def find_match(trigger: TriggerBase) -> EventMatch | None:
    """Return what names the event that a trigger begins with; None if it begins with none."""
    match trigger:
        case EventTrigger():
            return trigger
        case AbsenceTrigger():
            return trigger.after
        case _:
            return None


def _list_names(plan: Plan | None, plans: Mapping[int, Plan]) -> set[str]:
    """Return the names of all events that may matter."""
    names: set[str] = set()
    if plan is not None and (match := find_match(plan.document.trigger)) is not None:
        names.add(match.event)
    for one in plans.values():
        names |= {leaving.event for leaving in one.document.exits if isinstance(leaving, EventExit)}
        for node in one.document.nodes.values():
            if isinstance(node, WaitForNode):
                names |= {path.event for path in node.paths_ if isinstance(path, EventPath)}
    return names


def _load_events(session: Session, contact_id: int, names: set[str]) -> list[Arrived]:
    if not names:
        return []
    asked = select(Event).where(Event.contact_id == contact_id)
    if ANY_EVENT not in names:
        asked = asked.where(Event.name.in_(sorted(names)))
    latest = asked.order_by(Event.received_at.desc(), Event.id.desc()).limit(MOST_EVENTS)
    return [read_stored(row, mode=row.mode) for row in session.scalars(latest)]


def _load_passes(session: Session, enrollment_id: int) -> list[Pass]:
    latest = (
        select(Pass)
        .where(Pass.enrollment_id == enrollment_id)
        .order_by(Pass.seq.desc())
        .limit(MOST_PASSES)
    )
    return list(session.scalars(latest))[::-1]


def _load_messages(session: Session, enrollment_ids: list[int]) -> dict[int, list[Message]]:
    found: dict[int, list[Message]] = defaultdict(list)
    latest = (
        select(Message)
        .where(Message.enrollment_id.in_(enrollment_ids))
        .order_by(Message.id.desc())
        .limit(MOST_MESSAGES)
    )
    for message in list(session.scalars(latest))[::-1]:
        found[message.enrollment_id or 0].append(message)
    return found


def _load_numbers(session: Session, messages: Sequence[Message]) -> dict[int, int]:
    ids = {one.template_version_id for one in messages if one.template_version_id is not None}
    rows = session.execute(
        select(TemplateVersion.id, TemplateVersion.number).where(TemplateVersion.id.in_(ids))
    )
    return dict(rows.all())


def _load_verdicts(
    session: Session, messages: Sequence[Message], moment: Moment
) -> dict[int, Verdict]:
    waiting = [one.id for one in messages if one.state in OPEN]
    if not waiting:
        return {}
    return load_verdicts(
        session,
        waiting,
        now=moment.now,
        default_zone=moment.default_zone,
        holdout_percent=moment.holdout_percent,
    )


def _load_goals(session: Session, enrollment_ids: list[int]) -> dict[int, list[GoalReached]]:
    found: dict[int, list[GoalReached]] = defaultdict(list)
    asked = select(GoalReached).where(GoalReached.enrollment_id.in_(enrollment_ids))
    for reached in session.scalars(asked):
        found[reached.enrollment_id].append(reached)
    return found


def _load_entries(session: Session, journey_id: int, contact_id: int) -> dict[str, datetime]:
    rows = session.execute(
        select(JourneyEntry.entry_key, JourneyEntry.entered_at)
        .where(
            JourneyEntry.journey_id == journey_id,
            JourneyEntry.subject_kind == CONTACT,
            JourneyEntry.subject_id == contact_id,
        )
        .order_by(JourneyEntry.entered_at.desc())
        .limit(MOST_EVENTS)
    )
    return dict(rows.all())


def _count_room(session: Session, journey_id: int, plan: Plan | None) -> int | None:
    cap = None if plan is None else plan.document.entry.at_most
    if cap is None:
        return None
    entries = session.scalar(
        select(func.coalesce(func.sum(JourneyEntry.entries), 0)).where(
            JourneyEntry.journey_id == journey_id
        )
    )
    return cap - int(entries or 0)


def _find_zone(contact: Contact, plan: Plan | None, moment: Moment) -> ResolvedZone:
    named = "contact" if plan is None else plan.document.settings.timezone
    is_own = named == "contact"
    return resolve_zone(
        contact=contact.timezone if is_own else None,
        journey=None if is_own else named,
        instance=moment.default_zone,
    )
