"""Why, over HTTP."""

import pytest

from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing.publish import publish, save_draft
from tests.server import rows
from tests.server.conftest import bearer, log_in, make_key

JOURNEY = """{"format": 1, "key": "welcome", "name": "Welcome",
 "trigger": {"kind": "event", "event": "Signed Up"}, "start": "rest",
 "nodes": {"rest": {"kind": "wait", "for": "P1D"}}}"""
PATH = "/api/v1/journeys/welcome/why"


@pytest.fixture
def contact(house):
    now = house.clock.now()
    with house.database.transaction() as session:
        save_draft(session, parse_journey(JOURNEY), now=now)
        publish(session, "welcome", by="test", now=now)
        return rows.add_contact(session, now, email="ann@example.com")


def test_why_answers_with_a_verdict_the_parts_and_a_text(app, contact):
    told = log_in(app).get(f"{PATH}?contact=ann@example.com").json
    assert told["verdict"] == (
        'It did not enter: the event "Signed Up": none was ever seen of this contact.'
    )
    assert told["journey"]["version"] == 1
    assert told["contact"]["id"] == str(contact.uid)
    assert [gate["name"] for gate in told["gates"]] == [
        "live",
        "filter",
        "inside",
        "re-entry",
        "cap",
        "holdout",
    ]
    assert told["text"].startswith(told["verdict"])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/v1/journeys/nothing/why?contact=ann@example.com", "there is no journey 'nothing'"),
        (f"{PATH}?contact=bob", "there is no contact 'bob'"),
    ],
)
def test_what_is_not_there_is_said_in_words(app, contact, path, words):
    answer = log_in(app).get(path)
    assert answer.status_code == 404
    assert words in answer.text


@pytest.mark.parametrize("query", ["", "?contact=", "?contact=a&contact=b", "?who=ann"])
def test_what_is_asked_wrongly_is_refused(app, contact, query):
    assert log_in(app).get(f"{PATH}{query}").status_code in {400, 422}


def test_who_may_not_see_contacts_is_refused(app, client, house, contact):
    path = f"{PATH}?contact=ann@example.com"
    assert log_in(app, "analyst").get(path).status_code == 403
    weak = make_key(house, scopes=["journeys:read"])
    strong = make_key(house, scopes=["contacts:read"])
    assert client.get(path, headers=bearer(weak)).status_code == 403
    assert client.get(path, headers=bearer(strong)).status_code == 200
