"""What is done in each lane: one chunk, in transactions of its own."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

from sqlalchemy.orm import Session

from engine.journeys.entering import backfills, grace, schedules
from engine.journeys.publishing import rezoning, stopping
from engine.journeys.responding import reaction
from engine.journeys.running import runner
from engine.journeys.watching import watches
from engine.messages.consent import confirming
from engine.messages.tracking import judging
from engine.segments import membership
from engine.tasks import Lane
from engine.when.zones import get_tzdata_version
from server.delivering import deliver, deliver_calls
from server.desk import Work
from server.importing import work as bring_in
from server.wiring import House

REFRESHED_EVERY: Final = timedelta(hours=24)
"""How old a segment's last full refresh may be; between them it is kept up event by event."""


class ChunkStep(Protocol):
    """What looks at so many things that are due, and answers how many they were."""

    def __call__(self, session: Session, *, now: datetime, limit: int, default_zone: str) -> int:
        """Do it, inside the caller's transaction."""


def ingest(house: House) -> int:
    """Process a chunk of tracked events: into state, segments, and journeys.

    Opens and clicks are judged before: what humans did of it becomes events.
    """
    moment = house.read_moment()
    with house.database.transaction() as session:
        judged = judging.judge_due(session, house.links, now=moment.now, limit=house.settings.chunk)
    with house.database.transaction() as session:
        return judged + reaction.react_to_events(session, moment, limit=house.settings.chunk)


def advance(house: House) -> int:
    """Move a chunk of due enrollments on."""
    now = house.clock.now()
    with house.database.transaction() as session:
        return runner.advance_due(
            session,
            now=now,
            limit=house.settings.chunk,
            default_zone=house.settings.timezone,
            holdout_percent=house.settings.holdout_percent,
        )


def keep_segments(house: House) -> int:
    """See to what no event brings: segments and silences in time, schedules, files, new zone data."""
    return (
        _refresh_stale(house)
        + _recheck_members(house)
        + _take_chunk(house, watches.release_due)
        + _take_chunk(house, grace.end_graces)
        + _take_chunk(house, schedules.let_in_due)
        + _take_chunk(house, backfills.let_in_earlier)
        + _take_chunk(house, confirming.write_letters)
        + _follow_zone_data(house)
        + bring_in(house)
        + _clear_deleted(house)
    )


LANES: Final[Mapping[Lane, Work]] = {
    Lane.INGEST: ingest,
    Lane.ADVANCE: advance,
    Lane.SEGMENTS: keep_segments,
    Lane.EMAIL: partial(deliver, channel="email"),
    Lane.SMS: partial(deliver, channel="sms"),
    Lane.PUSH: partial(deliver, channel="push"),
    Lane.WEBHOOK: deliver_calls,
}
"""Every lane's work."""


def _refresh_stale(house: House) -> int:
    moment = house.read_moment()
    with house.database.transaction() as session:
        key = membership.find_stale(session, now=moment.now, older_than=REFRESHED_EVERY)
        if key is None:
            return 0
        _, transitions = membership.refresh(
            session, key, now=moment.now, default_zone=moment.default_zone
        )
        reaction.react_to_transitions(session, transitions, moment)
        return 1


def _recheck_members(house: House) -> int:
    moment = house.read_moment()
    with house.database.transaction() as session:
        count, transitions = membership.recheck_due(
            session,
            now=moment.now,
            limit=house.settings.chunk,
            default_zone=moment.default_zone,
        )
        reaction.react_to_transitions(session, transitions, moment)
        return count


def _take_chunk(house: House, step: ChunkStep) -> int:
    """Do a chunk of one step in a transaction of its own."""
    now = house.clock.now()
    with house.database.transaction() as session:
        return step(
            session, now=now, limit=house.settings.chunk, default_zone=house.settings.timezone
        )


def _follow_zone_data(house: House) -> int:
    now, wall = house.clock.now(), house.wall.now()
    with house.database.transaction() as session:
        return rezoning.follow_zone_data(
            session,
            release=get_tzdata_version(),
            now=now,
            wall=wall,
            limit=house.settings.chunk,
            default_zone=house.settings.timezone,
        )


def _clear_deleted(house: House) -> int:
    with house.database.transaction() as session:
        return stopping.clear_deleted(session, limit=house.settings.chunk)
