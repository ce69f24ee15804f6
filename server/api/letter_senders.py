"""From whom letters may come: the settings' own senders, and those that are registered here."""

from dataclasses import asdict
from typing import Annotated

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.errors import Conflict, Invalid
from engine.journeys.publishing.usage import list_uses
from engine.language.say import say
from engine.messages.senders import checked_domains as senders
from engine.messages.senders import from_whom
from engine.messages.senders.from_whom import Registered, read_domain
from engine.models.asset import LetterSender
from server.api.assets import TemplateUse
from server.api.recording import record
from server.api.templates import KEY, UseShown
from server.auth import requires
from server.delivering import list_sender_domains
from server.endpoints import Answer, Given, endpoint
from server.wiring import House, get_house

LONGEST_KEY = 64

blueprint = Blueprint("letter_senders", __name__, url_prefix="/api/v1/senders")


class SenderShown(Answer):
    """A registered sender.

    `is_vouched`: the settings name its domain; without it, letters come from the next in order.
    `is_aligned`: whether the domain's records let mailbox providers believe its letters, as last
    checked; null: not checked yet. `used_by`: templates and topics that name it; `journeys`: those
    of whose nodes one does.
    """

    key: str
    name: str
    address: str
    reply_to: str
    revision: int
    is_vouched: bool
    is_aligned: bool | None
    used_by: list[TemplateUse]
    journeys: list[UseShown]


class SendersShown(Answer):
    """All of them by key; then who is set for the instance, and at which domains they may be."""

    items: list[SenderShown]
    sender: str
    marketing_sender: str
    reply_to: str
    domains: list[str]


class SaveSender(Given):
    """A sender as it is to be; `revision` is the one that was edited, 0: there is none yet."""

    name: Annotated[str, Field(min_length=1, max_length=70)]
    address: Annotated[str, Field(min_length=3, max_length=254)]
    reply_to: Annotated[str, Field(max_length=254)] = ""
    revision: Annotated[int, Field(ge=0)]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="settings")
def show_all() -> SendersShown:
    """List from whom letters may come."""
    house = get_house()
    with house.database.reading() as session:
        return SendersShown(
            items=_describe(session, house),
            sender=house.settings.sender,
            marketing_sender=house.settings.marketing_sender,
            reply_to=house.settings.reply_to,
            domains=sorted(list_sender_domains(house.settings)),
        )


@blueprint.put("/<key>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def save(key: str, body: SaveSender) -> SenderShown:
    """Register a sender, or change one. If somebody else changed it meanwhile, nothing is saved (409)."""
    if not KEY.match(key) or len(key) > LONGEST_KEY:
        raise Invalid(say("{key!r} is no key: a to z, digits, - and _, from a letter", key=key))
    house = get_house()
    draft = Registered(key, body.name.strip(), body.address.strip(), body.reply_to.strip())
    with house.database.transaction() as session:
        row = from_whom.save_registered(
            session,
            draft,
            domains=list_sender_domains(house.settings),
            revision=body.revision,
            now=house.clock.now(),
        )
        record(session, "sender.saved", f"{key} r{row.revision}", {"address": row.address})
        return next(one for one in _describe(session, house) if one.key == key)


@blueprint.delete("/<key>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def delete(key: str) -> None:
    """Take a sender away that no template, no topic and no journey names."""
    with get_house().database.transaction() as session:
        if uses := list_uses(session, "sender").get(key):
            users = ", ".join(use.name for use in uses)
            raise Conflict(say("{key} is used by {users}", key=key, users=users))
        from_whom.delete_registered(session, key)
        record(session, "sender.deleted", key)


def _describe(session: Session, house: House) -> list[SenderShown]:
    checks = senders.load_checks(session)
    uses = from_whom.list_sender_uses(session)
    vouched = list_sender_domains(house.settings)
    journeys = list_uses(session, "sender")

    def show(row: LetterSender) -> SenderShown:
        domain = read_domain(row.address)
        return SenderShown(
            key=row.key,
            name=row.name,
            address=row.address,
            reply_to=row.reply_to,
            revision=row.revision,
            is_vouched=domain in vouched,
            is_aligned=checks[domain].is_aligned if domain in checks else None,
            used_by=[TemplateUse(key=use.key, name=use.name) for use in uses.get(row.key, [])],
            journeys=[UseShown(**asdict(use)) for use in journeys.get(row.key, [])],
        )

    return [show(row) for row in from_whom.list_registered(session)]
