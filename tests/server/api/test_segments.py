"""Segments over HTTP: kept, changed, looked into, taken away."""

from datetime import timedelta

import pytest

from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing import publish
from engine.segments import growth, membership
from tests.server import rows
from tests.server.conftest import START, log_in

ROOT = "/api/v1/segments"
PRO = {"attribute": "plan", "op": "is", "value": "pro"}
FREE = {"attribute": "plan", "op": "is", "value": "free"}


@pytest.fixture
def people(house):
    with house.database.transaction() as session:
        for number in range(60):
            plan = "pro" if number < 55 else "free"
            rows.add_contact(session, START, attributes={"plan": plan, "name": f"N {number}"})


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def save(browser, key="pro", condition=PRO, revision=0, status=200, name="Pro"):
    body = {"name": name, "condition": condition, "revision": revision}
    answer = browser.put(f"{ROOT}/{key}", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def refresh(house, key="pro"):
    with house.database.transaction() as session:
        return membership.refresh(session, key, now=house.clock.now(), default_zone="UTC")


def test_a_segment_is_made_and_found_out(owner, house, people):
    made = save(owner)
    assert (made["revision"], made["size"], made["refreshed_at"]) == (1, 0, None)
    refresh(house)
    shown = owner.get(f"{ROOT}/pro").json
    assert (shown["size"], sum(shown["joined"]), shown["joined"][-1]) == (55, 55, 55)
    first = owner.get(f"{ROOT}/pro/members").json
    assert len(first["items"]) == 50
    rest = owner.get(f"{ROOT}/pro/members?before={first['next']}").json
    assert [len(rest["items"]), rest["next"]] == [5, None]
    assert {one["name"] for one in first["items"] + rest["items"]} == {
        f"N {number}" for number in range(55)
    }


def test_nobody_enters_a_segment_by_its_being_edited(owner, house, people):
    save(owner)
    refresh(house)
    changed = save(owner, condition=FREE, revision=1, name="Free")
    assert (changed["revision"], changed["name"], changed["refreshed_at"]) == (2, "Free", None)
    assert refresh(house) == (5, [])


def test_who_edits_what_somebody_else_changed_is_told(owner):
    save(owner)
    save(owner, revision=1, name="Two")
    save(owner, revision=1, name="Three", status=409)
    save(owner, status=409)
    assert owner.get(f"{ROOT}/pro").json["name"] == "Two"


@pytest.mark.parametrize(
    "condition",
    [
        {"trigger": "properties.total", "op": "gt", "value": 1},
        {"segment": "pro", "op": "member"},
        {"all": []},
        {"attribute": "plan", "op": "resembles", "value": 1},
    ],
)
def test_what_cannot_be_a_segment_is_refused(owner, condition):
    save(owner, condition=condition, status=422)
    assert owner.get(ROOT).json["items"] == []


def test_no_circle_of_segments(owner):
    save(owner)
    save(owner, key="two", condition={"segment": "pro", "op": "member"})
    refused = save(owner, condition={"segment": "two", "op": "member"}, revision=1, status=422)
    assert "would ask about itself" in refused["title"]


def test_what_is_used_stays(owner, house):
    save(owner)
    save(owner, key="two", condition={"segment": "pro", "op": "member"})
    assert owner.get(f"{ROOT}/pro").json["asked_by"] == ["two"]
    assert "the segment two" in owner.delete(f"{ROOT}/pro").json["title"]
    said = """{"format": 1, "key": "j", "name": "Journey",
        "trigger": {"kind": "segment", "segment": "two", "change": "entered"}, "nodes": {}}"""
    with house.database.transaction() as session:
        publish.save_draft(session, parse_journey(said), now=START)
    assert owner.delete(f"{ROOT}/two").json["title"] == "two is used by Journey"
    with house.database.transaction() as session:
        kept = parse_journey(said.replace('"two"', '"other"'))
        publish.save_draft(session, kept, now=START)
    assert owner.delete(f"{ROOT}/two").status_code == 204
    assert owner.delete(f"{ROOT}/pro").status_code == 204


def test_members_take_the_right_to_see_contacts(app, owner):
    save(owner)
    editor = log_in(app, "editor")
    assert editor.get(f"{ROOT}/pro").status_code == 200
    assert editor.get(f"{ROOT}/pro/members").status_code == 403
    save(log_in(app, "viewer"), key="mine", status=403)
    assert app.test_client().get(ROOT).status_code == 401


def test_the_size_of_each_day_is_kept_and_a_quiet_day_has_that_of_the_day_before(
    app, owner, house, people, wall
):
    save(owner)
    refresh(house)
    assert owner.get(f"{ROOT}/pro/growth?days=3").json == {
        "since": "2026-02-27",
        "sizes": [None, None, 55],
    }
    wall.advance(timedelta(days=3))
    owner = log_in(app, "admin")
    save(owner, condition=FREE, revision=1)
    refresh(house)
    assert owner.get(f"{ROOT}/pro/growth?days=5").json["sizes"] == [None, 55, 55, 55, 5]
    assert owner.get(f"{ROOT}/pro/growth?days=2").json["sizes"] == [55, 5]
    assert owner.get(f"{ROOT}/pro").json["sizes"][-4:] == [55, 55, 55, 5]


def test_sizes_of_long_ago_are_forgotten_save_the_last(app, house, owner, people, wall):
    save(owner)
    refresh(house)
    with house.database.transaction() as session:
        wall.advance(timedelta(days=growth.KEPT + 10))
        assert growth.prune_sizes(session, now=wall.now()) == 0
    refresh(house)
    with house.database.transaction() as session:
        assert growth.prune_sizes(session, now=wall.now()) == 1
    shown = log_in(app, "viewer").get(f"{ROOT}/pro/growth?days=2").json
    assert shown["sizes"] == [None, 55]


@pytest.mark.parametrize("days", ["1", "367", "x"])
def test_growth_is_bounded(owner, days):
    save(owner)
    assert owner.get(f"{ROOT}/pro/growth?days={days}").status_code == 422
    assert owner.get(f"{ROOT}/none/growth").status_code == 404
