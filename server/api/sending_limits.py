"""Sending limits: how much marketing one contact gets, whatever journeys want."""

from datetime import datetime
from typing import Annotated, Literal

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.errors import Invalid
from engine.language.say import say
from engine.messages.handover import limit_settings
from engine.messages.handover.limit_settings import LimitDraft
from engine.models.limit import SendingLimit
from server.api.recording import record
from server.api.templates import KEY
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

LONGEST_KEY = 64

blueprint = Blueprint("sending_limits", __name__, url_prefix="/api/v1/sending-limits")

Channel = Literal["email", "sms", "push"]
Policy = Literal["skip", "hold"]


class LimitShown(Answer):
    """A sending limit: at most `most` marketing messages to one contact within a window.

    `most` null: no limit; 0: never. `window`: `day` or `week` of the recipient's calendar, or an
    exact duration that rolls on, such as `PT24H` or `P7D`. `channel` and `topic` null: any.
    """

    key: str
    name: str
    channel: Channel | None
    topic: str | None
    most: int | None
    window: str
    policy: Policy
    hold_for: str | None
    counts_transactional: bool
    revision: int
    created_at: datetime


class LimitsShown(Answer):
    """All of them, by key."""

    items: list[LimitShown]


class SaveLimit(Given):
    """What a limit is to be; `revision` is the one that was edited, 0: there is none yet."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    channel: Channel | None = None
    topic: Annotated[str, Field(max_length=64)] | None = None
    most: Annotated[int, Field(ge=0, le=1000)] | None
    window: Annotated[str, Field(min_length=1, max_length=40)]
    policy: Policy = "skip"
    hold_for: Annotated[str, Field(max_length=40)] | None = None
    counts_transactional: bool = False
    revision: Annotated[int, Field(ge=0)]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="settings")
def show_all() -> LimitsShown:
    """List all sending limits."""
    with get_house().database.reading() as session:
        return LimitsShown(items=[_describe(one) for one in limit_settings.list_limits(session)])


@blueprint.put("/<key>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def save(key: str, body: SaveLimit) -> LimitShown:
    """Keep a sending limit. If somebody else changed it meanwhile, nothing is saved (409)."""
    if not KEY.match(key) or len(key) > LONGEST_KEY:
        raise Invalid(say("{key!r} is no key: a to z, digits, - and _, from a letter", key=key))
    house = get_house()
    now = house.clock.now()
    draft = LimitDraft(key=key, **body.model_dump(exclude={"revision"}))
    with house.database.transaction() as session:
        if body.revision == 0:
            limit = limit_settings.make_limit(session, draft, now=now)
        else:
            limit = limit_settings.change_limit(session, draft, revision=body.revision, now=now)
        said = {"most": limit.most, "window": limit.window, "policy": limit.policy}
        record(session, "sending_limit.saved", f"{key} r{limit.revision}", said)
        return _describe(limit)


@blueprint.delete("/<key>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def delete(key: str) -> None:
    """Take a sending limit away; what it holds is looked at again at once."""
    house = get_house()
    with house.database.transaction() as session:
        limit_settings.delete_limit(session, key, now=house.clock.now())
        record(session, "sending_limit.deleted", key)


def _describe(row: SendingLimit) -> LimitShown:
    return LimitShown.model_validate({name: getattr(row, name) for name in LimitShown.model_fields})
