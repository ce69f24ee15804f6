"""Messages that come in, as a provider's hook or a help desk reports them."""

from typing import Annotated, Literal
from uuid import UUID

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.errors import NotFound
from engine.language.say import say
from engine.messages.texts.hearing import hear
from engine.messages.texts.inbound import Inbound, receive
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.hooks.sms import name_brand
from server.wiring import get_house

blueprint = Blueprint("inbound", __name__, url_prefix="/api/v1/messages")


class Said(Given):
    """A letter or text that a contact wrote.

    Whose it is, is said by `contact` (our id or your own), else by the address it came from, else by
    the message it answers. `in_reply_to` is our id of that, or the provider's; a text without one
    answers the last that its sender was sent. With `provider_id` a second report is a duplicate.
    """

    channel: Literal["email", "sms"]
    sender: Annotated[str, Field(alias="from", min_length=1, max_length=320)]
    text: Annotated[str, Field(max_length=30_000)]
    subject: Annotated[str, Field(max_length=998)] = ""
    to: Annotated[str, Field(max_length=320)] = ""
    contact: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    in_reply_to: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    provider_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class Received(Answer):
    """What became of it."""

    id: UUID
    duplicate: bool
    in_reply_to: UUID | None


@blueprint.post("/inbound")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="messages")
def report(body: Said) -> Received:
    """Report a letter or text that came in; journeys may start, wait for or end by it.

    A text that says STOP, START or HELP does what it says. An opt-out is kept even where the answer
    is 404, because nobody has this number.
    """
    house = get_house()
    said = Inbound(
        channel=body.channel,
        sender=body.sender,
        text=body.text,
        subject=body.subject,
        recipient=body.to,
        contact=body.contact,
        in_reply_to=body.in_reply_to,
        provider_id=body.provider_id,
    )
    with house.database.transaction() as session:
        if said.channel == "sms":
            brand = name_brand(house)
            received = hear(session, said, brand=brand, now=house.clock.now()).received
        else:
            received = receive(session, said, now=house.clock.now())
    if received is None:
        raise NotFound(
            say("nobody we know writes from this address, and it answers no message of ours")
        )
    return Received(
        id=received.uid, duplicate=received.is_duplicate, in_reply_to=received.in_reply_to
    )
