"""Figures, days and people over HTTP; who may see them; and what is done to one enrollment."""

from datetime import timedelta

import pytest

from engine.models.account import AuditEntry
from engine.models.contact import Contact
from engine.models.journey import Enrollment
from tests.server.conftest import bearer, log_in, make_key
from tests.shop import SEND, Shop

ROOT = "/api/v1/journeys/j"
NODES = {"wait": {"kind": "wait", "for": "P2D", "next": "hello"}, "hello": SEND}
TRIGGER = {"kind": "event", "event": "Signed Up"}


@pytest.fixture
def shop(database, wall):
    """Ann and Bea wait in version 1, Cid in version 2; the clocks stand at the same instant."""
    shop = Shop(database)
    shop.publish(trigger=TRIGGER, start="wait", nodes=NODES)
    for person in ("ann", "bea"):
        come(shop, person)
    shop.publish(
        trigger=TRIGGER, start="wait", nodes={**NODES, "hello": {**SEND, "data": {"a": 1}}}
    )
    come(shop, "cid")
    wall.moment = shop.now
    return shop


@pytest.fixture
def browser(app, shop):
    return log_in(app, "owner")


def come(shop, person):
    shop.say("identify", userId=person, traits={"email": f"{person}@example.com", "name": person})
    shop.say(event="Signed Up", userId=person)
    shop.work()


