"""Sources of fetched content over HTTP: kept, tried out, their secrets never shown."""

from datetime import timedelta

import pytest

from tests.channels.servers import Response, http_server
from tests.server.conftest import log_in

ROOT = "/api/v1/fetch-sources"
URL = "https://api.example.com/now?city={city}"


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def make(browser, url=URL, status=201, **body):
    answer = browser.post(f"{ROOT}/weather", json={"url": url, **body})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def try_out(browser, status=200, **body):
    answer = browser.post(f"{ROOT}/weather/try", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def test_the_server_of_a_source_is_fixed(owner):
    make(owner, url="https://{host}/x", status=422)
    assert make(owner)["places"] == ["city"]


def test_a_source_is_taken_away(owner):
    make(owner)
    make(owner, status=409)
    assert owner.delete(f"{ROOT}/weather").status_code == 204
    assert owner.delete(f"{ROOT}/weather").status_code == 404


def test_trying_shows_the_answer_and_the_age_of_what_is_kept(near, wall):
    answers = iter([Response(200, b'{"temp": 21}'), Response(200, b'{"temp": 3}')])
    with http_server(lambda _: next(answers, Response(503, b""))) as (url, requests):
        make(near, url=f"{url}/now?city={{city}}")
        first = try_out(near, values={"city": "Bad Ems"})
        assert (first["is_good"], first["answer"], first["status"]) == (True, '{"temp": 21}', 200)
        assert first["url"].endswith("/now?city=Bad%20Ems") and first["took_ms"] >= 0
        wall.advance(timedelta(minutes=5))
        again = try_out(near, values={"city": "Bad Ems"})
        assert (again["age_seconds"], again["answer"]) == (300, '{"temp": 21}')
        assert len(requests) == 1
        assert try_out(near, values={"city": "Bad Ems"}, anew=True)["answer"] == '{"temp": 3}'
        failing = try_out(near, values={"city": "Bad Ems"}, anew=True)
        assert (failing["is_good"], failing["is_stale"]) == (True, True)
        assert (failing["words"], failing["status"]) == ("answered 503", 503)
    try_out(near, values={}, status=422)


def test_trying_says_what_is_wrong(near):
    with http_server(lambda _: Response(200, b"<html>")) as (url, _):
        make(near, url=url)
        told = try_out(near)
    assert (told["is_good"], told["answer"]) == (False, "")
    assert told["words"] == "weather: the answer is no JSON"


def test_only_who_manages_settings_sees_sources(app):
    assert log_in(app, "publisher").get(ROOT).status_code == 403
