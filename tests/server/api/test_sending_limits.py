"""Sending limits over HTTP: made, changed, taken away; nobody overwrites anybody."""

import pytest

from tests.server.conftest import log_in

ROOT = "/api/v1/sending-limits"


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def save(browser, revision=0, key="weekly", status=200, **values):
    body = {"name": "Weekly", "most": 3, "window": "week", "revision": revision, **values}
    answer = browser.put(f"{ROOT}/{key}", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def test_a_limit_is_made_changed_listed_and_taken_away(owner):
    made = save(owner)
    assert (made["most"], made["window"], made["policy"], made["revision"]) == (
        3,
        "week",
        "skip",
        1,
    )
    changed = save(
        owner, 1, most=None, window="PT36H", policy="hold", hold_for="P2D", channel="sms"
    )
    assert owner.get(ROOT).json["items"] == [changed]
    assert (changed["most"], changed["window"], changed["hold_for"]) == (None, "PT36H", "P2D")
    assert owner.delete(f"{ROOT}/weekly").status_code == 204
    assert owner.get(ROOT).json["items"] == []
    assert owner.delete(f"{ROOT}/weekly").status_code == 404
    done = [one["action"] for one in owner.get("/api/v1/audit").json["items"]]
    assert done[:3] == ["sending_limit.deleted", "sending_limit.saved", "sending_limit.saved"]


def test_who_edits_what_somebody_else_changed_is_told(owner):
    save(owner)
    save(owner, 1, most=4)
    save(owner, 1, most=5, status=409)
    save(owner, 0, most=5, status=409)
    save(owner, 1, key="gone", status=404)
    assert owner.get(ROOT).json["items"][0]["most"] == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"window": "month"},
        {"window": "P91D"},
        {"window": "PT0S"},
        {"hold_for": "P1D"},
        {"policy": "hold", "hold_for": "P8D"},
        {"policy": "hold", "hold_for": "soon"},
        {"most": -1},
        {"topic": "nowhere"},
        {"channel": "webhook"},
    ],
)
def test_what_makes_no_sense_is_refused(owner, wrong):
    save(owner, status=422, **wrong)
    assert owner.get(ROOT).json["items"] == []


def test_only_who_manages_settings_changes_them(app):
    editor = log_in(app, "editor")
    assert editor.get(ROOT).json == {"items": []}
    assert editor.put(f"{ROOT}/x", json={}).status_code == 403
    assert editor.delete(f"{ROOT}/x").status_code == 403
