"""Judging opens and clicks once what comes with them is in, and telling what humans did.

Machines and what nobody can tell stay rows: they are shown with the letter, and move nobody.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from engine.bulk import change_many
from engine.db import change_rows, lock_contacts
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import EMAIL_CLICKED, EMAIL_OPENED, PUSH_CLICKED
from engine.messages.consent.unsubscribe import follow_merges
from engine.messages.tracking.following import LinkBook, find_target
from engine.messages.tracking.touches import (
    COMPANY,
    CROWD,
    Hint,
    Judged,
    MadeBy,
    Seen,
    find_crowded,
    judge,
)
from engine.models.message import Message
from engine.models.touch import MessageLinks, Touch

KEPT: Final = timedelta(days=180)
"""How long the rows of opens and clicks are kept."""
MOST: Final = 500
"""So many touches of a letter are looked at, on average of those judged together."""
MOST_TOGETHER: Final = 10_000
PRUNED: Final = 20_000

_DUE: Final = (
    select(Touch.message_id, Message.contact_id)
    .join(Message, Message.id == Touch.message_id)
    .where(Touch.due_at <= bindparam("now"))
    .order_by(Touch.due_at)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What telling of a letter needs."""

    row: Message
    targets: Mapping[str, str] | None


def judge_due(session: Session, book: LinkBook, *, now: datetime, limit: int) -> int:
    """Judge up to `limit` touches that are due; answer how many there were.

    What humans did is noted at the message, and becomes events that journeys may wait for.
    """
    due = session.execute(_DUE, {"now": now, "most": limit}).all()
    if not due:
        return 0
    lock_contacts(session, {row.contact_id for row in due})
    waiting = {
        row.id: row
        for row in session.scalars(
            select(Touch)
            .where(
                Touch.message_id.in_({row.message_id for row in due}),
                Touch.due_at.is_not(None),
                Touch.due_at <= now,
            )
            .order_by(Touch.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    }
    if not waiting:
        return 0
    letters = _load_letters(session, {row.message_id for row in waiting.values()})
    judged = _judge(session, list(waiting.values()), letters)
    _write(session, judged)
    humans = [waiting[id_] for id_, verdict in judged.items() if verdict.made_by is MadeBy.HUMAN]
    _tell(session, humans, letters, book, now=now)
    return len(waiting)


def prune(session: Session, *, now: datetime) -> None:
    """Forget the rows of opens and clicks of long ago; what they led to stays."""
    old = select(Touch.id).where(Touch.at < now - KEPT).order_by(Touch.at).limit(PRUNED)
    change_rows(session, delete(Touch).where(Touch.id.in_(old)))


def _load_letters(session: Session, ids: set[int]) -> dict[int, _Letter]:
    rows = session.execute(
        select(Message, MessageLinks.targets)
        .join(MessageLinks, MessageLinks.message_id == Message.id, isouter=True)
        .where(Message.id.in_(ids))
    )
    return {row.id: _Letter(row, targets) for row, targets in rows}


def _judge(
    session: Session, waiting: Sequence[Touch], letters: Mapping[int, _Letter]
) -> dict[int, Judged]:
    first = min(row.at for row in waiting)
    last = max(row.at for row in waiting)
    around = session.scalars(
        select(Touch)
        .where(
            Touch.message_id.in_(letters),
            Touch.at >= first - COMPANY,
            Touch.at <= last + COMPANY,
        )
        .order_by(Touch.at.desc())
        .limit(min(MOST * len(letters), MOST_TOGETHER))
    ).all()
    by_letter: dict[int, list[Seen]] = defaultdict(list)
    for row in {one.id: one for one in (*around, *waiting)}.values():
        by_letter[row.message_id].append(_see(row))
    crowded = _find_crowded(session, waiting, first, last)
    verdicts: dict[int, Judged] = {}
    for message_id, touches in by_letter.items():
        letter = letters[message_id].row
        # No machine follows a push ahead of its reader, who may do so in the second it comes.
        left_at = None if letter.channel == "push" else letter.sent_at or letter.started_at
        verdicts |= judge(touches, left_at=left_at, crowded=crowded)
    return {row.id: verdicts[row.id] for row in waiting}


def _find_crowded(
    session: Session, waiting: Sequence[Touch], first: datetime, last: datetime
) -> set[int]:
    within, _ = CROWD
    networks = {row.network for row in waiting if row.network}
    rows = session.execute(
        select(Touch.id, Touch.message_id, Touch.at, Touch.network)
        .where(Touch.at >= first - within, Touch.at <= last + within, Touch.network.in_(networks))
        .order_by(Touch.at.desc())
        .limit(MOST_TOGETHER)
    )
    return find_crowded(
        Seen(row.id, "click", row.message_id, None, row.at, "", row.network) for row in rows
    )


def _see(row: Touch) -> Seen:
    hints = Hint(row.hints)
    return Seen(row.id, row.kind, row.message_id, row.link, row.at, row.agent, row.network, hints)


def _write(session: Session, judged: Mapping[int, Judged]) -> None:
    change_many(
        session,
        Touch,
        [
            {"id": id_, "due_at": None, "made_by": one.made_by.value, "why": _name(one)}
            for id_, one in sorted(judged.items())
        ],
    )


def _name(one: Judged) -> str | None:
    return None if one.why is None else one.why.value


def _tell(
    session: Session,
    humans: Sequence[Touch],
    letters: Mapping[int, _Letter],
    book: LinkBook,
    *,
    now: datetime,
) -> None:
    """Note what humans did at their messages, and record it as events of whoever they are now."""
    events: list[OwnEvent] = []
    firsts: dict[tuple[int, str], datetime] = {}
    readers: dict[int, int | None] = {}
    for touch in humans:
        letter = letters[touch.message_id]
        key = touch.message_id, touch.kind
        firsts[key] = min(firsts.get(key, touch.at), touch.at)
        given = letter.row.contact_id
        if given not in readers:
            readers[given] = follow_merges(session, given)
        reader = readers[given]
        if reader is not None:
            events.append(_build_event(session, touch, letter, reader, book))
    for (message_id, kind), at in sorted(firsts.items()):
        column = Message.opened_at if kind == "open" else Message.clicked_at
        session.execute(
            update(Message)
            .where(Message.id == message_id, column.is_(None) | (column > at))
            .values({column: at})
            .execution_options(synchronize_session=False)
        )
    append_own(session, events, now=now)


def _build_event(
    session: Session, touch: Touch, letter: _Letter, reader: int, book: LinkBook
) -> OwnEvent:
    message = letter.row
    hour = int(touch.at.timestamp()) // 3600  # a second click within the hour says nothing new
    properties: dict[str, Any] = {
        "message": str(message.uid),
        "template": message.template,
        "node": message.node,
        "enrollment_id": message.enrollment_id,
        "class": MadeBy.HUMAN.value,
    }
    if touch.kind == "click":
        properties["link"] = touch.link
        properties["url"] = _find_url(session, touch, letter, book)
    return OwnEvent(
        contact_id=reader,
        name=_name_event(touch.kind, message.channel),
        occurred_at=touch.at,
        message_id=f"{message.uid}:{touch.kind}:{touch.link or ''}:{hour}",
        properties={name: value for name, value in properties.items() if value is not None},
        actor="contact",
        channel=message.channel,
    )


def _name_event(kind: str, channel: str) -> str:
    if channel == "push":
        return PUSH_CLICKED
    return EMAIL_OPENED if kind == "open" else EMAIL_CLICKED


def _find_url(session: Session, touch: Touch, letter: _Letter, book: LinkBook) -> str | None:
    version_id = letter.row.template_version_id
    if version_id is None or touch.link is None:
        return None
    return find_target(book.read(session, version_id), letter.targets, touch.link)
