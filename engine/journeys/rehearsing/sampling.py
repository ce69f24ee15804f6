"""Real contacts for a simulation, as they are now. Reads only."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.contacts.attributes import Dossier
from engine.contacts.push_devices import NOWHERE, load_reach
from engine.contacts.suppression import find_suppressed
from engine.events.arrivals import Subject
from engine.journeys.deciding.known_record import KnownRecord
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.reads import JourneyReads
from engine.journeys.running.facts import load_people
from engine.journeys.running.subjects import load_records_of
from engine.journeys.simulation.persona import Persona
from engine.journeys.simulation.setting import Setting
from engine.models.contact import Consent, Contact, Topic
from engine.models.segment import Segment
from engine.rules.conditions import parse_condition
from engine.rules.history import MixedHistory
from engine.rules.reads import list_reads
from engine.segments.judging import SavedSegment
from engine.segments.states import list_needs
from engine.triggers.record import RecordTrigger

CHUNK: Final = 500
PRIME: Final = 2_147_483_647
FACTOR: Final = 1_583_458_089
"""Scatters neighbours far apart modulo the prime (Source: L'Ecuyer, "Tables of linear congruential
generators of different sizes and good lattice structure", 1999)."""


def choose_contacts(session: Session, *, limit: int) -> list[int]:
    """Return a sample of the contacts: scattered, and the same whenever it is asked for."""
    scattered = (Contact.id % PRIME) * FACTOR % PRIME
    return list(
        session.scalars(
            select(Contact.id)
            .where(Contact.merged_into.is_(None), Contact.erased_at.is_(None))
            .order_by(scattered, Contact.id)
            .limit(limit)
        )
    )


def load_segments(session: Session) -> list[SavedSegment]:
    """Return all segments."""
    rows = session.execute(select(Segment.key, Segment.condition).order_by(Segment.key))
    return [SavedSegment(key, parse_condition(condition)) for key, condition in rows]


def load_implied_topics(session: Session) -> frozenset[str]:
    """Return the topics that need no explicit yes."""
    return frozenset(session.scalars(select(Topic.key).where(Topic.opt_in == "implied")))


def load_present(
    session: Session, ids: Sequence[int], setting: Setting, *, tell: Callable[[int], None]
) -> list[Persona]:
    """Return contacts as they are now, in the order of the ids; nothing is to happen to them.

    Args:
        session: for reading.
        ids: of contacts.
        setting: of the simulation.
        tell: told now and then how many have been loaded.
    """
    reads = list_sample_reads(setting)
    personas: list[Persona] = []
    for some in cut(ids):
        people = load_people(session, some, reads)
        consents = _load_consents(session, some)
        records = _load_own_records(session, some, setting.plan)
        for row in load_contacts(session, some):
            person = people[row.id]
            history = person.state.history
            persona = build_persona(row, person, setting)
            for key, (choice, changed_at) in consents[row.id].items():
                persona.consents[key], persona.consented_at[key] = choice, changed_at
            persona.records = records[row.id]
            persona.segments = person.state.segments
            persona.active_at = person.active_at
            if isinstance(history, MixedHistory):
                persona.packed = history.packed
            persona.recall(person.events)
            personas.append(persona)
        mark_suppressed(session, personas[-len(some) :])
        mark_devices(session, personas[-len(some) :])
        tell(len(personas))
    return put_in_order(personas, ids)


def cut(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the ids in chunks."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def put_in_order(personas: Sequence[Persona], ids: Sequence[int]) -> list[Persona]:
    """Return the personas in the order of the ids."""
    by_id = {persona.contact_id: persona for persona in personas}
    return [by_id[one] for one in ids if one in by_id]


def list_sample_reads(setting: Setting) -> JourneyReads:
    """Return what of contacts is to be loaded for a simulation."""
    needs = list_needs(list_reads(one.condition) for one in setting.segments)
    reads = JourneyReads(
        raw_events=set(setting.raw_events),
        segments=set(needs.segments) | {one.key for one in setting.segments},
        templates=set(needs.templates),
    )
    reads.add(setting.plan.reads)
    return reads


def load_contacts(session: Session, ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return the rows of these contacts."""
    return session.execute(
        select(
            Contact.id,
            Contact.uid,
            Contact.created_at,
            Contact.attributes,
            Contact.attribute_times,
            Contact.email,
            Contact.phone,
            Contact.timezone,
            Contact.email_confirmed,
            Contact.phone_confirmed,
        ).where(is_any(session, Contact.id, ids))
    ).all()


def build_persona(row: Row[Any], person: Person, setting: Setting) -> Persona:
    """Return a contact without its history, choices and segments."""
    dossier = Dossier(
        contact_id=row.id,
        attributes=dict(row.attributes),
        times=dict(row.attribute_times),
        email=row.email,
        phone=row.phone,
        timezone=row.timezone,
        email_confirmed=row.email_confirmed,
        phone_confirmed=row.phone_confirmed,
    )
    return Persona(
        contact_id=row.id,
        uid=row.uid,
        shown_as=str(row.uid),
        created_at=row.created_at,
        dossier=dossier,
        raw_names=setting.raw_events,
        arms=dict(person.arms),
        is_held_out=person.is_held_out,
        reading=person.reading,
        sent={
            key: [dict(one) for one in several] for key, several in person.state.messages.items()
        },
    )


def _load_consents(
    session: Session, ids: Sequence[int]
) -> defaultdict[int, dict[tuple[str, str], tuple[str, datetime]]]:
    """Return the choices of these contacts, and when each was made."""
    found: defaultdict[int, dict[tuple[str, str], tuple[str, datetime]]] = defaultdict(dict)
    rows = session.execute(
        select(
            Consent.contact_id, Consent.topic, Consent.channel, Consent.choice, Consent.changed_at
        ).where(is_any(session, Consent.contact_id, ids))
    )
    for contact_id, topic, channel, choice, changed_at in rows:
        found[contact_id][topic, channel] = choice, changed_at
    return found


def _load_own_records(
    session: Session, ids: Sequence[int], plan: Plan
) -> defaultdict[int, dict[Subject, KnownRecord]]:
    """Return by contact the records that the journey may be about."""
    found: defaultdict[int, dict[Subject, KnownRecord]] = defaultdict(dict)
    trigger = plan.document.trigger
    if isinstance(trigger, RecordTrigger):
        for subject, known in load_records_of(session, ids, trigger.type).items():
            found[known.contact_id][subject] = known
    return found


def mark_devices(session: Session, personas: Sequence[Persona]) -> None:
    """Mark who has a browser that may be pushed to."""
    reach = load_reach(session, [persona.contact_id for persona in personas])
    for persona in personas:
        persona.takes_pushes = bool(reach.get(persona.contact_id, NOWHERE).devices)


def mark_suppressed(session: Session, personas: Sequence[Persona]) -> None:
    """Mark the channels by which a contact is never written to."""
    addresses = {
        persona.contact_id: [
            (channel, address)
            for channel in ("email", "sms")
            if (address := persona.get_address(channel)[0]) is not None
        ]
        for persona in personas
    }
    suppressed = find_suppressed(
        session, {one for several in addresses.values() for one in several}
    )
    for persona in personas:
        own = addresses[persona.contact_id]
        persona.suppressed = frozenset(
            channel for channel, at in own if (channel, at) in suppressed
        )
