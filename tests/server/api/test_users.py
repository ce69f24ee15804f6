"""Users over HTTP: who may log in, and as what."""

import pytest

from tests.server.conftest import OWN, log_in

ROOT = "/api/v1/users"
ANN = {
    "email": "Ann@Example.com",
    "name": "Ann",
    "role": "editor",
    "password": "correct horse battery",
}


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def add(browser, status=201, **more):
    answer = browser.post(ROOT, json=ANN | more)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def change(browser, user, status=200, **body):
    answer = browser.patch(f"{ROOT}/{user}", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def enter(app, status=200, **more):
    browser = app.test_client()
    body = {"email": "ann@example.com", "password": ANN["password"]} | more
    answer = browser.post("/api/v1/login", json=body, headers=OWN)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return browser


def test_a_user_is_added_and_comes_in(app, owner):
    made = add(owner)
    assert (made["email"], made["role"], made["disabled_at"]) == ("ann@example.com", "editor", None)
    browser = enter(app)
    assert browser.get("/api/v1/session").json["user"]["name"] == "Ann"
    assert len(owner.get(ROOT).json["items"]) == 2
    add(owner, status=409)
    assert "password" not in str(owner.get(ROOT).json)


@pytest.mark.parametrize(
    "wrong", [{"email": "nobody"}, {"password": "short"}, {"name": ""}, {"role": "king"}]
)
def test_what_is_no_user_is_refused(owner, wrong):
    add(owner, status=422, **wrong)


def test_a_role_or_a_door_that_closes_ends_her_sessions(app, owner):
    user = add(owner)["id"]
    first = enter(app)
    change(owner, user, role="viewer")
    assert first.get("/api/v1/journeys").status_code == 401
    second = enter(app)
    assert change(owner, user, disabled=True)["disabled_at"]
    assert second.get("/api/v1/journeys").status_code == 401
    enter(app, status=401)
    assert change(owner, user, disabled=False)["disabled_at"] is None
    third = enter(app)
    change(owner, user, password="another good phrase")
    assert third.get("/api/v1/journeys").status_code == 401
    enter(app, password="another good phrase")


def test_the_last_owner_stays(owner):
    (only,) = owner.get(ROOT).json["items"]
    assert change(owner, only["id"], status=409, disabled=True)["title"] == "the last owner stays"
    change(owner, only["id"], status=409, role="admin")
    add(owner, role="owner")
    change(owner, only["id"], role="admin")


def test_owners_are_made_by_owners_alone(app, owner):
    admin = log_in(app, "admin")
    add(admin, status=403, role="owner")
    boss = add(owner, role="owner")["id"]
    change(admin, boss, status=403, role="viewer")
    change(admin, boss, status=403, password="another good phrase")
    other = add(admin, email="b@example.com")["id"]
    change(admin, other, status=403, role="owner")
    change(admin, 10_000, status=404, role="viewer")


@pytest.mark.parametrize("role", ["publisher", "editor", "analyst", "viewer"])
def test_others_neither_see_nor_add_users(app, role):
    browser = log_in(app, role)
    assert browser.get(ROOT).status_code == 403
    add(browser, status=403)
