"""What letters fetch: each address once for all of them, old answers while it fails, and no storms."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import func, select

from channels.webhook.guard import Guard
from engine.messages.carriers.breaker import REST
from engine.messages.lookups.asking import Failed, Found, Request
from engine.messages.lookups.fetched import answers, sources
from engine.messages.lookups.fetched.sources import SourceDraft
from engine.models.fetching import FetchedAnswer
from server import fetching
from server.looking_up import resolve
from tests.channels.servers import Response, free_port, http_server
from tests.server.conftest import build_house

LOCAL = "127.0.0.1"


@pytest.fixture
def house(database, tmp_path, wall):
    house = build_house(database, tmp_path, wall=wall, webhook_allow=LOCAL)
    yield house
    house.outgoing.close()


class Weather:
    """A server that tells the weather, as long as it is well."""

    def __init__(self):
        self.asked, self.status, self.pause = [], 200, 0.0
        self.body = b'{"temp": 21}'

    def __call__(self, request):
        self.asked.append(request.path)
        time.sleep(self.pause)
        return Response(self.status, self.body, {"content-type": "application/json"})


@pytest.fixture
def weather():
    return Weather()


@pytest.fixture
def url(weather):
    with http_server(weather) as (url, _):
        yield url


def make(house, url, **changed):
    draft = {
        "name": "weather", "url": f"{url}/now?city={{city}}", "headers": {}, "answers": "json",
        "timeout": timedelta(seconds=2), "fresh": timedelta(minutes=10),
        "stale": timedelta(hours=6),
    }  # fmt: skip
    with house.database.transaction() as session:
        sources.make_source(
            session, SourceDraft(**{**draft, **changed}), guard=Guard(LOCAL), now=house.wall.now()
        )


def request(city="Bonn", source="weather"):
    values = {"source": source, **({} if city is None else {"city": city})}
    return Request("fetched", orjson.dumps(["fetched", values]).decode())


def ask(house, *requests):
    requests = requests or (request(),)
    answered = resolve(house, requests)
    found = [answered[one] for one in requests]
    return found[0] if len(found) == 1 else found


def test_an_answer_serves_all_until_it_is_old(house, weather, url, wall):
    make(house, url)
    for _ in range(3):
        assert ask(house) == Found({"temp": 21})
    assert weather.asked == ["/now?city=Bonn"]
    wall.advance(timedelta(minutes=11))
    weather.body = b'{"temp": 3}'
    assert ask(house) == Found({"temp": 3})
    assert len(weather.asked) == 2


def test_a_group_asks_each_address_once(house, weather, url):
    make(house, url)
    ask(house, *[request(city) for city in ("Bonn", "Ulm", "Bonn", "Ulm")])
    assert sorted(weather.asked) == ["/now?city=Bonn", "/now?city=Ulm"]


def test_many_who_want_the_same_make_one_call(house, weather, url):
    make(house, url)
    weather.pause = 0.2
    gate = threading.Barrier(8)

    def want(_):
        gate.wait()
        return ask(house)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(want, range(8))) == [Found({"temp": 21})] * 8
    assert len(weather.asked) == 1


def test_an_old_answer_serves_while_the_server_fails_but_not_for_ever(house, weather, url, wall):
    make(house, url)
    ask(house)
    weather.status = 503
    wall.advance(timedelta(hours=1))
    assert ask(house) == Found({"temp": 21})
    wall.advance(timedelta(hours=6))
    assert ask(house) == Failed("weather: answered 503", may_pass=True)


def test_r085_what_fails_is_not_asked_again_at_once(house, weather, url, wall):
    make(house, url)
    weather.status = 404
    for _ in range(3):
        assert ask(house) == Failed("weather: answered 404", may_pass=False)
    assert len(weather.asked) == 1
    weather.status = 200
    wall.advance(answers.LATER)
    assert ask(house) == Found({"temp": 21})


def test_a_source_that_is_silent_is_let_alone_and_probed(house, wall):
    make(house, f"http://127.0.0.1:{free_port()}")
    asked = [request(f"city{number}") for number in range(12)]
    failed = ask(house, *asked)
    assert all(one.may_pass for one in failed)
    with house.database.reading() as session:
        (source,) = sources.list_sources(session)
        tried = session.scalar(select(func.count()).select_from(FetchedAnswer))
    assert source.opened_at is not None and tried == answers.TOGETHER
    assert ask(house, request("another")) == Failed(
        "the source 'weather' does not answer for now", may_pass=True
    )
    wall.advance(REST)
    assert "cannot connect" in ask(house, request("another")).words


def test_what_is_no_answer_of_its_kind_is_refused(house, weather, url, wall):
    make(house, url)
    deep = b"[" * 40 + b"]" * 40
    for body, words in (
        (b"<html>", "is no JSON"), (b'"\\u0000"', "NUL"), (deep, "nested"), (b'{"a": NaN}', "no JSON")
    ):  # fmt: skip
        weather.body = body
        assert words in ask(house).words
        wall.advance(answers.LATER)


def test_a_text_is_a_text(house, weather, url):
    make(house, url, answers="text")
    weather.body = "Grüße".encode()
    assert ask(house) == Found("Grüße")


def test_a_mark_before_an_answer_says_its_encoding_and_is_no_part_of_it(house, weather, url, wall):
    make(house, url)
    weather.body = b"\xef\xbb\xbf" + weather.body
    assert ask(house) == Found({"temp": 21})
    make(house, url, name="words", answers="text")
    weather.body = "\ufeffGrüße".encode()
    assert ask(house, request(source="words")) == Found("Grüße")


def test_what_does_not_fit_asks_nobody(house, weather, url):
    make(house, url)
    nobody, unknown = ask(house, request(None), request(source="stars"))
    assert nobody == Failed("weather: there is no value for city")
    assert unknown == Failed("there is no source 'stars'")
    assert weather.asked == []


def test_a_dead_asker_keeps_nobody_waiting_for_long(house, weather, url, wall):
    make(house, url)
    with house.database.transaction() as session:
        source = sources.get_source(session, "weather")
        asked = answers.build_ask(source, {"city": "Bonn"})
        assert answers.take_turns(session, [asked], now=wall.now()) == [asked]
        assert answers.take_turns(session, [asked], now=wall.now()) == []
    wall.advance(timedelta(seconds=5))
    assert ask(house) == Found({"temp": 21})


def test_nobody_waits_longer_than_they_may(house, weather, url, wall, monkeypatch):
    monkeypatch.setattr(fetching, "PATIENCE", 0.1)
    make(house, url)
    with house.database.transaction() as session:
        source = sources.get_source(session, "weather")
        answers.take_turns(session, [answers.build_ask(source, {"city": "Bonn"})], now=wall.now())
    assert ask(house) == Failed("the source 'weather' does not answer for now", may_pass=True)
    assert weather.asked == []


def test_what_serves_no_more_is_forgotten(house, weather, url, wall):
    make(house, url)
    ask(house)
    for hours, left in ((5, 1), (2, 0)):
        wall.advance(timedelta(hours=hours))
        with house.database.transaction() as session:
            answers.prune(session, wall=wall.now())
            assert session.scalar(select(func.count()).select_from(FetchedAnswer)) == left
