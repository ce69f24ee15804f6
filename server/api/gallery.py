"""The gallery over HTTP: what there is to start from, and starting from it."""

from typing import Annotated, Any, Final

import orjson
from flask import Blueprint, Response
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.journeys.definition.journey import Journey, dump_journey
from engine.journeys.why.words import show_trigger
from server.api.journeys import Shown, read_document, write_journey
from server.api.recording import record
from server.applying import begin_draft
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.gallery import get_starting_point, load_gallery
from server.wiring import get_house

blueprint = Blueprint("gallery", __name__, url_prefix="/api/v1/gallery")
CREATED: Final = 201


class Point(Answer):
    """A journey to start from.

    Attributes:
        trigger: what lets in, in words.
        steps: how many nodes it has.
    """

    key: str
    name: str
    description: str
    trigger: str
    steps: int
    document: dict[str, Any]


class Gallery(Answer):
    """All of them, in the order in which they are shown."""

    journeys: list[Point]


class Use(Given):
    """What the new journey is called; absent: as in the gallery."""

    key: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    name: Annotated[str | None, Field(min_length=1, max_length=120)] = None


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="gallery")
def show_all() -> Gallery:
    """List the journeys to start from, each with its document."""
    return Gallery(journeys=[_describe(each.journey) for each in load_gallery().values()])


@blueprint.post("/<key>/use")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="gallery", status=CREATED, answers=Shown)
def use(key: str, body: Use) -> Response:
    """Make a draft of one, and the templates, topics, segments and endpoints that it lacks.

    What is there already stays as it is, and nothing is published. A key that a journey has is
    refused (409).
    """
    house, point = get_house(), get_starting_point(key)
    changed = {"key": body.key or key, "name": body.name or point.journey.name}
    journey = read_document(_write_document(point.journey) | changed)
    with house.database.transaction() as session:
        row = begin_draft(session, journey, point.named, by=get_actor().name, now=house.clock.now())
        record(session, "journey.begun", row.key, {"gallery": key})
        return write_journey(session, row, None, status=CREATED)


def _describe(journey: Journey) -> Point:
    return Point(
        key=journey.key,
        name=journey.name,
        description=journey.description or "",
        trigger=show_trigger(journey.trigger),
        steps=len(journey.nodes),
        document=_write_document(journey),
    )


def _write_document(journey: Journey) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(dump_journey(journey))
    return document
