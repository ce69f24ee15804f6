"""Endpoints of webhooks as people keep them: listed, made, changed, given another secret."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.webhook.guard import Guard
from engine.db import check_revision, insert_into
from engine.errors import Conflict, NotFound
from engine.language.say import say
from engine.messages.webhooks.destinations import Destination, fill_headers
from engine.messages.webhooks.targets import ENDPOINT, Health, write_health
from engine.models.call import CallTarget
from engine.models.message import Endpoint
from engine.tasks import Lane, ring

SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class EndpointDraft:
    """What an endpoint is to be.

    Attributes:
        url: None: its calls are kept in the mailbox.
        headers: by name; None as a value keeps the one that is there.
    """

    key: str
    url: str | None
    headers: Mapping[str, str | None]


def build_endpoint_secret() -> str:
    """Return a new secret for signing calls: `whsec_` and 256 bits (Standard Webhooks)."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def list_endpoints(session: Session) -> Sequence[Endpoint]:
    """Return all endpoints by key."""
    return session.scalars(select(Endpoint).order_by(Endpoint.key)).all()


def get_endpoint(session: Session, key: str) -> Endpoint:
    """Return an endpoint.

    Raises:
        NotFound: there is none of this key.
    """
    endpoint = session.get(Endpoint, key)
    if endpoint is None:
        raise NotFound(say("there is no endpoint {key!r}", key=key))
    return endpoint


def make_endpoint(
    session: Session, draft: EndpointDraft, *, guard: Guard, now: datetime
) -> Endpoint:
    """Keep a new endpoint, with a secret of its own.

    Args:
        guard: judges where calls may go.

    Raises:
        Conflict: an endpoint has this key.
        Invalid: a header that must not go along, or an address that nothing may be sent to.
    """
    headers = fill_headers(Destination(draft.url, draft.headers), guard=guard)
    statement = insert_into(session, Endpoint).values(
        key=draft.key,
        url=draft.url,
        secret=build_endpoint_secret(),
        secret_at=now,
        headers=headers,
        revision=1,
        created_at=now,
    )
    if session.scalar(statement.on_conflict_do_nothing().returning(Endpoint.key)) is None:
        raise Conflict(say("there is an endpoint {key!r} already", key=draft.key))
    return session.get_one(Endpoint, draft.key)


def change_endpoint(
    session: Session, draft: EndpointDraft, *, guard: Guard, revision: int
) -> Endpoint:
    """Change where an endpoint is and what goes along; its secret stays.

    Values of headers that are kept do not go to another server than the one they were given for.

    Raises:
        NotFound: there is none of this key.
        LostUpdate: somebody else changed it meanwhile.
        Invalid: a header that must not go along, or an address that nothing may be sent to.
    """
    endpoint = _hold(session, draft.key, revision)
    given, kept = Destination(draft.url, draft.headers), Destination(endpoint.url, endpoint.headers)
    endpoint.headers = fill_headers(given, kept, guard=guard)
    endpoint.url = draft.url
    endpoint.revision += 1
    session.flush()
    return endpoint


def rotate_secret(
    session: Session, key: str, *, revision: int, keep: timedelta, now: datetime
) -> Endpoint:
    """Give an endpoint another secret, and sign calls with the one it had as well for a while.

    A secret that is older still ends at once: calls are signed with two at most.

    Args:
        keep: for how long the one it had goes on; none: it ends now.

    Raises:
        NotFound: there is none of this key.
        LostUpdate: somebody else changed it meanwhile.
    """
    endpoint = _hold(session, key, revision)
    keeps = keep > timedelta()
    endpoint.old_secret = endpoint.secret if keeps else None
    endpoint.old_secret_until = now + keep if keeps else None
    endpoint.secret = build_endpoint_secret()
    endpoint.secret_at = now
    endpoint.revision += 1
    session.flush()
    return endpoint


def end_old_secret(session: Session, key: str, *, revision: int) -> Endpoint:
    """Sign calls with the present secret alone from now on.

    Raises:
        NotFound: there is none of this key.
        LostUpdate: somebody else changed it meanwhile.
    """
    endpoint = _hold(session, key, revision)
    endpoint.old_secret = endpoint.old_secret_until = None
    endpoint.revision += 1
    session.flush()
    return endpoint


def get_old_secret(endpoint: Endpoint, now: datetime) -> str | None:
    """Return the secret before the present one, as long as calls are signed with it as well."""
    until = endpoint.old_secret_until
    return endpoint.old_secret if until is not None and until > now else None


def enable_endpoint(session: Session, key: str, *, revision: int) -> Endpoint:
    """Let calls go to an endpoint again that was disabled, or that is let alone for its failures.

    Raises:
        NotFound: there is none of this key.
        LostUpdate: somebody else changed it meanwhile.
    """
    endpoint = _hold(session, key, revision)
    endpoint.disabled_at = endpoint.disabled_for = None
    endpoint.revision += 1
    target = session.get(CallTarget, f"{ENDPOINT}{key}", with_for_update=True)
    if target is not None:
        write_health(target, Health())
    ring(session, Lane.WEBHOOK)
    session.flush()
    return endpoint


def load_targets(session: Session, keys: Sequence[str]) -> dict[str, CallTarget]:
    """Return how endpoints fare, by key, of those that were ever called."""
    rows = session.scalars(select(CallTarget).where(CallTarget.endpoint.in_(keys)))
    return {row.endpoint: row for row in rows if row.endpoint is not None}


def delete_endpoint(session: Session, key: str) -> None:
    """Take an endpoint away. The caller knows that no journey names it.

    Raises:
        NotFound: there is none of this key.
    """
    session.delete(_get(session, key))


def _get(session: Session, key: str) -> Endpoint:
    endpoint = session.get(Endpoint, key, with_for_update={"key_share": True})
    if endpoint is None:
        raise NotFound(say("there is no endpoint {key!r}", key=key))
    return endpoint


def _hold(session: Session, key: str, revision: int) -> Endpoint:
    endpoint = _get(session, key)
    check_revision(endpoint.revision, edited=revision)
    return endpoint
