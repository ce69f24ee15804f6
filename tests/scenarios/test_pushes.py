"""Pushes to the browsers of a contact: whose they are, which may be written to, and every gate."""

import json
from datetime import timedelta

import pytest

from channels.base import DeviceTold, Receipt, Verdict
from engine.contacts.erasure import erase_contacts
from engine.contacts.push_devices import MOST, Came, list_devices, load_reach, unsubscribe
from engine.events.by_hand import choose_by_hand
from engine.events.push_doors import end_subscription, take_subscription
from engine.journeys.definition.journey import parse_journey
from engine.journeys.reporting.reachable import list_reachable
from engine.messages.consent.preferences import find_person
from engine.messages.handover import delivery
from engine.messages.library.templates import compile_source, save_template
from engine.messages.parcels import Result
from engine.messages.states import MessageState, SkipReason
from engine.models.contact import Consent, Contact, PushDevice, Topic
from engine.models.event import Event
from engine.models.message import Message
from tests import claiming
from tests.server import rows

NOTE = {"kind": "send_push", "template": "note", "class": "transactional"}
MARKETING = {"kind": "send_push", "template": "note", "topic": "news"}


@pytest.fixture
def shop(shop):
    source = "title: Hello"
    with shop.database.transaction() as session:
        words = compile_source("push", source)
        save_template(session, "note", "push", source, words, by="test", now=shop.now)
    return shop


def come(shop, device="a", *, signed=False, topics=(), replaces=None, **who):
    """A page says that its browser takes pushes."""
    who = who or {"external": "ann"}
    came = Came(
        endpoint=f"https://push.example/{device}",
        p256dh="k",
        auth="a",
        external=who.get("external"),
        anonymous=who.get("anonymous"),
        is_signed=signed,
        agent="Firefox, Linux",
        replaces=replaces and f"https://push.example/{replaces}",
    )
    with shop.database.transaction() as session:
        taken = take_subscription(session, came, list(topics), shown={}, now=shop.now)
    shop.work()
    return taken


def vouch(shop, user="ann", **more):
    """The site's server speaks of somebody."""
    shop.say("identify", userId=user, traits={"plan": "pro"}, **more)
    shop.work()


def begin(shop, node=NOTE, user="ann"):
    shop.publish(trigger={"kind": "event", "event": "Go"}, start="a", nodes={"a": node})
    shop.say(event="Go", userId=user)
    shop.work()


def claim(shop):
    with shop.database.transaction() as session:
        return claiming.claim(
            session, "push", now=shop.now, limit=10, owner="w", default_zone="UTC"
        )


def fate(shop):
    claim(shop)
    ((state, reason),) = shop.ask(Message.state, Message.reason)
    return MessageState(state), reason


def find(shop, user="ann"):
    with shop.database.reading() as session:
        return session.query(Contact).order_by(Contact.id).first().id


def events(shop):
    return [name for (name,) in shop.ask(Event.name) if name.startswith("Push")]


def test_a_push_goes_to_every_device_that_there_is(shop):
    come(shop, "a", signed=True)
    come(shop, "b", signed=True)
    begin(shop)
    (parcel,) = claim(shop)
    assert [one.endpoint[-1] for one in parcel.devices] == ["a", "b"]
    assert events(shop) == ["Push Subscribed", "Push Subscribed"]


def test_who_has_no_device_has_no_address(shop):
    vouch(shop)
    begin(shop)
    assert fate(shop) == (MessageState.SKIPPED, SkipReason.NO_ADDRESS)


def test_a_device_that_only_a_page_speaks_of_is_not_written_to_once_a_server_has_spoken(shop):
    vouch(shop)
    come(shop)
    begin(shop)
    assert fate(shop) == (MessageState.SKIPPED, SkipReason.UNCONFIRMED)


def test_it_is_written_to_where_no_server_ever_spoke_of_its_contact(shop):
    come(shop, anonymous="visitor")
    with shop.database.reading() as session:
        (reach,) = load_reach(session, [find(shop)]).values()
    assert len(reach.devices) == 1 and not reach.has_unsure


def test_once_vouched_for_it_stays_so_when_the_page_says_again_that_it_is_there(shop):
    come(shop, signed=True)
    come(shop)
    begin(shop)
    assert len(claim(shop)[0].devices) == 1


def test_a_visitor_who_logs_in_takes_the_device_along_and_a_stranger_gains_nothing(shop):
    vouch(shop)
    come(shop, "evil", anonymous="visitor")
    shop.say("identify", userId="ann", anonymousId="visitor")
    shop.work()
    assert [owner for (owner,) in shop.ask(PushDevice.contact_id)] == [find(shop)]
    begin(shop)
    assert fate(shop) == (MessageState.SKIPPED, SkipReason.UNCONFIRMED)


def test_a_browser_is_one_persons(shop):
    come(shop, "a", external="ann", signed=True)
    come(shop, "a", external="bob", signed=True)
    assert len(shop.ask(PushDevice.id)) == 1
    begin(shop, user="ann")
    assert fate(shop) == (MessageState.SKIPPED, SkipReason.NO_ADDRESS)


def test_marketing_needs_a_yes_to_its_topic_by_push(shop):
    come(shop, signed=True)
    begin(shop, MARKETING)
    assert fate(shop) == (MessageState.SKIPPED, SkipReason.NO_CONSENT)


def test_the_yes_that_is_said_with_it_counts_where_the_visitor_is_vouched_for(shop):
    assert come(shop, signed=True, topics=["news", "nothing"]) == ["news"]
    begin(shop, MARKETING)
    assert len(claim(shop)) == 1
    assert shop.ask(Consent.channel, Consent.choice) == [("push", "subscribed")]


