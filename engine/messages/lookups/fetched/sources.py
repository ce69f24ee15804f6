"""Sources of fetched content as people keep them: listed, made, changed, taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from channels.webhook.guard import Guard
from engine.db import check_revision, insert_into
from engine.errors import Conflict, NotFound
from engine.language.say import say
from engine.messages.lookups.fetched.filling import check_places, sample_url
from engine.messages.webhooks.destinations import NOWHERE, Destination, fill_headers
from engine.messages.webhooks.targets import Health, write_health
from engine.models.fetching import FetchedAnswer, FetchSource

Kind: TypeAlias = Literal["json", "text"]
MOST_SOURCES: Final = 200


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """What a source is to be.

    Attributes:
        url: with places to fill; see `engine.messages.lookups.fetched.filling`.
        headers: by name; None as a value keeps the one that is there.
        fresh: for how long an answer is not asked for anew.
        stale: for how long an old answer serves while the source fails.
    """

    name: str
    url: str
    headers: Mapping[str, str | None]
    answers: Kind
    timeout: timedelta
    fresh: timedelta
    stale: timedelta


def list_sources(session: Session) -> Sequence[FetchSource]:
    """Return all sources by name."""
    return session.scalars(select(FetchSource).order_by(FetchSource.name).limit(MOST_SOURCES)).all()


def get_source(session: Session, name: str) -> FetchSource:
    """Return a source.

    Raises:
        NotFound: there is none of this name.
    """
    source = session.get(FetchSource, name)
    if source is None:
        raise NotFound(say("there is no source {name!r}", name=name))
    return source


def make_source(
    session: Session, draft: SourceDraft, *, guard: Guard, now: datetime
) -> FetchSource:
    """Keep a new source.

    Raises:
        Conflict: a source has this name, or there are too many.
        Invalid: an address or a header that cannot be.
    """
    headers = _fill_headers(draft, NOWHERE, guard)
    if len(list_sources(session)) >= MOST_SOURCES:
        raise Conflict(say("there are {most} sources already", most=MOST_SOURCES))
    statement = insert_into(session, FetchSource).values(
        name=draft.name,
        url=draft.url,
        headers=headers,
        answers=draft.answers,
        timeout_ms=round(draft.timeout.total_seconds() * 1000),
        fresh_seconds=round(draft.fresh.total_seconds()),
        stale_hours=draft.stale // timedelta(hours=1),
        tries=0,
        failures=0,
        silences=0,
        revision=1,
        created_at=now,
    )
    if session.scalar(statement.on_conflict_do_nothing().returning(FetchSource.name)) is None:
        raise Conflict(say("there is a source {name!r} already", name=draft.name))
    return session.get_one(FetchSource, draft.name)


def change_source(
    session: Session, draft: SourceDraft, *, guard: Guard, revision: int
) -> FetchSource:
    """Change a source; what it answered before is forgotten, and so is how it fared.

    Values of headers that are kept do not go to another server than the one they were given for.

    Raises:
        NotFound: there is none of this name.
        LostUpdate: somebody else changed it meanwhile.
        Invalid: an address or a header that cannot be.
    """
    source = _hold(session, draft.name)
    check_revision(source.revision, edited=revision)
    kept = Destination(sample_url(source.url), source.headers)
    source.headers = _fill_headers(draft, kept, guard)
    source.url, source.answers = draft.url, draft.answers
    source.timeout_ms = round(draft.timeout.total_seconds() * 1000)
    source.fresh_seconds = round(draft.fresh.total_seconds())
    source.stale_hours = draft.stale // timedelta(hours=1)
    source.revision += 1
    write_health(source, Health())
    session.execute(delete(FetchedAnswer).where(FetchedAnswer.source == source.name))
    session.flush()
    return source


def delete_source(session: Session, name: str) -> None:
    """Take a source away with its answers. The caller knows that no template asks it.

    Raises:
        NotFound: there is none of this name.
    """
    session.delete(_hold(session, name))


def _hold(session: Session, name: str) -> FetchSource:
    source = session.get(FetchSource, name, with_for_update=True)
    if source is None:
        raise NotFound(say("there is no source {name!r}", name=name))
    return source


def _fill_headers(draft: SourceDraft, kept: Destination, guard: Guard) -> dict[str, str]:
    check_places(draft.url)
    return fill_headers(Destination(sample_url(draft.url), draft.headers), kept, guard=guard)
