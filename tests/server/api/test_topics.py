"""Topics over HTTP: made, renamed, put away; nobody overwrites anybody."""

import pytest

from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing import publish
from tests.server.conftest import START, log_in

ROOT = "/api/v1/topics"
JOURNEY = """{"format": 1, "key": "j", "name": "Journey", "trigger": {"kind": "manual"},
    "start": "a", "nodes": {"a": {"kind": "send_sms", "template": "t", "topic": "news"}}}"""


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def save(browser, revision=0, key="news", status=200, **values):
    body = {"name": "News", "opt_in": "explicit", "revision": revision, **values}
    answer = browser.put(f"{ROOT}/{key}", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def list_offered(browser):
    return [one["key"] for one in browser.get("/api/v1/names").json["topics"]]


def test_a_topic_is_made_changed_and_listed(owner):
    assert save(owner)["revision"] == 1
    changed = save(owner, 1, name="Newsletter", opt_in="implied", description="Monthly")
    assert (changed["revision"], changed["name"], changed["opt_in"]) == (2, "Newsletter", "implied")
    assert owner.get(ROOT).json["items"] == [changed]


def test_who_edits_what_somebody_else_changed_is_told(owner):
    save(owner)
    save(owner, 1, name="Two")
    save(owner, 1, name="Three", status=409)
    save(owner, 0, name="Three", status=409)
    assert owner.get(ROOT).json["items"][0]["name"] == "Two"
    save(owner, 1, key="gone", status=404)


def test_a_topic_that_is_put_away_is_offered_no_more_and_comes_back(owner):
    save(owner)
    assert list_offered(owner) == ["news"]
    assert save(owner, 1, archived=True)["archived_at"] is not None
    assert list_offered(owner) == []
    assert save(owner, 2, archived=False)["archived_at"] is None
    assert list_offered(owner) == ["news"]


def test_where_a_topic_is_used_is_shown(owner, house):
    save(owner)
    with house.database.transaction() as session:
        publish.save_draft(session, parse_journey(JOURNEY), now=START)
    used = owner.get(ROOT).json["items"][0]["used_by"]
    assert used == [{"journey": "j", "name": "Journey", "is_live": False}]


@pytest.mark.parametrize("key", ["News", "1st", "a" * 65, "a b"])
def test_a_key_is_plain(owner, key):
    save(owner, key=key, status=422)


@pytest.mark.parametrize("role", ["publisher", "editor", "viewer"])
def test_only_who_may_change_settings_changes_topics(app, role):
    browser = log_in(app, role)
    assert browser.get(ROOT).status_code == 200
    save(browser, status=403)
