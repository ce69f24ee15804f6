"""Tries to log in: some are free, then each miss doubles the wait."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.accounts import throttle
from engine.accounts.throttle import of_account, of_address
from engine.errors import TooMuch

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN = of_account("ann@example.com")
HERE = of_address("203.0.113.7")


def _try(database, *subjects, now):
    with database.transaction() as session:
        throttle.claim_try(session, subjects, now=now)


def _count_tries(database, subject, now, until):
    tries = 0
    while now < until:
        try:
            _try(database, subject, now=now)
            tries += 1
        except TooMuch as error:
            now += error.retry_after
    return tries


def test_four_tries_are_free_and_then_the_wait_doubles(database):
    for _ in range(4):
        _try(database, ANN, now=NOW)
    moment, waits = NOW, []
    for _ in range(8):
        _try(database, ANN, now=moment)
        with pytest.raises(TooMuch) as refused:
            _try(database, ANN, now=moment)
        waits.append(int(refused.value.retry_after.total_seconds()))
        moment += refused.value.retry_after
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_an_account_can_be_guessed_at_only_slowly_but_is_never_locked(sqlite_database):
    tries = _count_tries(sqlite_database, ANN, NOW, NOW + timedelta(hours=1))
    assert tries < 80
    with pytest.raises(TooMuch) as refused:
        for _ in range(2):
            _try(sqlite_database, ANN, now=NOW + timedelta(hours=1))
    assert refused.value.retry_after <= timedelta(minutes=1)


def test_one_address_gets_fewer_tries_at_a_thousand_accounts(sqlite_database):
    moment, tries = NOW, 0
    for each in range(1000):
        try:
            _try(sqlite_database, of_account(f"{each}@example.com"), HERE, now=moment)
            tries += 1
        except TooMuch as error:
            assert error.retry_after <= timedelta(minutes=15)
    assert tries == 20


def test_a_refused_try_counts_for_nobody(database):
    other = of_account("bob@example.com")
    for _ in range(5):
        _try(database, ANN, now=NOW)
    for _ in range(10):
        with pytest.raises(TooMuch):
            _try(database, other, ANN, now=NOW)
    for _ in range(5):
        _try(database, other, now=NOW)


def test_the_account_is_found_however_its_address_is_written():
    assert of_account(" ANN@example.com").key == ANN.key
    assert of_account("ann@example.com").key != of_address("ann@example.com").key


def test_the_right_password_frees_the_account_and_gives_the_address_one_try_back(database):
    for _ in range(20):
        with database.transaction() as session:
            throttle.claim_try(session, [HERE], now=NOW)
    later = NOW + timedelta(hours=1)
    _try(database, ANN, HERE, now=later)
    with database.transaction() as session:
        throttle.release_try(session, ANN, HERE, now=later)
    _try(database, ANN, HERE, now=later)
    with pytest.raises(TooMuch):
        _try(database, HERE, now=later)


def test_misses_are_forgotten_after_a_day(database):
    for _ in range(5):
        _try(database, ANN, now=NOW)
    with pytest.raises(TooMuch):
        _try(database, ANN, now=NOW)
    tomorrow = NOW + timedelta(days=1, seconds=1)
    for _ in range(5):
        _try(database, ANN, now=tomorrow)


def test_old_tries_are_pruned(database):
    _try(database, ANN, now=NOW)
    _try(database, HERE, now=NOW + timedelta(hours=20))
    with database.transaction() as session:
        throttle.prune(session, now=NOW + timedelta(hours=25))
        assert session.query(throttle.LoginTry).count() == 1
