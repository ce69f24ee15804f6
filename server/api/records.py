"""Records: tickets, deals and carts, as applications keep them up to date."""

from datetime import datetime
from typing import Annotated, Any, Final

from flask import Blueprint
from pydantic import Field, JsonValue
from sqlalchemy import select

from engine.accounts.permissions import Permission
from engine.contacts.finding import get_contact
from engine.errors import Invalid
from engine.journeys.records import get_record, keep_record
from engine.language.say import say
from engine.models.contact import Contact
from engine.models.record import Record
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.wiring import get_house

PAGE: Final = 50
LONGEST_TYPE: Final = 64
LONGEST_KEY: Final = 200

blueprint = Blueprint("records", __name__, url_prefix="/api/v1/records")

State = Annotated[str, Field(min_length=1, max_length=64)]


class Shown(Answer):
    """A record; `contact` is our id of whom it is about."""

    type: str
    key: str
    contact: str
    state: str | None
    fields: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    state_since: datetime


class Items(Answer):
    """A page of them, the newest first."""

    items: list[Shown]
    next: int | None


class Said(Given):
    """The whole record: a field that is left out is gone.

    `contact` is whom it is about, by our id or your own.
    """

    contact: Annotated[str, Field(min_length=1, max_length=128)]
    state: State | None = None
    fields: Annotated[dict[str, JsonValue], Field(default_factory=dict, max_length=200)]


class Page(Given):
    """Whose, of which type, and which page."""

    contact: Annotated[str, Field(max_length=128)] | None = None
    type: Annotated[str, Field(max_length=LONGEST_TYPE)] | None = None
    before: RowId | None = None


@blueprint.get("")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="records")
def show_all(query: Page) -> Items:
    """List records, the newest first: all, or a contact's, or of one type."""
    asked = (
        select(Record, Contact.uid)
        .join(Contact, Contact.id == Record.contact_id)
        .order_by(Record.id.desc())
        .limit(PAGE + 1)
    )
    if query.before is not None:
        asked = asked.where(Record.id < query.before)
    if query.type is not None:
        asked = asked.where(Record.type == query.type)
    with get_house().database.reading() as session:
        if query.contact is not None:
            contact_id = get_contact(session, query.contact)
            asked = asked.where(Record.contact_id == contact_id)
        rows = session.execute(asked).all()
    items = [_show(record, str(uid)) for record, uid in rows[:PAGE]]
    return Items(items=items, next=rows[PAGE - 1][0].id if len(rows) > PAGE else None)


@blueprint.get("/<type>/<key>")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="records")
def show(type: str, key: str) -> Shown:  # noqa: A002 - as the address calls it
    """Show one record."""
    with get_house().database.reading() as session:
        record = get_record(session, type, key)
        uid = session.scalar(select(Contact.uid).where(Contact.id == record.contact_id))
        return _show(record, str(uid))


@blueprint.put("/<type>/<key>")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="records")
def keep(type: str, key: str, body: Said) -> Shown:  # noqa: A002 - as the address calls it
    """Make a record, or bring it up to date; what changed becomes an event of its contact."""
    _check_names(type, key)
    house = get_house()
    with house.database.transaction() as session:
        kept = keep_record(
            session,
            type,
            key,
            contact=body.contact,
            state=body.state,
            fields=body.fields,
            now=house.clock.now(),
        )
        return _show(kept.record, kept.contact_uid)


def _check_names(type_: str, key: str) -> None:
    if len(type_) > LONGEST_TYPE or len(key) > LONGEST_KEY or "\0" in type_ + key:
        raise Invalid(
            say(
                "a type has at most {longest_type} characters, a key {longest_key}",
                longest_type=LONGEST_TYPE,
                longest_key=LONGEST_KEY,
            )
        )


def _show(record: Record, uid: str) -> Shown:
    return Shown(
        type=record.type,
        key=record.key,
        contact=uid,
        state=record.state,
        fields=record.fields,
        created_at=record.created_at,
        updated_at=record.updated_at,
        state_since=record.state_since,
    )
