"""Where the providers of SMS hand on what people write to us.

The address is public: what is believed of a request is its signature alone, checked over the very
octets that came. Whatever is wrong with it, the answer is the same.
"""

from typing import Final

from flask import Blueprint, Response, request

from channels.accounts import read_accounts
from channels.base import BadAddress
from channels.email.header_gates import parse_mailbox
from channels.feedback import FeedbackRefused
from channels.registry import open_inbound_sms
from channels.sms.inbound import InboundReader, InboundText
from engine.messages.texts.hearing import hear
from engine.messages.texts.inbound import Inbound
from server.auth import public
from server.hooks.taking import read_asked
from server.logs import get_logger
from server.wiring import House, get_house

LARGEST_BODY: Final = 64 * 1024
"""Octets of one request: a text has at most some thousand characters."""

blueprint = Blueprint("sms_hooks", __name__, url_prefix="/hooks/sms")


@blueprint.route("/<account>", methods=["GET", "POST"])
@public("signed by the provider; nothing is believed before that is checked")
def take(account: str) -> Response:
    """Take the texts that a provider hands on."""
    request.max_content_length = LARGEST_BODY
    house = get_house()
    reader = _open(house, account)
    asked = read_asked(house, request.get_data())
    try:
        texts = () if reader is None else reader.read(asked, now=house.wall.now())
    except FeedbackRefused as refused:
        get_logger().warning("sms_hook_refused", account=account[:20], why=str(refused))
        reader = None
    if reader is None:
        return Response("", status=401, content_type="text/plain")
    for text in texts:
        _hear(house, text)
    return Response(reader.answer.body, content_type=reader.answer.content_type)


def _open(house: House, account: str) -> InboundReader | None:
    """Return who reads the texts of an account; None: it has no name like this, or no secret."""
    try:
        accounts = read_accounts(house.settings.sms_url)
        named = next((one for one in accounts if one.name == account), None)
        return None if named is None else open_inbound_sms(named.url)
    except BadAddress:
        return None


def _hear(house: House, text: InboundText) -> None:
    inbound = Inbound(
        channel="sms",
        sender=text.sender,
        text=text.body,
        recipient=text.recipient,
        provider_id=text.provider_id,
    )
    now = house.clock.now()
    lateness = house.wall.now() - text.received_at
    with house.database.transaction() as session:
        hear(
            session,
            inbound,
            brand=name_brand(house),
            now=now,
            written_at=now - lateness,
            is_answered=text.is_answered,
            is_rest=text.is_rest,
        )


def name_brand(house: House) -> str:
    """Return in whose name texts are answered, unless the instance says otherwise."""
    own = parse_mailbox(house.settings.sender)
    return own.name or own.address
