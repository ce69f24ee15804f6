"""A contact of a simulation: what its rows would hold, and how what happens changes them. Pure."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final, assert_never
from uuid import UUID

from engine.contacts.attributes import CONSENTS, Dossier, apply_traits
from engine.contacts.choices import (
    ConsentChange,
    ConsentKey,
    Stated,
    read_choices,
    select_new,
)
from engine.events.arrivals import (
    CONTACT_UPDATED,
    RECORD,
    RECORD_CHANGED,
    RECORD_CREATED,
    SYSTEM,
    UNSUBSCRIBED,
    Arrived,
    Subject,
    derive_activity,
)
from engine.journeys.deciding.known_record import (
    OWN_NAMES,
    KnownRecord,
    describe_changed,
    follow,
    list_record_changes,
)
from engine.journeys.deciding.person import Person
from engine.journeys.simulation.given import (
    Answers,
    Chosen,
    Escalates,
    Given,
    Identified,
    Kept,
    LetIn,
    Marked,
    Received,
    Recorded,
    Tracked,
    What,
)
from engine.messages.gates.limits import Use
from engine.rules.counters import Event, PackedHistory, RawHistory
from engine.rules.evaluate import ContactState
from engine.rules.history import MixedHistory
from engine.when.best_hours import Reading

TRACKING: Final = "tracking"
UNSUBSCRIBE_LINK: Final = "unsubscribe_link"
IDENTIFIED: Final = "Contact Identified"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


@dataclass(slots=True)
class Persona:
    """A contact, and what is to happen to it.

    Attributes:
        shown_as: how it is called in what comes out.
        packed: counters of what it did.
        raw_names: names of events that are kept whole.
        events: those events, oldest first.
        records: its tickets, deals and carts, as they are.
        strange: records that changed hands; what is said of them lets none in.
        suppressed: channels by which it is never written to.
        sent: marks of the messages it got before, by template.
        uses: messages it got before that count towards sending limits.
        takes_pushes: it has a browser that may be pushed to.
        is_held_out: as another contact was that it turned out to be.
        reading: when it, and all, read letters before; None: nobody asks.
        recheck_at: when a segment's answer may change by time alone.
    """

    contact_id: int
    uid: UUID
    shown_as: str
    created_at: datetime
    dossier: Dossier
    raw_names: frozenset[str] = frozenset()
    packed: PackedHistory = field(default_factory=PackedHistory)
    events: list[Event] = field(default_factory=list)
    active_at: datetime | None = None
    consents: dict[tuple[str, str], str] = field(default_factory=dict)
    segments: frozenset[str] = frozenset()
    arms: dict[str, str] = field(default_factory=dict)
    consented_at: dict[tuple[str, str], datetime] = field(default_factory=dict)
    records: dict[Subject, KnownRecord] = field(default_factory=dict)
    sent: Mapping[str, list[dict[str, datetime]]] = field(default_factory=dict)
    strange: frozenset[Subject] = frozenset()
    suppressed: frozenset[str] = frozenset()
    uses: Sequence[Use] = ()
    takes_pushes: bool = False
    is_held_out: bool = False
    recheck_at: datetime | None = None
    reading: Reading | None = None
    _by_name: dict[str, list[Event]] = field(default_factory=dict)
    _coming: list[tuple[datetime, int, What]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)
    _proofs: defaultdict[ConsentKey, list[ConsentChange]] = field(
        default_factory=lambda: defaultdict(list)
    )

    # --- what is to happen ---

    def expect(self, several: Iterable[Given]) -> None:
        """Let these happen, each at its time; of one time in the order in which they are told."""
        for one in several:
            heapq.heappush(self._coming, (one.at, next(self._order), one.what))

    @property
    def next_at(self) -> datetime | None:
        """When something happens next."""
        return self._coming[0][0] if self._coming else None

    def take(self, now: datetime) -> list[What]:
        """Return what has happened by now, in order; it is not returned again."""
        taken: list[What] = []
        while self._coming and self._coming[0][0] <= now:
            taken.append(heapq.heappop(self._coming)[2])
        return taken

    # --- as it is ---

    def recall(self, events: Iterable[Event]) -> None:
        """Know of events of before that are kept whole; they are counted already."""
        for event in events:
            self.events.append(event)
            self._by_name.setdefault(event.name, []).append(event)

    def build_person(self) -> Person:
        """Return the contact as deciding sees it."""
        state = ContactState(
            attributes=self.dossier.attributes,
            timezone=self.dossier.timezone,
            history=MixedHistory(self.packed, RawHistory(self._by_name), self.raw_names),
            segments=self.segments,
            consents=self.consents,
            consented_at=self.consented_at,
            messages=self.sent,
        )
        return Person(
            contact_id=self.contact_id,
            uid=self.uid,
            created_at=self.created_at,
            email=self.dossier.email,
            phone=self.dossier.phone,
            attribute_times=self.dossier.times,
            state=state,
            active_at=self.active_at,
            events=tuple(self.events),
            arms=self.arms,
            is_held_out=self.is_held_out,
            reading=self.reading,
        )

    def get_address(self, channel: str) -> tuple[str | None, bool]:
        """Return where messages of a channel go, and whether that is confirmed."""
        if channel == "email":
            return self.dossier.email, self.dossier.email_confirmed
        if channel == "push":
            return "devices" if self.takes_pushes else None, True
        return self.dossier.phone, self.dossier.phone_confirmed

    # --- what changes it ---

    def take_in(self, what: What, event_id: int, *, now: datetime) -> Arrived | None:
        """Change as what happened says; answer the event that it is, if it is one."""
        match what:
            case Tracked(name, properties):
                event = self._arrive(event_id, name, properties, now)
            case Identified(traits):
                event = self._identify(event_id, traits, now)
            case Chosen():
                return self._choose(event_id, what, now)
            case Recorded():
                event = self._record(event_id, what, now)
            case Kept():
                told = self._describe_kept(what)
                if told is None:
                    return None
                event = self._record(event_id, told, now)
            case LetIn() | Marked() | Received() | Answers() | Escalates():
                return None  # a message, a question or a gate is asked; see `simulate`
            case _:
                assert_never(what)
        self.count(event)
        return event

    def count(self, event: Arrived) -> None:
        """Count an event."""
        counted = Event(event.name, event.occurred_at, event.properties)
        self.packed.add(counted)
        if event.name in self.raw_names:
            self.recall([counted])
        if event.is_activity:
            self.active_at = max(event.occurred_at, self.active_at or event.occurred_at)

    def change(self, attributes: Mapping[str, Any], names: Iterable[str], *, now: datetime) -> None:
        """Have these attributes from now on.

        Args:
            attributes: all of them.
            names: of those that differ.
            now: the present instant.
        """
        said = (now - _EPOCH) // _TICK
        self.dossier.attributes = dict(attributes)
        self.dossier.times |= dict.fromkeys(names, said)

    def state_consents(
        self, stated: Iterable[Stated], *, source: str, is_dated: bool, now: datetime
    ) -> None:
        """Take in choices, as far as they are choices indeed."""
        changes = [
            ConsentChange(
                contact_id=self.contact_id,
                topic=one.topic,
                channel=one.channel,
                choice=one.choice,
                occurred_at=now,
                source=source,
                is_dated=is_dated,
            )
            for one in stated
        ]
        for change in changes:
            self._proofs[change.key]  # a list for every key, as select_new wants
        fresh = select_new(changes, self._proofs)
        if fresh:
            chosen = {(one.topic, one.channel): str(one.choice) for one in fresh}
            self.consents = {**self.consents, **chosen}
            self.consented_at = {**self.consented_at, **dict.fromkeys(chosen, now)}

    def _arrive(
        self, event_id: int, name: str, properties: Mapping[str, Any], now: datetime
    ) -> Arrived:
        return Arrived(
            id=event_id,
            contact_id=self.contact_id,
            name=name,
            occurred_at=now,
            received_at=now,
            properties=properties,
            is_activity=derive_activity(name, actor="contact", mode="live"),
        )

    def _identify(self, event_id: int, traits: Mapping[str, Any], now: datetime) -> Arrived:
        applied = apply_traits(self.dossier, traits, said_at=now, speaker="trusted")
        self.state_consents(
            read_choices(traits.get(CONSENTS)), source=TRACKING, is_dated=False, now=now
        )
        return Arrived(
            id=event_id,
            contact_id=self.contact_id,
            name=IDENTIFIED,
            occurred_at=now,
            received_at=now,
            properties=traits,
            is_activity=False,
            changes=applied.changes,
        )

    def _choose(self, event_id: int, chosen: Chosen, now: datetime) -> Arrived | None:
        stated = [Stated(chosen.topic, chosen.channel, chosen.choice)]
        self.state_consents(stated, source=UNSUBSCRIBE_LINK, is_dated=True, now=now)
        if chosen.choice == "subscribed" or not chosen.tells:
            return None
        said = Recorded(UNSUBSCRIBED, {"topic": chosen.topic}, channel=chosen.channel)
        event = self._record(event_id, said, now)
        self.count(event)
        return event

    def _describe_kept(self, kept: Kept) -> Recorded | None:
        """Return the event of a record's being made or changed; None if nothing is new in it."""
        subject = self._find_record(kept.type, kept.key)
        known = None if subject is None else self.records[subject]
        values = {} if known is None else known.values
        fields = {name: value for name, value in values.items() if name not in OWN_NAMES}
        was = None if known is None else known.times.state
        changes = list_record_changes(fields, was, kept.fields, kept.state)
        if known is not None and not changes:
            return None
        return Recorded(
            RECORD_CREATED if known is None else RECORD_CHANGED,
            describe_changed(kept.type, kept.key, kept.state, kept.fields, changes),
            subject=subject or (RECORD, 1 + max((number for _, number in self.records), default=0)),
        )

    def _find_record(self, type_: str, key: str) -> Subject | None:
        for subject, known in self.records.items():
            if (known.values["type"], known.key) == (type_, key):
                return subject
        return None

    def _record(self, event_id: int, said: Recorded, now: datetime) -> Arrived:
        changes: dict[str, Any] = {}
        if said.name == CONTACT_UPDATED:
            changes = {name: tuple(pair) for name, pair in said.properties["changes"].items()}
        if said.writes:
            after = {name: pair[1] for name, pair in changes.items()}
            self.change({**self.dossier.attributes, **after}, after, now=now)
        event = Arrived(
            id=event_id,
            contact_id=self.contact_id,
            name=said.name,
            occurred_at=now,
            received_at=now,
            properties=said.properties,
            context=said.context,
            actor=said.actor,
            channel=said.channel,
            cause_id=said.cause_id,
            root_id=said.root_id,
            depth=said.depth,
            is_activity=derive_activity(said.name, actor=said.actor, mode="live"),
            changes=changes,
            subject=said.subject,
        )
        if said.subject is not None and _is_of_record(event) and said.subject not in self.strange:
            self.records[said.subject] = follow(self.records.get(said.subject), event)
        return event


def _is_of_record(event: Arrived) -> bool:
    """Return whether the product itself tells of a new or changed record."""
    return event.actor == SYSTEM and event.name in (RECORD_CREATED, RECORD_CHANGED)


def describe_persona(
    contact_id: int,
    uid: UUID,
    shown_as: str,
    *,
    attributes: Mapping[str, Any],
    since: datetime,
    raw_names: frozenset[str],
    timezone: str | None = None,
) -> Persona:
    """Return a contact who was told of at `since`: its addresses are taken to be confirmed."""
    dossier = Dossier(contact_id, {}, {})
    told = dict(attributes) if timezone is None else {**attributes, "timezone": timezone}
    apply_traits(dossier, told, said_at=since, speaker="trusted")
    return Persona(
        contact_id=contact_id,
        uid=uid,
        shown_as=shown_as,
        created_at=since,
        dossier=dossier,
        raw_names=raw_names,
    )
