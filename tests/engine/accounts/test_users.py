"""Users and their passwords."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from engine.accounts import sessions, users
from engine.accounts.permissions import Role
from engine.accounts.users import Login, Passwords
from engine.errors import Conflict, Invalid, NotFound

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def _create(session, email="ann@example.com", role=Role.OWNER):
    return users.create(
        session, email=email, name="Ann", role=role, password_hash="not looked at", now=NOW
    )


def test_passwords_are_hashed_with_argon2id_as_rfc_9106_recommends():
    hashed = Passwords().hash("correct horse battery")
    parameters = extract_parameters(hashed)
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 64 * 1024
    assert parameters.time_cost >= 3


def test_the_right_password_matches_and_another_does_not():
    passwords = Passwords(CHEAP)
    login = Login(1, passwords.hash("correct horse battery"))
    assert passwords.matches(login, "correct horse battery")
    assert not passwords.matches(login, "correct horse batterz")


def test_nothing_matches_for_an_unknown_user_though_a_hash_is_computed(monkeypatch):
    passwords = Passwords(CHEAP)
    computed = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda *given: computed.append(1) or verify(*given)
    )
    assert not passwords.matches(Login(None, None), "nobody's")
    assert computed


def test_a_user_is_found_however_the_address_is_written(database):
    with database.transaction() as session:
        user = _create(session, "Ann@Example.COM ")
        assert user.email == "ann@example.com"
        assert users.find_login(session, " ANN@example.com").user_id == user.id


def test_two_users_cannot_have_one_address(database):
    with database.transaction() as session:
        _create(session)
        with pytest.raises(Conflict):
            _create(session, "ANN@example.com")


@pytest.mark.parametrize("email", ["", "ann", "ann@", "@example.com", "a b@example.com", "a@b\n.c"])
def test_what_is_no_address_is_refused(sqlite_database, email):
    with sqlite_database.transaction() as session, pytest.raises(Invalid):
        _create(session, email)


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "x" * 257, "aaaaaaaaaaaa"])
def test_a_password_that_is_too_easy_or_too_long_is_refused(password):
    with pytest.raises(Invalid):
        users.check_password(password)


@pytest.mark.parametrize("password", ["twelve chars", "correct horse battery", "ünïcödé wörds"])
def test_a_long_password_is_taken_whatever_it_is_made_of(password):
    assert users.check_password(password) == password


def test_a_disabled_user_has_no_login_and_her_sessions_end(database):
    with database.transaction() as session:
        _create(session, "owner@example.com")
        user = _create(session, role=Role.EDITOR)
        token = sessions.start(session, user.id, now=NOW)
        users.disable(session, user, now=NOW)
        assert users.find_login(session, "ann@example.com") == Login(None, None)
        assert sessions.find(session, token, now=NOW) is None


def test_the_last_owner_cannot_be_disabled(database):
    with database.transaction() as session:
        first, second = _create(session), _create(session, "bob@example.com")
        users.disable(session, first, now=NOW)
        with pytest.raises(Conflict):
            users.disable(session, second, now=NOW)


def test_sessions_end_when_the_password_changes(database):
    with database.transaction() as session:
        user = _create(session)
        tokens = [sessions.start(session, user.id, now=NOW) for _ in range(2)]
        users.change_password(session, user, "another hash")
        assert [sessions.find(session, token, now=NOW) for token in tokens] == [None, None]
        assert users.find_login(session, user.email).password_hash == "another hash"


def test_an_unknown_user_cannot_be_had(sqlite_database):
    with sqlite_database.reading() as session, pytest.raises(NotFound):
        users.get_user(session, "nobody@example.com")


def test_users_are_listed_in_the_order_in_which_they_came(sqlite_database):
    with sqlite_database.transaction() as session:
        _create(session, "zoe@example.com")
        _create(session, "ann@example.com")
        assert [user.email for user in users.list_users(session)] == [
            "zoe@example.com",
            "ann@example.com",
        ]


def test_a_session_is_over_when_idle_or_old(database):
    with database.transaction() as session:
        user = _create(session)
        token = sessions.start(session, user.id, now=NOW)
        assert sessions.find(session, token, now=NOW + timedelta(hours=11, minutes=59))
        assert sessions.find(session, token, now=NOW + timedelta(hours=12)) is None
        moment = NOW
        while moment < NOW + timedelta(days=7) - timedelta(hours=6):
            moment += timedelta(hours=6)
            assert sessions.find(session, token, now=moment)
            sessions.touch(session, token, now=moment)
        assert sessions.find(session, token, now=NOW + timedelta(days=7)) is None


def test_a_session_is_noted_in_use_every_five_minutes(database):
    with database.transaction() as session:
        user = _create(session)
        token = sessions.start(session, user.id, now=NOW)
        soon = NOW + timedelta(minutes=4)
        assert not sessions.is_touch_due(sessions.find(session, token, now=soon), now=soon)
        sessions.touch(session, token, now=soon)
        assert sessions.find(session, token, now=soon).seen_at == NOW
        later = NOW + timedelta(minutes=5)
        assert sessions.is_touch_due(sessions.find(session, token, now=later), now=later)
        sessions.touch(session, token, now=later)
        assert sessions.find(session, token, now=later).seen_at == later


def test_a_session_tells_who_is_logged_in_and_only_its_token_finds_it(database):
    with database.transaction() as session:
        user = _create(session, role=Role.ANALYST)
        token = sessions.start(session, user.id, now=NOW, user_agent="A" * 500)
        other = sessions.start(session, user.id, now=NOW)
        assert len(token) == 43
        assert token != other
        who = sessions.find(session, token, now=NOW)
        assert (who.user_id, who.name, who.email, who.role) == (
            user.id,
            "Ann",
            "ann@example.com",
            Role.ANALYST,
        )
        assert sessions.find(session, token[:-1], now=NOW) is None
        sessions.end(session, token)
        sessions.end(session, token)
        assert sessions.find(session, token, now=NOW) is None
        assert sessions.find(session, other, now=NOW) is not None


def test_sessions_that_are_over_are_forgotten(database):
    with database.transaction() as session:
        user = _create(session)
        sessions.start(session, user.id, now=NOW)
        fresh = sessions.start(session, user.id, now=NOW + timedelta(hours=12))
        sessions.prune(session, now=NOW + timedelta(hours=13))
        assert session.query(sessions.UserSession).count() == 1
        assert sessions.find(session, fresh, now=NOW + timedelta(hours=13))
