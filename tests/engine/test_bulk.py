"""Many rows at once: the same on both databases, whatever stands in them."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from engine.bulk import change_many, copy_rows, is_any, put_rows
from engine.models.contact import Contact, ContactState, Identity
from engine.models.event import EventSeen

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
ODD = {
    "text": "tab\tline\nback\\slash\\N é😀 'quote' \"double\"",
    "none": None,
    "list": [1, 2.5, {}],
}


def contact(**values):
    return {
        "uid": uuid4(), "created_at": NOW, "attributes": {}, "attribute_times": {}, "email": None,
        "email_confirmed": False, "phone_confirmed": False, "is_vouched": False,
    } | values  # fmt: skip


def add(database, *rows):
    with database.transaction() as session:
        copy_rows(session, Contact, rows)
        return list(session.scalars(select(Contact.id).order_by(Contact.id)))


def load(database, row):
    with database.reading() as session:
        return list(session.scalars(select(row).order_by(*row.__table__.primary_key)))


def test_rows_are_kept_as_they_were_given(database):
    given = contact(attributes=ODD, email="ann\t@example.com", is_vouched=True)
    add(database, given, contact())
    first, second = load(database, Contact)
    assert (first.uid, first.created_at, first.attributes) == (given["uid"], NOW, ODD)
    assert (first.email, first.phone, first.is_vouched) == ("ann\t@example.com", None, True)
    assert (second.email, second.attributes) == (None, {})


def test_what_is_there_already_is_refused_and_nothing_is_added(database):
    row = {"digest": b"\x00\xff\\x", "seen_at": NOW}
    with database.transaction() as session:
        copy_rows(session, EventSeen, [row])
    with pytest.raises(IntegrityError), database.transaction() as session:
        copy_rows(session, EventSeen, [{"digest": b"new", "seen_at": NOW}, row])
    assert [one.digest for one in load(database, EventSeen)] == [b"\x00\xff\\x"]


def test_a_refusal_inside_a_savepoint_leaves_the_transaction_usable(database):
    row = {"digest": b"x", "seen_at": NOW}
    with database.transaction() as session:
        copy_rows(session, EventSeen, [row])
        with pytest.raises(IntegrityError), session.begin_nested():
            copy_rows(session, EventSeen, [row])
        copy_rows(session, EventSeen, [{"digest": b"y", "seen_at": NOW}])
    assert [one.digest for one in load(database, EventSeen)] == [b"x", b"y"]


def test_rows_are_put_in_the_place_of_old_ones(database):
    one, two = add(database, contact(), contact())

    def put(*rows, replacing=("counters", "active_at")):
        with database.transaction() as session:
            put_rows(
                session,
                ContactState,
                [{"contact_id": i, "counters": c, "active_at": at} for i, c, at in rows],
                replacing=replacing,
            )

    put((one, b"\x00\x01", None))
    put((one, b"\xff", NOW), (two, b"", None))
    put((one, b"lost", None), replacing=())
    assert [
        (row.contact_id, row.counters, row.active_at) for row in load(database, ContactState)
    ] == [
        (one, b"\xff", NOW),
        (two, b"", None),
    ]


def test_what_is_there_stays_when_nothing_is_replaced(database):
    one, two = add(database, contact(), contact())
    row = {"kind": "email", "value": "a", "created_at": NOW}
    with database.transaction() as session:
        put_rows(session, Identity, [row | {"contact_id": one}])
        put_rows(
            session, Identity, [row | {"contact_id": two}, row | {"contact_id": two, "value": "b"}]
        )
    assert [(row.value, row.contact_id) for row in load(database, Identity)] == [
        ("a", one),
        ("b", two),
    ]


def test_each_row_is_changed_to_its_own_values(database):
    ids = add(database, contact(email="x"), contact(), contact(email="z"))
    with database.transaction() as session:
        change_many(
            session,
            Contact,
            [
                {"id": ids[0], "email": None, "attributes": ODD, "email_confirmed": True},
                {"id": ids[1], "email": "y", "attributes": {}, "email_confirmed": False},
            ],
        )
    first, second, third = load(database, Contact)
    assert (first.email, first.attributes, first.email_confirmed) == (None, ODD, True)
    assert (second.email, third.email) == ("y", "z")


def test_nothing_given_is_nothing_done(database):
    with database.transaction() as session:
        copy_rows(session, Contact, [])
        put_rows(session, ContactState, [])
        change_many(session, Contact, [])


@pytest.mark.parametrize("kind", [list, set, tuple])
def test_one_of_many_values_is_found(database, kind):
    ids = add(database, *(contact() for _ in range(4)))
    with database.reading() as session:

        def found(values):
            asked = select(Contact.id).where(is_any(session, Contact.id, kind(values)))
            return sorted(session.scalars(asked))

        assert found(ids[1:3]) == ids[1:3]
        assert found([]) == []
        uids = [row.uid for row in session.scalars(select(Contact))]
        asked = select(Contact.uid).where(is_any(session, Contact.uid, kind(uids[:2])))
        assert set(session.scalars(asked)) == set(uids[:2])
