"""Addresses never written to: known in every spelling, told to nobody."""

import threading
from datetime import UTC, datetime

from sqlalchemy import select

from engine.contacts.suppression import find_suppressed, is_suppressed, suppress
from engine.models.account import InstanceSecret
from engine.models.contact import Suppression

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def stop(database, channel, address, reason="bounced"):
    with database.transaction() as session:
        suppress(session, channel, address, reason=reason, now=NOW)


def find(database, *addresses):
    with database.reading() as session:
        return find_suppressed(session, addresses)


def test_before_anything_is_suppressed_nothing_is(database):
    assert find(database, ("email", "ann@example.com")) == set()
    assert find(database) == set()


def test_an_address_is_known_in_every_spelling_and_answered_as_it_was_asked(database):
    stop(database, "email", "Ann@Example.com")
    stop(database, "sms", "+49 30 901820")
    asked = [
        ("email", " ANN@EXAMPLE.COM "), ("email", "ann@example.com"), ("email", "bob@example.com"),
        ("sms", "+4930901820"), ("email", "+4930901820"), ("sms", "ann@example.com"),
    ]  # fmt: skip
    assert find(database, *asked) == {asked[0], asked[1], asked[3]}
    with database.reading() as session:
        assert is_suppressed(session, "email", "ann@EXAMPLE.com")
        assert not is_suppressed(session, "email", "bob@example.com")


def test_the_first_grave_reason_stays_and_a_complaint_gives_way_to_it(database):
    for reason in ("complained", "bounced", "by_hand", "complained"):
        stop(database, "email", "ann@example.com", reason)
    with database.reading() as session:
        assert session.scalars(select(Suppression.reason)).all() == ["bounced"]


def test_nothing_in_the_rows_tells_the_address(database):
    stop(database, "email", "ann@example.com")
    with database.reading() as session:
        row = session.scalars(select(Suppression)).one()
        secret = session.scalars(select(InstanceSecret.value)).one()
    assert len(row.address_hash) == 32
    assert b"ann" not in row.address_hash
    assert len(secret) == 44


def test_two_who_suppress_first_at_the_same_time_use_one_key(database):
    addresses = [f"a{number}@example.com" for number in range(8)]
    threads = [
        threading.Thread(target=stop, args=(database, "email", address)) for address in addresses
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(find(database, *(("email", address) for address in addresses))) == len(addresses)
