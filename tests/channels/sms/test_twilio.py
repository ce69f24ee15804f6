from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote
from uuid import uuid4

import pytest

from channels.base import Text, Verdict
from channels.sms.text_api import ApiSms
from channels.sms.twilio import Twilio
from channels.sms.twilio_account import TwilioAccount, read_twilio_url
from tests.channels.servers import Response, http_server, raw_http_server, twilio

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SERVICE = "MG0123456789abcdef0123456789abcdef"


def text(recipient="+15550000001", body="Hello", sender=""):
    return Text(uuid4(), sender, recipient, body)


def send(base, *texts, token="token", sender="+15559999999", **options):
    provider = ApiSms(Twilio(TwilioAccount("AC1", token, sender, base)), **options)
    told = {}
    provider.send(texts, told.__setitem__, now=NOW)
    provider.close()
    return [told[index] for index in range(len(texts))]


@pytest.fixture
def server():
    with http_server(twilio("AC1", "token")) as served:
        yield served


def test_a_text_is_handed_over_as_the_api_asks(server):
    base, requests = server
    (receipt,) = send(base, text(body="Grüße & 1+1=2 🎉\nbye"))
    assert receipt.verdict is Verdict.ACCEPTED and receipt.provider_id.startswith("SM")
    assert requests[0].form == {
        "To": "+15550000001",
        "From": "+15559999999",
        "Body": "Grüße & 1+1=2 🎉\nbye",
    }
    assert requests[0].headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("own", "account", "form"),
    [
        ("Shop", "+15559999999", {"From": "Shop"}),
        ("", SERVICE, {"MessagingServiceSid": SERVICE}),
        (SERVICE, "+15559999999", {"MessagingServiceSid": SERVICE}),
    ],
)
def test_a_text_comes_from_its_own_sender_or_the_accounts(server, own, account, form):
    base, requests = server
    (receipt,) = send(base, text(sender=own), sender=account)
    assert receipt.verdict is Verdict.ACCEPTED
    assert {
        key: value for key, value in requests[0].form.items() if key not in {"To", "Body"}
    } == form


@pytest.mark.parametrize(
    ("ending", "verdict", "code", "is_dead", "is_account"),
    [
        ("211", "permanent", "21211", True, False),
        ("610", "permanent", "21610", False, False),
        ("408", "permanent", "21408", False, False),  # a region: of one text, though a 403
        ("601", "not_sent", "21601", False, True),
        ("606", "not_sent", "21606", False, True),
        ("608", "not_sent", "21608", False, True),  # an account for trying out
        ("701", "not_sent", "21701", False, True),
        ("705", "not_sent", "21705", False, True),
        ("500", "temporary", "20500", False, False),
        ("429", "temporary", "20429", False, False),
        ("503", "temporary", "503", False, False),
    ],
)
def test_an_error_is_judged_by_its_code(server, ending, verdict, code, is_dead, is_account):
    (receipt,) = send(server[0], text("+15550000" + ending))
    assert (receipt.verdict, receipt.code) == (verdict, code)
    assert (receipt.is_dead_address, receipt.is_account_problem) == (is_dead, is_account)
    assert receipt.is_opted_out == (ending == "610")
    assert receipt.is_outage == (ending in {"500", "503"})
    assert receipt.retry_after == (timedelta(seconds=7) if ending == "429" else None)
    assert "5550000" not in receipt.text and "5559999999" not in receipt.text


def test_a_refused_login_stops_the_chunk_and_is_the_accounts_problem(server):
    base, requests = server
    receipts = send(base, *[text() for _ in range(30)], token="wrong")
    assert {receipt.verdict for receipt in receipts} == {Verdict.NOT_SENT}
    assert all(receipt.is_account_problem for receipt in receipts) and len(requests) <= 8
    assert receipts[0].code == "20003"


@pytest.mark.parametrize("status", [301, 401, 403, 404])
def test_what_refuses_us_is_the_accounts_problem_whatever_the_body(status):
    with http_server(lambda _: Response(status, b"<html>", {"Location": "/"})) as (base, _):
        (receipt,) = send(base, text())
    assert receipt.verdict is Verdict.NOT_SENT and receipt.is_account_problem


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"sid": 5}', b'{"sid": ""}'])
def test_a_yes_without_a_message_is_uncertain(body):
    with http_server(lambda _: Response(200, body)) as (base, _):
        (receipt,) = send(base, text())
    assert receipt.verdict is Verdict.UNCERTAIN


@pytest.mark.parametrize(
    "body", [b"", b"[1]", b'{"code": "x"}', b'{"message": 5}', b"x" * 3_000_000]
)
def test_a_refusal_in_another_form_is_permanent_all_the_same(body):
    with http_server(lambda _: Response(400, body)) as (base, _):
        (receipt,) = send(base, text())
    assert (receipt.verdict, receipt.code) == (Verdict.PERMANENT, "400")


def test_no_answer_in_time_is_uncertain_and_holds_back_the_rest():
    with raw_http_server(lambda _, stop: stop.wait(10)) as (base, requests):
        receipts = send(base, *[text() for _ in range(20)], timeout=timedelta(seconds=2))
    verdicts = [receipt.verdict for receipt in receipts]
    assert verdicts.count(Verdict.UNCERTAIN) == len(requests) == 4
    assert verdicts.count(Verdict.NOT_SENT) == 16


@pytest.mark.parametrize(
    "number",
    [
        "",
        "15550000001",
        "+0123456789",
        "+1555",
        "+1555000000123456",
        "whatsapp:+15550000001",
        "+1555 000 0001",
        "+15550000001\n",
        "+١٥٥٥٠٠٠٠٠٠١",
        "MG0123456789abcdef0123456789abcdef",
    ],
)
def test_what_is_no_number_never_reaches_the_wire(server, number):
    base, requests = server
    (receipt,) = send(base, text(number))
    assert receipt.verdict is Verdict.PERMANENT and receipt.is_dead_address and requests == []


def test_an_empty_text_never_reaches_the_wire(server):
    base, requests = server
    assert send(base, text(body=" \n"))[0].code == "empty" and requests == []


def test_a_lone_surrogate_does_not_stop_the_chunk(server):
    receipts = send(server[0], text(body="a\ud800b"), text())
    assert [receipt.verdict for receipt in receipts] == [Verdict.ACCEPTED] * 2


@pytest.mark.parametrize(
    ("status", "verdict", "is_account"),
    [(402, "not_sent", True), (408, "temporary", False), (504, "uncertain", False)],
)
def test_a_gateways_status_is_judged_as_every_providers(status, verdict, is_account):
    with http_server(lambda _: Response(status, b"<html>")) as (base, _):
        (receipt,) = send(base, text())
    assert (receipt.verdict, receipt.is_account_problem) == (verdict, is_account)


@pytest.mark.parametrize("more", ["", "?key=1"])
def test_twilio_is_told_where_to_report_on_this_very_text(more):
    hello = text()
    account = read_twilio_url(
        f"twilio://AC1:t@+15559999999?report_to={quote(f'https://example.com/hooks{more}', safe='')}"
    )
    form = dict(parse_qsl(Twilio(account).build(hello).body.decode()))
    asked = f"{more}&" if more else "?"
    assert form["StatusCallback"] == f"https://example.com/hooks{asked}sojourn_message={hello.id}"
