"""Messages: found again, and one of them with everything that became of it."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from flask import Blueprint, Response
from pydantic import AwareDatetime, Field

from engine.accounts.permissions import Permission
from engine.errors import Invalid
from engine.language.say import say
from engine.messages.gates.answers import GateSaid
from engine.messages.reading import dossier
from engine.messages.reading.finding import Line, Wanted, find_messages
from engine.messages.settling import say_details
from engine.messages.states import MessageState, SkipReason, read_marks
from engine.messages.tracking.touches import MadeBy, Why
from engine.models.contact import Contact
from engine.models.message import Message
from server.api.conditions import describe_name
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.headers import answer_letter
from server.wiring import get_house

PAGE: Final = 50
RECEIVED: Final = "received"
Key = Annotated[str, Field(min_length=1, max_length=128)]
Channel = Literal["email", "sms", "push", "webhook"]
Class = Literal["marketing", "transactional"]
State = Literal[
    "queued",
    "sending",
    "sent",
    "skipped",
    "failed",
    "cancelled",
    "uncertain",
    "set_aside",
    "received",
]

blueprint = Blueprint("messages", __name__, url_prefix="/api/v1/messages")


class Recipient(Answer):
    """Whom it is for, or from; nobody's data if they were erased."""

    id: UUID
    name: str
    email: str | None
    phone: str | None


class MessageItem(Answer):
    """A message in a list.

    `subject` and `to` are of what was handed over, where that is kept; else `to` is the contact's
    address of today. `at` is when it was sent, or else intended.
    """

    id: UUID
    channel: Channel
    message_class: Annotated[Class, Field(serialization_alias="class")]
    state: State
    reason: str | None
    template: str | None
    template_name: str | None
    subject: str | None
    to: str | None
    contact: Recipient
    journey: str | None
    journey_name: str | None
    node: str | None
    created_at: datetime
    at: datetime
    marks: dict[str, datetime]


class MessageItems(Answer):
    """A page of them, the newest first; `is_cut`: so many people are meant that some are left out."""

    items: list[MessageItem]
    next: int | None
    is_cut: bool


class Page(Given):
    """Which page, and which messages: `state` may name several, parted by commas."""

    before: RowId | None = None
    search: Annotated[str, Field(max_length=200)] = ""
    contact: UUID | None = None
    journey: Key | None = None
    node: Key | None = None
    template: Key | None = None
    channel: Channel | None = None
    message_class: Annotated[Class | None, Field(alias="class")] = None
    state: Annotated[str, Field(max_length=120)] = ""
    reason: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class GateShown(Answer):
    """A gate in its order, by the reason that it gives where it says no, and what it said."""

    gate: SkipReason
    said: GateSaid


class CauseShown(Answer):
    """The event behind it."""

    id: int
    name: str
    occurred_at: datetime


class WordsShown(Answer):
    """What was handed over, word for word; its HTML, if `has_html`, is at `…/html`."""

    sender: Annotated[str, Field(serialization_alias="from")]
    to: str
    subject: str
    text: str
    headers: list[tuple[str, str]]
    has_html: bool


class TouchShown(Answer):
    """An open or a click, and who made it; `made_by` is null while it is being judged.

    `why` says what gave a machine away. `network` is the address, cut to a network.
    """

    kind: Literal["open", "click"]
    at: datetime
    url: str | None
    made_by: MadeBy | None
    why: Why | None
    agent: str
    network: str


class MessageShown(MessageItem):
    """Everything known of one message.

    `words` is null where what is handed over is not kept. `details` are the provider's words, or how it expired.
    `queue_id` is by what the queues replay it. `step` is its node as that version has it.
    """

    topic: str | None
    words: WordsShown | None
    gates: list[GateShown]
    held_until: datetime | None
    due_at: datetime | None
    expires_at: datetime | None
    started_at: datetime | None
    sent_at: datetime | None
    attempts: int
    crashes: int
    provider: str | None
    provider_id: str | None
    details: str | None
    version: int | None
    visit: int
    step: dict[str, Any] | None
    enrollment: int | None
    template_version: int | None
    cause: CauseShown | None
    answers: UUID | None
    parts: Annotated[int | None, Field(description="Of a text, on the air.")]
    price_micro: Annotated[int | None, Field(description="In millionths of the currency.")]
    currency: str | None
    queue_id: str | None
    touches: list[TouchShown]


