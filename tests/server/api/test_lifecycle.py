"""The life of a journey over HTTP."""

from datetime import timedelta
from uuid import UUID

import pytest

from engine.models.account import AuditEntry
from engine.models.contact import Contact
from engine.models.journey import Enrollment
from engine.models.message import Template
from tests.server.conftest import START, bearer, log_in, make_key

ANN = UUID("018f6f8e-1c1e-7000-8000-000000000001")
ROOT = "/api/v1/journeys"
SEND = {"kind": "send_email", "template": "hello", "class": "transactional"}
NODES = {"w": {"kind": "wait", "for": "P1D", "next": "a"}, "a": SEND}


@pytest.fixture
def api(house, app):
    with house.database.transaction() as session:
        session.add(Template(key="hello", channel="email", name="Hello", created_at=START))
    return Api(house, app)


class Api:
    def __init__(self, house, app):
        self.house = house
        self.browser = log_in(app, "owner")

    def post(self, address, body, status=200):
        answer = self.browser.post(f"{ROOT}/{address}", json=body)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.json

    def draft(self, nodes, key="j"):
        document = {
            "format": 1,
            "key": key,
            "name": "J",
            "trigger": {"kind": "manual"},
            "start": next(iter(nodes)),
            "nodes": nodes,
        }
        saved = self.browser.put(f"{ROOT}/{key}", json={"document": document})
        assert saved.status_code == 200

    def let_in(self):
        with self.house.database.transaction() as session:
            session.add(
                Contact(
                    uid=ANN,
                    created_at=START,
                    attributes={},
                    attribute_times={},
                )
            )
        self.post("j/enter", {"contacts": [str(ANN)]})


def test_r096_an_edit_is_planned_refused_mapped_and_published(api):
    api.draft(NODES)
    assert set(api.post("j/plan", {})["changes"]["added"]) == {"a", "w"}
    api.post("j/publish", {})
    api.let_in()
    api.draft({"a": SEND})
    plan = api.post("j/plan", {})
    assert (plan["people"], plan["is_mapped"], plan["changes"]["removed"]) == (1, False, ["w"])
    refused = api.post("j/publish", {"migrate": "all"}, status=409)
    assert refused["code"] == "unmapped"
    assert (refused["problems"][0]["node"], refused["problems"][0]["people"]) == ("w", 1)
    moves = {"w": {"to": "continue"}}
    assert api.post("j/plan", {"moves": moves})["places"][0]["to"] == "a"
    done = api.post("j/publish", {"migrate": "all", "moves": moves})
    assert (done["number"], done["moved"][0]["people"]) == (2, 1)


def test_r103_resuming_needs_to_be_told_what_becomes_of_waits(api):
    api.draft(NODES)
    api.post("j/publish", {})
    api.post("j/pause", {}, status=204)
    api.post("j/resume", {}, status=422)
    api.post("j/resume", {"waits": "later"}, status=422)
    assert api.post("j/resume", {"waits": "shift"}) == {"released": 0, "dropped": 0}
    api.post("j/resume", {"waits": "shift"}, status=409)


def test_r102_entries_and_sends_are_paused_by_themselves(api):
    api.draft(NODES)
    api.post("j/publish", {})
    for what in ("entries", "sends"):
        api.post("j/pause", {"what": what}, status=204)
        api.post("j/resume", {"what": what})


def test_r106_a_journey_is_stopped_then_deleted_and_its_figures_stay(api):
    api.draft(NODES)
    api.post("j/publish", {})
    api.let_in()
    assert api.browser.delete(f"{ROOT}/j").status_code == 409
    assert api.post("j/stop", {"mode": "now"}) == {"ended": 1}
    kept_as = api.browser.delete(f"{ROOT}/j").json["kept_as"]
    assert api.browser.get(f"{ROOT}/j").status_code == 404
    assert api.browser.get(ROOT).json["journeys"] == []
    assert api.browser.get(f"{ROOT}/{kept_as}/report").json["entered"] == 1
    api.draft(NODES, "new")
    assert api.browser.delete(f"{ROOT}/new").json == {"kept_as": None}
    with api.house.database.reading() as session:
        actions = [entry.action for entry in session.query(AuditEntry).order_by(AuditEntry.id)]
        assert session.query(Enrollment).count() == 1  # cleared by the segments lane
    assert actions[-2:] == ["journey.deleted", "journey.deleted"]


def test_who_may_only_edit_may_plan_and_nothing_more(api, app):
    api.draft(NODES)
    key = make_key(api.house, scopes=["journeys:read", "journeys:write"])
    client = app.test_client()
    assert client.post(f"{ROOT}/j/plan", json={}, headers=bearer(key)).status_code == 200
    for verb, body in (
        ("publish", {}),
        ("pause", {}),
        ("resume", {"waits": "keep"}),
        ("stop", {"mode": "now"}),
    ):
        answer = client.post(f"{ROOT}/j/{verb}", json=body, headers=bearer(key))
        assert answer.status_code == 403
    assert client.delete(f"{ROOT}/j", headers=bearer(key)).status_code == 403


def test_what_speaks_for_how_many_will_enter_is_told(api):
    api.draft(NODES)
    told = api.post("j/estimate", None)
    nobody = {"people": 0, "of": None, "is_more": False, "margin": 0}
    nothing = dict.fromkeys(("times", "people", "week_times", "week_people"))
    assert told == {"basis": "none", "days": 30, "is_more": False, **nothing} | {
        "reach": [{"channel": "email", "topic": told["reach"][0]["topic"], **nobody}]
    }
    api.post("nobody/estimate", None, status=404)


def test_a_journey_shows_what_of_it_is_paused_and_how_many_are_inside(api, app):
    api.draft(NODES)
    api.post("j/publish", {})
    api.let_in()
    api.post("j/pause", {"what": "sends"}, status=204)
    shown = api.browser.get(f"{ROOT}/j").json
    assert (shown["inside"], shown["sends_paused"], shown["entries_paused"]) == (1, True, False)
    assert shown["overdue"] is None
    api.post("j/resume", {"what": "sends"})
    api.post("j/pause", {}, status=204)
    shown = api.browser.get(f"{ROOT}/j").json
    assert (shown["state"], shown["overdue"]) == ("paused", 0)
    api.house.wall.advance(timedelta(days=2))
    with api.house.database.transaction() as session:
        session.query(Enrollment).update({"wake_at": START + timedelta(days=1)})
    later = log_in(app, "viewer").get(f"{ROOT}/j").json  # by now the owner is out
    assert (later["overdue"], later["paused_by"]) == (1, "Owner")
    assert shown["paused_for"]
