"""Sources of content that letters fetch: kept, tried out. Values of headers are never shown."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.messages.library.lookup_uses import list_lookup_uses
from engine.messages.lookups.asking import Failed
from engine.messages.lookups.fetched import answers, sources
from engine.messages.lookups.fetched.answers import Ask, Known
from engine.messages.lookups.fetched.filling import LONGEST_VALUE, MOST_PLACES, list_places
from engine.messages.lookups.fetched.sources import Kind, SourceDraft
from engine.models.fetching import FetchSource
from server.api.endpoints import HeadersGiven, Revision
from server.api.lookups import LookupUser, check_name, refuse_used
from server.api.recording import record
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.fetching import fetch, read_answer
from server.wiring import House, get_house

blueprint = Blueprint("fetch_sources", __name__, url_prefix="/api/v1/fetch-sources")

MOST_SHOWN: Final = 4_000
"""Characters of an answer that are shown."""


class SourceShown(Answer):
    """A source, and how it fares. `state`: `resting` are those that fail and are let alone for now."""

    name: str
    url: str
    places: Annotated[list[str], Field(description="What letters give it, by these names.")]
    headers: Annotated[list[str], Field(description="Their names; values are never shown.")]
    answers: Kind
    timeout_ms: int
    fresh_seconds: int
    stale_hours: int
    revision: int
    created_at: datetime
    state: Literal["working", "failing", "resting"]
    failing_since: datetime | None
    used_by: list[LookupUser]


class SourcesShown(Answer):
    """All of them, by name."""

    items: list[SourceShown]


class GiveSource(Given):
    """What a source is to be.

    `url` may have places to fill behind its host, written `{city}`: letters give their values.
    For `fresh_seconds` an answer is not asked for anew; for `stale_hours` more it serves while the
    server fails.
    """

    url: Annotated[str, Field(min_length=1, max_length=1800)]
    headers: HeadersGiven
    answers: Kind = "json"
    timeout_ms: Annotated[int, Field(ge=100, le=5_000)] = 3_000
    fresh_seconds: Annotated[int, Field(ge=10, le=86_400)] = 600
    stale_hours: Annotated[int, Field(ge=0, le=168)] = 6


class ChangeSource(GiveSource):
    """What is to be changed; `revision` is the one that was edited."""

    revision: Revision


class TrySource(Given):
    """What to fill in; `anew` asks although an answer is kept."""

    values: Annotated[
        dict[str, Annotated[str, Field(max_length=LONGEST_VALUE)]],
        Field(default_factory=dict, max_length=MOST_PLACES),
    ]
    anew: bool = False


class Tried(Answer):
    """What letters would show now. `words` say what is wrong, if anything is."""

    url: str
    is_good: bool
    words: str
    answer: Annotated[str, Field(description="The beginning of it, as it came.")]
    status: int | None
    took_ms: Annotated[int | None, Field(description="When it was asked last.")]
    age_seconds: Annotated[int | None, Field(description="Of the answer that is kept.")]
    is_stale: Annotated[bool, Field(description="It is old, and serves because the server fails.")]


@blueprint.get("")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def show_all() -> SourcesShown:
    """List all sources of fetched content, each with the letters that show it."""
    with get_house().database.reading() as session:
        return SourcesShown(items=_describe(session, sources.list_sources(session)))


@blueprint.post("/<name>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings", status=201)
def make(name: str, body: GiveSource) -> SourceShown:
    """Make a source. Its server is fixed; values of letters only fill places behind the host."""
    check_name(name)
    house = get_house()
    with house.database.transaction() as session:
        row = sources.make_source(
            session, _draft(name, body), guard=house.guard, now=house.wall.now()
        )
        record(session, "source.made", name)
        return _describe(session, [row])[0]


@blueprint.put("/<name>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def change(name: str, body: ChangeSource) -> SourceShown:
    """Change a source and forget what it answered. A change made meanwhile is kept (409)."""
    house = get_house()
    with house.database.transaction() as session:
        row = sources.change_source(
            session, _draft(name, body), guard=house.guard, revision=body.revision
        )
        record(session, "source.changed", f"{name} r{row.revision}")
        return _describe(session, [row])[0]


@blueprint.delete("/<name>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def delete(name: str) -> None:
    """Take a source away; not one that a template names (409)."""
    with get_house().database.transaction() as session:
        refuse_used(name, list_lookup_uses(session, "source").get(name, []))
        sources.delete_source(session, name)
        record(session, "source.deleted", name)


@blueprint.post("/<name>/try")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def try_out(name: str, body: TrySource) -> Tried:
    """Fetch as a letter would, and tell what it would show, how long it took and how old it is."""
    house = get_house()
    with house.database.transaction() as session:
        ask = answers.build_ask(sources.get_source(session, name), body.values)
        record(session, "source.tried", name)
    known = fetch(house, [ask], anew=body.anew)
    return _describe_try(house, ask, known.get(ask.digest))


def _describe_try(house: House, ask: Ask, known: Known | None) -> Tried:
    now, answer = house.wall.now(), read_answer(house, ask, known)
    failure = answer.words if isinstance(answer, Failed) else ""
    is_usable = known is not None and known.is_usable(ask, now)
    is_stale = known is not None and is_usable and known.failed_at is not None
    body = known.body if known is not None and is_usable else None
    fetched_at = None if known is None else known.fetched_at
    return Tried(
        url=ask.url,
        is_good=not failure,
        words=failure or (known.words if known is not None and is_stale else ""),
        answer=(body or b"").decode("utf-8", "replace")[:MOST_SHOWN],
        status=None if known is None else known.status,
        took_ms=None if known is None else known.took_ms,
        age_seconds=None if fetched_at is None else round((now - fetched_at).total_seconds()),
        is_stale=is_stale,
    )


def _draft(name: str, body: GiveSource) -> SourceDraft:
    return SourceDraft(
        name=name,
        url=body.url,
        headers=body.headers,
        answers=body.answers,
        timeout=timedelta(milliseconds=body.timeout_ms),
        fresh=timedelta(seconds=body.fresh_seconds),
        stale=timedelta(hours=body.stale_hours),
    )


def _describe(session: Session, rows: Sequence[FetchSource]) -> list[SourceShown]:
    uses = list_lookup_uses(session, "source") if rows else {}
    return [
        SourceShown(
            name=row.name,
            url=row.url,
            places=list_places(row.url),
            headers=sorted(row.headers),
            answers="text" if row.answers == "text" else "json",
            timeout_ms=row.timeout_ms,
            fresh_seconds=row.fresh_seconds,
            stale_hours=row.stale_hours,
            revision=row.revision,
            created_at=row.created_at,
            state="resting" if row.opened_at else "failing" if row.failing_since else "working",
            failing_since=row.failing_since,
            used_by=[LookupUser(**asdict(use)) for use in uses.get(row.name, [])],
        )
        for row in rows
    ]
