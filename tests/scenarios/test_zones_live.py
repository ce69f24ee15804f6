"""Waits by a local clock, when the clock or what is known of it changes."""

from datetime import timedelta

import pytest

from engine.journeys.publishing.rezoning import MOVED, find_zone_data, follow_zone_data
from engine.models.account import AuditEntry
from engine.models.contact import Contact
from engine.models.journey import Enrollment
from engine.when import zones
from engine.when.zones import Zone, get_zone
from tests.shop import NOON, SEND

NODES = {
    "nine": {"kind": "wait", "until": {"at": "09:00"}, "next": "a"},
    "a": SEND,
}
TRIGGER = {"kind": "event", "event": "Signed Up"}


def start(shop, nodes=NODES, zone="Europe/Berlin"):
    shop.publish(trigger=TRIGGER, start=next(iter(nodes)), nodes=nodes)
    shop.say(kind="identify", userId="ann", traits={"timezone": zone})
    shop.say(event="Signed Up", userId="ann")
    shop.work()


def move_to(shop, zone):
    shop.say(kind="identify", userId="ann", traits={"timezone": zone})
    shop.work()


def wakes(shop):
    ((wake_at,),) = shop.ask(Enrollment.wake_at)
    return wake_at


def test_r033_a_contact_that_moves_waits_for_nine_where_she_is_now(shop):
    start(shop)
    assert wakes(shop) == NOON + timedelta(hours=20)
    move_to(shop, "Asia/Tokyo")
    assert wakes(shop) == NOON + timedelta(hours=12)
    assert shop.messages == []


def test_r033_nine_that_has_passed_there_is_the_next_nine_never_now(shop):
    start(shop)
    shop.now += timedelta(hours=13)  # 10:00 in Tokyo
    move_to(shop, "Asia/Tokyo")
    assert wakes(shop) == NOON + timedelta(hours=36)
    assert shop.messages == []


def test_r033_a_wake_that_is_due_is_not_taken_back(shop):
    start(shop)
    shop.now += timedelta(hours=20)
    move_to(shop, "America/New_York")
    assert shop.messages == ["a"]


def test_r033_a_time_out_in_days_moves_and_one_in_hours_does_not(shop):
    def node(after):
        return {
            "kind": "wait_for",
            "paths": [{"label": "x", "event": "X"}],
            "timeout": {"after": after, "next": "a"},
        }

    start(shop, {"w": node("P5D"), "a": SEND})  # over a night when Berlin's clocks change
    assert wakes(shop) == NOON + timedelta(days=5, hours=-1)
    move_to(shop, "Asia/Tokyo")
    assert wakes(shop) == NOON + timedelta(days=5)


@pytest.fixture
def altered(monkeypatch):
    """Release `2099a` of the zone data, in which Berlin keeps Lagos's time: no summer time."""

    def alter():
        lagos = get_zone("Africa/Lagos")
        berlin = Zone("Europe/Berlin", lagos.info, lagos.changes_at, lagos.offsets)
        load = zones._load
        monkeypatch.setattr(
            zones, "_load", lambda key: berlin if key == "Europe/Berlin" else load(key)
        )

    return alter


def follow(shop, release, limit=100):
    looked = 0
    while True:
        with shop.database.transaction() as session:
            count = follow_zone_data(
                session,
                release=release,
                now=shop.now,
                wall=shop.now,
                limit=limit,
                default_zone="UTC",
            )
        looked += count
        if not count:
            return looked


def test_r034_newer_zone_data_moves_local_waits_and_lists_them(shop, altered):
    follow(shop, "2025a")
    shop.now += timedelta(days=5)  # summer
    start(shop, {**NODES})
    shop.say(kind="identify", userId="bea", traits={"timezone": "Asia/Tokyo"})
    shop.say(event="Signed Up", userId="bea")
    shop.work()
    before = dict(shop.ask(Enrollment.id, Enrollment.wake_at))
    assert follow(shop, "2025a") == 0
    altered()
    assert follow(shop, "2099a", limit=1) > 0
    after = dict(shop.ask(Enrollment.id, Enrollment.wake_at))
    assert after == {1: before[1] + timedelta(hours=1), 2: before[2]}
    ((target, details),) = shop.ask(AuditEntry.target, AuditEntry.details, action=MOVED)
    assert target == "2025a to 2099a"
    assert details["enrollments"] == [
        {"enrollment": 1, "before": before[1].isoformat(), "after": after[1].isoformat()}
    ]
    with shop.database.reading() as session:
        known = find_zone_data(session)
    assert (known["release"], known["before"], known["moved"]) == ("2099a", "2025a", 1)


def test_r034_processes_of_the_older_release_do_not_turn_it_back(shop):
    for release in ("2025a", "2025b"):
        follow(shop, release)
    assert follow(shop, "2025a") == 0
    with shop.database.reading() as session:
        assert find_zone_data(session)["release"] == "2025b"


def test_r033_a_node_that_sets_the_zone_moves_the_contact_there(shop):
    shop.publish(key="asks", trigger={"kind": "event", "event": "Moved"}, start="set", nodes={
        "set": {"kind": "update_contact", "set": {"timezone": "Asia/Tokyo"}, "next": "nine"},
        **NODES,
    })  # fmt: skip
    start(shop)
    assert wakes(shop) == NOON + timedelta(hours=20)
    shop.say(event="Moved", userId="ann")
    shop.work()
    assert shop.ask(Contact.timezone) == [("Asia/Tokyo",)]
    assert shop.ask(Enrollment.wake_at) == [(NOON + timedelta(hours=12),)] * 2


def test_r033_a_node_that_sets_no_zone_leaves_the_contact_without_one(shop):
    nodes = {
        "set": {"kind": "update_contact", "set": {"timezone": "Mars"}, "next": "nine"},
        **NODES,
    }
    start(shop, nodes)
    assert shop.ask(Contact.timezone) == [(None,)]
    assert wakes(shop) == NOON + timedelta(hours=21)
