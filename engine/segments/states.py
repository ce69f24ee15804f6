"""Loads contacts as conditions see them: a chunk at a time, and of each only what is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models.contact import Consent, Contact
from engine.models.contact import ContactState as CountedRow
from engine.models.event import Event as EventRow
from engine.models.message import Message
from engine.models.segment import SegmentMember
from engine.rules.conditions import MESSAGE_MARKS
from engine.rules.counters import Event, PackedHistory, RawHistory
from engine.rules.evaluate import ContactState
from engine.rules.history import MixedHistory, load_history
from engine.rules.reads import Reads

MARK_COLUMNS: Final = tuple(getattr(Message, f"{mark}_at") for mark in MESSAGE_MARKS)


class StateReads(Protocol):
    """What of a contact is asked for."""

    @property
    def raw_events(self) -> AbstractSet[str]:
        """Names of events of which counters do not answer everything."""

    @property
    def segments(self) -> AbstractSet[str]:
        """Keys."""

    @property
    def consents(self) -> AbstractSet[tuple[str, str]]:
        """(topic, channel)."""

    @property
    def templates(self) -> AbstractSet[str]:
        """Keys."""


@dataclass(slots=True)
class Needs:
    """What conditions ask of a contact.

    Attributes:
        raw_events: names of events of which counters do not answer everything.
    """

    raw_events: AbstractSet[str] = field(default_factory=set)
    segments: AbstractSet[str] = field(default_factory=set)
    consents: AbstractSet[tuple[str, str]] = field(default_factory=set)
    templates: AbstractSet[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One contact.

    Attributes:
        events: its raw events of the names asked for, oldest first.
    """

    state: ContactState
    active_at: datetime | None
    events: Sequence[Event]


def list_needs(several: Iterable[Reads]) -> Needs:
    """Return what these conditions need together."""
    needs = Needs()
    for reads in several:
        needs.raw_events |= {
            name for name, asked in reads.events.items() if asked.filters or asked.sums or asked.raw
        }
        needs.segments |= reads.segments
        needs.consents |= reads.consents
        needs.templates |= reads.templates
    return needs


def load_states(
    session: Session, contact_ids: Collection[int], reads: StateReads
) -> dict[int, Loaded]:
    """Return the contacts by id, with what `reads` names."""
    ids = list(contact_ids)
    counted = _load_counted(session, ids)
    raw = _load_raw(session, ids, reads)
    segments = _load_segments(session, ids, reads)
    consents = _load_consents(session, ids, reads)
    templates = _load_templates(session, ids, reads)
    rows = session.execute(
        select(Contact.id, Contact.timezone, Contact.attributes).where(Contact.id.in_(ids))
    )
    found = {}
    for row in rows:
        packed, active_at = counted.get(row.id, (PackedHistory(), None))
        events = raw.get(row.id, [])
        choices = consents.get(row.id, {})
        found[row.id] = Loaded(
            state=ContactState(
                attributes=row.attributes,
                timezone=row.timezone,
                history=MixedHistory(packed, RawHistory.of(events), frozenset(reads.raw_events)),
                segments=frozenset(segments.get(row.id, ())),
                consents={key: choice for key, (choice, _) in choices.items()},
                consented_at={key: at for key, (_, at) in choices.items()},
                messages=templates.get(row.id, {}),
            ),
            active_at=active_at,
            events=events,
        )
    return found


def name_marks(instants: Iterable[datetime | None]) -> dict[str, datetime]:
    """Return a message's marks by name, of the values of `MARK_COLUMNS`."""
    return {mark: at for mark, at in zip(MESSAGE_MARKS, instants, strict=True) if at is not None}


def _load_counted(
    session: Session, ids: list[int]
) -> dict[int, tuple[PackedHistory, datetime | None]]:
    rows = session.execute(
        select(CountedRow.contact_id, CountedRow.counters, CountedRow.active_at).where(
            CountedRow.contact_id.in_(ids)
        )
    )
    return {contact: (load_history(counters), active) for contact, counters, active in rows}


def _load_raw(session: Session, ids: list[int], reads: StateReads) -> Mapping[int, list[Event]]:
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


def _load_segments(session: Session, ids: list[int], reads: StateReads) -> Mapping[int, set[str]]:
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
    session: Session, ids: list[int], reads: StateReads
) -> Mapping[int, dict[tuple[str, str], tuple[str, datetime]]]:
    if not reads.consents:
        return {}
    found: dict[int, dict[tuple[str, str], tuple[str, datetime]]] = defaultdict(dict)
    rows = session.execute(
        select(
            Consent.contact_id, Consent.topic, Consent.channel, Consent.choice, Consent.changed_at
        ).where(Consent.contact_id.in_(ids))
    )
    for contact, topic, channel, choice, changed_at in rows:
        found[contact][topic, channel] = choice, changed_at
    return found


def _load_templates(
    session: Session, ids: list[int], reads: StateReads
) -> Mapping[int, dict[str, list[dict[str, datetime]]]]:
    if not reads.templates:
        return {}
    found: dict[int, dict[str, list[dict[str, datetime]]]] = defaultdict(dict)
    rows = session.execute(
        select(Message.contact_id, Message.template, *MARK_COLUMNS).where(
            Message.contact_id.in_(ids), Message.template.in_(sorted(reads.templates))
        )
    )
    for contact, template, *marks in rows:
        found[contact].setdefault(template, []).append(name_marks(marks))
    return found
