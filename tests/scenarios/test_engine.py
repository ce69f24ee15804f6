"""From an accepted event to a message's row, by the engine's own functions."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publish import publish, save_draft
from engine.journeys.reaction import Moment, react_to_events
from engine.journeys.runner import advance_due
from engine.journeys.watches import release_due
from engine.models.contact import Contact, Topic
from engine.models.journey import Enrollment
from engine.models.message import Message, Template

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)


class Shop:
    """An instance on a clock of its own."""

    def __init__(self, database):
        self.database = database
        self.now = NOON
        with database.transaction() as session:
            for key, channel in (("hello", "email"), ("later", "email"), ("text", "sms")):
                session.add(Template(key=key, channel=channel, name=key, created_at=NOON))
            session.add(Topic(key="news", name="News", opt_in="explicit", created_at=NOON))

    def publish(self, **document):
        journey = {"format": 1, "key": "j", "name": "J", **document}
        with self.database.transaction() as session:
            parsed = parse_journey(json.dumps(journey))
            save_draft(session, parsed, now=self.now)
            return publish(session, parsed.key, by="test", now=self.now)

    def say(self, kind="track", **call):
        with self.database.transaction() as session:
            read = read_call({"type": kind, **call}, kind=None, received_at=self.now)
            accept(session, [read], source="key:1", trust=Trust.WRITE, now=self.now)

    def work(self):
        moment = Moment(self.now, "UTC", timedelta(hours=72))
        busy = True
        while busy:
            busy = False
            for step in (
                lambda s: react_to_events(s, moment, limit=100),
                lambda s: release_due(s, now=self.now, limit=100, default_zone="UTC"),
                lambda s: advance_due(s, now=self.now, limit=100, default_zone="UTC"),
            ):
                with self.database.transaction() as session:
                    busy = bool(step(session)) or busy

    def pass_time(self, **length):
        self.now += timedelta(**length)
        self.work()

    def ask(self, *columns, **by):
        with self.database.reading() as session:
            return [tuple(row) for row in session.execute(select(*columns).filter_by(**by))]

    @property
    def messages(self):
        return [node for (node,) in self.ask(Message.node)]


@pytest.fixture
def shop(database):
    return Shop(database)


SEND = {"kind": "send_email", "template": "hello", "class": "transactional"}


def test_a_signup_is_greeted_waits_and_completes(shop):
    shop.publish(
        trigger={"kind": "event", "event": "Signed Up"},
        start="a",
        nodes={
            "a": {**SEND, "next": "b"},
            "b": {"kind": "wait", "for": "P1D", "next": "c"},
            "c": SEND,
        },
    )
    shop.say(event="Signed Up", userId="ann", messageId="m1")
    shop.say(event="Signed Up", userId="ann", messageId="m1")
    shop.work()
    assert shop.messages == ["a"]
    assert shop.ask(Enrollment.status, Enrollment.wake_at) == [(1, NOON + timedelta(days=1))]
    shop.pass_time(hours=23)
    assert shop.messages == ["a"]
    shop.pass_time(hours=1)
    assert shop.messages == ["a", "c"]
    assert shop.ask(Enrollment.status) == [(2,)]


def test_two_carts_one_bought_one_reminder(shop):
    shop.publish(
        trigger={
            "kind": "absence",
            "after": {"event": "Product Added"},
            "without": {"event": "Order Completed"},
            "within": "PT1H",
            "entry_key": "properties.cart_id",
        },
        entry={"reentry": {"mode": "after_exit"}},
        start="a",
        nodes={"a": SEND},
    )
    for cart in ("one", "two"):
        shop.say(event="Product Added", userId="ann", properties={"cart_id": cart})
    shop.work()
    shop.now += timedelta(minutes=30)
    shop.say(event="Order Completed", userId="ann", properties={"cart_id": "one"})
    shop.pass_time(minutes=31)
    assert shop.ask(Enrollment.entry_key) == [("two",)]
    assert shop.messages == ["a"]


def test_silence_lets_in_once_and_any_activity_takes_out(shop):
    shop.publish(
        trigger={"kind": "inactivity", "no": "any", "for": "P30D"},
        entry={"reentry": {"mode": "after_exit"}},
        exits=[{"event": "any", "reason": "active again"}],
        start="a",
        nodes={
            "a": {**SEND, "next": "b"},
            "b": {"kind": "wait", "for": "P7D", "next": "c"},
            "c": SEND,
        },
    )
    shop.say(event="Page Viewed", userId="ann")
    shop.work()
    shop.pass_time(days=10)
    shop.say(event="Page Viewed", userId="ann")
    shop.work()
    shop.pass_time(days=29)
    assert shop.messages == []
    shop.pass_time(days=1)
    assert shop.messages == ["a"]
    shop.pass_time(days=1)
    shop.say(event="Page Viewed", userId="ann")
    shop.work()
    assert shop.ask(Enrollment.status, Enrollment.reason) == [(3, "active again")]
    shop.pass_time(days=31)
    assert shop.messages == ["a", "a"]


def test_a_reopened_ticket_ends_its_own_enrollment_only(shop):
    shop.publish(
        trigger={"kind": "event", "event": "Ticket Closed", "entry_key": "properties.ticket_id"},
        entry={"reentry": {"mode": "after_exit"}},
        exits=[
            {"event": "Ticket Reopened", "match_key": "properties.ticket_id", "reason": "reopened"}
        ],
        start="w",
        nodes={
            "w": {"kind": "wait", "for": "P1D", "next": "a"},
            "a": {**SEND, "next": "f"},
            "f": {
                "kind": "wait_for",
                "paths": [
                    {
                        "label": "bad",
                        "event": "Survey Answered",
                        "where": {"property": "answer", "op": "is", "value": "bad"},
                        "next": "t",
                    },
                    {"label": "good", "event": "Survey Answered"},
                ],
                "timeout": {"after": "P7D"},
            },
            "t": {"kind": "tag", "add": ["unhappy"]},
        },
    )
    for ticket in (1, 2):
        shop.say(event="Ticket Closed", userId="ann", properties={"ticket_id": ticket})
    shop.work()
    shop.pass_time(hours=1)
    shop.say(event="Ticket Reopened", userId="ann", properties={"ticket_id": 1})
    shop.work()
    assert sorted(shop.ask(Enrollment.entry_key, Enrollment.status)) == [("1", 3), ("2", 1)]
    shop.pass_time(days=1)
    assert shop.messages == ["a"]
    shop.say(event="Survey Answered", userId="ann", properties={"ticket_id": 2, "answer": "bad"})
    shop.work()
    assert shop.ask(Contact.attributes) == [({"tags": ["unhappy"]},)]
    assert sorted(shop.ask(Enrollment.entry_key, Enrollment.status)) == [("1", 3), ("2", 2)]


def test_an_exit_right_behind_its_trigger_in_one_chunk_lets_nobody_stay(shop):
    shop.publish(
        trigger={"kind": "event", "event": "Signed Up"},
        exits=[{"event": "Account Cancelled", "reason": "cancelled"}],
        start="a",
        nodes={"a": SEND},
    )
    shop.say(event="Signed Up", userId="ann")
    shop.say(event="Account Cancelled", userId="ann")
    shop.work()
    assert shop.messages == []
    assert shop.ask(Enrollment.status, Enrollment.reason) == [(3, "cancelled")]
