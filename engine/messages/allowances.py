"""What contacts may still get, read and reserved as rows (rule 87).

Whoever reserves holds the contact's row: reading what counts and adding to it is one step.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.orm import Session

from engine.db import change_rows, insert_into
from engine.document.durations import parse_elapsed
from engine.messages.limits import (
    LETTERS,
    LONGEST_WINDOW,
    Allowances,
    Bid,
    Limit,
    Policy,
    Use,
    Window,
    read_bid_gates,
)
from engine.messages.states import MessageState
from engine.models.limit import SendingLimit, SendingUse
from engine.models.message import Message
from engine.when.zones import get_zone

PATIENCE: Final = timedelta(hours=1)
"""So long after it came due others let a better message go first; then nobody serves its lane."""
_KEPT: Final = LONGEST_WINDOW + timedelta(days=1)

_USES: Final = (
    select(
        SendingUse.contact_id,
        SendingUse.message_id,
        SendingUse.channel,
        SendingUse.topic,
        SendingUse.is_transactional,
        SendingUse.at,
    )
    .where(
        SendingUse.contact_id.in_(bindparam("contacts", expanding=True)),
        SendingUse.at > bindparam("since"),
    )
    .order_by(SendingUse.at)
)
_PRIORITY: Final = Message.data["gates"]["priority"].as_string()
_RIVALS: Final = select(
    Message.id,
    Message.contact_id,
    Message.channel,
    Message.message_class,
    Message.topic,
    Message.created_at,
    Message.journey_id,
    _PRIORITY.label("priority"),
).where(
    Message.contact_id.in_(bindparam("contacts", expanding=True)),
    Message.id.not_in(bindparam("ids", expanding=True)),
    Message.direction == "out",
    Message.message_class == "marketing",
    Message.channel.in_(sorted(LETTERS)),
    Message.started_at.is_(None),
    Message.due_at > bindparam("patience"),
    or_(
        Message.state == MessageState.SENDING,
        (Message.state == MessageState.QUEUED) & (Message.due_at <= bindparam("now")),
    ),
)


def load_limits(session: Session) -> tuple[Limit, ...]:
    """Return the limits that limit anything, by key."""
    rows = session.scalars(
        select(SendingLimit).where(SendingLimit.most.is_not(None)).order_by(SendingLimit.key)
    )
    return tuple(read_limit(row) for row in rows)


def read_limit(row: SendingLimit) -> Limit:
    """Return a row's limit; its count must not be null."""
    is_calendar = row.window in ("day", "week")
    return Limit(
        key=row.key,
        most=cast(int, row.most),
        window=cast(Window, row.window) if is_calendar else parse_elapsed(row.window),
        policy=cast(Policy, row.policy),
        hold_for=None if row.hold_for is None else parse_elapsed(row.hold_for),
        channel=row.channel,
        topic=row.topic,
        counts_transactional=row.counts_transactional,
    )


def load_allowances(
    session: Session,
    limits: Sequence[Limit],
    bids: Iterable[Bid],
    *,
    now: datetime,
    is_kept_back: Callable[[Bid], bool] | None = None,
) -> Allowances:
    """Return what the contacts of these messages may still get. Without limits nothing is asked.

    Args:
        is_kept_back: whether a message stays where it is, so that it competes with nobody; None:
            do not ask who else competes.
    """
    asked = [bid for bid in bids if bid.is_marketing]
    if not limits or not asked:
        return Allowances(limits)
    contacts = sorted({bid.contact_id for bid in asked})
    uses = load_uses(session, contacts, now=now)
    if is_kept_back is None:
        return Allowances(limits, uses)
    return Allowances(limits, uses, _load_rivals(session, asked, contacts, is_kept_back, now))


def load_uses(
    session: Session, contact_ids: Sequence[int], *, now: datetime
) -> dict[int, list[Use]]:
    """Return what counts of these contacts, by contact, oldest first."""
    uses: dict[int, list[Use]] = defaultdict(list)
    for row in session.execute(_USES, {"contacts": contact_ids, "since": now - _KEPT}):
        use = Use(row.message_id, row.channel, row.topic, row.is_transactional, row.at)
        uses[row.contact_id].append(use)
    return uses


def _load_rivals(
    session: Session,
    asked: Sequence[Bid],
    contacts: Sequence[int],
    is_kept_back: Callable[[Bid], bool],
    now: datetime,
) -> dict[int, list[Bid]]:
    """Return what else is due to these contacts. Their zones do not matter here."""
    given = {
        "contacts": contacts,
        "ids": [bid.id for bid in asked],
        "now": now,
        "patience": now - PATIENCE,
    }
    rivals: dict[int, list[Bid]] = defaultdict(list)
    for row in session.execute(_RIVALS, given):
        rival = Bid(
            id=row.id,
            contact_id=row.contact_id,
            channel=row.channel,
            message_class=row.message_class,
            topic=row.topic,
            came_due=row.created_at,
            zone=get_zone("UTC"),
            rank=read_bid_gates({"priority": row.priority})["rank"],
            journey_id=row.journey_id,
        )
        if not is_kept_back(rival):
            rivals[row.contact_id].append(rival)
    return rivals


def reserve(session: Session, allowances: Allowances) -> None:
    """Write down what is about to leave. Tried again, a message counts once, from then on."""
    rows: list[dict[str, Any]] = [
        {
            "message_id": bid.id,
            "contact_id": bid.contact_id,
            "channel": use.channel,
            "topic": use.topic,
            "is_transactional": use.is_transactional,
            "at": use.at,
        }
        for bid, use in allowances.taken
    ]
    if not rows:
        return
    statement = insert_into(session, SendingUse)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[SendingUse.message_id],
            set_={"at": statement.excluded.at, "contact_id": statement.excluded.contact_id},
        ),
        rows,
    )


def release(session: Session, message_ids: Collection[int]) -> None:
    """Let messages that did not leave count no more."""
    if message_ids:
        change_rows(session, delete(SendingUse).where(SendingUse.message_id.in_(list(message_ids))))


def prune(session: Session, *, now: datetime) -> int:
    """Forget what no window reaches back to; answer how much."""
    return change_rows(session, delete(SendingUse).where(SendingUse.at < now - _KEPT))
