"""Versions over HTTP: what was published, when and by whom."""

import json

import pytest

from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing import publish
from server.api.versions import PAGE
from tests.server.conftest import START, log_in

ROOT = "/api/v1/journeys/j/versions"


def put(house, name):
    with house.database.transaction() as session:
        said = {
            "format": 1,
            "key": "j",
            "name": name,
            "trigger": {"kind": "manual"},
            "start": "a",
            "nodes": {"a": {"kind": "tag", "add": [name.lower()]}},
        }
        document = parse_journey(json.dumps(said))
        publish.save_draft(session, document, now=START)
        publish.publish(session, "j", by="Ann", now=START, default_zone="UTC")


def test_versions_are_listed_from_the_newest_and_shown_whole(app, house):
    put(house, "One")
    put(house, "Two")
    viewer = log_in(app, "viewer")
    listed = viewer.get(ROOT).json
    assert [one["number"] for one in listed["items"]] == [2, 1]
    assert {one["published_by"] for one in listed["items"]} == {"Ann"}
    assert listed["next"] is None
    assert viewer.get(f"{ROOT}/1").json["document"]["name"] == "One"
    assert viewer.get(f"{ROOT}/3").status_code == 404
    assert viewer.get("/api/v1/journeys/nobody/versions").status_code == 404


def test_versions_come_in_pages(app, house):
    for number in range(PAGE + 2):
        put(house, f"V{number}")
    viewer = log_in(app, "viewer")
    first = viewer.get(ROOT).json
    assert len(first["items"]) == PAGE
    rest = viewer.get(f"{ROOT}?before={first['next']}").json
    assert [one["number"] for one in rest["items"]] == [2, 1]
    assert rest["next"] is None


@pytest.mark.parametrize("path", [ROOT, f"{ROOT}/1"])
def test_strangers_see_no_versions(app, path):
    assert app.test_client().get(path).status_code == 401
