"""How many a draft may expect to enter, over HTTP: counted from what was."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.contacts.suppression import suppress
from engine.journeys.rehearsing import estimate
from engine.journeys.reporting import reachable
from engine.models.contact import Consent, Contact, ContactState, Topic
from engine.models.record import Record
from engine.models.segment import Segment, SegmentMember
from tests.server import rows
from tests.server.conftest import START, log_in

DAY = timedelta(days=1)
AUDIENCE = {"attribute": "plan", "op": "is", "value": "pro"}


@pytest.fixture
def ask(app, house):
    browser = log_in(app, "editor")

    def post(trigger, **nodes):
        document = {"format": 1, "key": "j", "name": "J", "trigger": trigger, "nodes": nodes}
        saved = browser.put("/api/v1/journeys/j", json={"document": document})
        assert saved.status_code == 200, saved.get_data(as_text=True)
        return browser.post("/api/v1/journeys/j/estimate").json

    return post


@pytest.fixture
def people(house):
    with house.database.transaction() as session:
        found = [rows.add_contact(session, START, attributes={"plan": "pro"}) for _ in range(3)]
        for days in (1, 2, 29, 31):
            rows.add_event(session, found[0], "Came", START - days * DAY)
        rows.add_event(session, found[1], "Came", START - DAY)
        rows.add_event(session, found[2], "Left", START - DAY)
        rows.add_event(session, found[2], "Message Received", START - DAY)
        rows.add_contact(session, START, attributes={"born_on": "1990-05-01"})
        for days, one in enumerate(found):
            session.add(
                ContactState(contact_id=one.id, counters=b"", active_at=START - days * 1.5 * DAY)
            )
        session.add(
            Record(
                type="ticket",
                key="1",
                contact_id=found[0].id,
                created_at=START,
                updated_at=START,
                state_since=START,
            )
        )
        session.add(
            Segment(
                key="vip",
                name="VIP",
                condition=AUDIENCE,
                created_at=START,
                updated_at=START,
                size=7,
            )
        )


@pytest.mark.parametrize(
    ("trigger", "basis", "times", "people_"),
    [
        ({"kind": "event", "event": "Came"}, "events", 4, 2),
        (
            {
                "kind": "absence",
                "after": {"event": "Came"},
                "without": {"event": "Left"},
                "within": "PT1H",
            },
            "events",
            4,
            2,
        ),
        ({"kind": "segment", "segment": "vip", "change": "entered"}, "segment", None, 7),
        ({"kind": "segment", "segment": "gone", "change": "entered"}, "none", None, None),
        (
            {"kind": "schedule", "cron": "0 9 * * 1", "audience": AUDIENCE},
            "audience",
            None,
            3,
        ),
        ({"kind": "date", "attribute": "born_on"}, "date", None, 1),
        ({"kind": "inactivity", "no": ["Came"], "for": "P2D"}, "silent", None, 0),
        ({"kind": "inactivity", "no": ["Left"], "for": "PT12H"}, "silent", None, 1),
        ({"kind": "inactivity", "no": "any", "for": "P2D"}, "silent", None, 1),
        ({"kind": "record", "type": "ticket", "change": {"kind": "created"}}, "records", 1, None),
        ({"kind": "message"}, "events", 1, 1),
        ({"kind": "manual"}, "none", None, None),
    ],
)
def test_each_kind_of_trigger_is_counted_by_what_it_goes_by(
    ask, people, trigger, basis, times, people_
):
    told = ask(trigger)
    assert (told["basis"], told["times"], told["people"]) == (basis, times, people_)
    assert (told["days"], told["is_more"]) == (estimate.DAYS, False)


def test_what_happened_too_often_is_counted_up_to_a_bound(ask, people, monkeypatch):
    monkeypatch.setattr(estimate, "MOST", 3)
    told = ask({"kind": "event", "event": "Came"})
    assert (told["times"], told["is_more"]) == (3, True)


def test_the_last_week_is_told_alone(ask, people):
    told = ask({"kind": "event", "event": "Came"})
    assert (told["week_times"], told["week_people"]) == (3, 2)


def send(topic="", kind="send_email", **more):
    return {"kind": kind, "template": "hello", "topic": topic, **more}


@pytest.fixture
def addressed(house):
    """Three with an address: one said yes to news, one said no to it and to offers."""
    with house.database.transaction() as session:
        session.add(Topic(key="news", name="News", created_at=START))
        session.add(Topic(key="offers", name="Offers", opt_in="implied", created_at=START))
        found = [
            rows.add_contact(
                session,
                START,
                attributes={"email": f"{n}@example.com", "plan": plan},
                email=f"{n}@example.com",
                email_confirmed=True,
            )
            for n, plan in enumerate(("pro", "pro", "free"))
        ]
        rows.add_contact(
            session,
            START,
            attributes={"plan": "pro", "phone": "+49301234567"},
            phone="+49301234567",
            phone_confirmed=True,
        )
        for contact, topic, choice in (
            (found[0], "news", "subscribed"),
            (found[1], "news", "unsubscribed"),
            (found[1], "offers", "unsubscribed"),
        ):
            session.add(
                Consent(
                    contact_id=contact.id,
                    topic=topic,
                    channel="email",
                    choice=choice,
                    changed_at=START,
                )
            )
        session.add(
            Segment(key="vip", name="VIP", condition=AUDIENCE, created_at=START, updated_at=START)
        )
        session.flush()
        session.add(SegmentMember(segment="vip", contact_id=found[2].id, since=START))


@pytest.mark.parametrize(
    ("trigger", "node", "people_", "of"),
    [
        ({"kind": "manual"}, send("news"), 1, None),
        ({"kind": "manual"}, send("offers"), 2, None),
        ({"kind": "manual"}, send("news", **{"class": "transactional"}), 3, None),
        ({"kind": "manual"}, send(kind="send_sms", **{"class": "transactional"}), 1, None),
        ({"kind": "schedule", "cron": "0 9 * * 1", "audience": AUDIENCE}, send("offers"), 1, 3),
        ({"kind": "segment", "segment": "vip", "change": "entered"}, send("offers"), 1, 1),
        ({"kind": "segment", "segment": "vip", "change": "left"}, send("offers"), 2, None),
    ],
)
def test_it_tells_to_how_many_its_messages_may_go(ask, addressed, trigger, node, people_, of):
    told = ask(trigger, mail=node)
    assert [(one["people"], one["of"], one["is_more"]) for one in told["reach"]] == [
        (people_, of, False)
    ]


def test_whom_a_gate_would_turn_away_is_not_counted(ask, addressed, house):
    offers, receipt = send("offers"), send(**{"class": "transactional"})

    def count():
        return [one["people"] for one in ask({"kind": "manual"}, a=offers, b=receipt)["reach"]]

    assert count() == [2, 3]
    with house.database.transaction() as session:
        first, _, third = session.scalars(
            select(Contact).where(Contact.email.is_not(None)).order_by(Contact.id)
        )
        no = {"topic": "*", "channel": "email", "choice": "unsubscribed"}
        session.add(Consent(contact_id=third.id, changed_at=START, **no))
        suppress(session, "email", first.email, reason="complained", now=START)
    assert count() == [0, 3]
    with house.database.transaction() as session:
        suppress(session, "email", first.email, reason="hard_bounce", now=START)
        session.get_one(Contact, third.id).email_confirmed = False
    assert count() == [0, 1]


def test_a_push_and_what_goes_by_the_first_that_reaches_are_told_too(ask, addressed):
    tries = [{"channel": one, "template": "hello"} for one in ("push", "sms")]
    first = {"kind": "send_first", "class": "transactional", "tries": tries}
    told = ask({"kind": "manual"}, a=send(kind="send_push", **{"class": "transactional"}), b=first)
    assert [(one["channel"], one["people"]) for one in told["reach"]] == [("push", 0), ("sms", 1)]


def test_who_cannot_be_counted_in_time_are_so_many_at_least(ask, addressed, monkeypatch):
    monkeypatch.setattr(reachable, "count_reach", lambda *_, **__: None)
    [told] = ask({"kind": "manual"}, mail=send("offers"))["reach"]
    assert (told["people"], told["of"], told["is_more"], told["margin"]) == (2, None, True, 0)


def test_kinds_of_messages_are_told_once_each(ask, addressed):
    told = ask({"kind": "manual"}, a=send("news"), b=send("news"), c=send("offers"))
    assert [(one["channel"], one["topic"]) for one in told["reach"]] == [
        ("email", "news"),
        ("email", "offers"),
    ]


def test_pushes_are_told_of_too(ask, addressed):
    tries = [{"channel": name, "template": f"hello-{name}"} for name in ("push", "email", "sms")]
    first = {"kind": "send_first", "class": "transactional", "tries": tries}
    told = ask({"kind": "manual"}, a=first)
    assert [one["channel"] for one in told["reach"]] == ["push", "email", "sms"]
