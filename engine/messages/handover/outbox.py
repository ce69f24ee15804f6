"""From intent to row: a message is written before anything leaves, once for each intent."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, exists, select, update
from sqlalchemy.orm import Session, aliased

from engine.db import change_rows, insert_into
from engine.ids import derive_id
from engine.messages.settling import CALL_LIFE
from engine.messages.states import MessageState
from engine.messages.webhooks.calls import know_targets
from engine.messages.webhooks.targets import name_target
from engine.models.journey import JourneyMinute
from engine.models.message import Message
from engine.tasks import Lane, ring

LANES: Final[Mapping[str, Lane]] = {
    "email": Lane.EMAIL,
    "sms": Lane.SMS,
    "push": Lane.PUSH,
    "webhook": Lane.WEBHOOK,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """One intended letter, text or call.

    Attributes:
        data: what the template, or the call, is made with.
        gates: how its journey wants it judged: quiet hours, holdout (see engine.messages.gates.policy).
        waits: the node waits to be told what became of it.
        exits_on_error: the enrollment ends if it fails.
        sender: of a letter: whom its node names.
        resends: what to do where we cannot know whether it left: send again, or ask.
        tried: channels by which its visit has tried before it.
    """

    contact_id: int
    channel: str
    journey_id: int
    version_id: int
    enrollment_id: int
    node: str
    visit: int
    message_class: str = "transactional"
    topic: str | None = None
    template: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    gates: Mapping[str, Any] = field(default_factory=dict)
    waits: bool = False
    exits_on_error: bool = False
    resends: bool = True
    cause_id: int | None = None
    expires_at: datetime | None = None
    tried: tuple[str, ...] = ()
    sender: str | None = None


def intend(session: Session, drafts: Sequence[Draft], *, now: datetime) -> None:
    """Write the messages, due now, and ring for their lanes.

    Repeating it is harmless because a message's uid is derived from (enrollment, node, visit),
    and from the channel where the visit has tried another before.
    """
    if not drafts:
        return
    rows = [_build_row(draft, now) for draft in drafts]
    statement = insert_into(session, Message)
    session.execute(statement.on_conflict_do_nothing(index_elements=[Message.uid]), rows)
    know_targets(session, rows, now=now)
    _count_minute(session, drafts, now=now)
    for channel in {draft.channel for draft in drafts}:
        ring(session, LANES[channel])


def _count_minute(session: Session, drafts: Sequence[Draft], *, now: datetime) -> None:
    """Count what each journey intends in this minute, for the brake on its rate (rule 109)."""
    minute = int(now.timestamp()) // 60
    counts = Counter(draft.journey_id for draft in drafts)
    statement = insert_into(session, JourneyMinute)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[JourneyMinute.journey_id, JourneyMinute.minute],
            set_={"n": JourneyMinute.n + statement.excluded.n},
        ),
        # In one order, so that two workers never wait for each other in a circle.
        [{"journey_id": one, "minute": minute, "n": n} for one, n in sorted(counts.items())],
    )


def _build_row(draft: Draft, now: datetime) -> dict[str, Any]:
    is_call = draft.channel == "webhook"
    intent = draft.enrollment_id, draft.node, draft.visit
    return {
        "uid": derive_id("message", *intent, *([draft.channel] if draft.tried else [])),
        "channel": draft.channel,
        "message_class": draft.message_class,
        "topic": draft.topic,
        "contact_id": draft.contact_id,
        "journey_id": draft.journey_id,
        "version_id": draft.version_id,
        "enrollment_id": draft.enrollment_id,
        "node": draft.node,
        "visit": draft.visit,
        "cause_id": draft.cause_id,
        "template": draft.template,
        "data": {
            "data": dict(draft.data),
            "gates": dict(draft.gates),
            "waits": draft.waits,
            "exits_on_error": draft.exits_on_error,
            "resends": draft.resends,
            **({"sender": draft.sender} if draft.sender else {}),
            **({"tried": list(draft.tried)} if draft.tried else {}),
        },
        "target": name_target(draft.data)[0] if is_call else None,
        "state": MessageState.QUEUED,
        "created_at": now,
        "due_at": now,
        "expires_at": now + CALL_LIFE if is_call else draft.expires_at,
    }


def cancel(session: Session, enrollment_ids: Collection[int], *, reason: str) -> int:
    """Cancel the messages of these enrollments that have not begun to leave (rule 80)."""
    if not enrollment_ids:
        return 0
    return change_rows(
        session,
        update(Message)
        .where(
            Message.enrollment_id.in_(list(enrollment_ids)),
            Message.state.in_((MessageState.QUEUED, MessageState.SENDING)),
            Message.started_at.is_(None),
        )
        .values(state=MessageState.CANCELLED, reason=reason[:40]),
    )


def cancel_journey(session: Session, journey_id: int, *, reason: str) -> int:
    """Cancel every message of a journey that has not begun to leave, whoever's it is."""
    return change_rows(
        session,
        update(Message)
        .where(
            Message.journey_id == journey_id,
            Message.state.in_((MessageState.QUEUED, MessageState.SENDING)),
            Message.started_at.is_(None),
        )
        .values(state=MessageState.CANCELLED, reason=reason[:40]),
    )


def replay(session: Session, message_ids: Collection[int], *, now: datetime) -> int:
    """Queue messages again that failed, were set aside or are uncertain; answer how many.

    Not one after which its node has tried another channel: only one of them is to leave.
    """
    again = (MessageState.FAILED, MessageState.SET_ASIDE, MessageState.UNCERTAIN)
    later = aliased(Message)
    is_passed = exists().where(
        later.enrollment_id == Message.enrollment_id,
        later.node == Message.node,
        later.visit == Message.visit,
        later.direction == "out",
        later.id > Message.id,
    )
    rows = session.execute(
        select(Message.id, Message.channel).where(
            Message.id.in_(list(message_ids)), Message.state.in_(again), ~is_passed
        )
    ).all()
    if rows:
        session.execute(
            update(Message)
            .where(Message.id.in_([row.id for row in rows]), Message.state.in_(again))
            .values(
                state=MessageState.QUEUED,
                due_at=now,
                expires_at=case(
                    (Message.channel == "webhook", now + CALL_LIFE), else_=Message.expires_at
                ),
                attempts=0,
                crashes=0,
                reason=None,
                started_at=None,
                template_version_id=None,  # made anew, by the words in use now
            )
            .execution_options(synchronize_session=False)
        )
    for channel in {row.channel for row in rows}:
        ring(session, LANES[channel])
    return len(rows)
