"""`sojourn journeys test`, `schema` and `simulate`, and the address that simulates."""

import json
import shutil

import pytest

from engine.errors import TooMuch
from server.simulating import Deadline
from tests.engine.journeys.samples import EXAMPLES
from tests.server.conftest import log_in
from tests.server.test_commands import run


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


DESCRIBED = {
    "contact": {"attributes": {"email": "ann@example.com"}, "timezone": "Europe/Berlin"},
    "given": [{"at": "2026-03-27T10:00", "event": "Signed Up"}],
}
WELCOME = json.loads((EXAMPLES / "welcome.json").read_text(encoding="utf-8"))


def test_r130_tests_of_a_folder_run_without_an_instance(tmp_path):
    folder = tmp_path / "journeys"
    shutil.copytree(EXAMPLES, folder)
    said = run("journeys", "test", folder, SOJOURN_DATA=str(tmp_path / "none"))
    assert "15 cases, 0 failed" in said
    assert not (tmp_path / "none").exists()


def test_a_test_that_fails_is_shown_and_ends_with_1(tmp_path):
    shutil.copytree(EXAMPLES, tmp_path / "j")
    file = tmp_path / "j" / "welcome.test.json"
    file.write_text(file.read_text().replace("2026-03-30T09:00", "2026-03-28T09:00"))
    said = run("journeys", "test", tmp_path / "j" / "welcome.json", code=1)
    assert "- pro at Sat 2026-03-28 09:00" in said
    assert "+ pro at Mon 2026-03-30 09:00" in said
    assert "4 cases, 2 failed" in said


def test_what_is_no_test_is_refused_with_its_file(tmp_path):
    assert "no tests in" in run("journeys", "test", tmp_path, code=2)
    (tmp_path / "a.test.json").write_text(json.dumps({"cases": []}))
    assert "a.json: cannot be read" in run("journeys", "test", tmp_path, code=2)
    (tmp_path / "a.json").write_text(json.dumps(WELCOME))
    assert "a.test.json" in run("journeys", "test", tmp_path, code=2)


def test_the_schemas_are_printed():
    for of in ("journey", "test", "catalogue"):
        assert json.loads(run("journeys", "schema", of))["$id"] == f"urn:sojourn:{of}:1"
    assert "schemas of journey" in run("journeys", "schema", "letter", code=2)


def test_a_described_contact_is_simulated_by_the_command(tmp_path):
    file = tmp_path / "ann.json"
    file.write_text(json.dumps(DESCRIBED))
    asked = ("journeys", "simulate", EXAMPLES / "welcome.json", "--data", tmp_path / "d")
    said = run(*asked, "--described", file, "--assume", "hello=clicked")
    assert "2026-03-30 07:00  pro" not in said
    assert "2026-03-30 07:00  email of free sent" in said
    assert "never reached: pro" in said
    found = json.loads(run(*asked, "--described", file, "--json"))
    assert found["ends"] == {"completed": 1}
    assert "for whom" in run(*asked, code=2)
    assert "no node 'helo'" in run(*asked, "--sample", 3, "--assume", "helo=clicked", code=2)
    assert "--assume takes" in run(*asked, "--sample", 3, "--assume", "hello=gone", code=2)
    assert "no contact 'zoe'" in run(*asked, "--contact", "zoe", code=2)


def test_r130_a_draft_is_simulated_by_the_api(owner):
    body = {"document": WELCOME, "described": DESCRIBED, "assume": {"hello": "opened"}}
    answer = owner.post("/api/v1/journeys/welcome/simulate", json=body)
    assert answer.status_code == 200
    assert answer.json["nodes"]["plan"]["ways"] == {"otherwise": 1}
    [story] = answer.json["stories"]
    path = story["stays"][0]["path"]
    assert path[-1]["node"] == "free"
    asked = next(part["details"] for part in path if part["node"] == "plan")
    assert [line for line in asked if line.startswith("no: ")] != []
    waits = [part for part in path if part["until"] is not None]
    assert {part["zone"] for part in waits} == {"Europe/Berlin"}
    assert all(part["way"] is None for part in waits)
    asked = {"document": WELCOME, "sample": 10, "replay": "P30D"}
    answer = owner.post("/api/v1/journeys/welcome/simulate", json=asked)
    assert answer.json["contacts"] == 0
    assert "no event is known, so nothing happens again" in answer.json["warnings"]


ASKING = {
    "format": 1,
    "key": "refund",
    "name": "Refund",
    "trigger": {"kind": "date", "attribute": "renews_on"},
    "start": "approve",
    "nodes": {
        "approve": {
            "kind": "ask",
            "to": "owner",
            "text": "may we?",
            "paths": [{"label": "yes"}, {"label": "no"}],
            "due": {"after": "P1D"},
        }
    },
}
RENEWING = {
    "contact": {"attributes": {"renews_on": "2026-04-10"}},
    "given": [{"at": "2026-03-27T10:00", "event": "Signed Up"}],
}


def test_dates_come_and_colleagues_answer_by_the_api_and_the_command(owner, tmp_path):
    choice = {"chooses": "no", "after": "PT1H"}
    body = {"document": ASKING, "described": {**RENEWING, "assume": {"approve": choice}}}
    answer = owner.post("/api/v1/journeys/refund/simulate", json=body)
    assert answer.json["nodes"]["approve"]["ways"] == {"no": 1}
    sample = {"document": ASKING, "sample": 1, "assume": {"approve": {"chooses": "maybe"}}}
    answer = owner.post("/api/v1/journeys/refund/simulate", json=sample)
    assert answer.status_code == 422
    assert "it is one of yes, no" in answer.text
    journey, ann = tmp_path / "refund.json", tmp_path / "ann.json"
    journey.write_text(json.dumps(ASKING))
    ann.write_text(json.dumps(RENEWING))
    asked = ("journeys", "simulate", journey, "--data", tmp_path / "d")
    assert "2026-04-11 00:00  approve: due" in run(*asked, "--described", ann)
    said = run(*asked, "--sample", 1, "--assume", 'approve={"chooses": "maybe"}', code=2)
    assert "it is one of yes, no" in said
    assert "asks a colleague" in run(*asked, "--sample", 1, "--assume", "approve=sent", code=2)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"sample": 5}, 404),
        ({"document": WELCOME}, 422),
        ({"document": WELCOME, "sample": 6000}, 422),
        ({"document": WELCOME, "sample": 5, "replay": "P2Y"}, 422),
        ({"document": WELCOME, "contacts": ["zoe"]}, 404),
        ({"document": {**WELCOME, "start": "x"}, "sample": 1}, 422),
    ],
)
def test_what_cannot_be_simulated_is_refused(owner, body, status):
    answer = owner.post("/api/v1/journeys/welcome/simulate", json=body)
    assert answer.status_code == status, answer.json


def test_real_contacts_take_the_right_to_see_contacts(app):
    analyst = log_in(app, "analyst")
    address = "/api/v1/journeys/welcome/simulate"
    assert analyst.post(address, json={"document": WELCOME, "sample": 1}).status_code == 403
    body = {"document": WELCOME, "described": DESCRIBED}
    assert analyst.post(address, json=body).status_code == 200


def test_a_simulation_that_takes_too_long_is_broken_off():
    with pytest.raises(TooMuch, match="fewer contacts"):
        Deadline(-1.0).tell("days", 3)
