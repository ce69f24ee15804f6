"""Records and messages that come in, over HTTP."""

import pytest
from sqlalchemy import select

from engine.contacts.identify import Directory
from engine.models.event import EventBatch
from engine.models.message import Message
from tests.server import rows
from tests.server.conftest import START, bearer, log_in, make_key

TICKET = "/api/v1/records/ticket/t1"


@pytest.fixture
def known(house):
    """Ann and Bob, by the ids of the application."""
    with house.database.transaction() as session:
        directory = Directory(session, [], now=START)
        for who in ("ann", "bob"):
            directory.identify(external=who, anonymous=None)
        directory.write_contacts()
        directory.write_identities()


@pytest.fixture
def desk(client, house, known):
    """A help desk with a key."""
    headers = bearer(make_key(house, scopes=("contacts:read", "contacts:write")))

    def call(method, path, **said):
        return client.open(path, method=method, headers=headers, **said)

    return call


def count_batches(house):
    with house.database.reading() as session:
        return len(session.scalars(select(EventBatch.id)).all())


def test_a_record_is_made_shown_and_brought_up_to_date(desk, house, wall):
    answer = desk("PUT", TICKET, json={"contact": "ann", "state": "open", "fields": {"n": 1}})
    assert answer.status_code == 200
    assert (answer.json["state"], answer.json["fields"]) == ("open", {"n": 1})
    assert count_batches(house) == 1
    again = desk("PUT", TICKET, json={"contact": "ann", "state": "open", "fields": {"n": 1}})
    assert (again.json, count_batches(house)) == (answer.json, 1)
    wall.moment = wall.moment.replace(hour=13)
    desk("PUT", TICKET, json={"contact": answer.json["contact"], "state": "closed"})
    shown = desk("GET", TICKET).json
    assert shown == answer.json | {
        "state": "closed",
        "fields": {},
        "updated_at": "2026-03-01T13:00:00Z",
        "state_since": "2026-03-01T13:00:00Z",
    }
    assert count_batches(house) == 2


def test_records_are_listed_by_contact_and_type(desk):
    for key, who, type_ in (("t1", "ann", "ticket"), ("t2", "bob", "ticket"), ("d", "ann", "deal")):
        desk("PUT", f"/api/v1/records/{type_}/{key}", json={"contact": who})
    for query, keys in (
        ("", ["d", "t2", "t1"]),
        ("?contact=ann", ["d", "t1"]),
        ("?type=ticket", ["t2", "t1"]),
        ("?contact=ann&type=ticket", ["t1"]),
    ):
        page = desk("GET", f"/api/v1/records{query}").json
        assert ([each["key"] for each in page["items"]], page["next"]) == (keys, None)
    assert desk("GET", "/api/v1/records?contact=nobody").status_code == 404


def test_a_long_list_goes_on(desk):
    for number in range(51):
        desk("PUT", f"/api/v1/records/ticket/{number}", json={"contact": "ann"})
    page = desk("GET", "/api/v1/records").json
    assert (len(page["items"]), page["items"][0]["key"]) == (50, "50")
    rest = desk("GET", f"/api/v1/records?before={page['next']}").json
    assert [each["key"] for each in rest["items"]] == ["0"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (TICKET, {"contact": "nobody"}, 404),
        (TICKET, {}, 422),
        (TICKET, {"contact": "ann", "state": ""}, 422),
        (TICKET, {"contact": "ann", "fields": {"key": "x"}}, 422),
        (TICKET, {"contact": "ann", "fields": {"n": 2**60}}, 422),
        (TICKET, {"contact": "ann", "colour": "red"}, 422),
        (f"/api/v1/records/{'x' * 65}/t1", {"contact": "ann"}, 422),
        (f"/api/v1/records/ticket/{'x' * 201}", {"contact": "ann"}, 422),
    ],
)
def test_what_is_no_record_is_refused(desk, house, path, body, status):
    assert desk("PUT", path, json=body).status_code == status
    assert count_batches(house) == 0
    assert desk("GET", TICKET).status_code == 404


def test_who_may_not_see_contacts_sees_no_records(app, client, house, known):
    reader = bearer(make_key(house, scopes=("contacts:read",)))
    assert client.put(TICKET, json={"contact": "ann"}, headers=reader).status_code == 403
    editor = log_in(app, "editor")
    assert editor.get("/api/v1/records").status_code == 403
    assert client.get(TICKET).status_code == 401


def test_a_message_that_came_in_is_reported_once(desk, house):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START)
        rows.add_letter(session, START, contact, provider_id="<1@example.com>")
    said = {
        "channel": "email",
        "from": "ann@example.com",
        "text": "Thanks",
        "in_reply_to": "<1@example.com>",
        "provider_id": "<2@example.com>",
    }
    answer = desk("POST", "/api/v1/messages/inbound", json=said)
    assert (answer.status_code, answer.json["duplicate"]) == (200, False)
    assert desk("POST", "/api/v1/messages/inbound", json=said).json == answer.json | {
        "duplicate": True
    }
    with house.database.reading() as session:
        found = session.execute(select(Message.direction, Message.uid, Message.replied_at)).all()
    by_direction = {direction: (str(uid), at) for direction, uid, at in found}
    assert by_direction["in"] == (answer.json["id"], None)
    assert by_direction["out"] == (answer.json["in_reply_to"], START)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 404),
        ({"contact": "nobody"}, 404),
        ({"channel": "webhook"}, 422),
        ({"from": ""}, 422),
        ({"text": "x" * 30_001}, 422),
    ],
)
def test_what_is_no_message_is_refused(desk, change, status):
    said = {"channel": "sms", "from": "+491701234567", "text": "Hi"} | change
    assert desk("POST", "/api/v1/messages/inbound", json=said).status_code == status


def test_reporting_a_message_takes_the_right_to_change_contacts(client, house, known):
    said = {"channel": "sms", "from": "+491701234567", "text": "Hi", "contact": "ann"}
    key = bearer(make_key(house, scopes=("contacts:read",)))
    assert client.post("/api/v1/messages/inbound", json=said, headers=key).status_code == 403
