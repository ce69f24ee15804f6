from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl
from uuid import uuid4

import orjson
import pytest

from channels import registry
from channels.base import BadAddress, Text, Verdict
from channels.sms.gate import LONGEST, clean_body
from tests.channels.servers import Response, http_server
from tests.channels.text_apis import messagebird, vonage

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OPENED = {
    "vonage": "vonage://abcd1234:secret@+15559999999?base={base}",
    "messagebird": "messagebird://key-123456@+15559999999?base={base}",
}
SPEAKS = {"vonage": vonage("abcd1234", "secret"), "messagebird": messagebird("key-123456")}
NAMES = sorted(OPENED)


def text(ending="001", body="Hello", sender=""):
    return Text(uuid4(), sender, "+15550000" + ending, body)


def send(url, *texts):
    provider = registry.open_sms(url)
    told = {}
    provider.send(texts, told.__setitem__, now=NOW)
    provider.close()
    return [told[index] for index in range(len(texts))]


def ask(name, *texts, answer=None, more=""):
    with http_server(answer or SPEAKS[name]) as (base, requests):
        return send(OPENED[name].format(base=base) + more, *texts), requests


def test_vonage_is_asked_as_its_api_says():
    greek = text(body="Ψ & 1+1=2")
    cyrillic = text(body="Привет 🎉", sender="Shop")
    report = "&report_to=https%3A%2F%2Fexample.com%2Fhooks"
    receipts, requests = ask("vonage", greek, cyrillic, more=report)
    forms = {
        form["client-ref"]: form for form in (dict(parse_qsl(r.body.decode())) for r in requests)
    }
    assert forms[str(greek.id)] == {
        "api_key": "abcd1234", "api_secret": "secret", "from": "15559999999", "to": "15550000001",
        "text": "Ψ & 1+1=2", "type": "text", "client-ref": str(greek.id),
        "callback": "https://example.com/hooks",
    }  # fmt: skip
    assert (
        forms[str(cyrillic.id)]["type"] == "unicode" and forms[str(cyrillic.id)]["from"] == "Shop"
    )
    assert [receipt.provider_id for receipt in receipts] == ["0A15550000001"] * 2
    assert (receipts[0].parts, receipts[0].price_micro, receipts[0].currency) == (1, 33_300, "EUR")


def test_messagebird_is_asked_as_its_api_says():
    hello = text(body="Grüße 🎉")
    (receipt,), requests = ask("messagebird", hello)
    assert orjson.loads(requests[0].body) == {
        "originator": "+15559999999", "recipients": ["15550000001"], "body": "Grüße 🎉",
        "datacoding": "auto", "reference": str(hello.id),
    }  # fmt: skip
    assert receipt.verdict is Verdict.ACCEPTED and receipt.provider_id.startswith("e8077d80")


@pytest.mark.parametrize("name", NAMES)
def test_how_many_parts_are_billed_is_told(name):
    (receipt,), _ = ask(name, text("002"))
    assert receipt.verdict is Verdict.ACCEPTED and receipt.parts == 2