def test_a_page_says_no_yes_for_somebody_of_whom_a_server_has_spoken(shop):
    vouch(shop)
    assert come(shop, topics=["news"]) == []
    assert shop.ask(Consent.choice) == []


def test_a_yes_in_the_prompt_lifts_no_no_that_was_said_elsewhere(shop):
    come(shop, signed=True)
    with shop.database.transaction() as session:
        contact = session.get_one(Contact, find(shop))
        choose_by_hand(
            session, contact.id, "news", "push", "unsubscribed", proof={"by": "ann"}, now=shop.now
        )
    shop.now += timedelta(minutes=1)
    come(shop, signed=True, topics=["news"])
    assert shop.ask(Consent.choice) == [("unsubscribed",)]


def record(shop, *told, verdict=Verdict.ACCEPTED):
    common = {"now": shop.now, "default_zone": "UTC"}
    (parcel,) = claim(shop)
    with shop.database.transaction() as session:
        delivery.start(session, [parcel], **common)
    devices = tuple(
        DeviceTold(one.id, took, is_gone)
        for one, (took, is_gone) in zip(parcel.devices, told, strict=True)
    )
    receipt = Receipt(verdict, text="1 of 2 devices", devices=devices)
    with shop.database.transaction() as session:
        delivery.record(session, [Result(parcel, receipt, "webpush")], now=shop.now)


def test_a_device_that_is_gone_gets_no_more_and_one_that_worked_is_known(shop):
    come(shop, "a", signed=True)
    come(shop, "b", signed=True)
    begin(shop)
    record(shop, (True, False), (False, True))
    rows_ = shop.ask(PushDevice.worked_at, PushDevice.gone_at)
    assert rows_ == [(shop.now, None), (None, shop.now)]
    with shop.database.reading() as session:
        assert len(list_devices(session, find(shop))) == 1
    assert shop.ask(Message.state, Message.details) == [(MessageState.SENT, "1 of 2 devices")]


def test_who_comes_back_takes_pushes_again(shop):
    come(shop, signed=True)
    begin(shop)
    record(shop, (False, True), verdict=Verdict.PERMANENT)
    shop.now += timedelta(days=1)
    come(shop, signed=True)
    assert shop.ask(PushDevice.gone_at) == [(None,)]
    assert events(shop) == ["Push Subscribed", "Push Subscribed"]


def test_a_renewed_subscription_stays_vouched_for_and_is_no_news(shop):
    come(shop, "old", signed=True)
    come(shop, "new", replaces="old")
    assert shop.ask(PushDevice.endpoint) == [("https://push.example/new",)]
    begin(shop)
    assert len(claim(shop)[0].devices) == 1
    assert events(shop) == ["Push Subscribed"]


def test_who_renews_as_somebody_else_is_vouched_for_by_nothing(shop):
    vouch(shop, "bob")
    come(shop, "old", external="ann", signed=True)
    come(shop, "new", external="bob", replaces="old")
    assert shop.ask(PushDevice.endpoint, PushDevice.is_confirmed) == [
        ("https://push.example/new", False)
    ]


def test_who_leaves_is_forgotten_once(shop):
    come(shop, signed=True)
    for _ in range(2):
        with shop.database.transaction() as session:
            end_subscription(session, "https://push.example/a", now=shop.now)
    shop.work()
    assert shop.ask(PushDevice.id) == []
    assert events(shop) == ["Push Subscribed", "Push Unsubscribed"]
    with shop.database.transaction() as session:
        assert unsubscribe(session, "https://push.example/never") is None


def test_erasing_somebody_forgets_their_devices(shop):
    come(shop, signed=True)
    with shop.database.transaction() as session:
        erase_contacts(session, [find(shop)], now=shop.now)
    assert shop.ask(PushDevice.id) == []


def test_nobody_pushes_real_devices_out_with_made_up_ones(shop):
    come(shop, "real", signed=True)
    for number in range(MOST + 5):
        come(shop, f"made-up-{number}")
    kept = [endpoint for (endpoint,) in shop.ask(PushDevice.endpoint)]
    assert len(kept) == MOST and "https://push.example/real" in kept


def test_a_page_of_choices_offers_what_a_device_makes_possible(shop):
    come(shop, signed=True)
    with shop.database.transaction() as session:
        session.add(Topic(key="ads", name="Ads", opt_in="implied", created_at=shop.now))
        contact = session.get_one(Contact, find(shop))
        message = rows.add_message(session, shop.now, contact, channel="push", data={"data": {}})
        person = find_person(session, message.uid, now=shop.now)
    assert [dict(one.channels) for one in person.topics] == [{"push": True}, {"push": False}]


def test_an_estimate_counts_who_has_a_device_and_said_yes(shop):
    come(shop, "a", external="ann", signed=True, topics=["news"])
    come(shop, "b", external="bob", signed=True)
    document = {
        "format": 1, "key": "j", "name": "J", "trigger": {"kind": "event", "event": "Go"},
        "start": "a", "nodes": {"a": MARKETING | {"next": "b"}, "b": NOTE},
    }  # fmt: skip
    with shop.database.reading() as session:
        found = list_reachable(
            session, parse_journey(json.dumps(document)), now=shop.now, default_zone="UTC"
        )
    assert [(one.channel, one.topic, one.people) for one in found] == [
        ("push", "news", 1),
        ("push", "", 2),
    ]
