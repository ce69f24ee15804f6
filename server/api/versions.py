"""Versions of a journey: what was published when, and by whom."""

from datetime import datetime
from typing import Any, Final

from flask import Blueprint

from engine.accounts.permissions import Permission
from engine.journeys.publishing.versions import get_version, list_versions
from engine.models.journey import JourneyVersion
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.wiring import get_house

PAGE: Final = 50

blueprint = Blueprint("versions", __name__, url_prefix="/api/v1/journeys")


class VersionItem(Answer):
    """A version in a list."""

    number: int
    published_at: datetime
    published_by: str


class VersionItems(Answer):
    """A page of them, the newest first."""

    items: list[VersionItem]
    next: int | None


class VersionPage(Given):
    """Which page."""

    before: RowId | None = None


class WholeVersion(VersionItem):
    """A version with its document."""

    document: dict[str, Any]


@blueprint.get("/<key>/versions")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def show_versions(key: str, query: VersionPage) -> VersionItems:
    """List what was published of a journey, the newest first."""
    with get_house().database.reading() as session:
        rows = list_versions(session, key, before=query.before, limit=PAGE + 1)
        items = [VersionItem(**_describe(row)) for row in rows[:PAGE]]
    return VersionItems(items=items, next=items[-1].number if len(rows) > PAGE else None)


@blueprint.get("/<key>/versions/<int:number>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def show_version(key: str, number: int) -> WholeVersion:
    """Show a version with its document, as it was published."""
    with get_house().database.reading() as session:
        row = get_version(session, key, number)
        return WholeVersion(**_describe(row), document=row.document)


def _describe(row: JourneyVersion) -> dict[str, Any]:
    return {
        "number": row.number,
        "published_at": row.published_at,
        "published_by": row.published_by,
    }
