"""Sending limits as people keep them: listed, made, changed, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.db import change_rows, check_revision, insert_into
from engine.document.durations import parse_elapsed
from engine.errors import Conflict, Invalid, NotFound
from engine.language.say import say
from engine.messages.gates.limits import LETTERS, LONGEST_HOLD, LONGEST_WINDOW
from engine.messages.handover.outbox import LANES
from engine.messages.states import MessageState
from engine.models.contact import Topic
from engine.models.limit import SendingLimit
from engine.models.message import Message
from engine.tasks import ring

MOST_LIMITS = 50
"""An instance has at most so many: each is looked at for every message."""


@dataclass(frozen=True, slots=True)
class LimitDraft:
    """What a sending limit is to be; see `engine.messages.gates.limits.Limit`.

    Attributes:
        most: None: no limit, as if there were none; 0: never.
        window: day, week, or an exact duration, ISO 8601.
        hold_for: with policy hold; None: until it may leave, at most seven days.
    """

    key: str
    name: str
    most: int | None
    window: str
    policy: Literal["skip", "hold"] = "skip"
    hold_for: str | None = None
    channel: str | None = None
    topic: str | None = None
    counts_transactional: bool = False


def list_limits(session: Session) -> Sequence[SendingLimit]:
    """Return all limits, by key."""
    return session.scalars(select(SendingLimit).order_by(SendingLimit.key)).all()


def make_limit(session: Session, draft: LimitDraft, *, now: datetime) -> SendingLimit:
    """Keep a new limit.

    Raises:
        Conflict: a limit has this key, or there are too many.
        Invalid: it makes no sense.
    """
    _check(session, draft)
    if len(list_limits(session)) >= MOST_LIMITS:
        raise Conflict(say("there are {most} sending limits already", most=MOST_LIMITS))
    statement = insert_into(session, SendingLimit).values(
        key=draft.key, revision=1, created_at=now, **_list_values(draft)
    )
    made = session.scalar(statement.on_conflict_do_nothing().returning(SendingLimit.id))
    if made is None:
        raise Conflict(say("there is a sending limit {key!r} already", key=draft.key))
    _look_again(session, now=now)
    return session.get_one(SendingLimit, made)


def change_limit(
    session: Session, draft: LimitDraft, *, revision: int, now: datetime
) -> SendingLimit:
    """Change a limit; what it holds is looked at again at once.

    Raises:
        NotFound: there is none of this key.
        LostUpdate: somebody else changed it meanwhile.
        Invalid: it makes no sense.
    """
    _check(session, draft)
    limit = _find(session, draft.key)
    check_revision(limit.revision, edited=revision)
    for name, value in _list_values(draft).items():
        setattr(limit, name, value)
    limit.revision += 1
    session.flush()
    _look_again(session, now=now)
    return limit


def delete_limit(session: Session, key: str, *, now: datetime) -> None:
    """Take a limit away; what it holds is looked at again at once.

    Raises:
        NotFound: there is none of this key.
    """
    limit = _find(session, key)
    change_rows(session, delete(SendingLimit).where(SendingLimit.id == limit.id))
    _look_again(session, now=now)


def _find(session: Session, key: str) -> SendingLimit:
    limit = session.scalar(
        select(SendingLimit).where(SendingLimit.key == key).with_for_update(key_share=True)
    )
    if limit is None:
        raise NotFound(say("there is no sending limit {key!r}", key=key))
    return limit


def _list_values(draft: LimitDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "channel": draft.channel,
        "topic": draft.topic,
        "most": draft.most,
        "window": draft.window,
        "policy": draft.policy,
        "hold_for": draft.hold_for,
        "counts_transactional": draft.counts_transactional,
    }


def _check(session: Session, draft: LimitDraft) -> None:
    if draft.window not in ("day", "week"):
        _check_length(draft.window, LONGEST_WINDOW, say("a window is at most 90 days long"))
    if draft.hold_for is not None:
        if draft.policy != "hold":
            raise Invalid(say("'hold_for' is for messages that are held"))
        longest = say("a message is held by a sending limit for at most 7 days")
        _check_length(draft.hold_for, LONGEST_HOLD, longest)
    if draft.topic is not None and session.get(Topic, draft.topic) is None:
        raise Invalid(say("there is no topic {key!r}", key=draft.topic))


def _check_length(text: str, longest: timedelta, words: str) -> None:
    try:
        length = parse_elapsed(text)
    except ValueError as error:
        raise Invalid(say("{text!r} is no duration such as PT24H or P7D", text=text)) from error
    if length > longest:
        raise Invalid(words)
    if length <= timedelta(0):
        raise Invalid(say("a duration of nothing limits nothing"))


def _look_again(session: Session, *, now: datetime) -> None:
    """Let everything that limits hold be judged by the limits as they are now."""
    woken = change_rows(
        session,
        update(Message)
        .where(
            Message.channel.in_(sorted(LETTERS)),
            Message.state == MessageState.QUEUED,
            Message.due_at > now,
            Message.data["held"]["until"].as_string().is_not(None),
        )
        .values(due_at=now),
    )
    if woken:
        for channel in sorted(LETTERS):
            ring(session, LANES[channel])
