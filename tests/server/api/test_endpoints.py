"""Endpoints over HTTP: kept, their secrets shown once, called for a test behind the guard."""

from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing import publish
from engine.models.message import Endpoint
from tests.channels.servers import Response, free_port, http_server
from tests.server.conftest import START, log_in

ROOT = "/api/v1/endpoints"
URL = "https://crm.example.com/hook"
JOURNEY = """{"format": 1, "key": "j", "name": "Journey", "trigger": {"kind": "manual"},
    "start": "a", "nodes": {"a": {"kind": "webhook", "endpoint": "crm"}}}"""


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def make(browser, url=URL, status=201, **headers):
    answer = browser.post(f"{ROOT}/crm", json={"url": url, "headers": headers})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def change(browser, revision, url=URL, status=200, **headers):
    body = {"url": url, "headers": headers, "revision": revision}
    answer = browser.put(f"{ROOT}/crm", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def read(house):
    with house.database.reading() as session:
        return session.get_one(Endpoint, "crm")


def test_a_secret_is_shown_once(owner):
    made = make(owner)
    assert made["secret"].startswith("whsec_")
    (shown,) = owner.get(ROOT).json["items"]
    assert "secret" not in shown
    make(owner, status=409)


def test_who_edits_what_somebody_else_changed_is_told(owner):
    make(owner)
    change(owner, 1, url="https://one.example.com/")
    change(owner, 1, url="https://two.example.com/", status=409)
    rotated = owner.post(f"{ROOT}/crm/rotate", json={"revision": 1})
    assert rotated.status_code == 409
    assert owner.get(ROOT).json["items"][0]["url"] == "https://one.example.com/"


def test_a_new_secret_is_shown_once_and_the_old_one_goes_on_for_a_while(owner, house, wall):
    first = make(owner)["secret"]
    rotated = owner.post(f"{ROOT}/crm/rotate", json={"revision": 1, "keep_hours": 2}).json
    second = rotated["secret"]
    assert first != second == read(house).secret and read(house).old_secret == first
    (shown,) = owner.get(ROOT).json["items"]
    assert shown["secret_ends"] == second[-4:] and shown["old_secret_ends"] == first[-4:]
    assert first not in str(shown) and second not in str(shown)
    wall.advance(timedelta(hours=2))
    (shown,) = owner.get(ROOT).json["items"]
    assert shown["old_secret_ends"] is None and shown["old_secret_until"] is None


def test_the_old_secret_can_end_at_once(owner, house):
    make(owner)
    owner.post(f"{ROOT}/crm/rotate", json={"revision": 1, "keep_hours": 0})
    assert read(house).old_secret is None
    owner.post(f"{ROOT}/crm/rotate", json={"revision": 2})
    assert read(house).old_secret is not None
    assert owner.post(f"{ROOT}/crm/end-old-secret", json={"revision": 2}).status_code == 409
    assert owner.post(f"{ROOT}/crm/end-old-secret", json={"revision": 3}).status_code == 200
    assert read(house).old_secret is None


def test_one_that_was_disabled_is_enabled_again(owner, house, wall):
    make(owner)
    with house.database.transaction() as session:
        row = session.get_one(Endpoint, "crm")
        row.disabled_at, row.disabled_for = wall.now(), "gone"
    (shown,) = owner.get(ROOT).json["items"]
    assert (shown["state"], shown["disabled_for"]) == ("disabled", "gone")
    enabled = owner.post(f"{ROOT}/crm/enable", json={"revision": 1})
    assert enabled.json["state"] == "working"
    assert owner.post(f"{ROOT}/crm/enable", json={"revision": 1}).status_code == 409


def test_a_test_call_is_signed_and_told_as_it_was_answered(near):
    with http_server(lambda _: Response(200, b'{"ok": true}')) as (base, requests):
        secret = make(near, url=base, Tenant="7")["secret"]
        told = near.post(f"{ROOT}/crm/test").json
    assert (told["verdict"], told["status"], told["answer"]) == ("accepted", 200, '{"ok":true}')
    (request,) = requests
    assert request.headers["tenant"] == "7"
    signed = {name: request.headers[name] for name in request.headers if "webhook-" in name}
    assert {"webhook-id", "webhook-timestamp", "webhook-signature"} == set(signed)
    Webhook(secret)  # the secret is one that receivers can read


def test_a_refusal_and_silence_are_told_too(near):
    with http_server(lambda _: Response(401, b"no")) as (base, _):
        make(near, url=base)
        told = near.post(f"{ROOT}/crm/test").json
    assert (told["verdict"], told["status"], told["answer"]) == ("permanent", 401, "no")
    change(near, 1, url=f"http://127.0.0.1:{free_port()}/")
    told = near.post(f"{ROOT}/crm/test").json
    assert (told["verdict"], told["status"]) == ("not_sent", None) and told["words"]


def test_a_test_call_does_not_pass_the_guard_either(owner, house):
    make(owner)
    with http_server(lambda _: Response()) as (base, requests):
        with house.database.transaction() as session:
            session.get_one(Endpoint, "crm").url = base
        told = owner.post(f"{ROOT}/crm/test").json
    assert (told["verdict"], told["status"], requests) == ("permanent", None, [])


def test_one_without_an_address_is_not_called(owner):
    make(owner, url=None)
    assert owner.post(f"{ROOT}/crm/test").status_code == 409
    assert owner.post(f"{ROOT}/none/test").status_code == 404


def test_one_that_a_journey_calls_stays(owner, house):
    make(owner)
    with house.database.transaction() as session:
        publish.save_draft(session, parse_journey(JOURNEY), now=START)
    assert owner.get(ROOT).json["items"][0]["used_by"][0]["journey"] == "j"
    assert owner.delete(f"{ROOT}/crm").status_code == 409
    nothing = JOURNEY.replace('"crm"', '"other"')
    with house.database.transaction() as session:
        publish.save_draft(session, parse_journey(nothing), now=START)
    assert owner.delete(f"{ROOT}/crm").status_code == 204
    assert owner.get(ROOT).json["items"] == []


@pytest.mark.parametrize("role", ["publisher", "viewer"])
def test_endpoints_are_for_who_may_change_settings(app, role):
    browser = log_in(app, role)
    assert browser.get(ROOT).status_code == 403
    make(browser, status=403)
    assert browser.post(f"{ROOT}/crm/test").status_code == 403
