"""Real contacts for a simulation as they were, with all that happened since. Reads only."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Row, case, func, select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.contacts.attributes import ADDRESSES, CONSENTS
from engine.contacts.choices import Choice
from engine.events.arrivals import CONTACT_UPDATED, JOURNEY_STOP, NO_ACTIVITY
from engine.journeys.deciding.known_record import read_record
from engine.journeys.rehearsing.past_records import recall_records
from engine.journeys.rehearsing.sampling import (
    build_persona,
    cut,
    list_sample_reads,
    load_contacts,
    mark_devices,
    mark_suppressed,
    put_in_order,
)
from engine.journeys.running.facts import load_people
from engine.journeys.simulation.entering import NOT_HERE
from engine.journeys.simulation.given import Chosen, Given, Identified, Recorded
from engine.journeys.simulation.persona import IDENTIFIED, Persona
from engine.journeys.simulation.setting import Setting
from engine.journeys.validate.places import list_conditions
from engine.messages.states import SETTLED_EVENT
from engine.models.contact import ConsentProof
from engine.models.event import Event as EventRow
from engine.rules.counters import Event, PackedHistory
from engine.rules.reads import list_reads
from engine.triggers.inactivity import InactivityTrigger
from engine.triggers.record import RecordTrigger

TICKS: Final = 1_000_000
"""Of an attribute's time, in a second."""
FIXED: Final = frozenset({*ADDRESSES, "timezone", CONSENTS})
"""Traits that a replay leaves as they stand: addresses and zones; choices have a ledger."""


@dataclass(frozen=True, slots=True)
class Past:
    """Contacts as they were.

    Attributes:
        left_out: records that have changed hands, and are not replayed.
    """

    personas: Sequence[Persona]
    left_out: int = 0


def load_past(
    session: Session, ids: Sequence[int], setting: Setting, *, tell: Callable[[int], None]
) -> Past:
    """Return contacts as they were when the setting begins, with all that has happened since.

    What happened is taken to have happened live, at its own time, whether it was imported or
    tracked. Attributes are those said before; of one that was said since, what earlier identify
    calls said, else what stands now. Addresses and zones are today's. Choices are those of the
    ledger. Messages of other journeys count as far as they had come by then. Records are as their
    events leave them.
    """
    reads, trigger = list_sample_reads(setting), setting.plan.document.trigger
    personas: list[Persona] = []
    left_out = 0
    for some in cut(ids):
        people = load_people(session, some, reads)
        lives = _load_lives(session, some, setting.begins_at)
        known = {
            row.id: build_persona(row, people[row.id], setting)
            for row in load_contacts(session, some)
        }
        for contact_id, persona in known.items():
            first_at, active_at = lives.get(contact_id, (None, None))
            persona.created_at = min(persona.created_at, first_at or persona.created_at)
            persona.active_at = active_at
            persona.sent = _cut_marks(people[contact_id].state.messages, setting.begins_at)
        unknown = _recall_past(session, known, setting)
        _replay_events(session, known, unknown, setting)
        _replay_choices(session, known, setting)
        if isinstance(trigger, RecordTrigger):
            begins_at = setting.begins_at
            left_out += recall_records(session, known, trigger.type, begins_at=begins_at)
        mark_suppressed(session, list(known.values()))
        mark_devices(session, list(known.values()))
        personas += known.values()
        tell(len(personas))
    return Past(put_in_order(personas, ids), left_out)


def _load_lives(
    session: Session, ids: Sequence[int], before: datetime
) -> dict[int, tuple[datetime | None, datetime | None]]:
    """Return when each contact did something first, and last before an instant."""
    is_activity = (
        (EventRow.occurred_at < before)
        & (EventRow.actor == "contact")
        & EventRow.name.not_in(sorted(NO_ACTIVITY))
    )
    rows = session.execute(
        select(
            EventRow.contact_id,
            func.min(EventRow.occurred_at),
            func.max(case((is_activity, EventRow.occurred_at))),
        )
        .where(is_any(session, EventRow.contact_id, ids))
        .group_by(EventRow.contact_id)
    )
    return {contact_id: (first_at, active_at) for contact_id, first_at, active_at in rows}


def _recall_past(
    session: Session, known: Mapping[int, Persona], setting: Setting
) -> dict[int, set[str]]:
    """Count what had happened when the setting begins, as far as anything asks for it.

    Returns:
        Per contact the attributes of which nobody knows yet what they were then.
    """
    names = _list_asked(setting)
    packed: defaultdict[int, PackedHistory] = defaultdict(PackedHistory)
    raw: defaultdict[int, list[Event]] = defaultdict(list)
    said: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    wanted = sorted(names | {IDENTIFIED})
    rows = _select_events(session, known, EventRow.occurred_at < setting.begins_at, wanted)
    for row in rows:
        event = Event(row.name, row.occurred_at, row.properties)
        if row.name in names:
            packed[row.contact_id].add(event)
        if row.name in setting.raw_events:
            raw[row.contact_id].append(event)
        if row.name == IDENTIFIED:
            said[row.contact_id] |= row.properties
    unknown: dict[int, set[str]] = {}
    for contact_id, persona in known.items():
        persona.packed = packed[contact_id]
        persona.recall(raw[contact_id])
        unknown[contact_id] = _take_back(persona, said[contact_id], setting.begins_at)
    return unknown


