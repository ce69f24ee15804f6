"""Letting in those who qualified before, over HTTP and by the command."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from engine.journeys.entering.backfills import let_in_earlier
from engine.models.contact import Contact
from engine.models.entry import Backfill
from engine.models.event import Event
from engine.models.journey import Enrollment, Journey
from server.opening import opened
from tests.server.conftest import START, log_in
from tests.server.test_commands import run

ROOT = "/api/v1/journeys/j"
PEOPLE = [UUID(f"018f6f8e-1c1e-7000-8000-00000000000{number}") for number in range(3)]


def write(**trigger):
    return {
        "format": 1,
        "key": "j",
        "name": "J",
        "trigger": trigger or {"kind": "event", "event": "Signed Up"},
        "start": "w",
        "nodes": {"w": {"kind": "wait", "for": "P1D"}},
    }


@pytest.fixture
def browser(house, app):
    browser = log_in(app, "owner")
    with house.database.transaction() as session:
        for number, uid in enumerate(PEOPLE):
            contact = Contact(uid=uid, created_at=START, attributes={}, attribute_times={})
            session.add(contact)
            session.flush()
            if number < 2:
                session.add(
                    Event(
                        id=number + 1,
                        contact_id=contact.id,
                        subject_id=contact.id,
                        name="Signed Up",
                        occurred_at=START,
                        received_at=START,
                    )
                )
    return browser


def ask(browser, method, address, body=None, status=200):
    answer = browser.open(f"{ROOT}/{address}", method=method, json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def let_in(house):
    done = True
    while done:
        with house.database.transaction() as session:
            done = let_in_earlier(session, now=house.clock.now(), limit=2, default_zone="UTC")


def test_r112_publishing_lets_in_who_qualified_before_if_it_is_asked_to(house, browser):
    browser.put(ROOT, json={"document": write()})
    ask(browser, "GET", "backfill", status=404)
    ask(browser, "POST", "publish", {"backfill": {"mode": "now"}})
    begun = ask(browser, "GET", "backfill")
    assert (begun["mode"], begun["seen"], begun["contacts"], begun["done_at"]) == (
        "now",
        0,
        3,
        None,
    )
    ask(browser, "POST", "publish", {"backfill": {"mode": "now"}}, status=409)
    let_in(house)
    done = ask(browser, "GET", "backfill")
    assert (done["seen"], done["asked"], done["entered"]) == (3, 2, 2)
    assert done["done_at"] is not None
    with house.database.reading() as session:
        assert session.query(Enrollment).count() == 2


def test_r112_a_backfill_can_be_cancelled_and_one_is_missing_then(house, browser):
    browser.put(ROOT, json={"document": write()})
    ask(browser, "POST", "publish", {"backfill": {"mode": "by_age", "per_minute": 1}})
    ask(browser, "DELETE", "backfill", status=204)
    assert ask(browser, "GET", "backfill")["cancelled_by"] is not None
    ask(browser, "DELETE", "backfill", status=409)
    let_in(house)
    with house.database.reading() as session:
        assert session.query(Enrollment).count() == 0


@pytest.mark.parametrize(
    "backfill",
    [
        {"mode": "later"},
        {"mode": "now", "per_minute": 0},
        {"mode": "now", "since": "2026-03-01T00:00:00"},
        {},
    ],
)
def test_what_is_no_backfill_is_refused_and_nothing_is_published(browser, backfill):
    browser.put(ROOT, json={"document": write()})
    ask(browser, "POST", "publish", {"backfill": backfill}, status=422)
    assert browser.get(ROOT).json["state"] == "draft"


def test_where_nobody_can_know_who_qualified_nothing_is_published(browser):
    browser.put(ROOT, json={"document": write(kind="manual")})
    ask(browser, "POST", "publish", {"backfill": {"mode": "now"}}, status=422)
    assert browser.get(ROOT).json["state"] == "draft"


def test_r015_each_order_enters_by_a_call_under_its_own_key(house, browser):
    browser.put(ROOT, json={"document": write(kind="api")})
    ask(browser, "POST", "publish", {})
    uid = str(PEOPLE[0])
    for key, became in (("one", "entered"), ("two", "entered"), ("one", "inside")):
        body = {"contacts": [uid], "entry_keys": {uid: key}}
        assert ask(browser, "POST", "enter", body)["contacts"] == {uid: became}
    ask(browser, "POST", "enter", {"contacts": [uid], "entry_keys": {"bob": "one"}}, status=422)


def test_r112_the_command_begins_a_backfill(tmp_path):
    file = tmp_path / "j.json"
    file.write_text(json.dumps(write()))
    data = ("--data", tmp_path / "data")
    words = run("journeys", "apply", file, "--per-minute", "5", *data, code=2)
    assert "--backfill" in words
    run("journeys", "apply", file, "--backfill", "by-age", "--per-minute", "5", *data)
    assert "unchanged" in run("journeys", "apply", file, "--backfill", "now", *data)


def test_r112_a_folder_lets_in_those_of_what_is_new_and_says_of_which_nobody_can_know(tmp_path):
    data = ("--data", tmp_path / "data")
    for key, kind in (("old", {}), ("new", {}), ("by-hand", {"kind": "manual"})):
        if key == "new":
            run("journeys", "apply", tmp_path / "old.json", *data)
        (tmp_path / f"{key}.json").write_text(json.dumps(write(**kind) | {"key": key}))
    since = ("--since", "2026-03-01")
    assert "--backfill" in run("journeys", "apply", tmp_path, *since, *data, code=2)
    words = run("journeys", "apply", tmp_path, "--backfill", "now", *since, *data)
    assert "journey old: unchanged\n" in words
    assert "journey new: published version 1, a backfill begins" in words
    assert "journey by-hand: published version 1\n" in words
    assert "by-hand.json" not in words, "what was left out is a warning, on the other stream"
    with opened(tmp_path / "data") as house, house.database.reading() as session:
        assert list(session.execute(select(Journey.key, Backfill.since).join(Backfill))) == [
            ("new", datetime(2026, 3, 1, tzinfo=UTC))
        ]
    wrong = ("--backfill", "now", "--since", "last week")
    assert "2026-03-01" in run("journeys", "apply", tmp_path, *wrong, *data, code=2)
