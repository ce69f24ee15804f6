"""Notices over HTTP: read by those who may, and marked as read."""

import pytest

from engine.accounts.notices import NewNotice, add_notices
from engine.language.say import Sentence
from server.api import notices
from tests.server.conftest import START, log_in

OURS = NewNotice("chain:1", "role:admin", "A chain of journeys was stopped.")
THEIRS = NewNotice("n1", "owner", "Ann is unhappy.", enrollment_id=1)


@pytest.fixture
def told(house):
    with house.database.transaction() as session:
        add_notices(session, [OURS, THEIRS], now=START)
        add_notices(session, [OURS], now=START)
    return house


def words_of(browser, query=""):
    return [each["words"] for each in browser.get(f"/api/v1/notices{query}").json["notices"]]


def test_notices_are_listed_the_newest_first(app, told):
    owner = log_in(app)
    page = owner.get("/api/v1/notices").json
    assert page["next"] is None
    assert [each["words"] for each in page["notices"]] == [THEIRS.words, OURS.words]
    assert page["notices"][1] == {
        "id": page["notices"][1]["id"],
        "at": "2026-03-01T12:00:00Z",
        "to": "role:admin",
        "words": OURS.words,
        "enrollment_id": None,
        "journey": None,
        "contact": None,
        "question": None,
        "read_at": None,
    }
    assert words_of(owner, "?to=owner") == [THEIRS.words]


def test_the_products_own_words_are_said_in_the_readers_language(app, told):
    with told.database.transaction() as session:
        words = Sentence("{n} were called spam", n=3)
        add_notices(session, [NewNotice("s1", "owner", words)], now=START)
    browser = log_in(app)
    assert words_of(browser)[0] == "3 were called spam"
    page = browser.get("/api/v1/notices", headers={"Accept-Language": "de"}).json
    assert page["notices"][0]["words"] == "wurden 3 als Spam gemeldet"


def test_pages_follow_one_another(app, told, monkeypatch):
    monkeypatch.setattr(notices, "PAGE", 1)
    owner = log_in(app)
    first = owner.get("/api/v1/notices").json
    assert first["next"] == first["notices"][0]["id"]
    assert words_of(owner, f"?before={first['next']}") == [OURS.words]


def test_what_is_marked_as_read_is_read_for_everybody(app, told):
    owner, viewer = log_in(app), log_in(app, "viewer")
    ids = [each["id"] for each in owner.get("/api/v1/notices").json["notices"]]
    assert owner.post("/api/v1/notices/read", json={"ids": ids}).json == {"marked": 2}
    assert owner.post("/api/v1/notices/read", json={"ids": ids}).json == {"marked": 0}
    assert words_of(viewer, "?unread=true") == []
    assert words_of(viewer) == [OURS.words]
    assert owner.get("/api/v1/notices").json["notices"][0]["read_at"] == "2026-03-01T12:00:00Z"


def test_r135_who_may_not_see_contacts_sees_no_words_about_them(app, told):
    editor, viewer = log_in(app, "editor"), log_in(app, "viewer")
    assert words_of(editor) == words_of(viewer) == [OURS.words]
    everything = {"ids": list(range(1, 10))}
    assert viewer.post("/api/v1/notices/read", json=everything).status_code == 403
    assert editor.post("/api/v1/notices/read", json=everything).json == {"marked": 1}
