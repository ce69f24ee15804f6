"""Broadcasts over HTTP: known by their shape, counted, sent once, cancelled."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.contacts.suppression import suppress
from engine.journeys.deciding.states import JourneyState
from engine.journeys.entering import schedules
from engine.journeys.reporting import reaching
from engine.journeys.reporting.broadcasts import Firing, derive_state, is_broadcast
from engine.journeys.running import runner
from engine.messages.consent.unsubscribe import find_subscription, unsubscribe
from engine.messages.states import MessageState
from engine.models.contact import Consent, Contact, PushDevice, Topic
from engine.models.message import Message
from tests.server import rows
from tests.server.conftest import HOUR, START, log_in

ROOT = "/api/v1/broadcasts"
PRO = {"attribute": "plan", "op": "is", "value": "pro"}
TEXT = "Hello {{ contact.first_name|default('you') }}"


def build(once="2026-03-01T13:00:00Z", **values):
    trigger = {"kind": "schedule", "once": once, "audience": PRO, **values.pop("trigger", {})}
    node = {"kind": "send_sms", "template": "hello", "topic": "news", **values.pop("node", {})}
    document = {"format": 1, "key": "march", "name": "March", "trigger": trigger}
    entry = {"reentry": {"mode": "never"}}
    return {**document, "entry": entry, "start": "send", "nodes": {"send": node}, **values}


@pytest.fixture
def owner(app, house):
    browser = log_in(app, "owner")
    with house.database.transaction() as session:
        session.add(Topic(key="news", name="News", opt_in="explicit", created_at=START))
    template = {"channel": "sms", "source": TEXT, "edits": 0, "name": "Hello"}
    assert browser.put("/api/v1/templates/hello", json=template).status_code == 200
    return browser


@pytest.fixture
def people(house):
    """Six who are asked for: two that may get it, and one for each reason not to."""
    with house.database.transaction() as session:
        for number, (phone, is_confirmed, choice) in enumerate(
            [
                ("+491510000001", True, "subscribed"),
                ("+491510000002", True, "subscribed"),
                (None, False, "subscribed"),
                ("+491510000004", False, "subscribed"),
                ("+491510000005", True, "unsubscribed"),
                ("+491510000006", True, None),
            ]
        ):
            contact = rows.add_contact(
                session,
                START,
                attributes={"plan": "pro", "n": number},
                phone=phone,
                phone_confirmed=is_confirmed,
            )
            if choice:
                said = {"topic": "news", "channel": "sms", "choice": choice, "changed_at": START}
                session.add(Consent(contact_id=contact.id, **said))
        rows.add_contact(session, START, attributes={"plan": "free"})


def draft(browser, **values):
    saved = browser.put("/api/v1/journeys/march", json={"document": build(**values)})
    assert saved.status_code == 200, saved.get_data(as_text=True)
    return saved.json["revision"]


def send(browser, revision, status=200, **more):
    answer = browser.post(f"{ROOT}/march/send", json={"revision": revision, **more})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def show(browser):
    return browser.get(f"{ROOT}/march").json


def tick(house, wall, by):
    """Let time pass, and everything that is due by then be done."""
    wall.advance(by)
    zone = {"default_zone": "UTC"}
    with house.database.transaction() as session:
        schedules.note_due(session, now=house.clock.now(), **zone)
    for _ in range(10):
        with house.database.transaction() as session:
            schedules.let_in_due(session, now=house.clock.now(), limit=100, **zone)
        with house.database.transaction() as session:
            runner.advance_due(session, now=house.clock.now(), limit=100, **zone)


@pytest.mark.parametrize(
    "change",
    [
        {"trigger": {"kind": "schedule", "cron": "0 9 * * *"}},
        {"trigger": {"kind": "manual"}},
        {"nodes": {"send": {"kind": "send_sms", "template": "t", "next": "wait"}, "wait": {}}},
        {"nodes": {"send": {"kind": "webhook", "endpoint": "e"}}},
        {"nodes": {}},
        {"start": ""},
    ],
)
def test_what_does_more_or_less_than_send_one_message_once_is_no_broadcast(change):
    assert is_broadcast(build())
    assert not is_broadcast({**build(), **change})


MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BEFORE, AFTER = MOMENT - HOUR, MOMENT + HOUR


@pytest.mark.parametrize(
    ("journey", "firing", "queued", "entered", "state"),
    [
        ("draft", Firing(), 0, 0, "draft"),
        ("paused", Firing(1, 0, AFTER), 3, 3, "paused"),
        ("live", Firing(0, 0, BEFORE), 0, 0, "scheduled"),
        ("live", Firing(0, 0, AFTER), 0, 0, "missed"),
        ("live", Firing(1, 0, AFTER), 0, 5, "sending"),
        ("live", Firing(1, 1, AFTER), 2, 5, "sending"),
        ("live", Firing(1, 1, AFTER), 0, 5, "sent"),
        ("stopped", Firing(0, 0, BEFORE), 0, 0, "cancelled"),
        ("stopped", Firing(1, 1, AFTER), 1, 5, "sending"),
        ("stopped", Firing(1, 1, AFTER), 0, 5, "sent"),
    ],
)
def test_where_a_broadcast_stands(journey, firing, queued, entered, state):
    trigger = {"once": "2026-03-02T09:00:00Z"}
    found = derive_state(JourneyState(journey), trigger, firing, queued=queued, entered=entered)
    assert found == state


def test_on_everybody_s_own_clock_it_is_over_once_the_last_zone_is():
    trigger = {"once": "2026-03-02T09:00:00Z", "timezone": "contact"}
    for hours, state in ((11, "sending"), (12, "sent")):
        firing = Firing(3, 3, MOMENT + timedelta(hours=hours))
        found = derive_state(JourneyState.LIVE, trigger, firing, queued=0, entered=9)
        assert found == state


def test_whom_it_would_reach_is_counted_with_the_reasons(owner, people):
    asked = {"audience": PRO, "channel": "sms", "topic": "news"}
    assert owner.post(f"{ROOT}/reach", json=asked).json == {
        "audience": 6,
        "reached": 2,
        "skipped": {"no_address": 1, "unconfirmed": 1, "unsubscribed": 1, "no_consent": 1},
        "margin": 0,
    }
    whatever = {**asked, "message_class": "transactional", "topic": ""}
    counted = owner.post(f"{ROOT}/reach", json=whatever).json
    assert (counted["reached"], set(counted["skipped"])) == (4, {"no_address", "unconfirmed"})


def give_device(session, contact, *, is_confirmed, gone_at=None):
    mark = str(contact.id).encode()
    values = {"endpoint": "https://p.example/x", "p256dh": "p", "auth": "a", "agent": "Firefox"}
    row = PushDevice(contact_id=contact.id, endpoint_hash=mark.rjust(32, b"0"), **values)
    row.is_confirmed, row.gone_at = is_confirmed, gone_at
    row.created_at = row.seen_at = START
    session.add(row)


def test_a_push_reaches_who_has_a_browser_of_which_it_is_sure_whose_it_is(owner, house):
    with house.database.transaction() as session:
        for number, (is_vouched, device) in enumerate(
            [
                (True, {"is_confirmed": True}),
                (False, {"is_confirmed": False}),
                (True, {"is_confirmed": False}),
                (True, {"is_confirmed": True, "gone_at": START}),
                (True, None),
            ]
        ):
            person = {"attributes": {"plan": "pro", "n": number}, "is_vouched": is_vouched}
            contact = rows.add_contact(session, START, **person)
            said = {"topic": "news", "channel": "push", "choice": "subscribed"}
            session.add(Consent(contact_id=contact.id, changed_at=START, **said))
            if device:
                give_device(session, contact, **device)
    asked = {"audience": PRO, "channel": "push", "topic": "news"}
    assert owner.post(f"{ROOT}/reach", json=asked).json == {
        "audience": 5,
        "reached": 2,
        "skipped": {"no_address": 2, "unconfirmed": 1},
        "margin": 0,
    }


def test_a_push_may_be_broadcast(owner, house):
    words = {"channel": "push", "source": "title: Sale", "edits": 0, "name": "Sale"}
    assert owner.put("/api/v1/templates/sale", json=words).status_code == 200
    draft(owner, node={"kind": "send_push", "template": "sale"})
    shown = owner.get(f"{ROOT}/march").json
    assert (shown["channel"], shown["template"], shown["state"]) == ("push", "sale", "draft")


def test_who_needs_no_yes_is_reached_without_one(owner, people, house):
    with house.database.transaction() as session:
        session.get_one(Topic, "news").opt_in = "implied"
    asked = {"audience": PRO, "channel": "sms", "topic": "news"}
    counted = owner.post(f"{ROOT}/reach", json=asked).json
    assert (counted["reached"], counted["skipped"].get("no_consent")) == (3, None)


def test_who_left_everything_or_is_suppressed_is_not_counted_as_reached(owner, people, house):
    asked = {"audience": PRO, "channel": "sms", "topic": "news"}
    with house.database.transaction() as session:
        session.get_one(Topic, "news").opt_in = "implied"
        left = session.scalar(select(Contact.id).where(Contact.phone == "+491510000006"))
        session.add(
            Consent(
                contact_id=left, topic="*", channel="sms", choice="unsubscribed", changed_at=START
            )
        )
    reached = owner.post(f"{ROOT}/reach", json=asked).json
    assert (reached["reached"], reached["skipped"]["unsubscribed"]) == (2, 2)
    with house.database.transaction() as session:
        for contact in session.scalars(select(Contact).where(Contact.phone.is_not(None))):
            suppress(session, "sms", contact.phone, reason="complained", now=START)
    skipped = owner.post(f"{ROOT}/reach", json=asked).json
    assert (skipped["reached"], skipped["skipped"]["suppressed"]) == (0, 2)
    receipt = {**asked, "message_class": "transactional", "topic": ""}
    assert owner.post(f"{ROOT}/reach", json=receipt).json["reached"] == 4


def test_of_very_many_a_sample_is_compared_and_its_margin_told(owner, house, monkeypatch):
    audience = {"attribute": "plan", "op": "is", "value": "many"}
    asked = {"audience": audience, "channel": "sms", "message_class": "transactional", "topic": ""}
    with house.database.transaction() as session:
        for n in range(400):
            phone = f"+49151{n:07}"
            given = {"attributes": {"plan": "many"}, "phone": phone, "phone_confirmed": True}
            rows.add_contact(session, START, **given)
            if n * 7919 % 400 < 100:
                suppress(session, "sms", phone, reason="hard_bounce", now=START)
    whole = owner.post(f"{ROOT}/reach", json=asked).json
    assert (whole["reached"], whole["skipped"], whole["margin"]) == (300, {"suppressed": 100}, 0)
    monkeypatch.setattr(reaching, "MOST_COMPARED", 100)
    sampled = owner.post(f"{ROOT}/reach", json=asked).json
    assert sampled["audience"] == 400 and 20 < sampled["margin"] < 40
    assert abs(sampled["reached"] - 300) <= sampled["margin"]
    assert sampled["reached"] + sampled["skipped"]["suppressed"] == 400


def test_a_sample_without_any_does_not_say_that_there_are_none():
    assert reaching.find_margin(0, 20_000, of=20_000) == 0
    assert 0 < reaching.find_margin(0, 20_000, of=1_000_000) < 200
    assert reaching.find_margin(10_000, 20_000, of=1_000_000) == 6860


def test_what_only_an_enrollment_knows_reaches_nobody(owner):
    private = {"trigger": "properties.total", "op": "gt", "value": 1}
    asked = {"audience": private, "channel": "sms", "topic": "news"}
    assert owner.post(f"{ROOT}/reach", json=asked).status_code == 422


def test_it_waits_for_its_time_and_leaves_once(owner, people, house, wall):
    revision = draft(owner)
    assert show(owner)["state"] == "draft"
    listed = owner.get("/api/v1/journeys").json["journeys"]
    assert [(one["key"], one["is_broadcast"]) for one in listed] == [("march", True)]
    assert send(owner, revision)["state"] == "scheduled"
    tick(house, wall, timedelta(minutes=50))
    assert show(owner)["state"] == "scheduled"
    tick(house, wall, timedelta(minutes=20))
    shown = show(owner)
    assert (shown["state"], shown["entered"], shown["queued"]) == ("sending", 6, 6)
    with house.database.transaction() as session:
        for place, message in enumerate(session.scalars(select(Message).order_by(Message.id))):
            message.state = MessageState.SENT if place < 4 else MessageState.SKIPPED
            message.opened_at = START if place < 3 else None
    shown = show(owner)
    assert (shown["state"], shown["sent"], shown["skipped"]) == ("sent", 4, 2)
    assert (shown["told"]["opened"], shown["told"]["unsubscribed"]) == (3, 0)
    with house.database.transaction() as session:
        for uid in session.scalars(select(Message.uid).order_by(Message.id).limit(2)):
            subscription = find_subscription(session, uid)
            unsubscribe(session, subscription, how="page", now=START)
    assert show(owner)["told"]["unsubscribed"] == 2
    assert [one["key"] for one in owner.get(ROOT).json["items"]] == ["march"]
    send(owner, shown["revision"], status=409, at_once=True)


def test_at_once_is_the_server_s_at_once(owner, people, house, wall):
    shown = send(owner, draft(owner, once="2030-01-01T00:00:00Z"), at_once=True)
    assert (shown["once"], shown["timezone"]) == ("2026-03-01T12:00:02Z", "UTC")
    tick(house, wall, timedelta(seconds=5))
    assert show(owner)["entered"] == 6


def test_a_time_that_has_passed_is_refused(owner):
    send(owner, draft(owner, once="2026-03-01T11:59:00Z"), status=422)
    own = draft(owner, once="2026-03-01T11:59:00Z", trigger={"timezone": "contact"})
    assert send(owner, own)["state"] == "scheduled"


def test_a_draft_that_somebody_changed_meanwhile_is_not_sent(owner):
    revision = draft(owner)
    draft(owner, name="April")
    send(owner, revision, status=409)
    assert show(owner)["state"] == "draft"


def test_what_is_no_broadcast_is_neither_shown_nor_sent(owner):
    trigger = {"kind": "manual"}
    saved = owner.put("/api/v1/journeys/march", json={"document": {**build(), "trigger": trigger}})
    assert owner.get(f"{ROOT}/march").status_code == 404
    assert owner.get(ROOT).json["items"] == []
    send(owner, saved.json["revision"], status=409)


def test_one_that_is_cancelled_reaches_nobody_and_may_be_planned_again(owner, people, house, wall):
    send(owner, draft(owner))
    assert owner.post("/api/v1/journeys/march/stop", json={"mode": "now"}).status_code == 200
    assert show(owner)["state"] == "cancelled"
    tick(house, wall, 2 * HOUR)
    assert show(owner)["entered"] == 0
    again = draft(owner, once="2026-03-05T09:00:00Z")
    assert send(owner, again)["state"] == "scheduled"


def test_who_may_not_publish_may_not_send(app, owner):
    revision = draft(owner)
    send(log_in(app, "editor"), revision, status=403)
