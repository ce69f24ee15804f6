"""The built-in mailbox: every letter, text and call that was kept instead of leaving."""

import zlib
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from flask import Blueprint, Response
from pydantic import Field
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.accounts.instance import UNSUBSCRIBE
from engine.accounts.permissions import Permission
from engine.errors import NotFound
from engine.messages.links import build_view_url, hide_followed
from engine.messages.making import testing
from engine.models.journey import Journey
from engine.models.message import Message, MessageContent, TestLetter
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.headers import answer_letter
from server.wiring import get_house

PAGE: Final = 50
PROVIDER: Final = "mailbox"

blueprint = Blueprint("mailbox", __name__, url_prefix="/api/v1/mailbox")


class Item(Answer):
    """One letter, text or call; a test is no message, and counted apart."""

    id: int
    message: UUID | None
    is_test: bool
    channel: str
    to: str
    subject: str
    at: datetime | None
    journey: str | None
    journey_name: str | None
    node: str | None
    message_class: Annotated[str, Field(serialization_alias="class")]


class Items(Answer):
    """A page of them, the newest first."""

    items: list[Item]
    next: int | None


class Letter(Item):
    """One of them, word for word; `files` are the names of what went with it.

    At `view` it is as its reader meets it: its links lead on, and count. It left for nobody, so
    nobody else could follow them.
    """

    sender: Annotated[str, Field(serialization_alias="from")]
    headers: list[tuple[str, str]]
    files: list[str]
    text: str
    has_html: bool
    view: str | None = None


class Page(Given):
    """Which page of them."""

    before: RowId | None = None
    channel: Annotated[str, Field(pattern="^(email|sms|push|webhook)$")] | None = None


@blueprint.get("")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="mailbox")
def show_all(query: Page) -> Items:
    """List what was kept, the newest first."""
    asked = _select().order_by(Message.id.desc()).limit(PAGE + 1)
    if query.before is not None:
        asked = asked.where(Message.id < query.before)
    if query.channel is not None:
        asked = asked.where(Message.channel == query.channel)
    with get_house().database.reading() as session:
        rows = session.execute(asked).all()
        page = rows[:PAGE]
        is_more = len(rows) > PAGE
        tests = testing.list_tests(
            session,
            PROVIDER,
            channel=query.channel,
            since=page[-1][0].sent_at if is_more else None,
            until=None if query.before is None else _find_instant(session, query.before),
        )
        items = [Item(**_describe(*row)) for row in page]
        items += [Item(**_describe_test(row)) for row in tests]
    items.sort(key=lambda one: one.at or _NEVER, reverse=True)
    return Items(items=items, next=page[-1][0].id if is_more else None)


@blueprint.get("/tests/<int(max=9223372036854775807):id_>")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="mailbox")
def show_test(id_: int) -> Letter:
    """Show a test, word for word."""
    with get_house().database.reading() as session:
        row = testing.get_test(session, id_, PROVIDER)
        return Letter(
            **_describe_test(row),
            sender=row.sender,
            headers=[(name, value) for name, value in row.headers],
            files=row.files or [],
            text="" if row.text is None else zlib.decompress(row.text).decode(),
            has_html=row.html is not None,
        )


@blueprint.get("/tests/<int(max=9223372036854775807):id_>/html")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="mailbox", media_type="text/html")
def show_test_html(id_: int) -> Response:
    """Show a test as its reader sees it, in a page that may do nothing."""
    with get_house().database.reading() as session:
        return _answer_html(testing.get_test(session, id_, PROVIDER).html)


@blueprint.get("/<int(max=9223372036854775807):id_>")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="mailbox")
def show(id_: int) -> Letter:
    """Show one, word for word."""
    message, content, journey, name = _get(id_)
    return Letter(
        **_describe(message, content, journey, name),
        sender=content.sender,
        headers=[(name, value) for name, value in content.headers],
        files=content.files or [],
        text="" if content.text is None else zlib.decompress(content.text).decode(),
        has_html=content.html is not None,
        view=None if content.html is None else _build_view_url(message.uid),
    )


@blueprint.get("/<int(max=9223372036854775807):id_>/html")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="mailbox", media_type="text/html")
def show_html(id_: int) -> Response:
    """Show a letter as its reader sees it, in a page that may do nothing."""
    _, content, *_ = _get(id_)
    return _answer_html(content.html)


def _answer_html(kept: bytes | None) -> Response:
    """Show kept words in a page that may do nothing, and without what is followed in them."""
    if kept is None:
        raise NotFound(_ABSENT)
    return answer_letter(hide_followed(zlib.decompress(kept)))


_ABSENT: Final = "there is no such letter in the mailbox"


_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def _find_instant(session: Session, message_id: int) -> datetime | None:
    """Return where the page before ended; tests stand between messages by their instants."""
    return session.scalar(select(Message.sent_at).where(Message.id == message_id))


def _build_view_url(uid: UUID) -> str:
    house = get_house()
    return build_view_url(house.settings.base_url, house.get_secret(UNSUBSCRIBE), uid)


def _describe_test(row: TestLetter) -> dict[str, Any]:
    return {
        "id": row.id,
        "message": None,
        "is_test": True,
        "channel": row.channel,
        "to": row.recipient,
        "subject": row.subject,
        "at": row.sent_at,
        "journey": None,
        "journey_name": None,
        "node": None,
        "message_class": "transactional",
    }


def _select() -> Select[Message, MessageContent, str | None, str | None]:
    return (
        select(Message, MessageContent, Journey.key, Journey.name)
        .join(MessageContent, MessageContent.message_id == Message.id)
        .join(Journey, Journey.id == Message.journey_id, isouter=True)
        .where(Message.provider == PROVIDER)
    )


def _get(id_: int) -> tuple[Message, MessageContent, str | None, str | None]:
    with get_house().database.reading() as session:
        row = session.execute(_select().where(Message.id == id_)).one_or_none()
    if row is None:
        raise NotFound(_ABSENT)
    return row[0], row[1], row[2], row[3]


def _describe(
    message: Message, content: MessageContent, journey: str | None, name: str | None
) -> dict[str, Any]:
    return {
        "id": message.id,
        "message": message.uid,
        "is_test": False,
        "channel": message.channel,
        "to": content.recipient,
        "subject": content.subject,
        "at": message.sent_at,
        "journey": journey,
        "journey_name": name,
        "node": message.node,
        "message_class": message.message_class,
    }
