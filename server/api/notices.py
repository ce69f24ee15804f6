"""What colleagues are told, by journeys and by the product itself."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts import notices
from engine.accounts.permissions import Permission
from engine.errors import Denied
from engine.language.say import say
from engine.models.account import User
from engine.models.journey import Notice as NoticeRow
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.notice_mailing import list_real_accounts
from server.speaking import get_language
from server.wiring import get_house

PAGE: Final = 50

blueprint = Blueprint("notices", __name__, url_prefix="/api/v1/notices")


class Notice(Answer):
    """One thing a colleague is told.

    A journey's is about a contact, and perhaps a question to answer.
    """

    id: int
    at: datetime
    to: str
    words: str
    enrollment_id: int | None
    journey: str | None
    contact: UUID | None
    question: int | None
    read_at: datetime | None


class Notices(Answer):
    """A page of them, the newest first."""

    notices: list[Notice]
    next: int | None


class Page(Given):
    """Which of them."""

    before: RowId | None = None
    to: Annotated[str, Field(max_length=128)] | None = None
    unread: bool = False


class Marks(Given):
    """Which were read."""

    ids: Annotated[list[RowId], Field(min_length=1, max_length=1000)]


class Marked(Answer):
    """How many were unread before."""

    marked: int


class ByMail(Answer):
    """Whether the product's notices reach the caller by e-mail, too."""

    wanted: bool
    to: str
    leaves: Annotated[bool, Field(description="Letters leave; else the mailbox keeps them all.")]


class WantMail(Given):
    """Whether the product's notices are to reach the caller by e-mail, too."""

    wanted: bool


@blueprint.get("")
@requires(Permission.SEE_OPERATIONS)
@endpoint(tag="operations")
def show_all(query: Page) -> Notices:
    """List notices, the newest first. Those of journeys are shown to who may see contacts."""
    with get_house().database.reading() as session:
        rows = notices.list_notices(
            session,
            limit=PAGE + 1,
            before=query.before,
            to=query.to,
            unread=query.unread,
            with_contacts=_may_see_contacts(),
        )
        shown = rows[:PAGE]
        about = notices.find_about(session, shown)
    return Notices(
        notices=[_describe(row, about.get(row.id)) for row in shown],
        next=shown[-1].id if len(rows) > PAGE else None,
    )


@blueprint.post("/read")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="operations")
def mark_read(body: Marks) -> Marked:
    """Mark notices as read, for everybody."""
    house = get_house()
    with house.database.transaction() as session:
        marked = notices.mark_read(
            session, body.ids, now=house.clock.now(), with_contacts=_may_see_contacts()
        )
    return Marked(marked=marked)


def _may_see_contacts() -> bool:
    return Permission.SEE_CONTACTS in get_actor().permissions


@blueprint.get("/by-mail")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="operations")
def show_by_mail() -> ByMail:
    """Tell whether notices reach an administrator by e-mail. It is her own affair, and on at first."""
    with get_house().database.reading() as session:
        return _describe_mail(_get_caller(session))


@blueprint.put("/by-mail")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="operations")
def want_by_mail(body: WantMail) -> ByMail:
    """Let notices reach the caller by e-mail, or not: in the language of this call."""
    with get_house().database.transaction() as session:
        user = _get_caller(session)
        user.wants_notices, user.language = body.wanted, get_language()
        record(session, "user.notices_by_mail", f"user:{user.id}", {"wanted": body.wanted})
        return _describe_mail(user)


def _get_caller(session: Session) -> User:
    actor = get_actor().user
    if actor is None:
        raise Denied(say("a key gets no e-mail: log in"))
    return session.get_one(User, actor.user_id)


def _describe_mail(user: User) -> ByMail:
    leaves = bool(list_real_accounts(get_house()))
    return ByMail(wanted=user.wants_notices, to=user.email, leaves=leaves)


def _describe(row: NoticeRow, about: notices.About | None) -> Notice:
    return Notice(
        id=row.id,
        at=row.at,
        to=row.to,
        words=notices.say_notice(row),
        enrollment_id=row.enrollment_id,
        journey=None if about is None else about.journey,
        contact=None if about is None else about.contact,
        question=None if about is None else about.question,
        read_at=row.read_at,
    )
