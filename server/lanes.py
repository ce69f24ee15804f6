"""What is done in each lane: one chunk, in transactions of its own."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Final

from engine.journeys import (
    backfills,
    grace,
    reaction,
    rezoning,
    runner,
    schedules,
    stopping,
    watches,
)
from engine.segments import membership
from engine.tasks import Lane
from engine.when.zones import get_tzdata_version
from server.delivering import deliver
from server.desk import Work
from server.wiring import House

REFRESHED_EVERY: Final = timedelta(hours=24)
"""How old a segment's last full refresh may be; between them it is kept up event by event."""


def ingest(house: House) -> int:
    """Process a chunk of tracked events: into state, segments, and journeys."""
    moment = house.read_moment()
    with house.database.transaction() as session:
        return reaction.react_to_events(session, moment, limit=house.settings.chunk)


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
    """See to what no event brings: segments and silences in time, schedules, new zone data."""
    return (
        _refresh_stale(house)
        + _recheck_members(house)
        + _release_watches(house)
        + _end_graces(house)
        + _let_audience_in(house)
        + _let_in_earlier(house)
        + _follow_zone_data(house)
        + _clear_deleted(house)
    )


LANES: Final[Mapping[Lane, Work]] = {
    Lane.INGEST: ingest,
    Lane.ADVANCE: advance,
    Lane.SEGMENTS: keep_segments,
    Lane.EMAIL: partial(deliver, channel="email"),
    Lane.SMS: partial(deliver, channel="sms"),
    Lane.WEBHOOK: partial(deliver, channel="webhook"),
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


def _release_watches(house: House) -> int:
    now = house.clock.now()
    with house.database.transaction() as session:
        return watches.release_due(
            session,
            now=now,
            limit=house.settings.chunk,
            default_zone=house.settings.timezone,
        )


def _end_graces(house: House) -> int:
    now = house.clock.now()
    with house.database.transaction() as session:
        return grace.end_graces(
            session,
            now=now,
            limit=house.settings.chunk,
            default_zone=house.settings.timezone,
        )


def _let_audience_in(house: House) -> int:
    now = house.clock.now()
    with house.database.transaction() as session:
        return schedules.let_in_due(
            session,
            now=now,
            limit=house.settings.chunk,
            default_zone=house.settings.timezone,
        )


def _let_in_earlier(house: House) -> int:
    now = house.clock.now()
    with house.database.transaction() as session:
        return backfills.let_in_earlier(
            session,
            now=now,
            limit=house.settings.chunk,
            default_zone=house.settings.timezone,
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
