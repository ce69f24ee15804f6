"""How far a journey has let in those who qualified before, and no further if so wished."""

from datetime import datetime
from typing import Literal

from flask import Blueprint
from sqlalchemy import func, select

from engine.accounts.permissions import Permission
from engine.journeys import by_key
from engine.journeys.entering import backfills
from engine.journeys.publishing import publish
from engine.models.contact import Contact
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, endpoint
from server.wiring import get_house

blueprint = Blueprint("backfills", __name__, url_prefix="/api/v1/journeys")


class BackfillAnswer(Answer):
    """A backfill: how it lets people in, how far it is, and why it ended early.

    Of `contacts` so many were `seen`; those of them who qualified were `asked` at the gates.
    """

    mode: Literal["now", "by_age"]
    per_minute: int | None
    since: datetime | None
    started_at: datetime
    started_by: str
    contacts: int
    seen: int
    asked: int
    entered: int
    done_at: datetime | None
    cancelled_by: str | None


@blueprint.get("/<key>/backfill")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def get_backfill(key: str) -> BackfillAnswer:
    """Show a journey's last backfill, under way or done."""
    with get_house().database.reading() as session:
        row = backfills.get_backfill(session, by_key.get_journey(session, key))
        contacts, seen = session.execute(
            select(func.count(), func.count().filter(Contact.id <= row.cursor))
        ).one()
        return BackfillAnswer(
            mode="by_age" if row.mode == "by_age" else "now",
            per_minute=row.per_minute,
            since=row.since,
            started_at=row.started_at,
            started_by=row.started_by,
            contacts=contacts,
            seen=seen,
            asked=row.asked,
            entered=row.entered,
            done_at=row.done_at,
            cancelled_by=row.cancelled_by,
        )


@blueprint.delete("/<key>/backfill")
@requires(Permission.PUBLISH)
@endpoint(tag="journeys")
def cancel_backfill(key: str) -> None:
    """Let nobody in any more by a backfill under way; who has entered stays."""
    house = get_house()
    with house.database.transaction() as session:
        publish.cancel_backfill(session, key, by=get_actor().name, now=house.clock.now())
        record(session, "journey.backfill_cancelled", key)
