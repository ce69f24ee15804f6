"""Endpoints: where journeys' webhooks go. Secrets are shown once, values of headers never."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal

import orjson
from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from channels.base import Call, Receipt, Verdict
from engine.accounts.permissions import Permission
from engine.errors import Conflict, Invalid
from engine.ids import new_id
from engine.journeys.publishing.usage import list_uses
from engine.language.say import say
from engine.messages.states import MessageState
from engine.messages.webhooks import endpoints
from engine.messages.webhooks.calls import count_waiting, show_answer
from engine.messages.webhooks.endpoints import EndpointDraft
from engine.models.call import CallTarget
from engine.models.message import Endpoint
from server.api.recording import record
from server.api.templates import KEY, UseShown
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("endpoints", __name__, url_prefix="/api/v1/endpoints")

PATIENCE: Final = timedelta(seconds=10)
SHOWN_END: Final = 4
"""Characters of a secret that are shown."""
MOST_SHOWN: Final = 500
"""Characters of an answer that are shown."""

Revision = Annotated[int, Field(ge=0)]
HeadersGiven = Annotated[
    dict[str, Annotated[str, Field(max_length=4000)] | None],
    Field(default_factory=dict, max_length=20, description="By name; null keeps the value there."),
]


class EndpointShown(Answer):
    """An endpoint, without its secret. Without a `url` its calls are kept in the mailbox.

    Of secrets the last four characters are shown. While `old_secret_until` has not passed, calls
    are signed with the one before as well. `state`: `resting` are those that fail and are called
    but for a probe now and then (since `failing_since`), `disabled` those whose calls are held,
    since `disabled_at`, as they answered 410 (`gone`) or took nothing for 14 days (`failing`).
    """

    key: str
    url: str | None
    headers: Annotated[list[str], Field(description="Their names; values are never shown.")]
    revision: int
    created_at: datetime
    used_by: list[UseShown]
    secret_ends: str
    secret_at: datetime
    old_secret_ends: str | None
    old_secret_until: datetime | None
    state: Literal["working", "resting", "disabled"]
    disabled_at: datetime | None
    disabled_for: Literal["gone", "failing"] | None
    failing_since: datetime | None
    waiting: Annotated[int, Field(description="Calls that wait, for now or for their next try.")]
    failed: Annotated[int, Field(description="Calls that failed in the end.")]


class EndpointsShown(Answer):
    """All of them, by key."""

    items: list[EndpointShown]


class EndpointWithSecret(EndpointShown):
    """An endpoint whose secret is new; the only time it is shown."""

    secret: str


class NewEndpoint(Given):
    """What an endpoint is to be."""

    url: Annotated[str, Field(max_length=2000)] | None = None
    headers: HeadersGiven


class ChangeEndpoint(NewEndpoint):
    """What is to be changed; `revision` is the one that was edited."""

    revision: Revision


class Rotate(Given):
    """Of which revision the secret is to be replaced, and how long the old one is used as well."""

    revision: Revision
    keep_hours: Annotated[int, Field(ge=0, le=168)] = 24


class Edited(Given):
    """Of which revision something is to be changed."""

    revision: Revision


class Tested(Answer):
    """What came of a test call. `status` is null where nothing was answered."""

    verdict: Verdict
    status: int | None
    words: str
    answer: Annotated[str, Field(description="The beginning of what was answered.")]
    took_ms: int


@blueprint.get("")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def show_all() -> EndpointsShown:
    """List all endpoints, each with the journeys that call it."""
    with get_house().database.reading() as session:
        rows = endpoints.list_endpoints(session)
        return EndpointsShown(items=[EndpointShown(**one) for one in _describe(session, rows)])


@blueprint.post("/<key>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings", status=201)
def make(key: str, body: NewEndpoint) -> EndpointWithSecret:
    """Make an endpoint, and show the secret with which its calls are signed, once."""
    if not KEY.match(key):
        raise Invalid(say("{key!r} is no key: a to z, digits, - and _, from a letter", key=key))
    house = get_house()
    draft = EndpointDraft(key, body.url, body.headers)
    with house.database.transaction() as session:
        row = endpoints.make_endpoint(
            session, draft, guard=get_house().guard, now=house.clock.now()
        )
        record(session, "endpoint.made", key)
        return EndpointWithSecret(**_describe(session, [row])[0], secret=row.secret)


@blueprint.put("/<key>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def change(key: str, body: ChangeEndpoint) -> EndpointShown:
    """Change an endpoint. If somebody else changed it meanwhile, nothing is saved (409)."""
    draft = EndpointDraft(key, body.url, body.headers)
    with get_house().database.transaction() as session:
        row = endpoints.change_endpoint(
            session, draft, guard=get_house().guard, revision=body.revision
        )
        record(session, "endpoint.changed", f"{key} r{row.revision}")
        return EndpointShown(**_describe(session, [row])[0])


@blueprint.post("/<key>/rotate")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def rotate(key: str, body: Rotate) -> EndpointWithSecret:
    """Sign calls with another secret from now on, and show it, once.

    For `keep_hours` calls are signed with the old one as well, so that receivers can change over.
    """
    house = get_house()
    keep = timedelta(hours=body.keep_hours)
    with house.database.transaction() as session:
        row = endpoints.rotate_secret(
            session, key, revision=body.revision, keep=keep, now=house.clock.now()
        )
        record(session, "endpoint.secret_rotated", key, {"keep_hours": body.keep_hours})
        return EndpointWithSecret(**_describe(session, [row])[0], secret=row.secret)


@blueprint.post("/<key>/end-old-secret")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def end_old_secret(key: str, body: Edited) -> EndpointShown:
    """Sign calls with the present secret alone from now on."""
    with get_house().database.transaction() as session:
        row = endpoints.end_old_secret(session, key, revision=body.revision)
        record(session, "endpoint.old_secret_ended", key)
        return EndpointShown(**_describe(session, [row])[0])


@blueprint.post("/<key>/enable")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def enable(key: str, body: Edited) -> EndpointShown:
    """Let calls go to an endpoint again that was disabled, or that rests for its failures."""
    with get_house().database.transaction() as session:
        row = endpoints.enable_endpoint(session, key, revision=body.revision)
        record(session, "endpoint.enabled", key)
        return EndpointShown(**_describe(session, [row])[0])


@blueprint.post("/<key>/test")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def test(key: str) -> Tested:
    """Call an endpoint, signed as a journey's call would be, and tell what it answered."""
    house = get_house()
    with house.database.transaction() as session:
        row = endpoints.get_endpoint(session, key)
        if row.url is None:
            raise Conflict(say("{key} has no address: its calls are kept in the mailbox", key=key))
        url, secret, headers = row.url, row.secret, tuple(row.headers.items())
        old_secret = endpoints.get_old_secret(row, house.clock.now()) or ""
        record(session, "endpoint.tested", key)
    body = orjson.dumps({"type": "test", "endpoint": key, "at": house.wall.now().isoformat()})
    call = Call(new_id(), "POST", url, headers, body, secret, PATIENCE, old_secret)
    receipts: list[Receipt] = []
    begun = time.monotonic()
    house.outgoing.webhooks.send(
        [call], lambda _, receipt: receipts.append(receipt), now=house.wall.now()
    )
    took = time.monotonic() - begun
    return _describe_test(receipts[0], took)


