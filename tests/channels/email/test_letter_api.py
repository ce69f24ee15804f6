"""What every e-mail API must make of every ugly answer (F23 to F28)."""

import json
from datetime import timedelta

import pytest

from channels.base import Verdict
from channels.fan_out import Limits
from tests.channels import letter_apis
from tests.channels.email.api_cases import KEY, LETTER, PROVIDERS, SHORT, UID, answering, send, to
from tests.channels.servers import Response, http_server, raw_http_server


@pytest.fixture(params=PROVIDERS)
def name(request):
    return request.param


@pytest.mark.parametrize(
    ("written", "wait"),
    [
        ("3", 3),
        ("Sun, 01 Mar 2026 12:00:09 GMT", 9),
        ("-1", None),
        ("1000000000", 3600),
        ("soon", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_provider_is_given_the_time_it_asks_for(name, status, written, wait):
    receipt, _ = answering(name, Response(status, b"<html>", {"Retry-After": written}))
    assert (receipt.verdict, receipt.code) == (Verdict.TEMPORARY, str(status))
    assert receipt.retry_after == (None if wait is None else timedelta(seconds=wait))
    assert not receipt.is_account_problem and not receipt.is_dead_address


@pytest.mark.parametrize("status", [408, 420, 429, 503])
def test_one_that_takes_no_more_and_names_no_time_says_so(name, status):
    receipt, _ = answering(name, Response(status, b"<html>"))
    assert (receipt.verdict, receipt.retry_after) == (Verdict.TEMPORARY, None)
    assert receipt.is_throttled == (status in {420, 429})
    told, _ = answering(name, Response(status, b"<html>", {"Retry-After": "3"}))
    assert not told.is_throttled


@pytest.mark.parametrize("status", [408, 500, 502, 529])
def test_a_failure_of_theirs_is_temporary(name, status):
    receipt, _ = answering(name, Response(status, b'{"message": 5, "errors": [7], "name": []}'))
    assert receipt.verdict is Verdict.TEMPORARY
    assert receipt.is_outage == (status >= 500)


def test_a_gateway_that_waited_in_vain_leaves_it_uncertain(name):
    receipt, requests = answering(name, Response(504, b"<html>"))
    assert receipt.verdict is Verdict.UNCERTAIN
    assert len(requests) == (2 if name == "resend" else 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>sign in to the hotel</html>",
        b"[]",
        b"{}",
        b'{"error": "nope"}',
        b'{"errors": [{"message": "nope"}]}',
        b'{"ErrorCode": 300, "Message": "nope", "MessageID": "x"}',
        b'{"ErrorCode": false, "MessageID": "x"}',
        b'{"id": 5, "MessageId": 5, "MessageID": 5}',
        b'{"id": "", "MessageId": "", "MessageID": "", "ErrorCode": 0}',
        b'{"id": "a\\nb", "MessageId": "a\\nb", "MessageID": "a\\nb", "ErrorCode": 0}',
        b'{"id": "x' + b"x" * 300 + b'"}',
        b"x" * 3_000_000,
    ],
)
def test_a_yes_that_is_not_as_documented_is_uncertain(name, body):
    receipt, _ = answering(name, Response(200, body))
    assert receipt.verdict is Verdict.UNCERTAIN and receipt.text


def test_a_yes_without_an_end_is_uncertain(name):
    said = {"id": "<a@b>", "MessageId": "a", "MessageID": "a", "ErrorCode": 0}
    headers = {"X-Message-Id": "a"}
    status, start = (202, b"") if name == "sendgrid" else (200, json.dumps(said).encode())
    receipt, _ = answering(name, Response(status, start + b" " * 50, headers))
    assert receipt.verdict is Verdict.ACCEPTED
    receipt, _ = answering(name, Response(status, start + b" " * 3_000_000, headers))
    assert receipt.verdict is Verdict.UNCERTAIN and "1048576" in receipt.text


def test_a_yes_of_sendgrid_has_no_body():
    response = Response(202, b'{"errors": []}', {"X-Message-Id": "a"})
    assert answering("sendgrid", response)[0].verdict is Verdict.UNCERTAIN


def test_a_yes_in_single_octets_ends_in_time(name):
    def converse(connection, stop):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n")
        while not stop.wait(0.05):
            connection.sendall(b" ")

    with raw_http_server(converse) as (base, _):
        (receipt,) = send(name, base, LETTER, timeout=SHORT)
    assert receipt.verdict is Verdict.UNCERTAIN


def test_a_line_cut_after_the_request_leaves_it_uncertain(name):
    with raw_http_server(lambda connection, _: connection.close()) as (base, requests):
        (receipt,) = send(name, base, LETTER)
    assert receipt.verdict is Verdict.UNCERTAIN
    assert len(requests) == (2 if name == "resend" else 1)


def test_r053_an_unanswered_letter_is_asked_for_once_more_where_a_key_makes_that_safe():
    served = letter_apis.resend(KEY)
    keys = []

    def answer(request):
        keys.append(request.headers["idempotency-key"])
        response = served(request)
        return response if len(keys) > 1 else Response(200, b"<html>")

    with http_server(answer) as (base, _):
        (receipt,) = send("resend", base, LETTER)
    assert receipt.verdict is Verdict.ACCEPTED and keys == [str(UID)] * 2


def test_no_answer_holds_back_the_rest_of_the_chunk(name, monkeypatch):
    monkeypatch.setattr("channels.email.letter_api._LIMITS", Limits(threads=2, at_once=2))
    with raw_http_server(lambda _, stop: stop.wait(10)) as (base, requests):
        receipts = send(name, base, *[to("ada")] * 9, timeout=SHORT)
    verdicts = [receipt.verdict for receipt in receipts]
    assert verdicts.count(Verdict.UNCERTAIN) == 2 and verdicts.count(Verdict.NOT_SENT) == 7
    assert len(requests) == (4 if name == "resend" else 2)


def test_a_refused_key_stops_the_chunk_and_does_not_show(name):
    served = {
        "ses": letter_apis.ses("AKIDEXAMPLE", "other"),
        "sendgrid": letter_apis.sendgrid("other"),
        "mailgun": letter_apis.mailgun("other", "shop.example"),
        "postmark": letter_apis.postmark("other"),
        "resend": letter_apis.resend("other"),
    }[name]
    with http_server(served) as (base, requests):
        receipts = send(name, base, *[to("ada")] * 40)
    assert {receipt.verdict for receipt in receipts} == {Verdict.NOT_SENT}
    assert all(receipt.is_account_problem for receipt in receipts) and len(requests) <= 16


def test_a_key_that_is_repeated_to_us_is_not_shown(name):
    body = json.dumps({"message": f"{KEY} of ada@example.org is bad", "Message": KEY}).encode()
    receipt, _ = answering(name, Response(400, body))
    assert KEY not in repr(receipt) and "ada@example.org" not in repr(receipt)


@pytest.mark.parametrize("status", [301, 302, 308, 401, 402, 403, 404, 451])
def test_what_refuses_us_is_the_accounts_problem_whatever_the_body(name, status):
    receipt, requests = answering(name, Response(status, b"<html>", {"Location": "/x"}))
    assert receipt.verdict is Verdict.NOT_SENT and receipt.is_account_problem
    assert len(requests) == 1


@pytest.mark.parametrize("body", [b"", b"[1]", b"x" * 3_000_000, b'{"errors": {}, "message": {}}'])
def test_a_refusal_in_another_form_is_permanent_all_the_same(name, body):
    receipt, _ = answering(name, Response(400, body))
    assert (receipt.verdict, receipt.code) == (Verdict.PERMANENT, "400")
    assert not receipt.is_dead_address and len(receipt.text) <= 500


REFUSALS = [
    ("ses", "permanent", "permanent", "BadRequestException", ""),
    ("ses", "unverified", "not_sent", "MessageRejected", "account"),
    ("ses", "suspended", "not_sent", "AccountSuspendedException", "account"),
    ("ses", "expired", "not_sent", "RequestExpired", "account"),
    ("ses", "forbidden", "not_sent", "NotAuthorized", "account"),
    ("ses", "temporary", "temporary", "TooManyRequestsException", ""),
    ("ses", "limit", "temporary", "LimitExceededException", ""),
    ("sendgrid", "dead", "permanent", "personalizations.0.to.0.email", "dead"),
    ("sendgrid", "unverified", "not_sent", "from", "account"),
    ("sendgrid", "temporary", "temporary", "429", ""),
    ("mailgun", "dead", "permanent", "400", "dead"),
    ("mailgun", "unverified", "not_sent", "403", "account"),
    ("mailgun", "temporary", "temporary", "429", ""),
    ("mailgun", "limit", "temporary", "420", ""),
    ("postmark", "dead", "permanent", "406", "dead"),
    ("postmark", "unverified", "not_sent", "400", "account"),
    ("postmark", "stream", "not_sent", "1235", "account"),
    ("postmark", "temporary", "temporary", "429", ""),
    ("postmark", "limit", "temporary", "100", ""),
    ("resend", "dead", "permanent", "validation_error", "dead"),
    ("resend", "permanent", "permanent", "validation_error", ""),
    ("resend", "unverified", "not_sent", "validation_error", "account"),
    ("resend", "temporary", "temporary", "rate_limit_exceeded", ""),
    ("resend", "limit", "temporary", "daily_quota_exceeded", ""),
    ("resend", "running", "uncertain", "concurrent_idempotent_requests", ""),
]


@pytest.mark.parametrize(("name", "word", "verdict", "code", "whose"), REFUSALS)
def test_a_documented_refusal_is_judged_by_what_it_says(name, word, verdict, code, whose):
    with http_server(PROVIDERS[name][1]()) as (base, _):
        (receipt,) = send(name, base, to(word))
    assert (receipt.verdict, receipt.code) == (verdict, code)
    assert receipt.is_account_problem == (whose == "account")
    assert receipt.is_dead_address == (whose == "dead")
    assert f"{word}@" not in receipt.text and receipt.text


def test_mailgun_names_the_instant_from_which_it_takes_more():
    with http_server(letter_apis.mailgun(KEY, "shop.example")) as (base, _):
        (receipt,) = send("mailgun", base, to("limit"))
    assert receipt.retry_after == timedelta(seconds=31)


def test_sendgrid_names_the_instant_from_which_it_takes_more():
    with http_server(letter_apis.sendgrid(KEY)) as (base, _):
        (receipt,) = send("sendgrid", base, to("temporary"))
    assert receipt.retry_after == timedelta(seconds=10)
