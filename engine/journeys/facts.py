"""Loads what deciding needs: a chunk of contacts at a time, and of each only what is read."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.journeys.reads import JourneyReads
from engine.models.contact import Consent, Contact, ContactState as CountedRow
from engine.models.event import Event as EventRow
from engine.models.journey import Assignment
from engine.models.message import Message
from engine.models.segment import SegmentMember
from engine.rules.counters import Event, PackedHistory, RawHistory
from engine.rules.evaluate import ContactState
from engine.rules.history import MixedHistory, load_history

MARKS: Final = ("sent", "delivered", "opened", "clicked", "bounced", "replied")
_MARK_COLUMNS: Final = tuple(getattr(Message, f"{mark}_at") for mark in MARKS)


@dataclass(slots=True)
class Person:
    """A contact as conditions see it, without any enrollment.

    Attributes:
        events: its raw events of the names asked for, oldest first.
        arms: arms of splits it holds, by salt.
    """

    contact_id: int
    uid: UUID
    created_at: datetime
    email: str | None
    phone: str | None
    attribute_times: dict[str, int]
    state: ContactState
    active_at: datetime | None = None
    events: tuple[Event, ...] = ()
    arms: dict[str, str] = field(default_factory=dict)

    def state_with(
        self,
        *,
        trigger: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
        node_messages: Mapping[str, Mapping[str, datetime]] | None = None,
    ) -> ContactState:
        """Return the state as one enrollment's conditions see it."""
        return dataclasses.replace(
            self.state,
            trigger=trigger or {},
            context=context or {},
            node_messages=node_messages or {},
        )


def merge_reads(reads: Iterable[JourneyReads]) -> JourneyReads:
    """Return what all of them need together."""
    merged = JourneyReads()
    for one in reads:
        merged.add(one)
    return merged


def load_people(
    session: Session, contact_ids: Collection[int], reads: JourneyReads
) -> dict[int, Person]:
    """Return the contacts by id, with what `reads` names."""
    if not contact_ids:
        return {}
    ids = list(contact_ids)
    counted = _load_counted(session, ids)
    raw = _load_raw(session, ids, reads)
    segments = _load_segments(session, ids, reads)
    consents = _load_consents(session, ids, reads)
    templates = _load_templates(session, ids, reads)
    arms = _load_arms(session, ids, reads)
    rows = session.execute(
        select(
            Contact.id,
            Contact.uid,
            Contact.created_at,
            Contact.email,
            Contact.phone,
            Contact.timezone,
            Contact.attributes,
            Contact.attribute_times,
        ).where(Contact.id.in_(ids))
    )
    people = {}
    for row in rows:
        packed, active_at = counted.get(row.id, (PackedHistory(), None))
        events = raw.get(row.id, ())
        history = MixedHistory(packed, RawHistory.of(events), frozenset(reads.raw_events))
        people[row.id] = Person(
            contact_id=row.id,
            uid=row.uid,
            created_at=row.created_at,
            email=row.email,
            phone=row.phone,
            attribute_times=row.attribute_times,
            active_at=active_at,
            events=tuple(events),
            arms=arms.get(row.id, {}),
            state=ContactState(
                attributes=row.attributes,
                timezone=row.timezone,
                history=history,
                segments=frozenset(segments.get(row.id, ())),
                consents=consents.get(row.id, {}),
                messages=templates.get(row.id, {}),
            ),
        )
    return people


def load_node_messages(
    session: Session, enrollment_ids: Collection[int]
) -> dict[int, dict[str, dict[str, datetime]]]:
    """Return the marks of the latest message of each node, by enrollment and node key."""
    if not enrollment_ids:
        return {}
    rows = session.execute(
        select(Message.enrollment_id, Message.node, *_MARK_COLUMNS)
        .where(Message.enrollment_id.in_(list(enrollment_ids)), Message.channel != "webhook")
        .order_by(Message.id)
    )
    found: dict[int, dict[str, dict[str, datetime]]] = defaultdict(dict)
    for enrollment_id, node, *marks in rows:
        found[enrollment_id][node] = _name_marks(marks)
    return found


def _name_marks(instants: Iterable[datetime | None]) -> dict[str, datetime]:
    return {
        mark: at for mark, at in zip(MARKS, instants, strict=True) if at is not None
    }


def _load_counted(
    session: Session, ids: list[int]
) -> dict[int, tuple[PackedHistory, datetime | None]]:
    rows = session.execute(
        select(CountedRow.contact_id, CountedRow.counters, CountedRow.active_at).where(
            CountedRow.contact_id.in_(ids)
        )
    )
    return {contact: (load_history(counters), active) for contact, counters, active in rows}


def _load_raw(
    session: Session, ids: list[int], reads: JourneyReads
) -> Mapping[int, list[Event]]:
    if not reads.raw_events:
        return {}
    found: dict[int, list[Event]] = defaultdict(list)
    rows = session.execute(
        select(EventRow.contact_id, EventRow.name, EventRow.occurred_at, EventRow.properties)
        .where(EventRow.contact_id.in_(ids), EventRow.name.in_(sorted(reads.raw_events)))
        .order_by(EventRow.occurred_at, EventRow.id)
    )
    for contact, name, occurred_at, properties in rows:
        found[contact].append(Event(name, occurred_at, properties))
    return found


def _load_segments(
    session: Session, ids: list[int], reads: JourneyReads
) -> Mapping[int, set[str]]:
    if not reads.segments:
        return {}
    found: dict[int, set[str]] = defaultdict(set)
    rows = session.execute(
        select(SegmentMember.contact_id, SegmentMember.segment).where(
            SegmentMember.contact_id.in_(ids), SegmentMember.segment.in_(sorted(reads.segments))
        )
    )
    for contact, segment in rows:
        found[contact].add(segment)
    return found


def _load_consents(
    session: Session, ids: list[int], reads: JourneyReads
) -> Mapping[int, dict[tuple[str, str], str]]:
    if not reads.consents:
        return {}
    found: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    rows = session.execute(
        select(Consent.contact_id, Consent.topic, Consent.channel, Consent.choice).where(
            Consent.contact_id.in_(ids)
        )
    )
    for contact, topic, channel, choice in rows:
        found[contact][topic, channel] = choice
    return found


def _load_templates(
    session: Session, ids: list[int], reads: JourneyReads
) -> Mapping[int, dict[str, list[dict[str, datetime]]]]:
    if not reads.templates:
        return {}
    found: dict[int, dict[str, list[dict[str, datetime]]]] = defaultdict(dict)
    rows = session.execute(
        select(Message.contact_id, Message.template, *_MARK_COLUMNS).where(
            Message.contact_id.in_(ids), Message.template.in_(sorted(reads.templates))
        )
    )
    for contact, template, *marks in rows:
        found[contact].setdefault(template, []).append(_name_marks(marks))
    return found


def _load_arms(
    session: Session, ids: list[int], reads: JourneyReads
) -> Mapping[int, dict[str, str]]:
    if not reads.salts:
        return {}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = session.execute(
        select(Assignment.contact_id, Assignment.salt, Assignment.label).where(
            Assignment.contact_id.in_(ids), Assignment.salt.in_(sorted(reads.salts))
        )
    )
    for contact, salt, label in rows:
        found[contact][salt] = label
    return found

