"""The door for browsers that take pushes, and the whole way of a push to one of them."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from channels.push.encryption import read_base64url
from channels.push.services import PushServices
from channels.push.vapid import show_public_key
from channels.push.web import WebPush
from channels.webhook.guard import Guard
from engine.accounts.instance import IDENTITY, PUSH
from engine.accounts.keys import KeyKind
from engine.contacts.agents import name_agent
from engine.messages.library.templates import compile_source, save_template
from engine.messages.states import MessageState
from engine.models.contact import PushDevice, Topic
from engine.models.event import Event
from engine.models.message import Message
from server.delivering import deliver
from server.lanes import advance, ingest
from server.tracking.presented import sign_identity
from server.tracking.push import PER_MINUTE
from tests.channels.push_services import Browser, push_service, serve_tls, trust, write
from tests.channels.servers import http_server
from tests.server.conftest import build_house
from tests.server.tracking.door import Door
from tests.shop import Shop

FCM = "https://fcm.googleapis.com/fcm/send/abc"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def body(browser, endpoint=FCM, **given):
    keys = {"p256dh": browser.p256dh, "auth": write(browser.auth)}
    told = {"endpoint": endpoint, "expirationTime": None, "keys": keys}
    return {"anonymousId": "visitor", "subscription": told} | given


def send(door, given, **more):
    return door.send(
        "/v1/push/subscribe", given, key=door.browser, headers={"User-Agent": AGENT}, **more
    )


def devices(door):
    with door.house.database.reading() as session:
        return list(session.scalars(select(PushDevice)))


def test_the_public_key_is_there_for_every_page(door):
    answer = door.client.get("/v1/push/key")
    key = answer.json["publicKey"]
    assert key == show_public_key(door.house.get_secret(PUSH))
    assert len(read_base64url(key)) == 65
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_browser_is_kept_for_its_visitor(both_doors):
    answer = send(both_doors, body(Browser()))
    assert answer.status_code == 200 and answer.json == {"success": True, "topics": []}
    (device,) = devices(both_doors)
    assert device.agent == "Chrome, Linux" and not device.is_confirmed
    both_doors.ingest()
    assert [event.name for event in both_doors.events()] == ["Push Subscribed"]


def test_the_visitor_of_the_next_event_is_the_same(door):
    send(door, body(Browser()))
    door.send("/v1/page", {"anonymousId": "visitor"}, key=door.browser)
    door.ingest()
    assert [one.id for one in door.contacts()] == [devices(door)[0].contact_id]


def test_a_signed_visitor_is_believed_and_says_yes(door):
    with door.house.database.transaction() as session:
        session.add(Topic(key="news", name="News", created_at=door.house.clock.now()))
    signature = sign_identity(door.house.get_secret(IDENTITY), "ann")
    given = body(Browser(), userId="ann", userHash=signature, topics=["news", "other"])
    assert send(door, given).json["topics"] == ["news"]
    assert devices(door)[0].is_confirmed and door.contacts()[0].is_vouched


def test_a_wrong_signature_is_no_signature(door):
    send(door, body(Browser(), userId="ann", userHash="0" * 64))
    assert not devices(door)[0].is_confirmed and not door.contacts()[0].is_vouched


@pytest.mark.parametrize(
    "given",
    [
        {"subscription": None},
        {"subscription": {"endpoint": FCM}},
        {"subscription": {"endpoint": FCM, "keys": {"p256dh": "x", "auth": "y"}}},
        {"anonymousId": None},
        {"anonymousId": "x" * 200},
        {"topics": "news"},
        {"topics": ["x"] * 21},
        {"replaces": 7},
        {"userId": {"a": 1}},
    ],
)
def test_what_is_no_subscription_is_refused(door, given):
    answer = send(door, body(Browser()) | given)
    assert answer.status_code == 400 and answer.json["message"]
    assert devices(door) == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1/latest/meta-data",
        "http://fcm.googleapis.com/a",
        "https://metadata.google.internal/",
        "https://fcm.googleapis.com.evil.example/",
        "https://example.com/push",
        "https://fcm.googleapis.com/" + "é",
    ],
)
def test_an_endpoint_elsewhere_is_never_called(door, endpoint):
    assert send(door, body(Browser(), endpoint)).status_code == 400
    assert devices(door) == []


def test_who_has_no_key_or_the_wrong_page_gets_nothing(door):
    assert door.send("/v1/push/subscribe", body(Browser()), key=False).status_code == 401
    own = door.make_key(KeyKind.BROWSER, origins=["https://shop.example"])
    answer = door.send(
        "/v1/push/subscribe", body(Browser()), key=own, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403 and devices(door) == []


def test_one_address_cannot_fill_the_table(door, monkeypatch):
    monkeypatch.setattr("server.tracking.push.PER_MINUTE", 2)
    statuses = [send(door, body(Browser(), f"{FCM}{n}")).status_code for n in range(4)]
    assert statuses == [200, 200, 429, 429] and PER_MINUTE == 600


def test_unsubscribing_forgets_the_browser(door):
    send(door, body(Browser()))
    for _ in range(2):
        answer = door.send("/v1/push/unsubscribe", {"endpoint": FCM}, key=door.browser)
        assert answer.status_code == 200
    assert devices(door) == []
    door.ingest()
    assert [one.name for one in door.events()] == ["Push Subscribed", "Push Unsubscribed"]


def test_a_renewed_subscription_is_the_same_browser(both_doors):
    send(both_doors, body(Browser()))
    for _ in range(2):
        answer = send(both_doors, body(Browser(), f"{FCM}2", replaces=FCM))
        assert answer.status_code == 200
    assert [device.endpoint for device in devices(both_doors)] == [f"{FCM}2"]
    both_doors.ingest()
    assert [one.name for one in both_doors.events()] == ["Push Subscribed"]


@pytest.mark.parametrize("name", ["sojourn-push.js", "sojourn-sw.js"])
def test_pages_of_other_sites_may_load_the_scripts(door, name):
    answer = door.client.get(f"/{name}")
    answer.close()
    assert answer.status_code == 200 and answer.mimetype == "text/javascript"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "connect-src *" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (AGENT, "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Android 15; Mobile) Gecko/140.0 Firefox/140.0", "Firefox, Android"),
        ("Mozilla/5.0 (iPhone; CPU) Version/18.0 Mobile Safari/604.1", "Safari, iOS"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_called_by_its_name(header, name):
    assert name_agent(header) == name


def test_a_push_reaches_the_browser_and_its_click_comes_back(
    sqlite_database, tmp_path, certificate, wall
):
    browser = Browser()
    with http_server(push_service(browser), serve_tls(certificate)) as (base, _):
        here = f"localhost:{base.rpartition(':')[2]}"
        house = build_house(
            sqlite_database, tmp_path, wall=wall, push_services=here, track="clicks,transactional"
        )
        house.outgoing._opened["push", "webpush"] = WebPush(
            PushServices(here), Guard("127.0.0.1"), tls_context=trust(certificate)
        )
        _follow_a_push(house, browser, here, wall)
        house.outgoing.close()


def _follow_a_push(house, browser, here, wall):
    door = Door(house)
    shop = Shop(house.database)
    shop.now = wall.now()
    source = "title: Hello {{ contact.id|length }}\nbody: Look\nurl: https://shop.example/new"
    with house.database.transaction() as session:
        words = compile_source("push", source)
        save_template(session, "note", "push", source, words, by="test", now=wall.now())
    assert send(door, body(browser, f"https://{here}/201/a")).status_code == 200
    push = {"kind": "send_push", "template": "note", "class": "transactional"}
    asks = {
        "kind": "wait_for", "timeout": {"after": "P1D"},
        "paths": [{"label": "clicked", "event": "Push Link Clicked"}],
    }  # fmt: skip
    shop.publish(
        trigger={"kind": "event", "event": "Go"},
        start="a",
        nodes={"a": push | {"next": "b"}, "b": asks},
    )
    door.send("/v1/track", {"anonymousId": "visitor", "event": "Go"}, key=door.browser)
    ingest(house)
    advance(house)
    assert deliver(house, "push") == 1
    (payload,) = map(json.loads, browser.shown)
    assert payload["title"] == "Hello 36" and payload["url"] == "https://shop.example/new"
    (state, details) = shop.ask(Message.state, Message.details)[0]
    assert state == MessageState.SENT and details == "201 1 of 1 devices"
    followed = door.client.get(
        urlsplit(payload["click"]).path, headers={"User-Agent": AGENT, "Accept-Language": "en"}
    )
    assert followed.headers["Location"] == "https://shop.example/new"
    wall.advance(timedelta(minutes=10))
    ingest(house)
    assert "Push Link Clicked" in [name for (name,) in shop.ask(Event.name)]
