"""The names this instance knows, for pickers: names alone, never what they hold."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from flask import Blueprint
from pydantic import Field

from channels.base import BadAddress
from channels.chat.targets import read_chats
from engine.accounts.permissions import Permission
from engine.journeys.reporting.known_names import load_names
from server.auth import requires
from server.endpoints import Answer, endpoint
from server.wiring import get_house

blueprint = Blueprint("names", __name__, url_prefix="/api/v1/names")


class KnownName(Answer):
    """A property, attribute or field by its dotted name."""

    name: str
    kinds: Annotated[list[str], Field(description="Of its values: text, number, boolean, date, list, object, null; common ones first.")]  # fmt: skip


class KnownEvent(Answer):
    """An event's name, with the properties it was seen with."""

    name: str
    recent: Annotated[int, Field(description="How many of the latest events are of this name.")]
    last_at: datetime
    properties: list[KnownName]


class KnownKey(Answer):
    """Something kept under a key."""

    key: str
    name: str
    kind: Annotated[str, Field(description="The channel of a template, the opt-in of a topic, the trigger of a journey.")]  # fmt: skip
    names: Annotated[list[str], Field(description="The variables of a template.")]


class KnownRecord(Answer):
    """A type of records, with the states and fields it was seen with."""

    type: str
    states: list[str]
    fields: list[KnownName]


class Names(Answer):
    """Everything there is to name."""

    looked_at: Annotated[int, Field(description="Of how many events `recent` counts.")]
    events: list[KnownEvent]
    attributes: list[KnownName]
    tags: list[str]
    scores: list[str]
    segments: list[KnownKey]
    topics: list[KnownKey]
    templates: list[KnownKey]
    endpoints: list[KnownKey]
    senders: list[KnownKey]
    journeys: list[KnownKey]
    records: list[KnownRecord]
    coupon_pools: Annotated[list[str], Field(description="Of which letters draw codes.")]
    sources: Annotated[list[str], Field(description="Whose answers letters show.")]
    chats: Annotated[list[str], Field(description="That a notify node may tell, as chat:NAME.")]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def show() -> Names:
    """List the names that journeys and segments may use: what was seen lately, and what is kept."""
    house = get_house()
    with house.database.reading() as session:
        known = asdict(load_names(session))
    return Names.model_validate(known | {"chats": _list_chats(house.settings.chat)})


def _list_chats(setting: str) -> list[str]:
    try:
        return list(read_chats(setting))
    except BadAddress:
        return []  # a setting that cannot be is told of by what would send
