"""Who may come in: every route × every caller, generated from the application itself."""

import re
from datetime import timedelta

import pytest
from flask import Blueprint
from werkzeug.routing import BaseConverter

from engine.accounts.permissions import PERMISSIONS, SCOPES, Permission, Role
from server import pages
from server.app import create_app
from server.auth import find_access, requires
from tests.server.conftest import (
    OWN,
    RecordingBell,
    add_user,
    bearer,
    build_house,
    log_in,
    make_key,
)

PUBLIC = {
    "session.show",
    "session.set_up",
    "session.log_in",
    "session.log_out",
    "health.show_health",
    "health.show_readiness",
    "health.show_metrics",
    "openapi.show_document",
    "pages.show_page",
    "unsubscribe.show",
    "unsubscribe.act",
    "confirm.show",
    "confirm.act",
    "preferences.show",
    "preferences.act",
    "following.follow",
    "following.show_pixel",
    "following.view",
    "assets_public.show",
    "sms_hooks.take",
    "feedback.hear",
    "bounces.hear",
    "push.show_key",
    "push.subscribe",
    "push.unsubscribe",
    "push.show_script",
}
"""A route that anybody may call belongs here, after a second thought."""
EXAMPLES = {"IntegerConverter": "1", "UnicodeConverter": "x", "PathConverter": "x"}


def list_guarded(app):
    """Return (method, address, permission) of every route that requires one."""
    found = []
    for rule in app.url_map.iter_rules():
        access = find_access(app, rule.endpoint)
        if access.permission is None:
            continue
        address = rule.rule
        for name, converter in rule._converters.items():
            example = EXAMPLES.get(type(converter).__name__, "0190c1a2-0000-7000-8000-000000000000")
            address = re.sub(rf"<(?:[^<>:]+:)?{name}>", example, address)
        assert "<" not in address
        found += [
            (method, address, access.permission)
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
        ]
    return found


@pytest.fixture
def app(one_house):
    return create_app(one_house)


def test_r135_every_route_says_who_may_call_it(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(app.view_functions)
    for endpoint in app.view_functions:
        access = find_access(app, endpoint)
        assert access is not None
        assert access.permission is not None or access.reason


def test_the_public_routes_are_the_known_ones(app):
    public = {each for each in app.view_functions if find_access(app, each).permission is None}
    assert {each for each in public if not each.startswith("tracking.")} <= PUBLIC


def test_an_application_with_an_undecided_route_does_not_start(one_house):
    careless = Blueprint("careless", __name__)
    careless.get("/api/v1/careless")(lambda: "everything")
    with pytest.raises(TypeError, match="careless"):
        create_app(one_house, blueprints=[careless])


def test_a_route_that_slips_in_later_is_refused(app):
    app.add_url_rule("/late", "late", lambda: "everything")
    assert app.test_client().get("/late").status_code == 403


def test_the_matrix_is_not_empty(app):
    assert len(list_guarded(app)) >= 10


def test_nobody_gets_in_without_a_login_or_key(app):
    for method, address, _ in list_guarded(app):
        for headers in ({}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}):
            answer = app.test_client().open(address, method=method, headers=headers)
            assert answer.status_code == 401, (method, address)
            assert answer.json["code"] == "wrong_credentials"
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("role", list(Role))
def test_r135_a_role_gets_in_exactly_where_the_table_says(app, role):
    browser = log_in(app, role)
    for method, address, permission in list_guarded(app):
        status = browser.open(address, method=method).status_code
        allowed = permission in PERMISSIONS[role]
        assert (status not in {401, 403}) is allowed, (role, method, address, status)
        assert status < 500


@pytest.mark.parametrize("scope", sorted(SCOPES))
def test_r135_a_server_key_gets_in_exactly_where_its_scope_says(app, one_house, scope):
    headers = bearer(make_key(one_house, scopes=[scope]))
    for method, address, permission in list_guarded(app):
        answer = app.test_client().open(address, method=method, headers=headers)
        allowed = permission == scope
        assert (answer.status_code not in {401, 403}) is allowed, (scope, method, address)


@pytest.mark.parametrize("kind", ["write", "browser"])
def test_tracking_keys_open_no_management_route(app, one_house, kind):
    headers = bearer(make_key(one_house, kind))
    for method, address, _ in list_guarded(app):
        answer = app.test_client().open(address, method=method, headers=headers)
        assert answer.status_code == 401


def test_a_key_in_the_address_or_in_small_letters_is_refused(app, one_house):
    key = make_key(one_house)
    client = app.test_client()
    assert client.get("/api/v1/queues", headers=bearer(key)).status_code == 200
    for address in (f"/api/v1/queues?key={key}", f"/api/v1/queues?access_token={key}"):
        assert client.get(address).status_code == 401
    for wrong in (key.lower(), key[:-1], key + "x", "sk_"):
        assert client.get("/api/v1/queues", headers=bearer(wrong)).status_code == 401