def _describe_test(receipt: Receipt, seconds: float) -> Tested:
    said = receipt.answer
    text = "" if said is None else show_answer(said.body)
    return Tested(
        verdict=receipt.verdict,
        status=None if said is None else said.status,
        words=receipt.text,
        answer=text[:MOST_SHOWN],
        took_ms=round(seconds * 1000),
    )


@blueprint.delete("/<key>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def delete(key: str) -> None:
    """Take an endpoint away that no journey calls."""
    with get_house().database.transaction() as session:
        if uses := list_uses(session, "endpoint").get(key, []):
            raise Conflict(
                say("{key} is used by {users}", key=key, users=", ".join(use.name for use in uses))
            )
        endpoints.delete_endpoint(session, key)
        record(session, "endpoint.deleted", key)


def _describe(session: Session, rows: Sequence[Endpoint]) -> list[dict[str, Any]]:
    uses = list_uses(session, "endpoint")
    now = get_house().clock.now()
    fares = endpoints.load_targets(session, [row.key for row in rows])
    counts = count_waiting(session, [one.target for one in fares.values()])
    return [
        _describe_secrets(row, now)
        | _describe_state(row, fares.get(row.key), counts)
        | {
            "key": row.key,
            "url": row.url,
            "headers": sorted(row.headers),
            "revision": row.revision,
            "created_at": row.created_at,
            "used_by": [UseShown(**asdict(use)) for use in uses.get(row.key, [])],
        }
        for row in rows
    ]


def _describe_secrets(row: Endpoint, now: datetime) -> dict[str, Any]:
    old = endpoints.get_old_secret(row, now)
    return {
        "secret_ends": row.secret[-SHOWN_END:],
        "secret_at": row.secret_at or row.created_at,
        "old_secret_ends": None if old is None else old[-SHOWN_END:],
        "old_secret_until": None if old is None else row.old_secret_until,
    }


def _describe_state(
    row: Endpoint, fares: CallTarget | None, counts: dict[tuple[str, int], int]
) -> dict[str, Any]:
    target = "" if fares is None else fares.target
    is_resting = fares is not None and fares.opened_at is not None
    return {
        "state": "disabled" if row.disabled_at else "resting" if is_resting else "working",
        "disabled_at": row.disabled_at,
        "disabled_for": row.disabled_for,
        "failing_since": None if fares is None else fares.failing_since,
        "waiting": counts.get((target, MessageState.QUEUED), 0),
        "failed": counts.get((target, MessageState.FAILED), 0),
    }