@blueprint.get("")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="messages")
def show_all(query: Page) -> MessageItems:
    """Find messages, the newest first."""
    states = _read_states(query.state)
    wanted = Wanted(
        search=query.search,
        contact=query.contact,
        journey=query.journey,
        node=query.node,
        template=query.template,
        channel=query.channel,
        message_class=query.message_class,
        states=tuple(MessageState[one.upper()] for one in states if one != RECEIVED),
        received=RECEIVED in states,
        reason=query.reason,
        since=query.since,
        until=query.until,
    )
    with get_house().database.reading() as session:
        found = find_messages(session, wanted, before=query.before, limit=PAGE)
        items = [MessageItem(**_describe_line(line)) for line in found.lines]
    return MessageItems(items=items, next=found.next, is_cut=found.is_cut)


@blueprint.get("/<uuid:uid>")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="messages")
def show(uid: UUID) -> MessageShown:
    """Show one message: what it said, its gates, what became of it, and what caused it."""
    house = get_house()
    with house.database.reading() as session:
        found = dossier.get_dossier(
            session,
            uid,
            now=house.clock.now(),
            default_zone=house.settings.timezone,
            holdout_percent=house.settings.holdout_percent,
        )
        return _show(found)


@blueprint.get("/<uuid:uid>/html")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="messages", media_type="text/html")
def show_html(uid: UUID) -> Response:
    """Show a letter as its reader sees it, in a page that may do nothing."""
    with get_house().database.reading() as session:
        html = dossier.get_html(session, uid)
    return answer_letter(html)


def _show(found: dossier.Dossier) -> MessageShown:
    row, words = found.message, found.words
    state = MessageState(row.state)
    is_outgoing = row.direction == "out"
    line = Line(
        row,
        found.contact,
        found.journey,
        found.journey_name,
        found.template_name,
        None if words is None else words.recipient,
        None if words is None else words.subject,
    )
    can_replay = state in (MessageState.FAILED, MessageState.UNCERTAIN, MessageState.SET_ASIDE)
    return MessageShown(
        **_describe_line(line),
        topic=found.topic,
        words=None
        if words is None
        else WordsShown(
            sender=words.sender,
            to=words.recipient,
            subject=words.subject,
            text=words.text,
            headers=words.headers,
            has_html=words.has_html,
        ),
        gates=[GateShown(gate=one.gate, said=one.said) for one in found.gates],
        held_until=found.held_until,
        due_at=row.due_at if state is MessageState.QUEUED else None,
        expires_at=row.expires_at,
        started_at=row.started_at,
        sent_at=row.sent_at,
        attempts=row.attempts,
        crashes=row.crashes,
        provider=row.provider,
        provider_id=row.provider_id,
        details=say_details(row.reason, row.details),
        version=found.version,
        visit=row.visit,
        step=found.step,
        enrollment=row.enrollment_id,
        template_version=found.template_version,
        cause=None
        if found.cause is None
        else CauseShown(
            id=found.cause.id, name=found.cause.name, occurred_at=found.cause.occurred_at
        ),
        answers=found.answers,
        parts=row.parts,
        price_micro=row.price_micro,
        currency=row.currency,
        queue_id=f"message:{row.id}" if is_outgoing and can_replay else None,
        touches=[TouchShown(**asdict(one)) for one in found.touches],
    )


def _describe_line(line: Line) -> dict[str, Any]:
    row, contact = line.message, line.contact
    return {
        "id": row.uid,
        "channel": row.channel,
        "message_class": row.message_class,
        "state": _name_state(row),
        "reason": row.reason,
        "template": row.template,
        "template_name": line.template_name,
        "subject": line.subject or None,
        "to": line.recipient or _find_address(row, contact),
        "contact": Recipient(
            id=contact.uid, name=describe_name(contact), email=contact.email, phone=contact.phone
        ),
        "journey": line.journey,
        "journey_name": line.journey_name,
        "node": row.node,
        "created_at": row.created_at,
        "at": row.sent_at or row.created_at,
        "marks": read_marks(row),
    }


def _find_address(row: Message, contact: Contact) -> str | None:
    if row.channel == "webhook":
        asked = row.data.get("data") or {}
        target: str | None = asked.get("url") or asked.get("endpoint")
        return target
    if row.channel == "push":
        return None
    return contact.email if row.channel == "email" else contact.phone


def _name_state(row: Message) -> str:
    return RECEIVED if row.direction == "in" else MessageState(row.state).name.lower()


def _read_states(text: str) -> list[str]:
    known = [*(one.name.lower() for one in MessageState), RECEIVED]
    asked = [one for one in text.split(",") if one]
    if set(asked) - set(known):
        raise Invalid(say("state: {known}", known=", ".join(known)))
    return asked
