"""What became of an enrollment's messages, and which gate decided. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from engine.journeys.deciding.states import JourneyState
from engine.journeys.reference.reasons_page import explain_reason
from engine.journeys.why.answer import MessageTold
from engine.journeys.why.case import Case
from engine.journeys.why.words import show_at
from engine.language.say import say
from engine.messages.gates.policy import Defer, Skip
from engine.messages.settling import say_details
from engine.messages.states import (
    OPEN,
    CancelReason,
    DoubtReason,
    FailReason,
    MessageState,
    SkipReason,
    read_marks,
)
from engine.models.message import Message

_LISTS: Final[Mapping[MessageState, tuple[type[StrEnum], ...]]] = {
    MessageState.SKIPPED: (SkipReason,),
    MessageState.CANCELLED: (CancelReason, SkipReason),
    MessageState.FAILED: (FailReason,),
    MessageState.SET_ASIDE: (FailReason,),
    MessageState.UNCERTAIN: (DoubtReason,),
}

_DETAILED: Final = frozenset({SkipReason.CAPPED, SkipReason.EXPIRED})
"""Reasons of a skip that name what they rest on."""


def describe_letters(case: Case, messages: Sequence[Message]) -> tuple[MessageTold, ...]:
    """Return the messages in the order in which they were intended."""
    return tuple(_describe(case, one) for one in messages)


def _describe(case: Case, row: Message) -> MessageTold:
    state = MessageState(row.state)
    number = None if row.template_version_id is None else case.numbers.get(row.template_version_id)
    return MessageTold(
        id=str(row.uid),
        node=row.node or "",
        visit=row.visit,
        channel=row.channel,
        template=row.template,
        template_version=number,
        state=state.name.lower(),
        reason=row.reason,
        details=say_details(row.reason, row.details),
        created_at=row.created_at,
        due_at=row.due_at if state in OPEN else None,
        sent_at=row.sent_at,
        delivered_at=row.delivered_at,
        opened_at=row.opened_at,
        clicked_at=row.clicked_at,
        bounced_at=row.bounced_at,
        sentence=say(
            "The {channel} of '{node}' {became}.",
            channel=say(row.channel),
            node=row.node,
            became=_tell(case, row, state),
        ),
    )


def _tell(case: Case, row: Message, state: MessageState) -> str:
    zone = case.zone.zone
    words = explain_reason(row.reason, *_LISTS.get(state, ()))
    why = f": {row.reason}, {words}" if words else f": {row.reason}"
    if row.reason in _DETAILED and row.details:
        why += f" ({say_details(row.reason, row.details)})"
    match state:
        case MessageState.SENT:
            at = (
                ""
                if row.sent_at is None
                else say(" on {sent_at}", sent_at=show_at(row.sent_at, zone))
            )
            return say("was handed over{at}{marks}", at=at, marks=_tell_marks(row))
        case MessageState.SKIPPED:
            return say("was skipped{why}", why=why)
        case MessageState.CANCELLED:
            return say("was cancelled{why}", why=why)
        case MessageState.FAILED:
            said = f" ({row.details})" if row.details else ""
            return say("failed{why}{said}", why=why, said=said)
        case MessageState.UNCERTAIN:
            return say("may have left, and nobody can know{why}", why=why)
        case MessageState.SET_ASIDE:
            return say("is set aside{why}", why=why)
        case MessageState.SENDING:
            return say("is being handed over")
        case _:
            return _tell_waiting(case, row)


def _tell_marks(row: Message) -> str:
    found = [say(mark) for mark in read_marks(row)]
    return f"; {', '.join(found)}" if found else ""


def _tell_waiting(case: Case, row: Message) -> str:
    """Return what a queued message waits for, as the gates say now."""
    if case.journey.state == JourneyState.PAUSED:
        return say("waits, since the journey is paused")
    match case.verdicts.get(row.id):
        case Defer(until, SkipReason.CAPPED, by):
            return say(
                "is held by the sending limit '{limit}' until {until}",
                limit=by,
                until=show_at(until, case.zone.zone),
            )
        case Defer(until):
            return say("is held by quiet hours until {until}", until=show_at(until, case.zone.zone))
        case Skip(reason):
            return say(
                "will be skipped: {reason}, {words}",
                reason=reason,
                words=explain_reason(reason, SkipReason),
            )
        case _ if row.due_at > case.now:
            again = say(", for the try number {n}", n=row.attempts + 1) if row.attempts else ""
            return say(
                "waits until {due_at}{again}",
                due_at=show_at(row.due_at, case.zone.zone),
                again=again,
            )
        case _:
            return say("is due, and leaves as soon as a worker looks")
