"""For whom a condition is true: in full, after events, and by time alone."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.journeys.deciding.moment import Moment
from engine.journeys.responding.reaction import react_to_events
from engine.models.segment import Segment, SegmentMember
from engine.segments.membership import (
    Transition,
    find_stale,
    recheck_due,
    refresh,
    update_members,
)

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
PRO = {"attribute": "plan", "op": "is", "value": "pro"}
ACTIVE = {"event": "Order", "op": "done", "within": "PT48H"}


class House:
    def __init__(self, database):
        self.database = database
        self.now = NOW

    def add(self, key, condition):
        with self.database.transaction() as session:
            session.add(
                Segment(
                    key=key, name=key, condition=condition, created_at=self.now, updated_at=self.now
                )
            )
        return self.refresh(key)

    def refresh(self, key):
        with self.database.transaction() as session:
            return refresh(session, key, now=self.now, default_zone="UTC")

    def say(self, **call):
        with self.database.transaction() as session:
            read = read_call(call, kind=None, received_at=self.now)
            accept(session, [read], source="key:1", trust=Trust.WRITE, now=self.now)
            react_to_events(session, Moment(self.now, "UTC", timedelta(hours=72)), limit=100)

    def members(self, key):
        with self.database.reading() as session:
            found = select(SegmentMember.contact_id).where(SegmentMember.segment == key)
            return set(session.scalars(found))

    def size(self, key):
        with self.database.reading() as session:
            return session.get(Segment, key).size


@pytest.fixture
def house(database):
    return House(database)


def test_r017_a_first_refresh_finds_everybody_and_lets_nobody_enter(house):
    house.say(type="identify", userId="ann", traits={"plan": "pro"})
    house.say(type="identify", userId="bob", traits={"plan": "free"})
    assert house.add("pro", PRO) == (1, [])
    assert (len(house.members("pro")), house.size("pro")) == (1, 1)


def test_r018_membership_follows_every_event_and_is_counted(house):
    house.add("pro", PRO)
    for plan, size in (("pro", 1), ("free", 0), ("team", 0), ("pro", 1)):
        house.now += timedelta(seconds=1)
        house.say(type="identify", userId="ann", traits={"plan": plan})
        assert (len(house.members("pro")), house.size("pro")) == (size, size)


def test_r017_a_rebuild_that_ends_in_the_same_membership_reports_nothing(house):
    house.say(type="identify", userId="ann", traits={"plan": "pro"})
    house.add("pro", PRO)
    assert house.refresh("pro") == (1, [])


def test_a_segment_that_asks_about_another_sees_its_new_answer(house):
    house.add("both", {"all": [{"segment": "pro", "op": "member"}, ACTIVE]})
    house.add("pro", PRO)
    house.say(type="identify", userId="ann", traits={"plan": "pro"})
    house.say(type="track", event="Order", userId="ann")
    assert house.members("both") == house.members("pro") != set()


def test_time_alone_takes_people_out_at_the_very_moment(house):
    house.add("active", ACTIVE)
    house.say(type="track", event="Order", userId="ann")
    (ann,) = house.members("active")

    def look():
        with house.database.transaction() as session:
            return recheck_due(session, now=house.now, limit=10, default_zone="UTC")

    house.now = NOW + timedelta(hours=47, minutes=59)
    assert look() == (0, [])
    house.now = NOW + timedelta(hours=48, seconds=2)
    assert look() == (1, [Transition("active", ann, "left")])
    assert house.members("active") == set()
    assert look() == (0, [])


def test_asking_again_without_a_change_reports_nothing(house):
    house.add("pro", PRO)
    house.say(type="identify", userId="ann", traits={"plan": "pro"})
    with house.database.transaction() as session:
        ids = list(house.members("pro"))
        assert update_members(session, ids, now=house.now, default_zone="UTC") == []


def test_what_was_never_refreshed_or_long_ago_comes_first(house):
    house.add("pro", PRO)
    with house.database.transaction() as session:
        day = timedelta(days=1)
        assert find_stale(session, now=house.now, older_than=day) is None
        assert find_stale(session, now=house.now + 2 * day, older_than=day) == "pro"
