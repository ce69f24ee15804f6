"""Fetching content: one GET behind the guard, without redirects, in time and size."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from channels.base import Verdict
from channels.webhook.fetching import MOST_BYTES, HttpFetcher
from channels.webhook.guard import Guard
from tests.channels.servers import Response, free_port, http_server

NOW = datetime.now(UTC)


def fetch(url, guard="127.0.0.0/8", headers=None, seconds=5, **options):
    fetcher = HttpFetcher(Guard(guard), **options)
    try:
        return fetcher.fetch(url, headers or {}, timeout=timedelta(seconds=seconds), now=NOW)
    finally:
        fetcher.close()


def test_content_comes_with_the_headers_of_its_source():
    seen = []

    def answer(request):
        seen.append(request)
        return Response(200, b'{"temp": 21}', {"content-type": "application/json"})

    with http_server(answer) as (url, _):
        fetched = fetch(f"{url}/now?city=K%C3%B6ln", headers={"Authorization": "Bearer x"})
    assert (fetched.receipt.verdict, fetched.body) == (Verdict.ACCEPTED, b'{"temp": 21}')
    (request,) = seen
    assert request.method == "GET" and request.path == "/now?city=K%C3%B6ln"
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert headers["authorization"] == "Bearer x" and headers["user-agent"] == "Sojourn"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "http://10.0.0.1/",
    ],
)
def test_nothing_inside_is_reached(url):
    fetched = fetch(url, guard="")
    assert fetched.receipt.verdict is Verdict.PERMANENT
    assert fetched.receipt.code == "target_refused"


def test_a_name_that_leads_inside_is_judged_by_what_it_leads_to():
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    fetched = fetch("http://weather.example/", guard="", resolve=resolve)
    assert asked == ["weather.example"]
    assert fetched.receipt.code == "target_refused"


def test_a_redirect_is_not_followed():
    with http_server(lambda _: Response(302, b"", {"location": "http://10.0.0.1/"})) as (url, _):
        fetched = fetch(url)
    assert fetched.receipt.verdict is Verdict.PERMANENT
    assert "redirects are not followed" in fetched.receipt.text


def test_too_much_is_not_taken():
    with http_server(lambda _: Response(200, b"x" * (MOST_BYTES + 1))) as (url, _):
        fetched = fetch(url)
    assert fetched.receipt.verdict is Verdict.PERMANENT and fetched.body == b""
    assert "is longer than" in fetched.receipt.text


@pytest.mark.parametrize(
    ("status", "verdict"), [(503, Verdict.TEMPORARY), (404, Verdict.PERMANENT)]
)
def test_a_failure_says_whether_it_may_pass(status, verdict):
    with http_server(lambda _: Response(status, b"")) as (url, _):
        assert fetch(url).receipt.verdict is verdict


def test_who_does_not_answer_is_not_waited_for():
    def dawdle(_):
        time.sleep(0.4)
        return Response(200, b"late")

    begun = time.monotonic()
    with http_server(dawdle) as (url, _):
        fetched = fetch(url, seconds=0.1)
        assert time.monotonic() - begun < 0.35
    assert fetched.receipt.verdict is Verdict.NOT_SENT
    assert fetch(f"http://127.0.0.1:{free_port()}/").receipt.verdict is Verdict.NOT_SENT
