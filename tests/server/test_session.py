"""Coming in: the first owner, logging in and out, and how often one may try."""

import threading
import time
from datetime import timedelta

import pytest

from engine.accounts import instance
from engine.models.account import AuditEntry, UserSession
from server.app import create_app
from tests.server.conftest import OWN, PASSWORD, add_user, log_in


def set_up(client, right_token, **changes):
    body = {"token": right_token, "name": "Ann", "email": "ann@example.com", "password": PASSWORD}
    return client.post("/api/v1/setup", json=body | changes, headers=OWN)


def enter(client, email="owner@example.com", password=PASSWORD, **headers):
    return client.post(
        "/api/v1/login", json={"email": email, "password": password}, headers=OWN | headers
    )


@pytest.fixture
def token(house):
    with house.database.transaction() as session:
        return instance.ensure_setup_token(session)


def test_the_first_owner_is_made_with_the_consoles_token_and_is_logged_in(client, token):
    assert client.get("/api/v1/session").json["setup_needed"] is True
    answer = set_up(client, token)
    assert answer.status_code == 201
    assert answer.json["role"] == "owner"
    session = client.get("/api/v1/session").json
    assert session["setup_needed"] is False
    assert session["user"]["email"] == "ann@example.com"
    assert client.get("/api/v1/queues").status_code == 200


def test_the_token_makes_one_owner_and_no_second(client, token):
    assert set_up(client, token).status_code == 201
    again = set_up(client, token, email="bob@example.com")
    assert again.status_code == 409


def test_the_token_is_in_no_answer(client, token):
    for address in ("/api/v1/session", "/", "/setup", "/metrics", "/readyz"):
        assert token not in client.get(address).text


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"token": "guess"}, 401),
        ({"password": "short"}, 422),
        ({"email": "ann"}, 422),
        ({"name": ""}, 422),
        ({"role": "owner"}, 422),
        ({"id": 1}, 422),
        ({"email": 5}, 422),
        ({"email": ["ann@example.com"]}, 422),
    ],
)
def test_a_mistake_leaves_the_token_usable(client, token, changes, status):
    assert set_up(client, token, **changes).status_code == status
    assert set_up(client, token).status_code == 201


def test_tokens_cannot_be_guessed_at_for_long(client, token):
    statuses = [set_up(client, "guess").status_code for _ in range(25)]
    assert statuses[:20] == [401] * 20
    assert set(statuses[20:]) == {429}


def test_logging_in_gives_a_new_session_and_a_cookie_scripts_cannot_read(client, house):
    add_user(house, "owner")
    client.set_cookie("sid", "fixed-before")
    answer = enter(client)
    assert answer.status_code == 200
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("sid=")
    assert "fixed-before" not in cookie
    for word in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert client.get("/api/v1/session").json["user"]["role"] == "owner"


def test_logging_in_again_ends_the_session_before(client, house):
    add_user(house, "owner")
    enter(client)
    former = client.get_cookie("sid").value
    enter(client)
    client.set_cookie("sid", former)
    assert client.get("/api/v1/queues").status_code == 401


def test_logging_out_ends_the_session_on_our_side_too(client, house):
    add_user(house, "owner")
    enter(client)
    token = client.get_cookie("sid").value
    assert client.post("/api/v1/logout", headers=OWN).status_code == 204
    assert client.get_cookie("sid") is None
    client.set_cookie("sid", token)
    assert client.get("/api/v1/queues").status_code == 401
    with house.database.reading() as session:
        assert session.query(UserSession).count() == 0


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("owner@example.com", "wrong password"),
        ("nobody@example.com", PASSWORD),
        ("nobody@example.com", "wrong password"),
        ("no address", PASSWORD),
    ],
)
def test_wrong_password_and_unknown_user_are_answered_alike(client, house, email, password):
    add_user(house, "owner")
    answer = enter(client, email, password)
    assert answer.status_code == 401
    assert answer.json == {
        "type": "about:blank",
        "title": "no user with this address and password",
        "status": 401,
        "code": "wrong_credentials",
    }
    assert "Set-Cookie" not in answer.headers


def test_wrong_password_and_unknown_user_take_the_same_time(one_house, wall):
    from argon2 import PasswordHasher

    from engine.accounts.users import Login, Passwords

    passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=4096, parallelism=1))
    known = Login(1, passwords.hash(PASSWORD))

    def measure(login):
        times = []
        for _ in range(15):
            began = time.thread_time()
            passwords.matches(login, "wrong password")
            times.append(time.thread_time() - began)
        return min(times)

    assert measure(Login(None, None)) > measure(known) * 0.5


def test_the_fifth_miss_has_to_wait_and_the_wait_doubles(client, house, wall):
    add_user(house, "owner")
    for _ in range(5):
        assert enter(client, password="wrong password").status_code == 401
    waits = []
    for _ in range(4):
        refused = enter(client)
        assert refused.status_code == 429
        waits.append(int(refused.headers["Retry-After"]))
        wall.advance(timedelta(seconds=waits[-1]))
        assert enter(client, password="wrong password").status_code == 401
    assert waits == [1, 2, 4, 8]


def test_an_unknown_account_is_throttled_just_as_a_known_one(client, house):
    add_user(house, "owner")
    for email in ("owner@example.com", "nobody@example.com"):
        statuses = [enter(client, email, "wrong password").status_code for _ in range(6)]
        assert statuses == [401] * 5 + [429]


def test_the_right_password_starts_the_count_afresh(client, house, wall):
    add_user(house, "owner")
    for _ in range(3):
        for _ in range(4):
            assert enter(client, password="wrong password").status_code == 401
        assert enter(client).status_code == 200


def test_a_thousand_tries_at_once_are_not_a_thousand_free_tries(house):
    add_user(house, "owner")
    app = create_app(house)
    statuses = []

    def guess():
        statuses.append(enter(app.test_client(), password="wrong password").status_code)

    threads = [threading.Thread(target=guess) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(401) == 5
    assert statuses.count(429) == 19


def test_logging_in_is_on_record_without_a_name_or_address(client, house):
    add_user(house, "owner")
    enter(client)
    with house.database.reading() as session:
        entry = session.query(AuditEntry).one()
    assert (entry.action, entry.actor) == ("user.logged_in", entry.target)
    assert "@" not in entry.actor


def test_a_disabled_user_does_not_get_in(client, house):
    from engine.accounts import users

    add_user(house, "owner", "first@example.com")
    add_user(house, "owner")
    with house.database.transaction() as session:
        users.disable(session, users.get_user(session, "owner@example.com"), now=house.wall.now())
    assert enter(client).status_code == 401


def test_the_session_tells_what_one_may_do(app):
    browser = log_in(app, "editor")
    who = browser.get("/api/v1/session").json["user"]
    assert who["permissions"] == ["journeys:read", "journeys:write", "operations:read"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b'{"email":"a","password":"b"}', "text/plain", 415),
        (b"email=a&password=b", "application/x-www-form-urlencoded", 415),
        (b'{"email":"a\\u0000","password":"b"}', "application/json", 400),
        (b'{"email":"\\ud800","password":"b"}', "application/json", 400),
        (b'{"email":"a","password":"b","x":NaN}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"email":"' + b"a" * 300 + b'","password":"b"}', "application/json", 422),
        (b" " * (1024 * 1024 + 1), "application/json", 413),
        (b'{"email":"a\xff","password":"b"}', "application/json", 400),
    ],
)
def test_a_body_that_is_not_right_is_refused_in_words(client, content, kind, status):
    answer = client.post("/api/v1/login", data=content, headers=OWN | {"Content-Type": kind})
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["title"]
