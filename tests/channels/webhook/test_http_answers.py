import gzip
import time
from datetime import timedelta

import pytest

from channels.base import Verdict
from tests.channels.servers import http_server, raw_http_server
from tests.channels.webhook.calls import answering, call, send


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "accepted"),
        (201, "accepted"),
        (204, "accepted"),
        (299, "accepted"),
        (301, "permanent"),
        (302, "permanent"),
        (304, "permanent"),
        (307, "permanent"),
        (400, "permanent"),
        (401, "permanent"),
        (404, "permanent"),
        (410, "permanent"),
        (408, "temporary"),
        (425, "temporary"),
        (429, "temporary"),
        (500, "temporary"),
        (503, "temporary"),
        (599, "temporary"),
    ],
)
def test_the_status_decides(status, verdict):
    body = b"" if status in {204, 304} else b'{"reason": "x"}'
    with http_server(answering(status, body, Location="http://127.0.0.1:1/")) as (base, requests):
        (receipt,) = send(call(base))
    assert (receipt.verdict, receipt.code, len(requests)) == (verdict, str(status), 1)
    assert receipt.answer.status == status
    assert receipt.is_account_problem is (status == 410)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7), ("99999", 3600), ("1000000000", 3600), ("-1", None), ("junk", None), ("0", None)],
)
def test_retry_after_is_honoured_up_to_an_hour(value, seconds):
    with http_server(answering(503, b"", Retry_After=value)) as (base, _):
        (receipt,) = send(call(base))
    assert receipt.retry_after == (seconds and timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("body", "kind", "read"),
    [
        (b'{"billing": {"reason": "x"}}', "application/json", {"billing": {"reason": "x"}}),
        (b'{"a": 1}', "application/problem+json; charset=utf-8", {"a": 1}),
        (b'{"a": 1}', "text/plain", '{"a": 1}'),
        (b"<p>", "text/html", "<p>"),
        (b"", "application/json", ""),
        (b"\xff\x00x", "text/plain", "\ufffd\ufffdx"),
        (b'{"a": "\\u0000"}', "application/json", '{"a": "\\u0000"}'),
        (b'"\\ud800"', "application/json", '"\\ud800"'),
        (b"NaN", "application/json", "NaN"),
        (b"1e400", "application/json", "1e400"),
        (b"[" * 5000 + b"]" * 5000, "application/json", "[" * 5000 + "]" * 5000),
    ],
)
def test_the_answer_is_json_or_text_that_a_database_can_keep(body, kind, read):
    with http_server(answering(200, body, Content_Type=kind)) as (base, _):
        (receipt,) = send(call(base))
    assert receipt.verdict is Verdict.ACCEPTED and receipt.answer.body == read
    assert receipt.answer.headers["content-type"] == kind


def test_an_answer_of_more_than_64_kb_is_cut_and_a_failure():
    with http_server(answering(200, b"x" * 200_000)) as (base, _):
        (receipt,) = send(call(base))
    assert receipt.verdict is Verdict.PERMANENT and "65536" in receipt.text
    assert len(receipt.answer.body) == 65_536


def test_an_endless_answer_is_left():
    def flood(connection, stop):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while not stop.is_set():
            connection.sendall(b"x" * 65_536)

    with raw_http_server(flood) as (base, _):
        (receipt,) = send(call(base))
    assert receipt.verdict is Verdict.PERMANENT and len(receipt.answer.body) == 65_536


def test_a_packed_answer_is_not_unpacked():
    packed = gzip.compress(b"0" * 50_000_000)
    with http_server(answering(200, packed, Content_Encoding="gzip")) as (base, requests):
        (receipt,) = send(call(base))
    assert requests[0].headers["accept-encoding"] == "identity"
    assert len(receipt.answer.body) < 65_537


DRIBBLES = {
    "nothing": b"",
    "a status": b"HTTP/1.1 200",
    "headers without end": b"HTTP/1.1 200 OK\r\nX-",
}


@pytest.mark.parametrize("start", DRIBBLES.values(), ids=DRIBBLES)
def test_no_whole_head_in_time_is_uncertain(start):
    def dribble(connection, stop):
        connection.sendall(start)
        while start and not stop.wait(0.02):
            connection.sendall(b"a")
        stop.wait(5)

    started = time.monotonic()
    with raw_http_server(dribble) as (base, _):
        (receipt,) = send(call(base, timeout=timedelta(seconds=0.4)))
    assert receipt.verdict is Verdict.UNCERTAIN and time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("status", "verdict"), [(200, Verdict.PERMANENT), (503, Verdict.TEMPORARY)]
)
def test_a_body_a_byte_at_a_time_is_left_and_the_status_known(status, verdict):
    def dribble(connection, stop):
        connection.sendall(b"HTTP/1.1 %d X\r\nContent-Length: 1000\r\n\r\n" % status)
        while not stop.wait(0.02):
            connection.sendall(b"a")

    started = time.monotonic()
    with raw_http_server(dribble) as (base, _):
        (receipt,) = send(call(base, timeout=timedelta(seconds=0.4)))
    assert receipt.verdict is verdict and receipt.code == str(status)
    assert time.monotonic() - started < 3


def test_more_headers_than_a_server_needs_end_the_answer():
    def flood(connection, stop):
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not stop.is_set():
            connection.sendall(b"X-Many: 1\r\n" * 1000)

    with raw_http_server(flood) as (base, _):
        (receipt,) = send(call(base))
    assert receipt.verdict is Verdict.UNCERTAIN and receipt.text.startswith("not HTTP")


@pytest.mark.parametrize("said", [b"", b"220 smtp.example ESMTP\r\n", b"\x00" * 100])
def test_a_line_cut_or_nonsense_after_the_request_is_uncertain(said):
    with raw_http_server(lambda connection, stop: connection.sendall(said)) as (base, requests):
        (receipt,) = send(call(base))
    assert receipt.verdict is Verdict.UNCERTAIN and len(requests) == 1
