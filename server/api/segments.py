"""Segments: conditions that are kept, and for whom they are true now."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.errors import Conflict, Invalid
from engine.journeys.publishing.usage import Use, list_uses
from engine.language.say import say
from engine.models.segment import Segment
from engine.segments import keeping
from engine.segments.growth import list_sizes
from engine.segments.keeping import Draft
from server.api.conditions import describe_name, read_condition
from server.api.recording import record
from server.api.templates import KEY, UseShown
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.wiring import get_house

PAGE: Final = 50

blueprint = Blueprint("segments", __name__, url_prefix="/api/v1/segments")


class SegmentItem(Answer):
    """A segment in a list.

    Without `refreshed_at` who is in it is still being found out. `joined` are those of its members
    who joined on each of the last 30 days (UTC), the last is today.
    """

    key: str
    name: str
    condition: dict[str, Any]
    revision: int
    size: int
    refreshed_at: datetime | None
    updated_at: datetime
    joined: list[int]
    sizes: Annotated[list[int | None], Field(description="At the end of each of the last 30 days (UTC), the last is now; null before it was known.")]  # fmt: skip
    used_by: list[UseShown]
    asked_by: Annotated[list[str], Field(description="Segments whose conditions ask about it.")]


class SegmentItems(Answer):
    """All of them, by key."""

    items: list[SegmentItem]


class Growth(Answer):
    """The size of a segment at the end of each day (UTC), from `since` to now."""

    since: date
    sizes: list[int | None]


class Span(Given):
    """How many days back."""

    days: Annotated[int, Field(ge=2, le=366)] = 90


class Member(Answer):
    """Somebody who is in a segment."""

    id: UUID
    name: str
    email: str | None
    since: datetime


class Members(Answer):
    """A page of them, the newest contacts first."""

    items: list[Member]
    next: int | None


class MemberPage(Given):
    """Which page."""

    before: RowId | None = None


class SaveSegment(Given):
    """What a segment is to be; `revision` is the one that was edited, 0: there is none yet."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    condition: dict[str, Any]
    revision: Annotated[int, Field(ge=0)]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="segments")
def show_all() -> SegmentItems:
    """List all segments, each with its size and who uses it."""
    with get_house().database.reading() as session:
        return SegmentItems(items=_describe(session, keeping.list_segments(session)))


@blueprint.get("/<key>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="segments")
def show(key: str) -> SegmentItem:
    """Show a segment."""
    with get_house().database.reading() as session:
        return _describe(session, [keeping.get_segment(session, key)])[0]


@blueprint.get("/<key>/members")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="segments")
def show_members(key: str, query: MemberPage) -> Members:
    """List who is in a segment, and since when."""
    with get_house().database.reading() as session:
        keeping.get_segment(session, key)
        found = keeping.list_members(session, key, before=query.before, limit=PAGE + 1)
        items = [
            Member(id=row.uid, name=describe_name(row), email=row.email, since=since)
            for row, since in found[:PAGE]
        ]
        last = found[PAGE - 1][0].id if len(found) > PAGE else None
    return Members(items=items, next=last)


@blueprint.get("/<key>/growth")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="segments")
def show_growth(key: str, query: Span) -> Growth:
    """Show how a segment grew, day by day."""
    house = get_house()
    now = house.clock.now()
    with house.database.reading() as session:
        keeping.get_segment(session, key)
        sizes = list_sizes(session, [key], days=query.days, now=now)[key]
    since = now.astimezone(UTC).date() - timedelta(days=query.days - 1)
    return Growth(since=since, sizes=sizes)


@blueprint.put("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="segments")
def save(key: str, body: SaveSegment) -> SegmentItem:
    """Keep a segment. If somebody else changed it meanwhile, nothing is saved (409)."""
    if not KEY.match(key):
        raise Invalid(say("{key!r} is no key: a to z, digits, - and _, from a letter", key=key))
    house = get_house()
    draft = Draft(key, body.name, read_condition(body.condition), body.condition)
    with house.database.transaction() as session:
        if body.revision == 0:
            segment = keeping.make_segment(session, draft, now=house.clock.now())
        else:
            segment = keeping.change_segment(
                session, draft, revision=body.revision, now=house.clock.now()
            )
        record(session, "segment.saved", f"{key} r{segment.revision}")
        return _describe(session, [segment])[0]


@blueprint.delete("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="segments")
def delete(key: str) -> None:
    """Take a segment away that no journey and no other segment asks about."""
    with get_house().database.transaction() as session:
        uses = list_uses(session, "segment").get(key, [])
        if uses:
            raise Conflict(
                say("{key} is used by {users}", key=key, users=", ".join(use.name for use in uses))
            )
        keeping.delete_segment(session, key)
        record(session, "segment.deleted", key)


def _describe(session: Session, rows: Sequence[Segment]) -> list[SegmentItem]:
    now = get_house().clock.now()
    uses, asking = list_uses(session, "segment"), keeping.list_asking(session)
    joined = keeping.count_joined(session, now=now)
    sizes = list_sizes(session, [row.key for row in rows], days=keeping.GROWTH.days, now=now)
    return [
        _describe_one(
            row, uses.get(row.key, []), asking.get(row.key, []), joined, sizes[row.key], now
        )
        for row in rows
    ]


def _describe_one(
    row: Segment,
    uses: list[Use],
    asking: list[str],
    joined: dict[str, Any],
    sizes: list[int | None],
    now: datetime,
) -> SegmentItem:
    today = now.astimezone(UTC).date()
    calendar = [today - timedelta(days=ago) for ago in reversed(range(keeping.GROWTH.days))]
    return SegmentItem(
        key=row.key,
        name=row.name,
        condition=row.condition,
        revision=row.revision,
        size=row.size,
        refreshed_at=row.refreshed_at,
        updated_at=row.updated_at,
        joined=[joined.get(row.key, {}).get(day, 0) for day in calendar],
        sizes=sizes if row.refreshed_at is None else [*sizes[:-1], row.size],
        used_by=[UseShown(**asdict(use)) for use in uses],
        asked_by=asking,
    )
