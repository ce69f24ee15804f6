"""What was done by hand, over HTTP: newest first, by page, of one sort, by one person."""

from engine.accounts import audit
from tests.server.conftest import START, add_user, log_in

ROOT = "/api/v1/audit"


def fill(house, actor, *actions):
    with house.database.transaction() as session:
        for action in actions:
            audit.record(session, actor=actor, action=action, target="x", now=START)


def list_actions(browser, **query):
    return [one["action"] for one in browser.get(ROOT, query_string=query).json["items"]]


def test_pages_follow_one_another(app, house):
    browser = log_in(app, "admin")
    fill(house, "console", *(f"key.n{number}" for number in range(60)))
    first = browser.get(ROOT).json
    rest = browser.get(f"{ROOT}?before={first['next']}").json
    found = [one["action"] for one in first["items"] + rest["items"]]
    assert (len(first["items"]), rest["next"]) == (50, None)
    assert found == [f"key.n{number}" for number in reversed(range(60))]


def test_it_is_narrowed_by_sort_and_by_who(app, house):
    browser = log_in(app, "owner")
    ann = add_user(house, "editor", "ann@example.com")
    fill(house, f"user:{ann}", "journey.published", "topic.saved")
    fill(house, "console", "journey.stopped", "journeys.odd")
    assert list_actions(browser, sort="journey") == ["journey.stopped", "journey.published"]
    assert list_actions(browser, actor=f"user:{ann}") == ["topic.saved", "journey.published"]
    assert list_actions(browser, actor=f"user:{ann}", sort="topic") == ["topic.saved"]
    (entry,) = browser.get(f"{ROOT}?sort=topic").json["items"]
    assert (entry["name"], entry["actor"]) == ("Editor", f"user:{ann}")
    assert browser.get(f"{ROOT}?actor=x%25").status_code == 422


def test_it_is_for_who_may_change_settings(app):
    assert log_in(app, "publisher").get(ROOT).status_code == 403
