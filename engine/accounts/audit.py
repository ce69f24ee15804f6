"""The record of what was done by hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models.account import AuditEntry

CONSOLE: Final = "console"
"""The actor behind a command on the machine itself."""


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    target: str,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write down that `actor` has done `action` to `target`, in the caller's transaction.

    Args:
        session: the caller's.
        actor: `user:ID`, `key:ID` or `console`.
        action: the verb, such as `key.revoked`.
        target: what it was done to, such as `key:12`; an id, never a name or address.
        now: when, by the machine's own clock.
        details: more, as JSON, without secrets or personal data.
    """
    session.add(
        AuditEntry(
            at=now,
            actor=actor,
            action=action,
            target=target,
            details=dict(details) if details is not None else None,
        )
    )


def list_entries(
    session: Session,
    *,
    limit: int,
    before: int | None = None,
    sort: str = "",
    actor: str = "",
) -> list[AuditEntry]:
    """Return what was done, the newest first.

    Args:
        before: only those with a smaller id.
        sort: only what was done to things of this sort, such as `journey`; empty: to any.
        actor: only what this one did, as `record` was told; empty: whoever did it.
    """
    asked = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if before is not None:
        asked = asked.where(AuditEntry.id < before)
    if sort:
        asked = asked.where(AuditEntry.action.startswith(f"{sort}.", autoescape=True))
    if actor:
        asked = asked.where(AuditEntry.actor == actor)
    return list(session.scalars(asked))
