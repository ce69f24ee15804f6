"""What an instance remembers of itself."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from engine.accounts import instance, users
from engine.accounts.permissions import Role
from engine.errors import Conflict, Invalid, WrongCredentials

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _make_owner(session):
    users.create(
        session, email="ann@example.com", name="Ann", role=Role.OWNER, password_hash="x", now=NOW
    )


def test_a_secret_is_made_once_and_then_stays(database):
    with database.transaction() as session:
        first = instance.get_secret(session, "unsubscribe")
        other = instance.get_secret(session, "identity")
    with database.transaction() as session:
        assert instance.get_secret(session, "unsubscribe") == first
    assert len(first) == 32
    assert first != other


def test_two_who_ask_for_a_secret_first_get_the_same_one(database):
    barrier = threading.Barrier(4)
    got = []

    def ask():
        barrier.wait()
        with database.transaction() as session:
            got.append(instance.get_secret(session, "unsubscribe"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4
    assert len(set(got)) == 1


def test_the_token_of_the_first_start_stays_the_same_until_it_is_used(database):
    with database.transaction() as session:
        token = instance.ensure_setup_token(session)
    with database.transaction() as session:
        assert instance.ensure_setup_token(session) == token
        instance.use_setup_token(session, token)
        _make_owner(session)
    with database.transaction() as session:
        assert instance.ensure_setup_token(session) is None
        with pytest.raises(Conflict):
            instance.use_setup_token(session, token)


@pytest.mark.parametrize("presented", ["", "guess", "ä"])
def test_another_token_makes_nobody_owner(database, presented):
    with database.transaction() as session:
        instance.ensure_setup_token(session)
        with pytest.raises(WrongCredentials):
            instance.use_setup_token(session, presented)


def test_without_a_token_nothing_can_be_used(database):
    with database.transaction() as session, pytest.raises(WrongCredentials):
        instance.use_setup_token(session, "")


def test_of_two_browsers_at_once_one_wins(database):
    with database.transaction() as session:
        token = instance.ensure_setup_token(session)
    barrier = threading.Barrier(2)
    outcomes = []

    def use():
        barrier.wait()
        try:
            with database.transaction() as session:
                instance.use_setup_token(session, token)
                _make_owner(session)
            outcomes.append("owner")
        except (Conflict, WrongCredentials):
            outcomes.append("refused")

    threads = [threading.Thread(target=use) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["owner", "refused"]


def test_the_clock_moves_ahead_and_adds_up(database):
    with database.transaction() as session:
        assert instance.get_clock_shift(session) == timedelta(0)
        instance.advance_clock(session, timedelta(hours=1))
    with database.transaction() as session:
        assert instance.advance_clock(session, timedelta(days=2)) == timedelta(days=2, hours=1)
    with database.reading() as session:
        assert instance.get_clock_shift(session) == timedelta(days=2, hours=1)


@pytest.mark.parametrize("by", [timedelta(0), timedelta(seconds=-1), timedelta(days=367)])
def test_the_clock_goes_neither_back_nor_too_far(sqlite_database, by):
    with sqlite_database.transaction() as session, pytest.raises(Invalid):
        instance.advance_clock(session, by)


def test_an_instance_is_a_demo_once_it_is_marked_as_one(database):
    with database.transaction() as session:
        assert not instance.is_demo(session)
        instance.mark_demo(session)
        instance.mark_demo(session)
        assert instance.is_demo(session)
