"""The names that pickers offer."""

from datetime import timedelta

import pytest

from engine.models.event import Event
from engine.models.message import Endpoint
from engine.models.record import Record
from engine.models.segment import Segment
from tests.server import rows
from tests.server.conftest import START, log_in

PATH = "/api/v1/names"


def add_events(session, contact, *named, first=1):
    for number, (name, properties) in enumerate(named, first):
        session.add(
            Event(
                id=number,
                received_at=START,
                occurred_at=START + timedelta(seconds=number),
                contact_id=contact.id,
                subject_id=contact.id,
                name=name,
                properties=properties,
            )
        )


@pytest.fixture
def full(house):
    with house.database.transaction() as session:
        ann = rows.add_contact(
            session,
            START,
            attributes={
                "plan": "pro",
                "born_on": "1990-02-03",
                "address": {"city": "Ulm", "zip": 89073},
                "tags": ["vip"],
                "scores": {"interest": 7},
            },
        )
        rows.add_contact(session, START, attributes={"plan": None, 'a"b': 1, "a.b": 1})
        gone = rows.add_contact(session, START, attributes={"secret": 1}, erased_at=START)
        add_events(
            session,
            ann,
            ("Order Completed", {"total": 9.5, "items": [{"sku": "x"}]}),
            ("Page Viewed", {"url": "/"}),
            ("Page Viewed", {"url": "/a", "referrer": {"host": "example.com"}}),
        )
        at = {"created_at": START, "updated_at": START}
        session.add(Segment(key="vip", name="Our best", condition={}, **at))
        session.add(Endpoint(key="shop", url=None, secret="whsec_x", created_at=START))
        session.add(
            Record(type="ticket", key="1", contact_id=ann.id, state="open", fields={"n": 1}, state_since=START, **at)
        )  # fmt: skip
        assert gone.id


def test_what_was_seen_and_what_is_kept_is_known_by_name(app, full):
    names = log_in(app, "viewer").get(PATH).json
    assert names["looked_at"] == 3
    assert [(one["name"], one["recent"]) for one in names["events"]] == [
        ("Page Viewed", 2),
        ("Order Completed", 1),
    ]
    assert names["events"][0]["last_at"] == "2026-03-01T12:00:03Z"
    assert names["events"][0]["properties"] == [
        {"name": "url", "kinds": ["text"]},
        {"name": "referrer.host", "kinds": ["text"]},
    ]
    assert names["attributes"] == [
        {"name": "plan", "kinds": ["null", "text"]},
        {"name": "address.city", "kinds": ["text"]},
        {"name": "address.zip", "kinds": ["number"]},
        {"name": "born_on", "kinds": ["date"]},
    ]
    assert (names["tags"], names["scores"]) == (["vip"], ["interest"])
    assert names["segments"] == [{"key": "vip", "name": "Our best", "kind": "", "names": []}]
    assert [one["key"] for one in names["endpoints"]] == ["shop"]
    assert names["records"] == [
        {"type": "ticket", "states": ["open"], "fields": [{"name": "n", "kinds": ["number"]}]}
    ]


def test_values_are_never_among_the_names(app, full):
    text = log_in(app, "viewer").get(PATH).text
    for value in ("Ulm", "1990", "89073", "example.com", "whsec", "secret", "sku"):
        assert value not in text


def test_an_event_that_is_rare_is_known_too(app, house, full, monkeypatch):
    monkeypatch.setattr("engine.journeys.reporting.known_names.LATEST", 2)
    events = {one["name"]: one for one in log_in(app, "viewer").get(PATH).json["events"]}
    assert events["Order Completed"]["recent"] == 0
    assert events["Order Completed"]["properties"][0]["name"] in {"items", "total"}


def test_templates_topics_and_journeys_say_of_which_kind_they_are(app, shop_like):
    names = log_in(app, "viewer").get(PATH).json
    assert [(one["key"], one["kind"]) for one in names["templates"]] == [("hello", "email"), ("later", "email"), ("text", "sms")]  # fmt: skip
    assert names["templates"][0]["names"] == ["unsubscribe_url"]
    assert [(one["key"], one["kind"]) for one in names["topics"]] == [("news", "explicit")]
    assert [(one["key"], one["kind"]) for one in names["journeys"]] == [("j", "manual")]


@pytest.fixture
def shop_like(shop, house):
    shop.publish(trigger={"kind": "manual"}, start="end", nodes={"end": {"kind": "leave", "reason": "x"}})  # fmt: skip


def test_an_empty_instance_knows_nothing(app):
    names = log_in(app, "viewer").get(PATH).json
    assert not any(names.values())


def test_only_who_sees_journeys_sees_names(client):
    assert client.get(PATH).status_code == 401
