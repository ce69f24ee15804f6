"""What colleagues are told, by journeys and by the product itself."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from flask import Blueprint
from pydantic import Field

from engine.accounts import notices
from engine.accounts.permissions import Permission
from engine.models.journey import Notice as NoticeRow
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, RowId, endpoint
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
