"""The tail of events over HTTP."""

from datetime import timedelta

import pytest

from server.api.events import LATEST
from tests.server import rows
from tests.server.conftest import START, bearer, log_in, make_key

PATH = "/api/v1/events/recent"


@pytest.fixture
def owner(app, house):
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START, email="ann@example.com", attributes={"name": "Ann"})
        ben = rows.add_contact(session, START, email="ben@example.com")
        for days in (9, 3, 0.5):
            rows.add_event(
                session, ann, "Came", START - timedelta(days=days), properties={"days": days}
            )
        rows.add_event(session, ben, "Left", START - timedelta(hours=1), message_id="m-1")
    return log_in(app, "owner")


def test_what_came_last_stands_first_with_whom_it_is_about(owner):
    shown = owner.get(PATH).json
    assert [one["name"] for one in shown["items"]] == ["Left", "Came", "Came", "Came"]
    assert [one["who"] for one in shown["items"]] == ["ben@example.com", "Ann", "Ann", "Ann"]
    assert (shown["items"][0]["message_id"], shown["today"]) == ("m-1", None)


def test_a_name_is_asked_for_and_counted(owner):
    shown = owner.get(f"{PATH}?name=Came").json
    assert [one["properties"]["days"] for one in shown["items"]] == [0.5, 3, 9]
    assert (shown["today"], shown["week"]) == (1, 2)
    assert owner.get(f"{PATH}?name=Nothing").json["items"] == []


def test_one_contact_is_asked_for(owner):
    shown = owner.get(f"{PATH}?contact=ben@example.com").json
    assert [one["name"] for one in shown["items"]] == ["Left"]
    assert owner.get(f"{PATH}?contact=nobody").json["items"] == []


def test_no_more_than_a_page_and_none_for_who_sees_no_contacts(app, house, owner):
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START)
        for number in range(LATEST + 5):
            rows.add_event(session, ann, "Many", START, properties={"n": number})
    assert len(owner.get(PATH).json["items"]) == LATEST
    assert log_in(app, "editor").get(PATH).status_code == 403
    assert app.test_client().get(PATH).status_code == 401


def test_only_what_came_after_is_asked_for(owner, house):
    shown = owner.get(PATH).json
    assert owner.get(f"{PATH}?after={shown['last']}").json == {
        "items": [], "today": None, "week": None, "most": 10_000, "last": shown["last"],
    }  # fmt: skip
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START)
        rows.add_event(session, ann, "New", START - timedelta(days=30), mode="history")
    [new] = owner.get(f"{PATH}?after={shown['last']}").json["items"]
    assert (new["name"], new["mode"]) == ("New", "history")
    assert owner.get(f"{PATH}?after={shown['last']}&name=Came").json["items"] == []


def test_what_was_not_taken_of_a_call_is_shown_with_what_sent_it(owner, house):
    context = {"ignored": ["email"], "library": {"name": "sojourn.js", "version": "1"}, "page": {}}
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START)
        rows.add_event(session, ann, "Told", START, context=context)
    [told] = owner.get(f"{PATH}?name=Told").json["items"]
    assert (told["notes"], told["library"]) == ({"ignored": ["email"]}, "sojourn.js 1")


def test_events_are_counted_by_name(app, owner):
    shown = log_in(app, "viewer").get("/api/v1/events/names").json["items"]
    came = next(one for one in shown if one["name"] == "Came")
    assert (came["today"], came["week"]) == (1, 2)
    assert came["properties"] == [{"name": "days", "kinds": ["number"]}]


def test_refused_calls_are_shown_to_who_may_see_contacts(app, owner, house):
    client = app.test_client()
    key = make_key(house, "write")
    sent = client.post("/v1/track", json={"userId": "u", "messageId": "m"}, headers=bearer(key))
    assert sent.status_code == 400
    [one] = owner.get("/api/v1/events/refused").json["items"]
    assert (one["code"], one["key"], one["message_id"]) == ("missing_event", "tests", "m")
    assert log_in(app, "editor").get("/api/v1/events/refused").status_code == 403
    assert client.get("/api/v1/events/refused").status_code == 401
