"""One contact, found by whatever one has at hand."""

from uuid import uuid4

import pytest

from engine.contacts.finding import find_contacts, get_contact
from engine.errors import NotFound
from engine.models.contact import Contact, Identity
from tests.shop import NOON


def add(session, uid=None, **values):
    contact = Contact(uid=uid or uuid4(), created_at=NOON, **values)
    session.add(contact)
    session.flush()
    return contact


def name(session, contact, kind, value):
    session.add(Identity(kind=kind, value=value, contact_id=contact.id, created_at=NOON))


def test_an_external_id_an_own_id_and_an_address_lead_to_the_contact(database):
    with database.transaction() as session:
        ann, bob = add(session), add(session, email="bob@example.com")
        name(session, ann, "external", "ann")
        name(session, ann, "email", "ann@example.com")
        session.flush()
        names = ["ann", str(ann.uid), "ANN@example.com", "bob@example.com", "nobody", str(uuid4())]
        assert find_contacts(session, names) == {
            "ann": ann.id,
            str(ann.uid): ann.id,
            "ANN@example.com": ann.id,
            "bob@example.com": bob.id,
        }


def test_an_external_id_comes_before_everything_else(database):
    with database.transaction() as session:
        ann, bob = add(session), add(session)
        name(session, ann, "external", str(bob.uid))
        session.flush()
        assert get_contact(session, str(bob.uid)) == ann.id


def test_an_address_of_two_leads_to_neither(database):
    with database.transaction() as session:
        for _ in range(2):
            add(session, email="both@example.com")
        with pytest.raises(NotFound, match="give an external id"):
            get_contact(session, "both@example.com")


def test_who_was_merged_is_found_as_the_one_that_stayed(database):
    with database.transaction() as session:
        winner = add(session)
        loser = add(session, merged_into=winner.id)
        assert get_contact(session, str(loser.uid)) == winner.id


def test_who_was_erased_is_nobody(database):
    with database.transaction() as session:
        gone = add(session, erased_at=NOON)
        assert find_contacts(session, [str(gone.uid), "x" * 1000]) == {}
