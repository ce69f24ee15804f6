"""Templates tried on oneself: what stands in the editor, sent as a letter, text or push of nobody."""

from typing import Annotated, Any, Final

from flask import Blueprint
from pydantic import Field

from channels.base import Provider, Receipt, Verdict
from engine.accounts.permissions import Permission
from engine.contacts.addresses import fold
from engine.contacts.finding import get_contact
from engine.errors import Denied, Invalid
from engine.language.say import say
from engine.messages.making import testing
from engine.messages.making.testing import Sending
from server.api.previews import AskPreview, compile_one, read_reader
from server.api.recording import record
from server.auth import get_actor, requires
from server.delivering import build_desk
from server.endpoints import Answer, endpoint
from server.wiring import House, get_house

blueprint = Blueprint("template_tests", __name__, url_prefix="/api/v1/templates")


class SendTest(AskPreview):
    """What is to be sent, made up for whom, and where to; `template` is whose words they are.

    A push goes to the browsers of `contact`, for whom it is made up; to no address.
    """

    to: Annotated[str, Field(max_length=254)] = ""
    template: Annotated[str | None, Field(max_length=128)] = None


class TestSent(Answer):
    """What the provider said: `details` are its words.

    `problem`: why the real letter would not be made for this reader; the test stands without the
    missing values.
    """

    __test__ = False

    to: str
    is_accepted: bool
    is_uncertain: bool
    provider: str
    details: str | None
    problem: str | None
    in_mailbox: bool


_LOST: Final = Receipt(Verdict.UNCERTAIN, text="the provider told nothing of it")


@blueprint.post("/test")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def send_test(body: SendTest) -> TestSent:
    """Send words as somebody would get them, marked as a test, to oneself or to a colleague."""
    house, actor = get_house(), get_actor()
    _check_address(body)
    made = _make(house, body)
    account = house.outgoing.find_account(body.channel, "transactional")
    provider = house.outgoing.open_account(body.channel, account)
    with house.database.transaction() as session:
        testing.begin_test(
            session,
            made,
            Sending(
                channel=body.channel,
                template=body.template,
                contact_id=get_contact(session, body.contact) if body.contact else None,
                by=actor.name,
                provider=account.name,
                keeps=provider.keeps_content or house.settings.keep_content,
            ),
            now=house.clock.now(),
            wall=house.wall.now(),
        )
        record(session, "template.tested", body.template or body.channel)
    receipt = _hand_over(house, provider, made)
    with house.database.transaction() as session:
        testing.end_test(session, made.uid, receipt, now=house.clock.now())
    return TestSent(
        to=made.content.recipient,
        is_accepted=receipt.verdict is Verdict.ACCEPTED,
        is_uncertain=receipt.verdict is Verdict.UNCERTAIN,
        provider=account.name,
        details=testing.say_receipt(receipt),
        problem=made.problem,
        in_mailbox=provider.keeps_content and receipt.verdict is Verdict.ACCEPTED,
    )


def _check_address(body: SendTest) -> None:
    """Let those who may not publish write to themselves alone: anybody else is a stranger's inbox.

    Raises:
        Denied: it is somebody else's address, or browser.
    """
    actor = get_actor()
    own = actor.user.email if actor.user is not None else None
    to = body.contact or "" if body.channel == "push" else body.to
    is_own = body.channel != "sms" and own is not None
    if is_own and fold("email", to) == fold("email", own or ""):
        return
    if Permission.PUBLISH not in actor.permissions:
        msg = (
            say("browsers of somebody else than you take the right to publish")
            if body.channel == "push"
            else say("another address than your own takes the right to publish")
        )
        raise Denied(msg)


def _make(house: House, body: SendTest) -> testing.Made:
    """Return what is handed over.

    Raises:
        Invalid: it goes nowhere, or its words cannot be used.
        NotFound: there is no such contact.
    """
    compiled = compile_one(body.channel, body.source, body.own_language)
    reader, desk = read_reader(body), build_desk(house)
    if body.channel != "push":
        return testing.make_test(body.channel, compiled, reader, desk, to=body.to)
    if not reader.contact_id:
        raise Invalid(say("contact: say to whose browsers the push goes"))
    with house.database.reading() as session:
        devices = testing.load_devices(session, reader.contact_id)
    return testing.make_test_push(compiled, reader, desk, devices=devices)


def _hand_over(house: House, provider: Provider[Any], made: testing.Made) -> Receipt:
    receipts: list[Receipt] = []
    provider.send([made.item], lambda _, receipt: receipts.append(receipt), now=house.clock.now())
    return receipts[0] if receipts else _LOST
