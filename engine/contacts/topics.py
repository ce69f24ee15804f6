"""Topics as people keep them: listed, made, changed, put away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import check_revision, insert_into
from engine.errors import Conflict, NotFound
from engine.language.say import say
from engine.models.contact import Topic

OptIn = Literal["explicit", "double", "implied"]


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """What a topic is to be.

    Attributes:
        opt_in: explicit: only who said yes gets it; double: and confirmed it by a letter; implied:
            who did not say no.
        is_archived: nobody is offered it; journeys that name it go on.
        is_public: people see it on their own page of choices.
        sender: registered: from whom its letters come; None: from the instance's own.
    """

    key: str
    name: str
    description: str
    opt_in: OptIn
    is_archived: bool = False
    is_public: bool = True
    sender: str | None = None


def list_topics(session: Session) -> Sequence[Topic]:
    """Return all topics by key, those too that are put away."""
    return session.scalars(select(Topic).order_by(Topic.key)).all()


def make_topic(session: Session, draft: TopicDraft, *, now: datetime) -> Topic:
    """Keep a new topic.

    Raises:
        Conflict: a topic has this key.
    """
    statement = insert_into(session, Topic).values(
        key=draft.key,
        name=draft.name,
        description=draft.description,
        opt_in=draft.opt_in,
        is_public=draft.is_public,
        sender=draft.sender,
        revision=1,
        created_at=now,
        archived_at=now if draft.is_archived else None,
    )
    if session.scalar(statement.on_conflict_do_nothing().returning(Topic.key)) is None:
        raise Conflict(say("there is a topic {key!r} already", key=draft.key))
    return session.get_one(Topic, draft.key)


def change_topic(session: Session, draft: TopicDraft, *, revision: int, now: datetime) -> Topic:
    """Change a topic; what contacts chose stays as they chose it.

    Raises:
        NotFound: there is none of this key.
        LostUpdate: somebody else changed it meanwhile.
    """
    topic = session.get(Topic, draft.key, with_for_update={"key_share": True})
    if topic is None:
        raise NotFound(say("there is no topic {key!r}", key=draft.key))
    check_revision(topic.revision, edited=revision)
    topic.name, topic.description, topic.opt_in = draft.name, draft.description, draft.opt_in
    topic.is_public, topic.sender = draft.is_public, draft.sender
    topic.archived_at = (topic.archived_at or now) if draft.is_archived else None
    topic.revision += 1
    session.flush()
    return topic
