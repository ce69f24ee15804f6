"""The brake on a stream of messages that providers take amiss (rule 110).

Marketing over e-mail is held back, not skipped, until a colleague lets it go on; what people asked
for themselves (transactional) goes on all the while.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.db import change_rows, insert_into
from engine.errors import Conflict
from engine.ids import derive_id
from engine.language.say import Sentence, say
from engine.messages.feedback.judging import LAST_SENDS, HoldReason, judge_rates
from engine.models.feedback import Stream
from engine.models.message import LEFT, Message
from engine.tasks import Lane, ring

EMAIL: Final = "email"
MARKETING: Final = "marketing"


@dataclass(frozen=True, slots=True)
class Rates:
    """What became of the last letters of a stream.

    Attributes:
        sends: at most `LAST_SENDS`, since the stream was last let go on.
        held_at: since when a brake holds the stream; None: it goes on.
        why: which of the figures was too high, where it is held.
    """

    sends: int
    bounces: int
    complaints: int
    held_at: datetime | None = None
    why: HoldReason | None = None


def brake_marketing(session: Session, *, now: datetime) -> HoldReason | None:
    """Hold marketing over e-mail back if too much of the last came back; answer why, if so now.

    Asked where somebody has just told of a letter that came back, or was complained about. The
    stream's row is locked first, so that of two tellers at once the later sees what both said.
    """
    session.execute(
        insert_into(session, Stream)
        .values(channel=EMAIL, message_class=MARKETING)
        .on_conflict_do_nothing()
    )
    stream = session.scalar(
        select(Stream)
        .where(Stream.channel == EMAIL, Stream.message_class == MARKETING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if stream is None or stream.held_at is not None:
        return None
    sends, bounces, complaints = _count(session, stream.resumed_at)
    why = judge_rates(sends, bounces, complaints)
    if why is None:
        return None
    stream.held_at, stream.why = now, why.value
    stream.figures = {"sends": sends, "bounces": bounces, "complaints": complaints}
    session.flush()
    _tell(session, why, Rates(sends, bounces, complaints), now=now)
    return why


def resume_marketing(session: Session, *, now: datetime) -> None:
    """Let marketing over e-mail go on; its figures begin anew.

    Raises:
        Conflict: no brake holds it.
    """
    changed = change_rows(
        session,
        update(Stream)
        .where(
            Stream.channel == EMAIL,
            Stream.message_class == MARKETING,
            Stream.held_at.is_not(None),
        )
        .values(held_at=None, why=None, figures=None, resumed_at=now),
    )
    if not changed:
        raise Conflict(say("no brake holds marketing back: it goes on already"))
    ring(session, Lane.EMAIL)


def read_marketing(session: Session) -> Rates:
    """Return how the stream of marketing over e-mail stands."""
    stream = session.get(Stream, (EMAIL, MARKETING))
    if stream is None or stream.held_at is None:
        return Rates(*_count(session, None if stream is None else stream.resumed_at))
    figures = stream.figures or {}
    return Rates(
        figures.get("sends", 0),
        figures.get("bounces", 0),
        figures.get("complaints", 0),
        stream.held_at,
        HoldReason(stream.why or HoldReason.BOUNCES),
    )


def find_hold(session: Session) -> datetime | None:
    """Return since when a brake holds marketing over e-mail back; None: it goes on."""
    return session.scalar(
        select(Stream.held_at).where(Stream.channel == EMAIL, Stream.message_class == MARKETING)
    )


def _count(session: Session, since: datetime | None) -> tuple[int, int, int]:
    """Return of the last letters of the stream: how many left, came back, were complained about."""
    last = (
        select(Message.bounced_at, Message.complained_at)
        .where(text(LEFT), Message.message_class == MARKETING)
        .order_by(Message.sent_at.desc())
        .limit(LAST_SENDS)
    )
    if since is not None:
        last = last.where(Message.sent_at > since)
    asked = last.subquery()
    sends, bounces, complaints = session.execute(
        select(func.count(), func.count(asked.c.bounced_at), func.count(asked.c.complained_at))
    ).one()
    return int(sends), int(bounces), int(complaints)


def _tell(session: Session, why: HoldReason, rates: Rates, *, now: datetime) -> None:
    what = {
        HoldReason.BOUNCES: Sentence("{n} came back", n=rates.bounces),
        HoldReason.COMPLAINTS: Sentence("{n} were called spam", n=rates.complaints),
    }[why]
    words = Sentence(
        "Marketing over e-mail was held back: of the last {sends} letters {what}. Nothing is lost, "
        "and what people asked for goes on. Look at Deliverability, mend the cause, and let it go "
        "on there.",
        sends=rates.sends,
        what=what,
    )
    key = str(derive_id("stream", EMAIL, MARKETING, now.isoformat()))
    add_notices(session, [NewNotice(key, OWNER, words)], now=now)
