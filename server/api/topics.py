"""Topics: kinds of message that contacts choose or refuse."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.contacts import topics
from engine.contacts.topics import TopicDraft
from engine.errors import Invalid
from engine.journeys.publishing.usage import list_uses
from engine.language.say import say
from engine.messages.senders.from_whom import check_named
from engine.models.contact import Topic
from server.api.recording import record
from server.api.templates import KEY, UseShown
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

LONGEST_KEY = 64

blueprint = Blueprint("topics", __name__, url_prefix="/api/v1/topics")


class TopicShown(Answer):
    """A topic.

    `explicit`: only who said yes gets it; `double`: and confirmed it by a letter; `implied`: who did
    not say no. `public`: people see it on their own page of choices. `sender`: a registered one, from
    whom its letters come. Once it is archived nobody
    is offered it; journeys that name it go on.
    """

    key: str
    name: str
    description: str
    opt_in: Literal["explicit", "double", "implied"]
    public: bool
    sender: str | None
    revision: int
    created_at: datetime
    archived_at: datetime | None
    used_by: list[UseShown]


class TopicsShown(Answer):
    """All of them, by key."""

    items: list[TopicShown]


class SaveTopic(Given):
    """What a topic is to be; `revision` is the one that was edited, 0: there is none yet."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    description: Annotated[str, Field(max_length=500)] = ""
    opt_in: Literal["explicit", "double", "implied"]
    archived: bool = False
    public: bool = True
    sender: Annotated[str | None, Field(max_length=64)] = None
    revision: Annotated[int, Field(ge=0)]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="settings")
def show_all() -> TopicsShown:
    """List all topics, those too that are put away, each with the journeys that name it."""
    with get_house().database.reading() as session:
        return TopicsShown(items=_describe(session, topics.list_topics(session)))


@blueprint.put("/<key>")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def save(key: str, body: SaveTopic) -> TopicShown:
    """Keep a topic. If somebody else changed it meanwhile, nothing is saved (409)."""
    if not KEY.match(key) or len(key) > LONGEST_KEY:
        raise Invalid(say("{key!r} is no key: a to z, digits, - and _, from a letter", key=key))
    house = get_house()
    draft = TopicDraft(
        key,
        body.name,
        body.description,
        body.opt_in,
        is_archived=body.archived,
        is_public=body.public,
        sender=body.sender,
    )
    with house.database.transaction() as session:
        check_named(session, body.sender)
        if body.revision == 0:
            topic = topics.make_topic(session, draft, now=house.clock.now())
        else:
            topic = topics.change_topic(
                session, draft, revision=body.revision, now=house.clock.now()
            )
        said = {"opt_in": topic.opt_in, "archived": body.archived}
        record(session, "topic.saved", f"{key} r{topic.revision}", said)
        return _describe(session, [topic])[0]


def _describe(session: Session, rows: Sequence[Topic]) -> list[TopicShown]:
    uses = list_uses(session, "topic")
    return [
        TopicShown.model_validate(
            {
                "key": row.key,
                "name": row.name,
                "description": row.description,
                "opt_in": row.opt_in,
                "public": row.is_public,
                "sender": row.sender,
                "revision": row.revision,
                "created_at": row.created_at,
                "archived_at": row.archived_at,
                "used_by": [UseShown(**asdict(use)) for use in uses.get(row.key, [])],
            }
        )
        for row in rows
    ]
