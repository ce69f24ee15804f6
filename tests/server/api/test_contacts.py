"""Contacts over HTTP: forgetting one."""

from uuid import uuid4

import pytest

from engine.models.account import AuditEntry
from server import lanes
from tests.server import rows
from tests.server.conftest import bearer, log_in, make_key


@pytest.fixture
def contact(house):
    with house.database.transaction() as session:
        return rows.add_contact(session, house.clock.now(), email="ann@example.com").uid


def test_a_contact_is_forgotten_in_its_turn_and_it_is_on_record(app, house, contact):
    owner = log_in(app)
    answer = owner.delete(f"/api/v1/contacts/{contact}")
    assert (answer.status_code, answer.json) == (202, {"id": str(contact)})
    assert owner.get(f"/api/v1/contacts/{contact}").json["email"] == "ann@example.com"
    lanes.ingest(house)
    assert owner.get(f"/api/v1/contacts/{contact}").status_code == 404
    assert owner.get("/api/v1/contacts").json["items"] == []
    assert owner.delete(f"/api/v1/contacts/{contact}").status_code == 404
    with house.database.reading() as session:
        [entry] = session.query(AuditEntry).filter_by(action="contact.erased").all()
    assert (entry.target, entry.details) == (str(contact), {"suppress": True})


def test_whom_nobody_knows_cannot_be_forgotten(app):
    assert log_in(app).delete(f"/api/v1/contacts/{uuid4()}").status_code == 404


@pytest.mark.parametrize("query", ["suppress=perhaps", "suppress=true&suppress=false", "why=1"])
def test_what_is_asked_wrongly_is_refused(app, contact, query):
    answer = log_in(app).delete(f"/api/v1/contacts/{contact}?{query}")
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize("role", ["publisher", "editor", "analyst", "viewer"])
def test_r135_forgetting_is_a_right_of_its_own(app, contact, role):
    assert log_in(app, role).delete(f"/api/v1/contacts/{contact}").status_code == 403


def test_a_key_needs_the_scope(client, house, contact):
    weak = make_key(house, scopes=["contacts:write"])
    strong = make_key(house, scopes=["contacts:erase"])
    path = f"/api/v1/contacts/{contact}"
    assert client.delete(path, headers=bearer(weak)).status_code == 403
    assert client.delete(path, headers=bearer(strong)).status_code == 202
