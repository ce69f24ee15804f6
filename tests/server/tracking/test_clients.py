"""The unmodified client libraries of Segment and RudderStack, against a real socket."""

import threading

import pytest
from sqlalchemy import select
from werkzeug.serving import make_server

from engine.accounts.keys import KeyKind, create
from engine.journeys.reaction import Moment, react_to_events
from engine.models.contact import Contact
from engine.models.event import Event
from server.app import create_app


@pytest.fixture
def site(house):
    server = make_server("127.0.0.1", 0, create_app(house), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def write_key(house):
    with house.database.transaction() as session:
        return create(session, KeyKind.WRITE, "test", now=house.wall.now())[1]


def _ingest(house):
    moment = Moment(house.clock.now(), "UTC", house.settings.trigger_age)
    with house.database.transaction() as session:
        return react_to_events(session, moment, limit=1000)


def test_segments_library_is_understood(house, site, write_key):
    import segment.analytics as analytics

    client = analytics.Client(write_key, host=site, gzip=True, sync_mode=True)
    client.identify("ann", {"email": "ann@example.com", "plan": "pro"})
    client.track("ann", "Signed Up", {"plan": "pro"})
    client.track("ann", "Signed Up", {"plan": "pro"}, message_id="same")
    client.track("ann", "Signed Up", {"plan": "pro"}, message_id="same")
    assert _ingest(house) == 3
    with house.database.reading() as session:
        contact = session.scalars(select(Contact)).one()
        names = sorted(session.scalars(select(Event.name)))
    assert (contact.email, contact.email_confirmed) == ("ann@example.com", True)
    assert contact.attributes["plan"] == "pro"
    assert names == ["Contact Identified", "Signed Up", "Signed Up"]


def test_rudderstacks_library_is_understood(house, site, write_key):
    import rudderstack.analytics as rudder

    client = rudder.Client(write_key, host=site, sync_mode=True)
    client.identify("bob", {"email": "bob@example.com"})
    client.track("bob", "Order Completed", {"total": 10})
    assert _ingest(house) == 2
    with house.database.reading() as session:
        assert session.scalars(select(Contact.email)).one() == "bob@example.com"
