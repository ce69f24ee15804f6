"""The calls of an endpoint: every try with what was asked and answered, and Replay."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import orjson
from flask import Blueprint
from pydantic import AwareDatetime, Field

from channels.base import Verdict
from engine.accounts.permissions import Permission
from engine.messages.reading import call_log
from engine.messages.reading.call_log import Tried
from engine.messages.settling import CALL_PAUSES
from server.api.recording import record
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.wiring import get_house

blueprint = Blueprint("calls", __name__, url_prefix="/api/v1/endpoints")

PAGE: Final = 50
MOST_TRIES: Final = len(CALL_PAUSES) + 1
MOST_SHOWN: Final = 20_000
"""Characters of a body that are shown."""


class CallItem(Answer):
    """One try of a call.

    `attempt` counts from 1 to `of`; tries that only see whether a failing endpoint is back do not
    count. `next_at` is when it was to be tried again; null: never. `took_ms` is in milliseconds.
    """

    id: int
    message: UUID
    at: datetime
    took_ms: int | None
    attempt: int
    of: int
    verdict: Verdict
    status: int | None
    words: str
    next_at: datetime | None
    journey: str | None
    journey_name: str | None
    node: str | None
    can_replay: bool


class CallItems(Answer):
    """A page of them, the newest first."""

    items: list[CallItem]
    next: int | None


class CallShown(CallItem):
    """A try with what left and what came back, each cut where it is long.

    Of headers that the endpoint adds the values are hidden.
    """

    method: str
    url: str | None
    headers: list[tuple[str, str]]
    body: str
    answer: str


class CallPage(Given):
    """Which page, and of which fate."""

    before: RowId | None = None
    fate: Literal["succeeded", "failed"] | None = None


class ReplayCalls(Given):
    """Which calls to make again: one, or those that failed of all since a time."""

    message: UUID | None = None
    since: Annotated[
        AwareDatetime | None, Field(description="Of when they were intended; null: all.")
    ] = None


class CallsReplayed(Answer):
    """How many were put back; `is_more`: others are left, ask again."""

    replayed: int
    is_more: bool


@blueprint.get("/<key>/calls")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="settings")
def show_calls(key: str, query: CallPage) -> CallItems:
    """List the tries of an endpoint's calls, the newest first. They are kept for 30 days."""
    is_good = None if query.fate is None else query.fate == "succeeded"
    with get_house().database.reading() as session:
        found = call_log.list_tries(
            session, key, before=query.before, limit=PAGE + 1, is_good=is_good
        )
        items = [CallItem(**_describe(one)) for one in found[:PAGE]]
    return CallItems(items=items, next=items[-1].id if len(found) > PAGE else None)


@blueprint.get("/<key>/calls/<int:id_>")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="settings")
def show_call(key: str, id_: int) -> CallShown:
    """Show one try with what was sent and what was answered."""
    with get_house().database.reading() as session:
        tried = call_log.get_try(session, key, id_)
        asked = tried.message.data.get("data") or {}
        body = asked.get("body")
        return CallShown(
            **_describe(tried),
            method=str(asked.get("method") or "POST"),
            url=tried.attempt.url,
            headers=[(name, value) for name, value in tried.attempt.headers],
            body="" if body is None else orjson.dumps(body).decode()[:MOST_SHOWN],
            answer=tried.attempt.answer,
        )


@blueprint.post("/<key>/replay")
@requires(Permission.PUBLISH)
@endpoint(tag="settings")
def replay_calls(key: str, body: ReplayCalls) -> CallsReplayed:
    """Make calls again that failed: one, or up to 500 of all since a time."""
    house = get_house()
    now = house.clock.now()
    with house.database.transaction() as session:
        if body.message is not None:
            call_log.replay_one(session, key, body.message, now=now)
            replayed = call_log.Replayed(1, is_more=False)
        else:
            since = body.since or datetime.min.replace(year=1970, tzinfo=now.tzinfo)
            replayed = call_log.replay_failed(session, key, since=since, now=now)
        details = {
            "count": replayed.count,
            "message": None if body.message is None else str(body.message),
        }
        record(session, "endpoint.replayed", key, details)
    return CallsReplayed(replayed=replayed.count, is_more=replayed.is_more)


def _describe(tried: Tried) -> dict[str, Any]:
    row = tried.attempt
    return {
        "id": row.id,
        "message": tried.message.uid,
        "at": row.at,
        "took_ms": row.took_ms,
        "attempt": row.attempt,
        "of": MOST_TRIES,
        "verdict": Verdict(row.verdict),
        "status": row.status,
        "words": row.words,
        "next_at": row.next_at,
        "journey": tried.journey,
        "journey_name": tried.journey_name,
        "node": tried.message.node,
        "can_replay": tried.can_replay,
    }