def _take_back(persona: Persona, said: Mapping[str, Any], begins_at: datetime) -> set[str]:
    """Let attributes that were said later be what they were before; answer those left over."""
    begun = int(begins_at.timestamp() * TICKS)
    dossier = persona.dossier
    later = [name for name, at in dossier.times.items() if at >= begun and name not in FIXED]
    for name in later:
        if name in said:
            dossier.attributes[name], dossier.times[name] = said[name], begun - 1
    return {name for name in later if name not in said}


def _replay_events(
    session: Session,
    known: Mapping[int, Persona],
    unknown: Mapping[int, set[str]],
    setting: Setting,
) -> None:
    """Let everything happen again that happened since the setting begins."""
    since = EventRow.occurred_at >= setting.begins_at
    for row in _select_events(session, known, since & (EventRow.occurred_at <= setting.until)):
        persona = known[row.contact_id]
        if row.name == IDENTIFIED:
            _forget(persona, unknown[row.contact_id], dict.fromkeys(row.properties))
        elif row.name == CONTACT_UPDATED:
            changes = row.properties["changes"]
            before = {name: pair[0] for name, pair in changes.items()}
            _forget(persona, unknown[row.contact_id], before)
        given = _replay(row, setting.plan.journey_id)
        if given is not None:
            persona.expect([given])


def _forget(persona: Persona, unknown: set[str], before: Mapping[str, Any]) -> None:
    """Let attributes be what they were before they were said for the first time since."""
    for name in unknown & before.keys():
        unknown.discard(name)
        persona.dossier.times.pop(name, None)
        if before[name] is None:
            persona.dossier.attributes.pop(name, None)
        else:
            persona.dossier.attributes[name] = before[name]


def _replay(row: Row[Any], journey_id: int) -> Given | None:
    """Return what happened, as it happens again; None of what this journey did itself."""
    context = row.context or {}
    if row.name == SETTLED_EVENT or context.get("journey_id") == journey_id:
        return None
    if row.name == IDENTIFIED:
        traits = {name: value for name, value in row.properties.items() if name not in FIXED}
        return Given(row.occurred_at, Identified(traits))
    properties = row.properties
    if row.name == JOURNEY_STOP:  # its number is of an enrollment elsewhere, not of one here
        properties = {**properties, "enrollment_id": NOT_HERE}
    said = Recorded(
        row.name,
        properties,
        context,
        actor=row.actor,
        channel=row.channel,
        cause_id=row.cause_id,
        root_id=row.root_id,
        depth=row.depth,
        subject=read_record(row.subject_kind, row.subject_id),
        writes=row.name == CONTACT_UPDATED,
    )
    return Given(row.occurred_at, said)


def _replay_choices(session: Session, known: Mapping[int, Persona], setting: Setting) -> None:
    """Let choices stand as they stood, and be made again since; their events are told apart."""
    rows = session.execute(
        select(
            ConsentProof.contact_id,
            ConsentProof.topic,
            ConsentProof.channel,
            ConsentProof.choice,
            ConsentProof.occurred_at,
        )
        .where(
            is_any(session, ConsentProof.contact_id, known),
            ConsentProof.occurred_at <= setting.until,
        )
        .order_by(ConsentProof.occurred_at, ConsentProof.id)
    )
    for contact_id, topic, channel, choice, at in rows:
        persona = known[contact_id]
        if at < setting.begins_at:
            persona.consents[topic, channel] = choice
            persona.consented_at[topic, channel] = at
        else:
            chosen = Chosen(topic, channel, cast(Choice, choice), tells=False)
            persona.expect([Given(at, chosen)])


def _select_events(
    session: Session,
    known: Mapping[int, Persona],
    when: ColumnElement[bool],
    names: Sequence[str] | None = None,
) -> Iterator[Row[Any]]:
    statement = (
        select(
            EventRow.contact_id,
            EventRow.name,
            EventRow.occurred_at,
            EventRow.properties,
            EventRow.context,
            EventRow.actor,
            EventRow.channel,
            EventRow.cause_id,
            EventRow.root_id,
            EventRow.depth,
            EventRow.subject_kind,
            EventRow.subject_id,
        )
        .where(is_any(session, EventRow.contact_id, known), when)
        .order_by(EventRow.occurred_at, EventRow.id)
    )
    if names is not None:
        statement = statement.where(EventRow.name.in_(names))
    yield from session.execute(statement)


def _cut_marks(
    messages: Mapping[str, Sequence[Mapping[str, datetime]]], before: datetime
) -> dict[str, list[dict[str, datetime]]]:
    """Return what had become of messages by then."""
    cut = {
        template: [{mark: at for mark, at in one.items() if at < before} for one in several]
        for template, several in messages.items()
    }
    return {template: [one for one in several if one] for template, several in cut.items()}


def _list_asked(setting: Setting) -> set[str]:
    """Return the names of events of whose past something is asked."""
    conditions = [condition for _, condition in list_conditions(setting.plan.document)]
    conditions += [one.condition for one in setting.segments]
    names = {name for one in conditions for name in list_reads(one).events}
    trigger = setting.plan.document.trigger
    if isinstance(trigger, InactivityTrigger) and trigger.no != "any":
        names |= set(trigger.no)
    return names | set(setting.raw_events)
