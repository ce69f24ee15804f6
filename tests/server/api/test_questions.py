"""Questions of journeys, over HTTP."""

from datetime import timedelta

import pytest

from engine.models.account import AuditEntry
from engine.models.journey import Enrollment, Notice
from engine.models.question import Question
from server import scheduler
from tests.server.conftest import bearer, log_in, make_key
from tests.shop import Shop

ASK = {
    "kind": "ask",
    "to": "team:sales",
    "text": "Approve?",
    "paths": [{"label": "approve"}, {"label": "refuse"}],
    "form": [{"name": "reason", "kind": "text", "required": True}],
    "due": {"after": "P2D"},
    "escalate": {"after": "P1D", "to": "role:manager"},
}


@pytest.fixture
def shop(house):
    """A shop on the house's clock, whose journey has asked three times."""
    shop = Shop(house.database)
    shop.now = house.clock.now()
    shop.publish(trigger={"kind": "event", "event": "Ordered"}, start="boss", nodes={"boss": ASK})
    for user in ("ann", "bob", "cid"):
        shop.say(event="Ordered", userId=user)
    shop.work()
    return shop


@pytest.fixture
def publisher(app, shop):
    return log_in(app, "publisher")


def test_questions_are_listed_the_newest_first(publisher):
    page = publisher.get("/api/v1/questions?open=1").json
    assert [each["id"] for each in page["items"]] == [3, 2, 1]
    assert page["next"] is None
    assert [each["id"] for each in publisher.get("/api/v1/questions?before=3").json["items"]] == [
        2,
        1,
    ]


def test_questions_are_read_page_by_page(publisher, shop):
    for number in range(60):
        shop.say(event="Ordered", userId=f"u{number}")
    shop.work()
    found, before = [], ""
    while before is not None:
        page = publisher.get(f"/api/v1/questions?open=true{before}").json
        found += [each["id"] for each in page["items"]]
        before = None if page["next"] is None else f"&before={page['next']}"
    assert found == list(range(63, 0, -1))


def test_one_question_is_shown(publisher):
    shown = publisher.get("/api/v1/questions/1").json
    assert shown.pop("contact")
    assert shown == {
        "id": 1,
        "state": "open",
        "journey": "j",
        "node": "boss",
        "to": "team:sales",
        "words": "Approve?",
        "answers": ["approve", "refuse"],
        "form": [{"name": "reason", "kind": "text", "label": "", "required": True, "choices": []}],
        "asked_at": "2026-03-01T12:00:00Z",
        "due_at": "2026-03-03T12:00:00Z",
        "escalated_at": None,
        "answered_at": None,
        "answered_by": None,
        "answerer": None,
        "answer": None,
        "values": None,
        "closed_at": None,
    }
    assert publisher.get("/api/v1/questions/9").status_code == 404


def test_an_answer_is_taken_once_and_who_gave_it_is_on_record(publisher, house, shop):
    chosen = {"label": "approve", "values": {"reason": "good"}}
    answer = publisher.post("/api/v1/questions/1/answer", json=chosen)
    assert answer.status_code == 200
    assert (answer.json["state"], answer.json["answer"]) == ("answered", "approve")
    assert (answer.json["values"], answer.json["answerer"]) == ({"reason": "good"}, "Publisher")
    again = publisher.post("/api/v1/questions/1/answer", json=chosen)
    assert again.status_code == 409
    assert "answered already" in again.json["title"]
    shop.work()
    assert shop.ask(Enrollment.status, id=1) == [(2,)]
    [(by,)] = shop.ask(Question.answered_by, id=1)
    assert shop.ask(AuditEntry.actor, AuditEntry.action, AuditEntry.target, AuditEntry.details) == [
        (by, "question.answered", "question:1", {"answer": "approve"})
    ]
    assert [each["id"] for each in publisher.get("/api/v1/questions?open=1").json["items"]] == [
        3,
        2,
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"label": ""}, 422),
        ({"label": "approve"}, 422),
        ({"label": "perhaps", "values": {"reason": "x"}}, 422),
        ({"label": "approve", "values": {"reason": 5}}, 422),
        ({"label": "approve", "values": {"reason": "x", "more": 1}}, 422),
        ({"label": "approve", "values": ["x"]}, 422),
        ({"label": "approve", "values": {"reason": "x"}, "by": "me"}, 422),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_is_on_record(publisher, shop, body, status):
    answer = publisher.post("/api/v1/questions/1/answer", json=body)
    assert answer.status_code == status
    assert shop.ask(AuditEntry.id) == []
    assert shop.ask(Question.answered_at, id=1) == [(None,)]


def test_too_late_is_said_in_words(app, shop, wall):
    wall.advance(timedelta(days=2))
    shop.now = wall.now()
    shop.work()
    publisher = log_in(app, "publisher")
    chosen = {"label": "approve", "values": {"reason": "good"}}
    answer = publisher.post("/api/v1/questions/1/answer", json=chosen)
    assert answer.status_code == 409
    assert "nobody waits" in answer.json["title"]
    assert publisher.get("/api/v1/questions/1").json["state"] == "closed"


def test_a_server_key_may_answer_if_it_holds_the_scope(app, house, shop):
    chosen = {"label": "refuse", "values": {"reason": "no"}}
    client = app.test_client()
    blind = bearer(make_key(house, scopes=["contacts:read"]))
    allowed = bearer(make_key(house, scopes=["questions:answer"]))
    for headers, status in ((blind, 403), (allowed, 200)):
        answer = client.post("/api/v1/questions/2/answer", json=chosen, headers=headers)
        assert answer.status_code == status
    assert log_in(app, "editor").get("/api/v1/questions").status_code == 403


def test_the_scheduler_tells_somebody_else_once(house, shop, wall):
    wall.advance(timedelta(days=1))
    for _ in range(2):
        scheduler.escalate_questions(house)
    assert [to for (to,) in shop.ask(Notice.to)].count("role:manager") == 3


def test_the_notice_of_a_question_leads_to_it(publisher, shop):
    told = publisher.get("/api/v1/notices").json["notices"]
    asked = {each["id"]: each for each in publisher.get("/api/v1/questions").json["items"]}
    assert sorted(each["question"] for each in told) == sorted(asked)
    for each in told:
        about = asked[each["question"]]
        assert (each["journey"], each["contact"]) == (about["journey"], about["contact"])
