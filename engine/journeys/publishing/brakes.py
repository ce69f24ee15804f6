"""The brake on a journey that suddenly sends far more than it ever does (rule 109)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import Session

from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.db import change_rows
from engine.ids import derive_id
from engine.journeys.deciding.states import JourneyState
from engine.journeys.publishing.pausing import pause
from engine.language.say import Sentence
from engine.models.journey import Journey, JourneyMinute

BRAKE: Final = "brake"
"""For whom a pause is noted that the product made itself."""
FAR_OVER: Final = 5
"""So many times its busiest minute of the past week."""
NORM_DAYS: Final = 7
KNOWN_FOR: Final = timedelta(days=1)
"""A journey that began to send later than this has no norm yet."""
FEW: Final = 300
"""Messages a minute that are no flood, whatever was before."""
RECENT_MINUTES: Final = 2
SPAN: Final = 60


def pause_runaways(session: Session, *, now: datetime) -> list[str]:
    """Pause live journeys whose last minutes are far over their norm; answer their keys.

    The norm is the busiest minute of the week before, so that a weekly broadcast is no flood.
    """
    minute = int(now.timestamp()) // SPAN
    paused = []
    for row in _list_rates(session, minute):
        if row.began > minute - KNOWN_FOR.total_seconds() // SPAN:
            continue
        if row.recent > max(FEW, FAR_OVER * (row.norm or 0)):
            pause(session, row.key, now=now, by=BRAKE)
            _tell(session, row, now=now)
            paused.append(row.key)
    return paused


def prune(session: Session, *, now: datetime) -> int:
    """Forget minutes that no norm looks at any more; answer how many."""
    oldest = int((now - timedelta(days=NORM_DAYS + 1)).timestamp()) // SPAN
    return change_rows(session, delete(JourneyMinute).where(JourneyMinute.minute < oldest))


def _list_rates(session: Session, minute: int) -> Sequence[Row[int, str, int, int, int]]:
    """Return, of each live journey that sends now: its rate, its norm, and since when it sends."""
    since = minute - RECENT_MINUTES
    is_recent = JourneyMinute.minute > since
    norm = func.max(JourneyMinute.n).filter(~is_recent)
    recent = func.max(JourneyMinute.n).filter(is_recent)
    return session.execute(
        select(
            Journey.id,
            Journey.key,
            recent.label("recent"),
            norm.label("norm"),
            func.min(JourneyMinute.minute).label("began"),
        )
        .join(JourneyMinute, JourneyMinute.journey_id == Journey.id)
        .where(
            Journey.state == JourneyState.LIVE,
            JourneyMinute.minute > minute - NORM_DAYS * 24 * 60,
        )
        .group_by(Journey.id, Journey.key)
        .having(recent > FEW)
        .order_by(Journey.key)
    ).all()


def _tell(session: Session, row: Row[int, str, int, int, int], *, now: datetime) -> None:
    key = str(derive_id("runaway", row.key, now.isoformat()))
    words = Sentence(
        "The journey {journey} was paused: it was to send {recent} messages in a minute, and never "
        "more than {norm} in the week before. Resume it if that is as meant.",
        journey=row.key,
        recent=row.recent,
        norm=row.norm or 0,
    )
    add_notices(session, [NewNotice(key, OWNER, words)], now=now)
