"""What holds of messages: intended once, stopped with their enrollment, refused for a no."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from engine.invariants.named import Invariant, Question
from engine.models.contact import ConsentProof, Contact
from engine.models.journey import Enrollment, Journey
from engine.models.message import Message

# The numbers of a higher room: engine.messages.states.
_OPEN: Final = (0, 1)
_SENDING: Final = 1
_SENT: Final = 2
_MAY_LEAVE: Final = (0, 1, 2, 6)


def _left_is_silent(since: int) -> Question:
    untouched = (
        Message.attempts == 0,
        Message.crashes == 0,
        Message.provider.is_(None),
        Message.details.is_(None),
    )
    return (
        select(Message.id.label("message_id"), Message.enrollment_id, Message.node)
        .join(Enrollment, Enrollment.id == Message.enrollment_id)
        .where(
            Enrollment.id > since,
            Enrollment.is_recalled,
            Message.state.in_(_OPEN),
            Message.started_at.is_(None),
            *untouched,
        )
    )


def _message_once(since: int) -> Question:
    # By each channel: a node may try several, one after another.
    visit = Message.enrollment_id, Message.node, Message.visit, Message.channel
    return (
        select(*visit, func.count().label("messages"))
        .where(Message.enrollment_id > since, Message.direction == "out")
        .group_by(*visit)
        .having(func.count() > 1)
    )


def _message_leaves_once(since: int) -> Question:
    visit = Message.enrollment_id, Message.node, Message.visit
    return (
        select(*visit, func.count().label("messages"))
        .where(
            Message.enrollment_id > since,
            Message.direction == "out",
            Message.state.in_(_MAY_LEAVE),
        )
        .group_by(*visit)
        .having(func.count() > 1)
    )


def _message_has_enrollment(since: int) -> Question:
    return (
        select(Message.id.label("message_id"), Message.enrollment_id)
        .join(Journey, Journey.id == Message.journey_id)
        .join(Enrollment, Enrollment.id == Message.enrollment_id, isouter=True)
        .where(Message.enrollment_id > since, Enrollment.id.is_(None))
    )


def _message_says_when(since: int) -> Question:
    return select(Message.id.label("message_id"), Message.state).where(
        Message.enrollment_id > since,
        or_(
            and_(Message.state == _SENT, or_(Message.sent_at.is_(None), Message.attempts < 1)),
            and_(Message.state != _SENT, Message.sent_at.is_not(None)),
            and_(Message.state == _SENDING, Message.lease_owner.is_(None)),
        ),
    )


def _unsubscribed_means_now(since: int) -> Question:
    said, later, lost = aliased(ConsentProof), aliased(ConsentProof), aliased(Contact)
    same = (
        later.contact_id == said.contact_id,
        later.topic == said.topic,
        later.channel == said.channel,
    )
    return (
        select(Message.id.label("message_id"), said.id.label("proof_id"))
        .join(
            said,
            and_(
                said.contact_id == Message.contact_id,
                said.topic == Message.topic,
                said.channel == Message.channel,
            ),
        )
        .where(
            Message.enrollment_id > since,
            Message.state == _SENT,
            Message.message_class == "marketing",
            said.choice == "unsubscribed",
            said.recorded_at < Message.started_at,
            # A yes that stood by then, or that was said later than the no, lets it go.
            ~exists().where(
                *same,
                later.choice == "subscribed",
                later.recorded_at <= Message.started_at,
                later.occurred_at >= said.occurred_at,
            ),
            # What the other one of two joined contacts said may have come after it.
            ~exists().where(lost.merged_into == Message.contact_id),
        )
    )


MESSAGES: Final[Sequence[Invariant]] = (
    Invariant(
        "left_is_silent",
        "Of an enrollment that an exit took out no message waits that has not begun to leave.",
        _left_is_silent,
    ),
    Invariant(
        "message_once",
        "A visit of a node intends one message at most by each channel.",
        _message_once,
    ),
    Invariant(
        "message_leaves_once",
        "Of the messages of a visit at most one has left or may still.",
        _message_leaves_once,
    ),
    Invariant(
        "message_has_enrollment",
        "The enrollment that a message is of exists, as long as its journey does.",
        _message_has_enrollment,
    ),
    Invariant(
        "message_says_when",
        "A message that was sent says when and was tried; one being handed over has an owner.",
        _message_says_when,
    ),
    Invariant(
        "unsubscribed_means_now",
        "No marketing message left that began to leave after its contact's no was recorded.",
        _unsubscribed_means_now,
    ),
)
