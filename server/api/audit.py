"""What colleagues, keys and the console did by hand: who, what, when."""

from datetime import datetime
from typing import Annotated, Any, Final

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts import audit
from engine.accounts.permissions import Permission
from engine.accounts.users import find_names
from engine.models.account import AuditEntry
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.wiring import get_house

PAGE: Final = 50

blueprint = Blueprint("audit", __name__, url_prefix="/api/v1/audit")


class Done(Answer):
    """One thing that was done.

    `actor` is `user:ID`, `key:ID` or `console`; `name` is a user's.
    """

    id: int
    at: datetime
    actor: str
    name: str | None
    action: str
    target: str
    details: dict[str, Any] | None


class AllDone(Answer):
    """A page of it, the newest first."""

    items: list[Done]
    next: int | None


class AuditPage(Given):
    """Which page, and of what.

    `sort` is the part of an action before the dot, such as journey; `actor` as entries name it.
    """

    before: RowId | None = None
    sort: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")] | None = None
    actor: Annotated[str, Field(pattern=r"^[a-z]{1,20}(:[0-9]{1,18})?$")] | None = None


@blueprint.get("")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def show_all(query: AuditPage) -> AllDone:
    """List what was done by hand, the newest first."""
    with get_house().database.reading() as session:
        rows = audit.list_entries(
            session,
            limit=PAGE + 1,
            before=query.before,
            sort=query.sort or "",
            actor=query.actor or "",
        )
        shown = rows[:PAGE]
        return AllDone(
            items=describe_done(session, shown), next=shown[-1].id if len(rows) > PAGE else None
        )


def describe_done(session: Session, rows: list[AuditEntry]) -> list[Done]:
    """Return entries as they are shown, with the names of users."""
    names = find_names(session, [row.actor for row in rows])
    return [
        Done(
            id=row.id,
            at=row.at,
            actor=row.actor,
            name=names.get(row.actor),
            action=row.action,
            target=row.target,
            details=row.details,
        )
        for row in rows
    ]
