"""Everything known of one message: what it said, its gates, what became of it, and what caused it."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.language.say import say
from engine.messages.gates.answers import Gate, tell_gates
from engine.messages.gates.policy import Defer, Verdict
from engine.messages.gates.verdicts import load_verdicts
from engine.messages.links import hide_followed
from engine.messages.states import MessageState
from engine.messages.tracking.touched import Touched, list_touches
from engine.models.contact import Contact, Topic
from engine.models.event import Event
from engine.models.journey import Journey, JourneyVersion
from engine.models.message import Message, MessageContent, Template, TemplateVersion


@dataclass(frozen=True, slots=True)
class Cause:
    """The event behind a message."""

    id: int
    name: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Words:
    """A letter, text or call as it was handed over, without its HTML."""

    sender: str
    recipient: str
    subject: str
    text: str
    headers: list[tuple[str, str]]
    has_html: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """One message with all that belongs to it.

    Attributes:
        words: None where what was handed over is not kept.
        version: of the journey, by number; `step` is the node as that version has it.
        template_version: number of the words it was made of.
        held_until: when what holds it lets it go: quiet hours, or a sending limit.
        answers: uid of the message that this one, which came in, answers.
        touches: opens and clicks, the newest first.
    """

    message: Message
    contact: Contact
    words: Words | None
    topic: str | None
    journey: str | None
    journey_name: str | None
    version: int | None
    step: dict[str, Any] | None
    template_name: str | None
    template_version: int | None
    cause: Cause | None
    gates: tuple[Gate, ...]
    held_until: datetime | None
    answers: UUID | None
    touches: list[Touched]


def get_dossier(
    session: Session, uid: UUID, *, now: datetime, default_zone: str, holdout_percent: int
) -> Dossier:
    """Return everything known of one message.

    Raises:
        NotFound: there is none.
    """
    row = session.execute(
        select(
            Message,
            Contact,
            MessageContent,
            Journey.key,
            Journey.name,
            JourneyVersion,
            Template.name,
            TemplateVersion.number,
            Topic.name,
        )
        .join(Contact, Contact.id == Message.contact_id)
        .join(MessageContent, MessageContent.message_id == Message.id, isouter=True)
        .join(Journey, Journey.id == Message.journey_id, isouter=True)
        .join(JourneyVersion, JourneyVersion.id == Message.version_id, isouter=True)
        .join(Template, Template.key == Message.template, isouter=True)
        .join(TemplateVersion, TemplateVersion.id == Message.template_version_id, isouter=True)
        .join(Topic, Topic.key == Message.topic, isouter=True)
        .where(Message.uid == uid)
    ).one_or_none()
    if row is None:
        raise NotFound(say("there is no such message"))
    message, contact, kept, journey, name, published, template, number, topic = row
    # The joins leave these out where there are none.
    content: MessageContent | None = kept
    version: JourneyVersion | None = published
    state = MessageState(message.state)
    verdict: Verdict | None = None
    if message.direction == "out" and state is MessageState.QUEUED:
        verdict = load_verdicts(
            session,
            [message.id],
            now=now,
            default_zone=default_zone,
            holdout_percent=holdout_percent,
        )[message.id]
    return Dossier(
        message=message,
        contact=contact,
        words=None if content is None else _read_words(content),
        topic=topic or message.topic,
        journey=journey,
        journey_name=name,
        version=None if version is None else version.number,
        step=_find_step(version, message.node),
        template_name=template,
        template_version=number,
        cause=_find_cause(session, message.cause_id),
        gates=()
        if message.direction == "in"
        else tell_gates(
            channel=message.channel,
            message_class=message.message_class,
            state=state,
            reason=message.reason,
            verdict=verdict,
        ),
        held_until=verdict.until if isinstance(verdict, Defer) else None,
        answers=_read_answered(message),
        touches=list_touches(session, message),
    )


def get_html(session: Session, uid: UUID) -> bytes:
    """Return a letter as its reader sees it.

    Raises:
        NotFound: there is none, or what was handed over is not kept.
    """
    html = session.scalar(
        select(MessageContent.html)
        .join(Message, Message.id == MessageContent.message_id)
        .where(Message.uid == uid)
    )
    if html is None:
        raise NotFound(say("there is no such letter, or it is not kept"))
    return hide_followed(zlib.decompress(html))


def _read_words(content: MessageContent) -> Words:
    return Words(
        sender=content.sender,
        recipient=content.recipient,
        subject=content.subject,
        text="" if content.text is None else zlib.decompress(content.text).decode(),
        headers=[(name, value) for name, value in content.headers],
        has_html=content.html is not None,
    )


def _find_step(version: JourneyVersion | None, node: str | None) -> dict[str, Any] | None:
    if version is None or node is None:
        return None
    step: dict[str, Any] | None = version.document.get("nodes", {}).get(node)
    return step


def _find_cause(session: Session, event_id: int | None) -> Cause | None:
    if event_id is None:
        return None
    row = session.execute(
        select(Event.id, Event.name, Event.occurred_at).where(Event.id == event_id)
    ).one_or_none()
    return None if row is None else Cause(*row)


def _read_answered(message: Message) -> UUID | None:
    said = message.data.get("in_reply_to") if message.direction == "in" else None
    return None if said is None else UUID(said)
