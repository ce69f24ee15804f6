"""The timeline of a contact over HTTP, and the copy of all that is held on it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.journeys.deciding.states import EnrollmentStatus
from engine.messages.states import MessageState
from engine.models.account import AuditEntry
from engine.models.contact import ConsentProof, Topic
from engine.models.journey import Journey
from engine.models.message import Message, Template
from engine.models.segment import Segment, SegmentMember
from server.api.timeline import PAGE
from tests.server import rows
from tests.server.conftest import HOUR, START, log_in

DAY = timedelta(days=1)
CONDITION = {"attribute": "plan", "op": "exists"}


@pytest.fixture
def ann(house):
    """A contact to whom one thing of each sort happened, an hour after the other."""
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START - DAY, email="ann@example.com")
        ben = rows.add_contact(session, START - DAY)
        journey, version = rows.add_journey(session, START)
        version.document = {
            "format": 1, "key": "welcome", "name": "welcome", "trigger": {"kind": "manual"},
            "start": "pause", "nodes": {"pause": {"kind": "wait", "for": "P1D"}},
        }  # fmt: skip
        rows.add_event(session, ann, "Bought", START, properties={"total": 50, "sku": "Ähre_1%"})
        rows.add_enrollment(
            session, START + HOUR, journey, version, ann,
            status=EnrollmentStatus.COMPLETED, ended_at=START + 5 * HOUR,
        )  # fmt: skip
        rows.add_letter(session, START + 2 * HOUR, ann)
        session.add(Topic(key="news", name="News", created_at=START))
        session.add(
            ConsentProof(
                contact_id=ann.id, topic="news", channel="email", choice="subscribed",
                occurred_at=START + 3 * HOUR, recorded_at=START, source="tracking",
            )
        )  # fmt: skip
        session.add(
            Segment(
                key="payers", name="Payers", condition=CONDITION, created_at=START, updated_at=START
            )
        )
        session.flush()
        session.add(SegmentMember(segment="payers", contact_id=ann.id, since=START + 4 * HOUR))
        rows.add_event(session, ann, "Subscribed", START + 3 * HOUR, actor="system")
        rows.add_event(
            session,
            ann,
            "Contact Updated",
            START + 6 * HOUR,
            actor="user",
            properties={"changes": {"plan": [None, "pro"]}},
            context={"by": "user:1"},
        )
        rows.add_event(session, ben, "Bought", START)
        return f"/api/v1/contacts/{ann.uid}", ann.id


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def read(browser, path, **query):
    answer = browser.get(f"{path}/timeline", query_string=query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


def test_everything_that_happened_stands_on_one_line_the_newest_first(owner, ann):
    items = read(owner, ann[0])["items"]
    assert [one["what"] for one in items] == [
        "event", "ended", "segment", "consent", "message", "entered", "event",
    ]  # fmt: skip
    assert [one["name"] for one in items] == [
        "Contact Updated", "welcome", "Payers", "News", "welcome", "welcome", "Bought",
    ]  # fmt: skip
    letter = items[4]
    assert (letter["state"], letter["subject"], letter["letter"]) == ("sent", "Hello", 1)
    assert (items[0]["by"], items[1]["node"]) == ("Owner", "pause")
    assert len({one["id"] for one in items}) == 7


def test_messages_are_told_by_the_names_of_their_template_and_journey(owner, ann, house):
    with house.database.transaction() as session:
        journey = session.scalars(select(Journey)).one()
        journey.name = "A warm welcome"
        words = {"key": "welcome", "name": "The first letter", "channel": "email"}
        session.add(Template(**words, created_at=START))
        session.scalars(select(Message)).one().journey_id = journey.id
    (letter,) = read(owner, ann[0], kinds="message")["items"]
    assert (letter["name"], letter["key"]) == ("The first letter", "welcome")
    assert (letter["journey"], letter["journey_name"]) == ("welcome", "A warm welcome")
    (found,) = owner.get("/api/v1/messages").json["items"]
    shown = owner.get(f"/api/v1/messages/{found['id']}").json
    assert (found["template_name"], shown["template_name"]) == ("The first letter",) * 2
    (kept,) = owner.get("/api/v1/mailbox").json["items"]
    assert (kept["journey"], kept["journey_name"]) == ("welcome", "A warm welcome")


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ("event", ["Bought"]),
        ("change", ["Contact Updated"]),
        ("message,consent", ["News", "welcome"]),
        ("journey", ["welcome", "welcome"]),
        ("segment", ["Payers"]),
        ("erasure", []),
        ("event,change", ["Contact Updated", "Bought"]),
    ],
)
def test_only_what_is_asked_for(owner, ann, kinds, found):
    assert [one["name"] for one in read(owner, ann[0], kinds=kinds)["items"]] == found


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("bought", ["Bought"]),
        ("TOTAL", ["Bought"]),
        ("_1%", ["Bought"]),
        ("%", ["Bought"]),
        ("_", ["Bought"]),
        ("Ähre", ["Bought"]),
        ("pro", ["Contact Updated"]),
        ("pay", ["Payers"]),
        ("wel", ["welcome", "welcome", "welcome"]),
        ("'", []),
        ("\\", []),
    ],
)
def test_a_text_is_found_in_names_and_properties(owner, ann, sought, found):
    assert [one["name"] for one in read(owner, ann[0], search=sought)["items"]] == found


def test_pages_leave_nothing_out_and_say_nothing_twice_while_more_comes(owner, house, ann):
    path, contact_id = ann
    with house.database.transaction() as session:
        contact = session.get_one(rows.Contact, contact_id)
        for number in range(3 * PAGE):
            at = START + DAY + timedelta(minutes=number // 7)  # several of one instant
            rows.add_event(session, contact, "Came", at, properties={"n": number})
            if number % 5 == 0:
                rows.add_message(session, at, contact, template=f"m{number}")
    seen, before, pages = [], None, 0
    while True:
        page = read(owner, path, **({"before": before} if before else {}))
        seen += [one["id"] for one in page["items"]]
        pages += 1
        with house.database.transaction() as session:
            contact = session.get_one(rows.Contact, contact_id)
            rows.add_event(session, contact, "New", START + 2 * DAY + timedelta(hours=pages))
        before = page["next"]
        if before is None:
            break
    assert (len(seen), len(set(seen))) == (3 * PAGE + 3 * PAGE // 5 + 7, len(seen))


def test_a_message_stands_where_it_was_sent_and_says_what_became_of_it(owner, house, ann):
    path, contact_id = ann
    with house.database.transaction() as session:
        contact = session.get_one(rows.Contact, contact_id)
        rows.add_message(
            session, START - 2 * DAY, contact, template="late", state=MessageState.SENT,
            sent_at=START + DAY, opened_at=START + DAY + HOUR,
        )  # fmt: skip
        rows.add_message(
            session, START - 3 * DAY, contact, template="never", state=MessageState.SKIPPED,
            reason="no_consent",
        )  # fmt: skip
    items = read(owner, path, kinds="message")["items"]
    assert [one["name"] for one in items] == ["late", "welcome", "never"]
    assert (list(items[0]["marks"]), items[2]["state"], items[2]["reason"]) == (
        ["opened"], "skipped", "no_consent",
    )  # fmt: skip


@pytest.mark.parametrize(
    "query",
    ["search=%00", "before=x", "before=1.2", "before=1.5.x", "before=9.0.99999999999999999999", "kinds=all",
     "before=99999999999999999999999.1.1", "search=" + "x" * 101, "why=1"],
)  # fmt: skip
def test_what_is_asked_wrongly_is_no_fault_of_ours(owner, ann, query):
    assert owner.get(f"{ann[0]}/timeline?{query}").status_code in {200, 400, 422}


def test_all_that_is_held_is_given_as_json_and_that_is_on_record(owner, house, ann):
    answer = owner.get(f"{ann[0]}/export")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    held = json.loads(answer.get_data())
    assert held["contact"]["email"] == "ann@example.com"
    assert [one["name"] for one in held["events"]] == ["Bought", "Subscribed", "Contact Updated"]
    assert held["messages"][0]["text"] == "Hello"
    assert (held["segments"][0]["key"], held["journeys"][0]["journey"]) == ("payers", "welcome")
    assert held["consent_history"][0]["choice"] == "subscribed"
    with house.database.reading() as session:
        [entry] = session.query(AuditEntry).filter_by(action="contact.exported").all()
    assert entry.target == ann[0].removeprefix("/api/v1/contacts/")


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_r135_who_may_see_no_contacts_sees_no_timeline(app, ann, role):
    browser = log_in(app, role)
    for part in ("timeline", "export"):
        assert browser.get(f"{ann[0]}/{part}").status_code == 403
        assert app.test_client().get(f"{ann[0]}/{part}").status_code == 401
    assert (
        log_in(app, "owner")
        .get("/api/v1/contacts/" + "0" * 8 + "-0000-7000-8000-" + "0" * 12 + "/timeline")
        .status_code
        == 404
    )
