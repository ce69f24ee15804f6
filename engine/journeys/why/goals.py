"""Which goals an enrollment reached, and by which message (rule 128). Pure."""

from collections.abc import Sequence
from datetime import datetime

from engine.journeys.why.answer import Reached
from engine.journeys.why.case import Case
from engine.journeys.why.words import show_at
from engine.language.say import say
from engine.models.journey import GoalReached
from engine.models.message import Message


def describe_goals(
    case: Case, reached: Sequence[GoalReached], messages: Sequence[Message]
) -> tuple[Reached, ...]:
    """Return the goals in the order in which they were reached."""
    return tuple(_describe(case, one, messages) for one in sorted(reached, key=lambda one: one.at))


def find_cause(messages: Sequence[Message], at: datetime) -> Message | None:
    """Return the last message that had arrived by then; None counts for the enrollment alone.

    Where a provider tells no delivery, the hand-over stands for it. A call is no message to the
    contact.
    """
    arrived = [
        (when, one.id, one)
        for one in messages
        if one.channel != "webhook" and one.bounced_at is None
        if (when := one.delivered_at or one.sent_at) is not None and when <= at
    ]
    return max(arrived, key=lambda each: each[:2])[2] if arrived else None


def _describe(case: Case, row: GoalReached, messages: Sequence[Message]) -> Reached:
    cause = find_cause(messages, row.at)
    worth = "" if row.value is None else say(", worth {value}", value=row.value)
    by = (
        say("before any message")
        if cause is None
        else say("after the {channel} of '{node}'", channel=say(cause.channel), node=cause.node)
    )
    return Reached(
        goal=row.goal,
        at=row.at,
        value=row.value,
        event=row.event_id,
        message=None if cause is None else str(cause.uid),
        sentence=say(
            "The goal '{goal}' was reached on {at}{worth}, {by}.",
            goal=row.goal,
            at=show_at(row.at, case.zone.zone),
            worth=worth,
            by=by,
        ),
    )
