"""Why did a contact get what it got of a journey, or did not?"""

from dataclasses import fields
from typing import Annotated

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.journeys.why.answer import About, Gate, Journeyed, Refused, Seen, Whom
from engine.journeys.why.explain import explain_journey
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("why", __name__, url_prefix="/api/v1/journeys")


class Asked(Given):
    """Of whom: an external id, our own id, or an e-mail address."""

    contact: Annotated[str, Field(min_length=1, max_length=254)]


class Explained(Answer):
    """Everything about one contact and one journey.

    `verdict` is the answer in one sentence, `text` all of it for reading. Reasons are those of
    docs/reasons.md.
    """

    verdict: str
    journey: About
    contact: Whom
    trigger: str
    seen: tuple[Seen, ...]
    gates: tuple[Gate, ...]
    refused: Refused | None
    enrollments: tuple[Journeyed, ...]
    text: str


@blueprint.get("/<key>/why")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="journeys")
def show_why(key: str, query: Asked) -> Explained:
    """Say why a contact got what it got of a journey, or did not: every decision, its inputs."""
    house = get_house()
    with house.database.reading() as session:
        told = explain_journey(session, key, query.contact, house.read_moment())
    parts = {field.name: getattr(told, field.name) for field in fields(told)}
    return Explained(**parts, text=told.render())
