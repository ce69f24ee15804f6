"""Conditions over HTTP: for how many contacts one is true now."""

from typing import Annotated, Any, Final
from uuid import UUID

from flask import Blueprint
from pydantic import Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.errors import Invalid
from engine.models.contact import Contact
from engine.rules.conditions import Condition, parse_condition
from engine.segments.counting import count_contacts, list_private
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("conditions", __name__, url_prefix="/api/v1/conditions")

PRIVATE: Final = "only an enrollment knows this, so there is nobody to count: {}"


class Ask(Given):
    """A condition, as docs/journeys.md says."""

    condition: dict[str, Any]


class Example(Answer):
    """A contact for whom it is true."""

    id: UUID
    name: str
    email: str | None


class Count(Answer):
    """For how many contacts a condition is true now.

    Attributes:
        count: None where only an enrollment could answer; `cannot` says why.
    """

    count: int | None
    exact: Annotated[bool, Field(description="Whether everybody was asked about; else it is at least so many.")]  # fmt: skip
    looked_at: Annotated[int | None, Field(description="About how many it was asked, if not about everybody.")]  # fmt: skip
    of: Annotated[int | None, Field(description="How many contacts there are; null if that takes too long.")]  # fmt: skip
    private: Annotated[list[str], Field(description="What it reads of an enrollment: trigger, context, subject, message.")]  # fmt: skip
    cannot: Annotated[str | None, Field(description="Why nobody can be counted, in words.")]
    sample: Annotated[list[Example], Field(description="The newest of them, at most 10; empty without contacts:read.")]  # fmt: skip


@blueprint.post("/count")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="segments")
def count(body: Ask) -> Count:
    """Count the contacts for whom a condition is true now, and show a few of them."""
    condition = read_condition(body.condition)
    private = list_private(condition)
    if private:
        return Count(
            count=None,
            exact=False,
            looked_at=None,
            of=None,
            private=private,
            cannot=PRIVATE.format(", ".join(private)),
            sample=[],
        )
    house = get_house()
    sees_contacts = Permission.SEE_CONTACTS in get_actor().permissions
    with house.database.reading() as session:
        counted = count_contacts(
            session, condition, now=house.clock.now(), default_zone=house.settings.timezone
        )
        return Count(
            count=counted.count,
            exact=counted.exact,
            looked_at=counted.looked_at,
            of=counted.of,
            private=[],
            cannot=None,
            sample=_describe(session, counted.sample) if sees_contacts else [],
        )


def read_condition(data: dict[str, Any]) -> Condition:
    """Return the condition that a caller sent.

    Raises:
        Invalid: it is too large.
        ValidationError: it is not well formed.
    """
    try:
        return parse_condition(data)
    except ValidationError:
        raise
    except ValueError as error:
        raise Invalid(str(error)) from None


def _describe(session: Session, ids: list[int]) -> list[Example]:
    rows = session.scalars(select(Contact).where(Contact.id.in_(ids)).order_by(Contact.id.desc()))
    return [Example(id=row.uid, name=describe_name(row), email=row.email) for row in rows]


def describe_name(row: Contact) -> str:
    """Return a contact's name as people say it; empty if it has none."""
    parts = (row.attributes.get("first_name"), row.attributes.get("last_name"))
    return str(row.attributes.get("name") or " ".join(str(part) for part in parts if part))
