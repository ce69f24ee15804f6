"""The entries of a contact's timeline, told in full: each from the row in which it is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, get_args
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events.arrivals import CONTACT_ERASED, CONTACT_UPDATED, NO_ACTIVITY
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.running.live import load_plans
from engine.messages.states import MessageState, read_marks
from engine.models.account import ApiKey, User
from engine.models.contact import ConsentProof, Topic
from engine.models.event import Event
from engine.models.journey import Enrollment, Journey
from engine.models.message import Message, MessageContent, Template
from engine.models.segment import Segment, SegmentMember

Kind = Literal["event", "message", "journey", "consent", "segment", "change", "erasure"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
KEPT: Final = "mailbox"
"""The provider that keeps letters instead of sending them."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a contact.

    Attributes:
        id: of this entry; the same whenever it is read.
        what: event, message, entered, ended, consent, segment.
        at: when it happened.
        name: of the event, template, journey, topic or segment.
        key: of the journey, template or segment, for a link.
        properties: of the event; `changes` of attributes are name → [before, after].
        state: of the message, of the enrollment, or the choice.
        reason: why a message did not leave, or an enrollment ended.
        journey: key of the journey that sent, asked or changed it; `journey_name` is its name.
        by: who did it by hand, or where it was said.
        letter: id under which the mailbox keeps the message; None: it does not.
        message: the message's own id.
        subject: of the letter.
        marks: what became of a message, each with its instant.
        notes: what is odd: history, clamped, ignored (what a page said and was not taken).
    """

    id: str
    kind: Kind
    what: str
    at: datetime
    name: str
    key: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    channel: str | None = None
    state: str | None = None
    reason: str | None = None
    journey: str | None = None
    journey_name: str | None = None
    node: str | None = None
    enrollment: int | None = None
    by: str | None = None
    letter: int | None = None
    message: UUID | None = None
    subject: str | None = None
    marks: Mapping[str, datetime] = field(default_factory=dict)
    received_at: datetime | None = None
    message_id: str | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)


Told = dict[str, Happened]
"""By the id of the row, as text."""


def _tell_events(session: Session, ids: Sequence[str]) -> Told:
    rows = session.scalars(select(Event).where(Event.id.in_([int(one) for one in ids]))).all()
    contexts = [row.context or {} for row in rows]
    journeys = _load_journeys(session, {one.get("journey_id") for one in contexts})
    names = load_actors(session, {one.get("by") for one in contexts})
    return {
        str(row.id): Happened(
            id=f"event:{row.id}",
            kind=_find_kind(row.name),
            what="event",
            at=row.occurred_at,
            name=row.name,
            properties=row.properties,
            channel=row.channel,
            journey=journeys.get(context.get("journey_id"), _NONE)[0],
            journey_name=journeys.get(context.get("journey_id"), _NONE)[1],
            by=names.get(context.get("by")),
            received_at=row.received_at,
            message_id=row.message_id if row.actor == "contact" else None,
            notes=_list_notes(row, context),
        )
        for row, context in zip(rows, contexts, strict=True)
    }


def _find_kind(name: str) -> Kind:
    if name == CONTACT_ERASED:
        return "erasure"
    return "change" if name == CONTACT_UPDATED or name in NO_ACTIVITY else "event"


def _list_notes(row: Event, context: Mapping[str, Any]) -> dict[str, Any]:
    notes = {name: context[name] for name in ("clamped", "ignored") if name in context}
    if row.mode == "history":
        notes["history"] = True
    page = context.get("page")
    if isinstance(page, dict) and isinstance(page.get("url"), str):
        notes["page"] = page["url"]
    return notes


def _tell_messages(session: Session, ids: Sequence[str]) -> Told:
    rows = session.execute(
        select(Message, MessageContent, Journey.key, Journey.name, Template.name)
        .join(MessageContent, MessageContent.message_id == Message.id, isouter=True)
        .join(Journey, Journey.id == Message.journey_id, isouter=True)
        .join(Template, Template.key == Message.template, isouter=True)
        .where(Message.id.in_([int(one) for one in ids]))
    )
    told: Told = {}
    for row, letter, journey, journey_name, template in rows:
        content: MessageContent | None = letter  # the join leaves it out where there is none
        told[str(row.id)] = Happened(
            id=f"message:{row.id}",
            kind="message",
            what="message",
            at=row.sent_at or row.created_at,
            name=template or row.template or row.channel,
            key=row.template,
            channel=row.channel,
            state="received" if row.direction == "in" else MessageState(row.state).name.lower(),
            reason=row.reason,
            journey=journey,
            journey_name=journey_name,
            node=row.node,
            enrollment=row.enrollment_id,
            letter=row.id if content is not None and row.provider == KEPT else None,
            message=row.uid,
            subject=content.subject if content is not None else None,
            marks=read_marks(row),
        )
    return told


def _tell_entries(session: Session, ids: Sequence[str]) -> Told:
    return {
        str(row.id): Happened(
            id=f"entered:{row.id}",
            kind="journey",
            what="entered",
            at=row.entered_at,
            name=name,
            key=key,
            enrollment=row.id,
        )
        for row, name, key in _load_enrollments(session, ids)
    }


def _tell_ends(session: Session, ids: Sequence[str]) -> Told:
    rows = _load_enrollments(session, ids)
    plans = load_plans(session, {row.version_id for row, _, _ in rows})
    return {
        str(row.id): Happened(
            id=f"ended:{row.id}",
            kind="journey",
            what="ended",
            at=row.ended_at or row.entered_at,
            name=name,
            key=key,
            state=EnrollmentStatus(row.status).name.lower(),
            reason=row.reason,
            node=plans[row.version_id].keys[row.node] if row.version_id in plans else None,
            enrollment=row.id,
        )
        for row, name, key in rows
    }


def _load_enrollments(session: Session, ids: Sequence[str]) -> list[tuple[Enrollment, str, str]]:
    rows = session.execute(
        select(Enrollment, Journey.name, Journey.key)
        .join(Journey, Journey.id == Enrollment.journey_id)
        .where(Enrollment.id.in_([int(one) for one in ids]))
    )
    return [(row, name, key) for row, name, key in rows]


def _tell_choices(session: Session, ids: Sequence[str]) -> Told:
    rows = session.execute(
        select(ConsentProof, Topic.name)
        .join(Topic, Topic.key == ConsentProof.topic, isouter=True)
        .where(ConsentProof.id.in_([int(one) for one in ids]))
    ).all()
    names = load_actors(session, {(proof.proof or {}).get("by") for proof, _ in rows})
    return {
        str(proof.id): Happened(
            id=f"consent:{proof.id}",
            kind="consent",
            what="consent",
            at=proof.occurred_at,
            name=topic or proof.topic,
            channel=proof.channel,
            state=proof.choice,
            properties={"source": proof.source, **(proof.proof or {})},
            by=names.get((proof.proof or {}).get("by")),
            received_at=proof.recorded_at,
        )
        for proof, topic in rows
    }


def _tell_memberships(session: Session, ids: Sequence[str]) -> Told:
    told: Told = {}
    for one in ids:
        key, _, contact_id = one.rpartition(":")
        row = session.execute(
            select(SegmentMember.since, Segment.name)
            .join(Segment, Segment.key == SegmentMember.segment)
            .where(SegmentMember.segment == key, SegmentMember.contact_id == int(contact_id))
        ).one_or_none()
        if row is not None:
            told[one] = Happened(
                id=f"segment:{key}",
                kind="segment",
                what="segment",
                at=row.since,
                name=row.name,
                key=key,
                state="entered",
            )
    return told


def load_actors(session: Session, actors: set[Any]) -> dict[Any, str]:
    """Return the names of who acted: `user:ID` and `key:ID`; the console is itself."""
    ids: dict[str, set[int]] = {"user": set(), "key": set()}
    for actor in actors:
        kind, _, id_ = str(actor).partition(":")
        if kind in ids and id_.isdigit():
            ids[kind].add(int(id_))
    users = session.execute(select(User.id, User.name).where(User.id.in_(ids["user"])))
    keys = session.execute(select(ApiKey.id, ApiKey.name).where(ApiKey.id.in_(ids["key"])))
    found: dict[Any, str] = {f"user:{id_}": name for id_, name in users}
    found |= {f"key:{id_}": name for id_, name in keys}
    return {actor: found.get(actor, str(actor)) for actor in actors if actor is not None}


_NONE: Final = (None, None)


def _load_journeys(session: Session, ids: set[Any]) -> dict[Any, tuple[str, str]]:
    wanted = [one for one in ids if isinstance(one, int)]
    if not wanted:
        return {}
    rows = session.execute(
        select(Journey.id, Journey.key, Journey.name).where(Journey.id.in_(wanted))
    )
    return {id_: (key, name) for id_, key, name in rows}


ROWS: Final[Mapping[str, Callable[[Session, Sequence[str]], Told]]] = {
    "event": _tell_events,
    "message": _tell_messages,
    "entered": _tell_entries,
    "ended": _tell_ends,
    "consent": _tell_choices,
    "segment": _tell_memberships,
}
