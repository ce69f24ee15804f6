"""'Monday 09:00' in four zones, over both clock changes of each: to the second, on both databases."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.models.journey import Enrollment
from engine.models.message import Message
from tests.shop import SEND

A_SECOND = timedelta(seconds=1)
MONDAYS = [  # the Monday after a change, and the Sunday of the change
    ("Australia/Sydney", "2026-04-06"),  # the clock goes back on the 5th
    ("Australia/Sydney", "2026-10-05"),  # and forward on the 4th
    ("America/Los_Angeles", "2026-03-09"),
    ("America/Los_Angeles", "2026-11-02"),
    ("Europe/Berlin", "2026-03-30"),
    ("Europe/Berlin", "2026-10-26"),
    ("Asia/Kathmandu", "2026-03-30"),  # 05:45 ahead of Greenwich, and never changed
    ("Asia/Kathmandu", "2026-10-26"),
]
JOURNEY = {
    "trigger": {"kind": "event", "event": "Signed Up"},
    "start": "monday",
    "nodes": {
        "monday": {"kind": "wait", "until": {"at": "09:00", "weekdays": ["mon"]}, "next": "hello"},
        "hello": SEND,
    },
}


def read_monday(zone, day):
    """The instant at which clocks in the zone show nine on this day, as the standard library says."""
    year, month, date = map(int, day.split("-"))
    return datetime(year, month, date, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(("zone", "monday"), MONDAYS)
def test_r022_r038_monday_at_nine_is_each_contacts_own_to_the_second(shop, zone, monday):
    nine = read_monday(zone, monday)
    shop.now = nine - timedelta(days=4)  # before the change
    shop.publish(**JOURNEY)
    shop.say("identify", userId="ann", traits={"timezone": zone, "email": "ann@example.com"})
    shop.say(userId="ann", event="Signed Up")
    shop.work()
    assert shop.ask(Enrollment.wake_at) == [(nine,)]
    shop.now = nine - A_SECOND
    shop.work()
    assert shop.messages == []
    shop.now = nine
    shop.work()
    assert shop.ask(Message.node, Message.created_at) == [("hello", nine)]


def test_r022_without_a_zone_of_their_own_it_is_the_journeys_then_the_instances(shop):
    shop.now = read_monday("UTC", "2026-03-30") - timedelta(days=4)
    shop.publish(**JOURNEY)
    shop.publish(key="fixed", settings={"timezone": "Asia/Kathmandu"}, **JOURNEY)
    shop.say("identify", userId="ann", traits={"timezone": "Mars/Phobos"})  # the same as none
    shop.say(userId="ann", event="Signed Up")
    shop.work()
    wakes = {at for (at,) in shop.ask(Enrollment.wake_at)}
    assert wakes == {
        read_monday("UTC", "2026-03-30"),
        read_monday("Asia/Kathmandu", "2026-03-30"),
    }


def test_r033_who_moves_to_another_zone_meanwhile_gets_it_at_nine_there(shop):
    nine_in_berlin = read_monday("Europe/Berlin", "2026-03-30")
    shop.now = nine_in_berlin - timedelta(days=4)
    shop.publish(**JOURNEY)
    shop.say("identify", userId="ann", traits={"timezone": "Europe/Berlin"})
    shop.say(userId="ann", event="Signed Up")
    shop.work()
    shop.pass_time(hours=1)
    shop.say("identify", userId="ann", traits={"timezone": "America/Los_Angeles"})
    shop.work()
    assert shop.ask(Enrollment.wake_at) == [(read_monday("America/Los_Angeles", "2026-03-30"),)]
    shop.now = nine_in_berlin
    shop.work()
    assert shop.messages == []
