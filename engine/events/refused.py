"""Tracking calls that were not taken, and why: the last few, for whoever puts tracking in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.db import change_rows
from engine.models.event import RefusedCall

KEPT: Final = 300
LONGEST_MESSAGE: Final = 300
LONGEST_ORIGIN: Final = 200
LONGEST_CODE: Final = 40


@dataclass(frozen=True, slots=True)
class Refusal:
    """One call, or one request, that was not taken.

    Attributes:
        path: to which it was sent.
        status: as it was answered.
        key: the name of the key; None: there was none that is known.
        origin: of the page that sent it.
        event: its name, and `message_id` the sender's id of it, where they could be read.
        unsaid: how many others there were, of which nothing is kept.
    """

    at: datetime
    path: str
    status: int
    code: str
    message: str
    key: str | None = None
    origin: str | None = None
    event: str | None = None
    message_id: str | None = None
    unsaid: int = 0


def keep_refusals(session: Session, refusals: Sequence[Refusal]) -> None:
    """Keep these, and forget what is older than the last few."""
    for one in refusals:
        session.add(
            RefusedCall(
                at=one.at,
                path=one.path[:40],
                status=one.status,
                code=one.code[:LONGEST_CODE],
                message=one.message[:LONGEST_MESSAGE],
                key=one.key,
                origin=None if one.origin is None else one.origin[:LONGEST_ORIGIN],
                event=one.event,
                message_id=one.message_id,
                unsaid=one.unsaid,
            )
        )
    session.flush()
    newest = session.scalar(select(func.max(RefusedCall.id))) or 0
    change_rows(session, delete(RefusedCall).where(RefusedCall.id <= newest - KEPT))


def list_refused(session: Session, *, limit: int) -> list[RefusedCall]:
    """Return the last ones, the newest first."""
    return list(session.scalars(select(RefusedCall).order_by(RefusedCall.id.desc()).limit(limit)))