FOREIGN = [
    ({}, "nothing at all"),
    ({"X-Sojourn-App": "1"}, "no word of where from"),
    ({"Sec-Fetch-Site": "same-origin"}, "no header of ours"),
    ({"Sec-Fetch-Site": "cross-site", "X-Sojourn-App": "1"}, "another site"),
    ({"Sec-Fetch-Site": "same-site", "X-Sojourn-App": "1"}, "a subdomain"),
    ({"Sec-Fetch-Site": "none", "X-Sojourn-App": "1"}, "typed by hand"),
    ({"Origin": "null", "X-Sojourn-App": "1"}, "a sandboxed frame"),
    ({"Origin": "https://evil.example", "X-Sojourn-App": "1"}, "another origin"),
    ({"Origin": "http://localhost.evil.example", "X-Sojourn-App": "1"}, "a lookalike"),
    ({"Origin": "https://localhost", "X-Sojourn-App": "1"}, "another scheme"),
    (
        {
            "Sec-Fetch-Site": "cross-site",
            "Origin": "http://localhost",
            "X-Sojourn-App": "1",
        },
        "an origin that contradicts",
    ),
]
UNSAFE = [
    ("POST", "/api/v1/keys"),
    ("POST", "/api/v1/queues/replay"),
    ("POST", "/api/v1/clock/advance"),
    ("DELETE", "/api/v1/keys/x"),
    ("POST", "/api/v1/login"),
    ("POST", "/api/v1/setup"),
    ("POST", "/api/v1/logout"),
]


@pytest.mark.parametrize(("headers", "_why"), FOREIGN, ids=[why for _, why in FOREIGN])
@pytest.mark.parametrize(("method", "address"), UNSAFE)
def test_another_sites_page_changes_nothing(app, method, address, headers, _why):
    browser = log_in(app)
    browser.environ_base = {k: v for k, v in browser.environ_base.items() if "SOJOURN" not in k}
    browser.environ_base.pop("HTTP_SEC_FETCH_SITE", None)
    answer = browser.open(address, method=method, headers=headers, json={})
    assert answer.status_code == 403
    assert answer.json["code"] == "denied"


@pytest.mark.parametrize(
    "headers",
    [OWN, {"Origin": "http://localhost", "X-Sojourn-App": "1"}],
)
def test_our_own_pages_may_change_things(app, headers):
    browser = log_in(app)
    browser.environ_base.pop("HTTP_SEC_FETCH_SITE")
    answer = browser.post("/api/v1/queues/replay", json={"ids": ["batch:1"]}, headers=headers)
    assert answer.status_code == 200


def test_no_get_changes_anything(app):
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and find_access(app, rule.endpoint).permission is not None:
            name = rule.endpoint.rpartition(".")[2]
            assert name.startswith(("show", "list", "get", "find", "export")), rule.endpoint


def test_a_session_ends_with_time_password_and_user(app, one_house, wall):
    browser = log_in(app)
    assert browser.get("/api/v1/queues").status_code == 200
    wall.advance(timedelta(hours=11))
    assert browser.get("/api/v1/queues").status_code == 200
    wall.advance(timedelta(hours=11))
    assert browser.get("/api/v1/queues").status_code == 200
    wall.advance(timedelta(hours=12))
    assert browser.get("/api/v1/queues").status_code == 401


def test_a_made_up_cookie_is_nobody(app):
    browser = app.test_client()
    for token in ("x", "x" * 43, "x" * 3000, "é", "a;b"):
        browser.set_cookie("sid", token)
        assert browser.get("/api/v1/queues").status_code == 401


def test_over_https_the_cookie_is_tied_to_the_host(sqlite_database, tmp_path):
    house = build_house(sqlite_database, tmp_path, base_url="https://sojourn.example")
    app = create_app(house)
    add_user(house, "owner")
    client = app.test_client()
    answer = client.post(
        "/api/v1/login",
        json={"email": "owner@example.com", "password": "correct horse battery"},
        headers={"Origin": "https://sojourn.example", "X-Sojourn-App": "1"},
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sid=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/queues/",
        "//api/v1/queues",
        "/API/v1/queues",
        "/api/v1/queues;x",
        "/api/v1/queues/%2e%2e/keys",
        "/api/v1/queues.",
        "/api/v1/%71ueues%00",
    ],
)
def test_no_spelling_of_an_address_gets_around_the_door(app, address, monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "find_resource", lambda _: tmp_path / "not built")
    answer = app.test_client().get(address)
    assert answer.status_code in {308, 400, 401, 404}


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "PATCH"])
def test_unknown_methods_and_overrides_do_nothing(app, method):
    browser = log_in(app, "viewer")
    assert browser.open("/api/v1/keys", method=method).status_code in {403, 405}
    answer = browser.get("/api/v1/queues", headers={"X-HTTP-Method-Override": "DELETE"})
    assert answer.status_code == 200


def test_a_bell_is_not_needed_to_look(app, one_house):
    assert isinstance(one_house.bell, RecordingBell)
    assert one_house.bell.rung == []


def test_converters_of_all_routes_have_examples(app):
    for rule in app.url_map.iter_rules():
        for converter in rule._converters.values():
            assert isinstance(converter, BaseConverter)


def test_a_permission_is_what_requires_writes_down(app):
    @requires(Permission.PUBLISH)
    def view():
        return None

    app.view_functions["view"] = view
    assert find_access(app, "view").permission is Permission.PUBLISH
