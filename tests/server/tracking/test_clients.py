"""The unmodified client libraries of Segment and RudderStack, against a real socket."""

import threading

import pytest
from sqlalchemy import select
from werkzeug.serving import make_server

from engine.accounts.keys import KeyKind, create
from engine.journeys.deciding.moment import Moment
from engine.journeys.responding.reaction import react_to_events
from engine.models.contact import Contact
from engine.models.event import Event
from server.app import create_app
from server.tracking.collect import Collector


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


def build_client(library, key, site, **given):
    if library == "segment":
        import segment.analytics as module
    else:
        import rudderstack.analytics as module
    return module.Client(key, host=site, timeout=5, **given)


LIBRARIES = pytest.mark.parametrize("library", ["segment", "rudderstack"])


@LIBRARIES
@pytest.mark.parametrize("gzip", [True, False])
def test_every_call_of_a_library_is_understood(house, site, write_key, library, gzip):
    client = build_client(library, write_key, site, gzip=gzip, sync_mode=True)
    client.identify("ann", {"email": "ann@example.com", "plan": "pro"})
    client.track("ann", "Signed Up", {"plan": "pro"})
    client.track("ann", "Signed Up", {"plan": "pro"}, message_id="same")
    client.track("ann", "Signed Up", {"plan": "pro"}, message_id="same")
    client.page("ann", "Docs", "Start", {"url": "/start"})
    client.screen("ann", None, "Main")
    client.group("ann", "acme", {"size": 3})
    client.track(None, "Looked", anonymous_id="visitor")
    client.alias("visitor", "ann")
    assert _ingest(house) == 8
    with house.database.reading() as session:
        (contact,) = session.scalars(select(Contact).where(Contact.merged_into.is_(None)))
        events = {one.name: one for one in session.scalars(select(Event).order_by(Event.id))}
    assert (contact.email, contact.email_confirmed) == ("ann@example.com", True)
    assert contact.attributes["plan"] == "pro"
    assert {one.contact_id for one in events.values()} == {contact.id}
    assert sorted(events) == [
        *("Contact Aliased", "Contact Identified", "Group Joined", "Looked"),
        *("Page Viewed", "Screen Viewed", "Signed Up"),
    ]
    assert events["Contact Identified"].properties == {"email": "ann@example.com", "plan": "pro"}
    assert events["Page Viewed"].properties == {
        "name": "Start",
        "category": "Docs",
        "url": "/start",
    }
    assert events["Group Joined"].properties == {"size": 3, "groupId": "acme"}
    assert "python" in events["Signed Up"].context["library"]["name"]


@LIBRARIES
def test_a_librarys_own_batches_are_taken_and_each_call_once(house, site, write_key, library):
    client = build_client(library, write_key, site, upload_size=40, upload_interval=0.05)
    for number in range(150):
        client.track(f"u{number % 5}", "Seen", {"n": number})
    client.flush()
    client.join()
    assert _ingest(house) == 150


@LIBRARIES
def test_a_library_does_not_send_again_what_is_answered_with_mistakes(
    house, site, write_key, library, monkeypatch
):
    sent = []
    judge = Collector.collect

    def count(self, *given, **named):
        sent.append(1)
        return judge(self, *given, **named)

    monkeypatch.setattr(Collector, "collect", count)
    failures = []
    client = build_client(
        library, write_key, site, upload_interval=0.05,
        on_error=lambda error, items: failures.append(error),
    )  # fmt: skip
    client.track("ann", "Good")
    client.track("ann", "Bad", {"text": "\0"})
    client.flush()
    client.track("ann", "Worse", {"number": float("nan")})
    client.flush()
    client.join()
    assert 2 <= len(sent) <= 3
    assert _ingest(house) == 1
    assert len(failures) <= 2
