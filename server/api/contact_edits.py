"""What is done to one contact by hand: made, changed, kept from letters, forgotten."""

from typing import Annotated, Any, Literal
from uuid import UUID

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.contacts.finding import get_by_uid
from engine.events import by_hand
from engine.events.by_hand import Edit
from engine.journeys.responding.forgetting import ask_for_erasure
from engine.models.contact import Contact
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("contact_edits", __name__, url_prefix="/api/v1/contacts")

Attributes = Annotated[dict[str, Any], Field(max_length=200)]
Names = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=128)], ...], Field(max_length=200)]  # fmt: skip
Note = Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]
Channel = Literal["email", "sms"]
Choosable = Literal["email", "sms", "push"]


class NewContact(Given):
    """Who it is: an external id, or an e-mail address or telephone number among the attributes."""

    external_id: Annotated[str, Field(max_length=128)] | None = None
    attributes: Attributes = Field(default_factory=dict)


class Made(Answer):
    """Who it is from now on."""

    id: UUID


class ChangeContact(Given):
    """What is to change; what is not named stays.

    With `seen`, the values that were there before, nothing is changed if somebody else changed one
    of the same attributes meanwhile (409); an attribute that is not in it is taken to have been
    none.
    """

    set: Attributes = Field(default_factory=dict)
    unset: Names = ()
    add_tags: Names = ()
    remove_tags: Names = ()
    seen: Attributes | None = None


class Changed(Answer):
    """Which attributes are others now."""

    id: UUID
    changed: list[str]


class Choose(Given):
    """What a contact chose, and how that is known: it is kept as the proof."""

    topic: Annotated[str, Field(min_length=1, max_length=64)]
    channel: Choosable
    choice: Literal["subscribed", "unsubscribed"]
    note: Note


class OneAddress(Given):
    """Which address of a contact, and why."""

    channel: Channel
    note: Note


class Erase(Given):
    """Whether its addresses are never to be written to again, whoever imports them."""

    suppress: bool = True


class Erasing(Answer):
    """Who is being forgotten."""

    id: UUID


@blueprint.post("")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts", status=201)
def create(body: NewContact) -> Made:
    """Make a contact of whom nobody has spoken yet (409 if somebody has)."""
    house = get_house()
    with house.database.transaction() as session:
        contact_id = by_hand.create_contact(
            session,
            body.external_id,
            body.attributes,
            by=get_actor().name,
            now=house.clock.now(),
        )
        contact = session.get_one(Contact, contact_id)
        record(session, "contact.created", str(contact.uid))
        return Made(id=contact.uid)


@blueprint.patch("/<uuid:uid>")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts")
def change(uid: UUID, body: ChangeContact) -> Changed:
    """Change attributes and tags. Journeys and segments hear of it as of any other change."""
    house = get_house()
    edit = Edit(body.set, body.unset, body.add_tags, body.remove_tags, body.seen)
    with house.database.transaction() as session:
        contact = get_by_uid(session, uid)
        changed = by_hand.change_contact(
            session, contact.id, edit, by=get_actor().name, now=house.clock.now()
        )
        if changed:
            record(session, "contact.changed", str(contact.uid), {"attributes": changed})
        return Changed(id=contact.uid, changed=changed)


@blueprint.put("/<uuid:uid>/consents")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts")
def choose(uid: UUID, body: Choose) -> None:
    """Keep a choice that a contact made by word of mouth, with how that is known."""
    house = get_house()
    with house.database.transaction() as session:
        contact = get_by_uid(session, uid)
        by_hand.choose_by_hand(
            session,
            contact.id,
            body.topic,
            body.channel,
            body.choice,
            proof={"by": get_actor().name, "note": body.note},
            now=house.clock.now(),
        )
        about = {"topic": body.topic, "channel": body.channel, "choice": body.choice}
        record(session, "contact.consent", str(contact.uid), about)


@blueprint.post("/<uuid:uid>/suppressions")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts")
def suppress(uid: UUID, body: OneAddress) -> None:
    """Never write to this address of a contact again."""
    house, by = get_house(), get_actor().name
    with house.database.transaction() as session:
        contact = get_by_uid(session, uid)
        by_hand.suppress_by_hand(
            session, contact.id, body.channel, by=by, note=body.note, now=house.clock.now()
        )
        record(session, "contact.suppressed", str(contact.uid), {"channel": body.channel})


@blueprint.post("/<uuid:uid>/suppressions/lift")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts")
def lift(uid: UUID, body: OneAddress) -> None:
    """Let this address of a contact be written to again."""
    house, by = get_house(), get_actor().name
    with house.database.transaction() as session:
        contact = get_by_uid(session, uid)
        by_hand.lift_by_hand(
            session, contact.id, body.channel, by=by, note=body.note, now=house.clock.now()
        )
        record(session, "contact.released", str(contact.uid), {"channel": body.channel})


@blueprint.delete("/<uuid:uid>")
@requires(Permission.ERASE_CONTACTS)
@endpoint(tag="contacts", status=202)
def erase(uid: UUID, query: Erase) -> Erasing:
    """Forget a person for good: seconds from now, behind all that was accepted before."""
    house = get_house()
    with house.database.transaction() as session:
        contact = get_by_uid(session, uid)
        ask_for_erasure(
            session,
            contact.id,
            suppresses=query.suppress,
            by=get_actor().name,
            now=house.clock.now(),
        )
        record(session, "contact.erased", str(contact.uid), {"suppress": query.suppress})
        return Erasing(id=contact.uid)