def get(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def test_the_report_is_of_the_live_version_of_another_or_of_all(browser):
    live = get(browser, f"{ROOT}/report")
    assert (live["version"], live["entered"], live["active"], live["elsewhere"]) == (2, 1, 1, 2)
    assert get(browser, f"{ROOT}/report?version=1")["entered"] == 2
    whole = get(browser, f"{ROOT}/report?version=all")
    assert (whole["version"], whole["entered"]) == (None, 3)
    assert whole["nodes"]["wait"] == {
        "entered": 3, "moved_in": 0, "waiting": 3, "set_aside": 0, "completed": 0,
        "exited": {}, "paths": {"next": 0},
    }  # fmt: skip
    assert (whole["experiments"], whole["holdout"], whole["since"]) == ({}, None, None)
    get(browser, f"{ROOT}/report?version=3", 404)
    get(browser, f"{ROOT}/report?version=0", 422)
    get(browser, f"{ROOT}/report?version=some", 422)


def test_the_report_is_of_some_days(house, app, shop, wall):
    browser = app.test_client()  # by a key, since no session lasts so long
    key = make_key(house, scopes=["journeys:read"])
    browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    shop.pass_time(days=3)
    come(shop, "dan")
    wall.moment = shop.now
    today = shop.now.date()
    shown = get(browser, f"{ROOT}/report?version=all&days=1")
    assert (shown["entered"], shown["since"], shown["until"]) == (1, str(today), str(today))
    before = today - timedelta(days=1)
    earlier = get(browser, f"{ROOT}/report?version=all&since=2026-01-01&until={before}")
    assert (earlier["entered"], earlier["completed"]) == (3, 0)
    days = get(browser, f"{ROOT}/days?version=all")["days"]
    assert [(one["entered"], one["completed"]) for one in days] == [(3, 0), (1, 3)]
    assert get(browser, f"{ROOT}/days?version=all&days=2")["days"] == days[1:]


@pytest.mark.parametrize(
    "query", ["days=0", "days=2&since=2026-01-01", "until=2026-01-01", "since=x",
              "since=2026-02-01&until=2026-01-01"],
)  # fmt: skip
def test_days_that_cannot_be_are_refused(browser, query):
    get(browser, f"{ROOT}/report?{query}", 422)


def test_a_draft_has_no_report(browser):
    document = {"format": 1, "key": "new", "name": "N", "trigger": TRIGGER, "nodes": {}}
    browser.put("/api/v1/journeys/new", json={"document": document})
    assert get(browser, "/api/v1/journeys/new/report", 404)["code"] == "not_found"


def test_people_behind_a_figure(browser):
    shown = get(browser, f"{ROOT}/people?version=all&node=wait&status=inside")
    assert [one["name"] for one in shown["items"]] == ["cid", "bea", "ann"]
    assert shown["next"] is None
    assert shown["items"][0]["until"] == "2026-03-27T12:00:00Z"
    assert shown["items"][0]["may_skip"]
    assert len(get(browser, f"{ROOT}/people?status=inside")["items"]) == 1
    get(browser, f"{ROOT}/people?node=none", 404)
    get(browser, f"{ROOT}/people?status=lost", 422)


def test_people_are_shown_fifty_at_a_time(browser, shop):
    for number in range(60):
        shop.say(event="Signed Up", userId=f"p{number}")
    shop.work()
    first = get(browser, f"{ROOT}/people")
    rest = get(browser, f"{ROOT}/people?before={first['next']}")
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (50, 11, None)


def test_a_path_is_shown_step_by_step(browser, shop):
    shop.pass_time(days=2)
    person = get(browser, f"{ROOT}/people")["items"][0]
    shown = get(browser, f"/api/v1/enrollments/{person['enrollment']}")
    steps = [(one["node"], one["way"]) for one in shown["visits"]]
    assert steps == [("wait", None), ("wait", "next"), ("hello", "next")]
    assert (shown["status"], shown["version"], shown["journey"]) == ("completed", 2, "j")
    assert [one["node"] for one in shown["messages"]] == ["hello"]
    assert shown["contact"]["id"] == person["contact"]
    assert (shown["may_skip"], shown["may_eject"]) == (False, False)


def test_the_path_of_one_of_many_enrollments_is_shown(browser, shop):
    again = {"reentry": {"mode": "after_exit"}}
    shop.publish(key="k", trigger=TRIGGER, start="hello", nodes={"hello": SEND}, entry=again)
    for _ in range(12):
        shop.say(event="Signed Up", userId="ann")
        shop.work()
    oldest = min(shop.ask(Enrollment.id, journey_id=2))[0]
    assert get(browser, f"/api/v1/enrollments/{oldest}")["id"] == oldest


def test_somebody_is_taken_out_or_let_on_and_that_is_written_down(browser, shop):
    assert browser.post("/api/v1/enrollments/1/eject").status_code == 204
    assert browser.post("/api/v1/enrollments/1/eject").status_code == 409
    assert browser.post("/api/v1/enrollments/2/skip").json == {"node": "wait"}
    assert browser.post("/api/v1/enrollments/2/skip").status_code == 409
    assert browser.post("/api/v1/enrollments/77/skip").status_code == 404
    assert browser.post(f"/api/v1/enrollments/{2**70}/skip").status_code == 404
    shop.work()
    became = dict(shop.ask(Enrollment.id, Enrollment.status))
    assert became == {1: 3, 2: 2, 3: 1}
    assert shop.ask(AuditEntry.action, AuditEntry.target) == [
        ("enrollment.ejected", "1"),
        ("enrollment.skipped", "2"),
    ]


def test_figures_are_for_who_sees_journeys_and_people_for_who_sees_contacts(house, app, shop):
    seer = bearer(make_key(house, scopes=["journeys:read"]))
    reader = bearer(make_key(house, scopes=["journeys:read", "contacts:read"]))
    client = app.test_client()
    assert client.get(f"{ROOT}/report", headers=seer).status_code == 200
    assert client.get(f"{ROOT}/days", headers=seer).status_code == 200
    for address in (f"{ROOT}/people", "/api/v1/enrollments/1"):
        assert client.get(address, headers=seer).status_code == 403
        assert client.get(address, headers=reader).status_code == 200
    for verb in ("eject", "skip"):
        assert client.post(f"/api/v1/enrollments/1/{verb}", headers=reader).status_code == 403


def test_the_path_of_somebody_erased_is_not_shown(browser, shop):
    with shop.database.transaction() as session:
        session.query(Contact).filter_by(id=1).update({"erased_at": shop.now})
    get(browser, "/api/v1/enrollments/1", 404)
