"""The ledger of a contact's consent: every choice with what shows it, and what waits to be confirmed."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.contacts.consent import list_proofs
from engine.contacts.finding import get_by_uid
from server.api.contacts import Choice, Pending, load_choices, load_pending, name_topics
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

PAGE: Final = 40

blueprint = Blueprint("consents", __name__, url_prefix="/api/v1/contacts")


class ProofPage(Given):
    """Which page of the ledger: `before` is `next` of the page before."""

    before: Annotated[int, Field(ge=1)] | None = None


class Proof(Answer):
    """One choice as it was made: when, where (`source`), and what shows it."""

    topic: str
    topic_name: str
    channel: str
    choice: str
    occurred_at: datetime
    recorded_at: datetime
    source: str
    proof: dict[str, Any]


class Ledger(Answer):
    """How a contact's consent stands, and every choice behind it, the newest first."""

    current: list[Choice]
    pending: list[Pending]
    paused_until: datetime | None
    items: list[Proof]
    next: int | None


@blueprint.get("/<uuid:uid>/consents")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="contacts")
def show(uid: UUID, query: ProofPage) -> Ledger:
    """Show a contact's consent: how it stands, what waits, and the proof of every choice."""
    with get_house().database.reading() as session:
        contact = get_by_uid(session, uid)
        rows = list_proofs(session, contact.id, before=query.before, limit=PAGE + 1)
        names = name_topics(session)
        return Ledger(
            current=load_choices(session, contact.id),
            pending=load_pending(session, contact.id),
            paused_until=contact.paused_until,
            items=[
                Proof(
                    topic=row.topic,
                    topic_name=names.get(row.topic, row.topic),
                    channel=row.channel,
                    choice=row.choice,
                    occurred_at=row.occurred_at,
                    recorded_at=row.recorded_at,
                    source=row.source,
                    proof=row.proof or {},
                )
                for row in rows[:PAGE]
            ],
            next=rows[PAGE - 1].id if len(rows) > PAGE else None,
        )
