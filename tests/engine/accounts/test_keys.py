"""Keys: their form, who is recognised by one, and who is not."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from engine.accounts import keys
from engine.accounts.keys import ALPHABET, KeyKind
from engine.accounts.permissions import SCOPES
from engine.errors import Invalid, NotFound, WrongCredentials
from engine.models.account import ApiKey

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [(KeyKind.WRITE, "wk_"), (KeyKind.BROWSER, "bk_"), (KeyKind.SERVER, "sk_")],
)
def test_a_key_is_one_word_of_its_kind_and_lets_its_holder_in(database, kind, prefix):
    with database.transaction() as session:
        row, whole = keys.create(session, kind, "the shop", now=NOW)
        assert whole.startswith(prefix)
        assert len(whole) == 64
        assert set(whole[3:]) <= set(ALPHABET)
        key = keys.authenticate(session, whole, now=NOW)
    assert (key.id, key.public_id, key.kind, key.name) == (row.id, row.public_id, kind, "the shop")


def test_only_a_hash_of_the_secret_is_kept(database):
    with database.transaction() as session:
        _, whole = keys.create(session, KeyKind.WRITE, "the shop", now=NOW)
        row = session.scalars(select(ApiKey)).one()
        secret = whole[15:58]
        assert row.secret_hash == hashlib.sha256(secret.encode()).digest()
        assert row.last_four == secret[-4:]


def _spoil(whole, at):
    swapped = ALPHABET[(ALPHABET.index(whole[at]) + 1) % len(ALPHABET)]
    return whole[:at] + swapped + whole[at + 1 :]


@pytest.mark.parametrize("at", [3, 14, 15, 40, 57, 58, 63])
def test_a_key_with_one_wrong_letter_is_refused(sqlite_database, at):
    with sqlite_database.transaction() as session:
        _, whole = keys.create(session, KeyKind.WRITE, "the shop", now=NOW)
        with pytest.raises(WrongCredentials):
            keys.authenticate(session, _spoil(whole, at), now=NOW)


def test_a_secret_with_a_right_checksum_does_not_open_another_key(sqlite_database):
    with sqlite_database.transaction() as session:
        _, first = keys.create(session, KeyKind.WRITE, "one", now=NOW)
        _, second = keys.create(session, KeyKind.WRITE, "two", now=NOW)
        body = first[:15] + second[15:58]
        with pytest.raises(WrongCredentials):
            keys.authenticate(session, body + keys._derive_check(body), now=NOW)


def test_a_key_does_not_pass_for_one_of_another_kind(sqlite_database):
    with sqlite_database.transaction() as session:
        _, whole = keys.create(session, KeyKind.BROWSER, "the page", now=NOW)
        body = "sk_" + whole[3:58]
        with pytest.raises(WrongCredentials):
            keys.authenticate(session, body + keys._derive_check(body), now=NOW)


@pytest.mark.parametrize(
    "presented",
    ["", "wk_", "x" * 64, "wk_" + "ä" * 61, "wk_" + "0" * 60, "wk_" + "0" * 62, " " * 64, "sk_\0"],
)
def test_what_is_no_key_is_refused(sqlite_database, presented):
    with sqlite_database.reading() as session, pytest.raises(WrongCredentials):
        keys.authenticate(session, presented, now=NOW)


@given(st.text(max_size=80))
def test_no_text_is_taken_for_a_key_by_chance(text):
    assert not (len(text) == 64 and text[:3] in {"wk_", "bk_", "sk_"} and keys._is_checked(text))


def test_a_revoked_key_is_refused_and_revoking_again_changes_nothing(database):
    with database.transaction() as session:
        row, whole = keys.create(session, KeyKind.SERVER, "the backend", now=NOW)
        keys.revoke(session, row.public_id, now=NOW)
        keys.revoke(session, row.public_id, now=NOW + timedelta(days=1))
        assert row.revoked_at == NOW
        with pytest.raises(WrongCredentials):
            keys.authenticate(session, whole, now=NOW)


def test_an_expired_key_is_refused(sqlite_database):
    with sqlite_database.transaction() as session:
        row, whole = keys.create(session, KeyKind.SERVER, "the backend", now=NOW)
        row.expires_at = NOW + timedelta(days=1)
        session.flush()
        keys.authenticate(session, whole, now=NOW)
        with pytest.raises(WrongCredentials):
            keys.authenticate(session, whole, now=NOW + timedelta(days=1))


def test_a_key_that_does_not_exist_cannot_be_revoked(sqlite_database):
    with sqlite_database.transaction() as session, pytest.raises(NotFound):
        keys.revoke(session, "nobody", now=NOW)


def test_use_is_noted_once_an_hour(database):
    with database.transaction() as session:
        row, whole = keys.create(session, KeyKind.WRITE, "the shop", now=NOW)
        key = keys.authenticate(session, whole, now=NOW)
        assert keys.is_use_due(key, now=NOW)
        keys.note_use(session, key, now=NOW)
        soon = NOW + timedelta(minutes=59)
        assert not keys.is_use_due(keys.authenticate(session, whole, now=soon), now=soon)
        keys.note_use(session, key, now=soon)
        session.refresh(row)
        assert row.used_at == NOW
        late = NOW + timedelta(hours=1)
        assert keys.is_use_due(keys.authenticate(session, whole, now=late), now=late)
        keys.note_use(session, key, now=late)
        session.refresh(row)
        assert row.used_at == late


def test_a_server_key_without_scopes_gets_all_that_one_may_have(sqlite_database):
    with sqlite_database.transaction() as session:
        _, whole = keys.create(session, KeyKind.SERVER, "the backend", now=NOW)
        key = keys.authenticate(session, whole, now=NOW)
    assert key.scopes == SCOPES
    assert "keys:manage" not in key.scopes


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (KeyKind.SERVER, {"scopes": ["contacts:read", "everything"]}),
        (KeyKind.SERVER, {"scopes": ["keys:manage"]}),
        (KeyKind.WRITE, {"scopes": ["contacts:read"]}),
        (KeyKind.WRITE, {"origins": ["https://shop.example"]}),
        (KeyKind.BROWSER, {"origins": ["shop.example"]}),
        (KeyKind.BROWSER, {"origins": ["https://shop.example/path"]}),
        (KeyKind.BROWSER, {"origins": ["https://a@b"]}),
        (KeyKind.BROWSER, {"origins": ["ftp://shop.example"]}),
    ],
)
def test_scopes_and_origins_that_cannot_be_are_refused(sqlite_database, kind, given):
    with sqlite_database.transaction() as session, pytest.raises(Invalid):
        keys.create(session, kind, "the shop", now=NOW, **given)


@pytest.mark.parametrize("name", ["", "   ", "n" * 121])
def test_a_key_needs_a_name(sqlite_database, name):
    with sqlite_database.transaction() as session, pytest.raises(Invalid):
        keys.create(session, KeyKind.WRITE, name, now=NOW)