@pytest.mark.parametrize(
    ("name", "ending", "verdict", "code", "is_dead", "is_account"),
    [
        ("vonage", "211", "permanent", "7", True, False),
        ("vonage", "006", "permanent", "6", False, False),
        ("vonage", "429", "temporary", "1", False, False),
        ("vonage", "005", "temporary", "5", False, False),
        ("vonage", "009", "not_sent", "9", False, True),
        ("vonage", "023", "not_sent", "23", False, True),  # where it is to report
        ("vonage", "029", "not_sent", "29", False, True),  # an account for trying out
        ("vonage", "015", "not_sent", "15", False, True),
        ("vonage", "103", "uncertain", "1", False, False),  # one part left, the other did not
        ("vonage", "503", "temporary", "503", False, False),
        ("messagebird", "211", "permanent", "9", True, False),
        ("messagebird", "010", "not_sent", "10", False, True),
        ("messagebird", "011", "permanent", "10", False, False),
        ("messagebird", "025", "not_sent", "25", False, True),
        ("messagebird", "429", "temporary", "429", False, False),
        ("messagebird", "503", "temporary", "503", False, False),
    ],
)
def test_an_error_is_judged_by_whom_it_concerns(name, ending, verdict, code, is_dead, is_account):
    (receipt,), _ = ask(name, text(ending))
    assert (receipt.verdict, receipt.code) == (verdict, code)
    assert (receipt.is_dead_address, receipt.is_account_problem) == (is_dead, is_account)
    assert "5550000" not in receipt.text
    assert receipt.is_outage == (ending in {"005", "503"})
    is_told = receipt.is_outage or receipt.retry_after is not None
    assert receipt.is_throttled == (verdict == "temporary" and not is_told)


@pytest.mark.parametrize("name", NAMES)
def test_a_refused_login_stops_the_chunk(name):
    wrong = {"vonage": vonage("abcd1234", "other"), "messagebird": messagebird("other")}[name]
    receipts, requests = ask(name, *[text() for _ in range(30)], answer=wrong)
    assert all(one.verdict is Verdict.NOT_SENT and one.is_account_problem for one in receipts)
    assert len(requests) <= 8


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (200, b"", "uncertain"),
        (200, b"<html>", "uncertain"),
        (200, b"[]", "uncertain"),
        (200, b'{"messages": [], "id": 5}', "uncertain"),
        (200, b'{"messages": [{"status": "0"}], "id": ""}', "uncertain"),
        (400, b"x" * 3_000_000, "permanent"),
        (400, b'{"errors": 5, "messages": 5}', "permanent"),
        (301, b"<html>", "not_sent"),
        (403, b"", "not_sent"),
        (504, b"", "uncertain"),
    ],
)
def test_an_ugly_answer_is_judged_honestly(name, status, body, verdict):
    (receipt,), _ = ask(name, text(), answer=lambda _: Response(status, body, {"Location": "/"}))
    assert receipt.verdict == verdict and not receipt.is_dead_address


@pytest.mark.parametrize("name", NAMES)
def test_retry_after_is_read(name):
    busy = Response(503, b"", {"Retry-After": "9"})
    (receipt,), _ = ask(name, text(), answer=lambda _: busy)
    assert receipt.retry_after == timedelta(seconds=9)


@pytest.mark.parametrize(
    "url",
    [
        "vonage://abcd1234@+15559999999",
        "vonage://abcd1234:s@much too long a name",
        "vonage://abcd1234:s@Shop?method=rot13",
        "vonage://abcd1234:s@Shop?base=http://example.com",
        "vonage://abcd1234:s@Shop?report_to=http://example.com",
        "messagebird://key-123456:s@Shop",
        "messagebird://k@Shop",
        "twilio://AC1:s@Shop?report_to=nowhere",
    ],
)
def test_an_address_that_cannot_be_is_refused_without_showing_it(url):
    with pytest.raises(BadAddress) as refused:
        registry.open_sms(url)
    assert "abcd1234" not in str(refused.value) and "key-123456" not in str(refused.value)


def test_c22_a_text_has_a_limit_and_no_signs_that_control_a_screen():
    receipts, requests = ask("vonage", text(body="a" * LONGEST), text(body="a" * (LONGEST + 1)))
    assert [one.verdict for one in receipts] == [Verdict.ACCEPTED, Verdict.PERMANENT]
    assert receipts[1].code == "too_long" and len(requests) == 1
    assert clean_body("a\x1b[31m\x00b\r\nc\td\ud800") == "a[31mb\nc\td"
    assert (
        clean_body("👩\u200d🚀 می\u200cخواهم") == "👩\u200d🚀 می\u200cخواهم"
    )  # joiners are no control
    assert len(clean_body("x" * 20_000)) == 10_000
