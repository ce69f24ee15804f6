"""A journey watched over a real connection: told when something changes, and until it may be."""

import json
import threading
from http.client import HTTPConnection

import pytest
from werkzeug.serving import make_server

from engine.models.account import UserSession
from server.streams import Streams
from tests.server.conftest import log_in
from tests.shop import SEND, Shop

NODES = {"wait": {"kind": "wait", "for": "P2D", "next": "hello"}, "hello": SEND}
PATIENCE = 15


@pytest.fixture
def shop(database):
    shop = Shop(database)
    trigger = {"kind": "event", "event": "Signed Up"}
    shop.publish(trigger=trigger, start="wait", nodes=NODES)
    return shop


@pytest.fixture
def site(app, shop):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(app, server.server_port)
    app.extensions["sojourn"].streams.end()
    server.shutdown()
    thread.join()
    server.server_close()


class Site:
    """The application on a port, with somebody logged in."""

    def __init__(self, app, port):
        self.port = port
        self.house = app.extensions["sojourn"]
        self.cookie = log_in(app, "viewer").get_cookie("sid").value

    def watch(self, journey="j", cookie=None):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": f"sid={cookie or self.cookie}"}
        connection.request("GET", f"/api/v1/stream?journey={journey}", headers=headers)
        answer = connection.getresponse()
        answer.connection = connection
        return answer


def read_event(answer):
    """Return the next event's data; None at the end of the stream."""
    while line := answer.readline():
        if line.startswith(b"data: "):
            return json.loads(line.removeprefix(b"data: "))
    return None


def come(shop, person):
    shop.say(event="Signed Up", userId=person)
    shop.work()


def test_whoever_watches_is_told_at_once_and_when_something_changes(site, shop):
    answer = site.watch()
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert read_event(answer)["entered"] == 0
    come(shop, "ann")
    told = read_event(answer)
    assert (told["entered"], told["nodes"]["wait"]["waiting"]) == (1, 1)
    answer.connection.close()


def test_who_cannot_be_served_is_told_and_a_place_comes_free(site, shop):
    site.house.streams.most = 1
    first = site.watch()
    refused = site.watch()
    assert (refused.status, refused.headers["Retry-After"]) == (503, "5")
    assert read_event(first) is not None
    site.house.streams.end()
    assert read_event(first) is None
    first.connection.close()


def test_a_watcher_who_goes_away_frees_its_place(site, shop, monkeypatch):
    monkeypatch.setattr("server.api.stream.BEAT", 0)
    answer = site.watch()
    assert read_event(answer) is not None
    answer.close()
    answer.connection.close()
    gone = threading.Event()
    for _ in range(PATIENCE * 10):
        if site.house.streams.count() == 0:
            break
        gone.wait(0.1)
    assert site.house.streams.count() == 0


def test_a_stream_ends_with_the_session(site, shop, monkeypatch):
    monkeypatch.setattr("server.api.stream.ASKED_EVERY", 0)
    answer = site.watch()
    assert read_event(answer) is not None
    with site.house.database.transaction() as session:
        session.query(UserSession).delete()
    assert read_event(answer) is None


def test_a_stream_does_not_last_for_ever(site, shop, monkeypatch):
    monkeypatch.setattr("server.api.stream.LONGEST", 0)
    answer = site.watch()
    assert read_event(answer) is not None
    assert read_event(answer) is None


def test_a_silent_stream_shows_that_it_is_there(site, shop, monkeypatch):
    monkeypatch.setattr("server.api.stream.BEAT", 0)
    answer = site.watch()
    assert read_event(answer) is not None
    assert answer.readline() == b"\n"
    assert answer.readline() == b": still here\n"
    answer.connection.close()


def test_strangers_and_journeys_that_are_not_there_are_refused(site, shop):
    assert site.watch(cookie="nobody").status == 401
    assert site.watch("nothing").status == 404
    assert site.house.streams.count() == 0


def test_all_who_watch_one_journey_share_its_board(site, shop):
    answers = [site.watch() for _ in range(3)]
    assert [read_event(answer)["entered"] for answer in answers] == [0, 0, 0]
    assert len(site.house.streams._boards) == 1
    assert isinstance(site.house.streams, Streams)
    for answer in answers:
        answer.connection.close()
