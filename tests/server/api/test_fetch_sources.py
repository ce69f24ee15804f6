"""Sources of fetched content over HTTP: kept, tried out, their secrets never shown."""

from datetime import timedelta

import pytest

from engine.messages.fetched import sources
from server.app import create_app
from tests.channels.servers import Response, http_server
from tests.server.conftest import build_house, log_in

ROOT = "/api/v1/fetch-sources"
URL = "https://api.example.com/now?city={city}"


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


@pytest.fixture
def near(database, tmp_path, wall):
    """An owner's browser where content may be fetched from this machine."""
    house = build_house(database, tmp_path, wall=wall, webhook_allow="127.0.0.1")
    yield log_in(create_app(house), "owner")
    house.outgoing.close()


def make(browser, url=URL, status=201, **body):
    answer = browser.post(f"{ROOT}/weather", json={"url": url, **body})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def change(browser, revision, url=URL, status=200, **body):
    answer = browser.put(f"{ROOT}/weather", json={"url": url, "revision": revision, **body})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def try_out(browser, status=200, **body):
    answer = browser.post(f"{ROOT}/weather/try", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def read(house):
    with house.database.reading() as session:
        return sources.get_source(session, "weather")


def test_values_of_headers_are_never_shown_and_stay_with_their_server(owner, house):
    made = make(owner, headers={"Authorization": "Bearer xyz"})
    assert (made["headers"], made["places"]) == (["Authorization"], ["city"])
    assert "xyz" not in owner.get(ROOT).get_data(as_text=True)
    change(owner, 1, url=f"{URL}&units=c", headers={"Authorization": None})
    assert read(house).headers == {"Authorization": "Bearer xyz"}
    other = "https://evil.example.net/"
    change(owner, 2, url=other, status=422, headers={"Authorization": None})
    change(owner, 2, url=other, headers={})
    assert read(house).headers == {}
    change(owner, 2, status=409)


@pytest.mark.parametrize(
    "url",
    [
        "https://{host}/x",
        "http://127.0.0.1/",
        "http://localhost/{x}",
        "http://169.254.169.254/latest",
        "ftp://api.example.com/",
        "https://user:secret@api.example.com/",
        "https://api.example.com:22/",
    ],
)
def test_where_nothing_may_be_fetched_from_is_refused(owner, url):
    make(owner, url=url, status=422)


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
