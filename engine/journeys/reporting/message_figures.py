"""What became of the messages of versions: by node, by fate, and of those that failed by reason."""

from collections.abc import Collection, Mapping
from typing import Any, Final, TypedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.journeys.running.tallies import Days
from engine.messages.states import MessageState
from engine.messages.texts.costs import CostFigures, Price, sum_costs
from engine.models.message import Message
from engine.rules.conditions import MESSAGE_MARKS

FATES: Final[Mapping[MessageState, str]] = {
    MessageState.QUEUED: "queued",
    MessageState.SENDING: "queued",
    MessageState.SENT: "sent",
    MessageState.SKIPPED: "skipped",
    MessageState.CANCELLED: "cancelled",
    MessageState.FAILED: "failed",
    MessageState.SET_ASIDE: "failed",
    MessageState.UNCERTAIN: "uncertain",
}
"""What each state is to who reads a report."""
WITH_REASONS: Final = ("skipped", "cancelled", "failed", "uncertain")
MARKS: Final = tuple(mark for mark in MESSAGE_MARKS if mark != "sent")
"""What providers, and contacts, tell of a message afterwards; the instant is a column of it."""

TEXT: Final = "sms"


class ChannelFigures(TypedDict):
    """What became of a node's messages by one channel."""

    sent: int
    skipped: int
    failed: int


_NONE: Final = ChannelFigures(sent=0, skipped=0, failed=0)


class MessageFigures(TypedDict):
    """What became of a node's messages.

    Attributes:
        queued: to be handed over.
        delivered: that a provider said so of, as of all that follow.
        opened, clicked: messages, once each.
        channel: of the first of them.
        channels: by channel, how many were sent, skipped and failed, where there are several.
        costs: of its texts; None: it sent none.
        reasons: why, by fate and reason, of what was skipped, cancelled, failed or is uncertain.
    """

    channel: str
    queued: int
    sent: int
    delivered: int
    opened: int
    clicked: int
    bounced: int
    replied: int
    skipped: int
    cancelled: int
    failed: int
    uncertain: int
    reasons: dict[str, dict[str, int]]
    channels: dict[str, ChannelFigures]
    costs: CostFigures | None


def count_messages(
    session: Session,
    version_ids: Collection[int],
    days: Days | None = None,
    price: Price | None = None,
) -> dict[str, MessageFigures]:
    """Return what became of the messages of these versions, by node; all, or of these days.

    A message counts on the day on which it was intended, whatever became of it later. Costs are
    asked for only where texts were sent.

    Args:
        session: for reading.
        version_ids: of the versions.
        days: None: all of them.
        price: of a part of a text, where its provider told none.
    """
    bounds = None if days is None else days.bound()
    marks = [func.count(getattr(Message, f"{mark}_at")).label(mark) for mark in MARKS]
    asked = (
        select(Message.node, Message.channel, Message.state, Message.reason, func.count(), *marks)
        .where(Message.version_id.in_(list(version_ids)))
        .group_by(Message.node, Message.channel, Message.state, Message.reason)
    )
    if bounds is not None:
        asked = asked.where(Message.created_at >= bounds[0], Message.created_at < bounds[1])
    found: dict[str, Any] = {}
    for node, channel, state, reason, n, *marked in session.execute(asked):
        figures = found.setdefault(node or "", _begin(channel))
        fate = FATES[MessageState(state)]
        figures[fate] += n
        by_channel = figures["channels"].setdefault(channel, _NONE.copy())
        if fate in by_channel:
            by_channel[fate] += n
        for mark, count in zip(MARKS, marked, strict=True):
            figures[mark] += count
        if fate in WITH_REASONS:
            reasons = figures["reasons"].setdefault(fate, {})
            reasons[reason or ""] = reasons.get(reason or "", 0) + n
    texting = [node for node, figures in found.items() if TEXT in figures["channels"]]
    if texting:
        for node, costs in sum_costs(session, version_ids, texting, price, bounds).items():
            found[node]["costs"] = costs
    return found


def _begin(channel: str) -> MessageFigures:
    return MessageFigures(
        channel=channel,
        queued=0,
        sent=0,
        delivered=0,
        opened=0,
        clicked=0,
        bounced=0,
        replied=0,
        skipped=0,
        cancelled=0,
        failed=0,
        uncertain=0,
        reasons={},
        channels={},
        costs=None,
    )
