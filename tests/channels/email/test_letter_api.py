"""What every e-mail API must do with what goes in, and with every ugly answer (F23 to F28)."""

import dataclasses
import json
import re
import ssl
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.headerregistry import Address
from uuid import UUID

import pytest

from channels import registry
from channels.base import BadAddress, EmailAddress, Letter, Verdict
from channels.email.letter_api import MESSAGE_KEY, ApiEmail
from channels.email.list_headers import build_list_headers
from channels.email.mailgun import Mailgun, read_mailgun_url
from channels.email.postmark import Postmark, read_postmark_url
from channels.email.resend import Resend, read_resend_url
from channels.email.sendgrid import SendGrid, read_sendgrid_url
from channels.email.ses import Ses, read_ses_url
from channels.fan_out import Limits
from tests.channels import letter_apis
from tests.channels.servers import Response, http_server, raw_http_server

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
UID = UUID("01961234-5678-7abc-8def-0123456789ab")
KEY = "xyzzy-key"
TLS = ssl.create_default_context()  # reading the system's certificates takes its time
SHORT = timedelta(seconds=0.4)
LETTER = Letter(
    id=UID,
    sender=EmailAddress("news@shop.example", 'Käthe "K" Shop'),
    recipient=EmailAddress("ada@bücher.example", "Ada L."),
    subject="Grüße, 5 €",
    text="Hallo, Grüße\n".encode(),
    html="<p>Grüße</p>".encode(),
    headers=build_list_headers(
        unsubscribe_url="https://go.shop.example/u/abc",
        unsubscribe_address="out@shop.example",
        list_id="news.shop.example",
        feedback_id="j1:t1:mail:shop",
    ),
    reply_to=EmailAddress("hilfe@shop.example", "Hilfe, Käthe"),
)

PROVIDERS = {
    "ses": (
        lambda base: Ses(read_ses_url(f"ses://AKIDEXAMPLE:{KEY}@eu-central-1?base={base}")),
        lambda: letter_apis.ses("AKIDEXAMPLE", KEY),
    ),
    "sendgrid": (
        lambda base: SendGrid(read_sendgrid_url(f"sendgrid://{KEY}?base={base}")),
        lambda: letter_apis.sendgrid(KEY),
    ),
    "mailgun": (
        lambda base: Mailgun(read_mailgun_url(f"mailgun://{KEY}@shop.example?base={base}")),
        lambda: letter_apis.mailgun(KEY, "shop.example"),
    ),
    "postmark": (
        lambda base: Postmark(read_postmark_url(f"postmark://{KEY}?stream=news&base={base}")),
        lambda: letter_apis.postmark(KEY),
    ),
    "resend": (
        lambda base: Resend(read_resend_url(f"resend://{KEY}?base={base}")),
        lambda: letter_apis.resend(KEY),
    ),
}


def to(word):
    return dataclasses.replace(LETTER, recipient=EmailAddress(f"{word}@example.org"))


def send(name, base, *letters, timeout=timedelta(seconds=5)):
    provider = ApiEmail(PROVIDERS[name][0](base), timeout=timeout, tls_context=TLS)
    told = []
    provider.send(letters, lambda index, receipt: told.append((index, receipt)), now=NOW)
    provider.close()
    assert sorted(index for index, _ in told) == list(range(len(letters)))
    return [receipt for _, receipt in sorted(told, key=lambda pair: pair[0])]


def answering(name, response, letter=LETTER):
    with http_server(lambda _: response) as (base, requests):
        (receipt,) = send(name, base, letter)
    return receipt, requests


@pytest.fixture(params=PROVIDERS)
def name(request):
    return request.param


# What goes in


def requested(name):
    with http_server(PROVIDERS[name][1]()) as (base, requests):
        (receipt,) = send(name, base, LETTER)
    assert receipt.verdict is Verdict.ACCEPTED and receipt.provider_id
    return requests[0], receipt


EXTRA = {
    "List-Unsubscribe": "<https://go.shop.example/u/abc>, "
    "<mailto:out@shop.example?subject=unsubscribe>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-Id": "<news.shop.example>",
    "Feedback-ID": "j1:t1:mail:shop",
}
MESSAGE_ID = f"<{UID}@shop.example>"


def check_mime(octets):
    mail = message_from_bytes(octets, policy=policy.default)
    assert mail["From"].addresses == (Address('Käthe "K" Shop', "news", "shop.example"),)
    assert mail["To"].addresses == (Address("Ada L.", "ada", "xn--bcher-kva.example"),)
    assert mail["Reply-To"].addresses == (Address("Hilfe, Käthe", "hilfe", "shop.example"),)
    assert mail["Subject"] == "Grüße, 5 €" and mail["Message-ID"].strip() == MESSAGE_ID
    assert {key: mail[key] for key in EXTRA} == EXTRA
    assert mail.get_body(("html",)).get_content().strip() == "<p>Grüße</p>"
    assert mail.get_body(("plain",)).get_content().strip() == "Hallo, Grüße"


def test_ses_is_given_the_letter_itself_and_our_id_as_a_tag():
    request, _ = requested("ses")
    asked = json.loads(request.body)
    check_mime(b64decode(asked["Content"]["Raw"]["Data"]))
    assert asked["EmailTags"] == [{"Name": MESSAGE_KEY, "Value": str(UID)}]
    assert asked["Destination"] == {"ToAddresses": ["ada@xn--bcher-kva.example"]}
    assert asked["FromEmailAddress"] == "news@shop.example"
    assert "ConfigurationSetName" not in asked


def test_ses_is_told_the_configuration_set():
    url = "ses://AKIDEXAMPLE:s%2Fe%2Bc@eu-central-1?configuration_set=news"
    _, body = Ses(read_ses_url(url)).write(LETTER, now=NOW)
    assert json.loads(body)["ConfigurationSetName"] == "news"
    assert read_ses_url(url).secret == "s/e+c"


def test_mailgun_is_given_the_letter_itself_and_our_id_as_a_variable():
    request, receipt = requested("mailgun")
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    form = message_from_bytes(head + request.body, policy=policy.HTTP)
    fields = {
        part.get_param("name", header="content-disposition"): part for part in form.iter_parts()
    }
    plain = {key: part.get_payload() for key, part in fields.items() if key != "message"}
    assert plain == {
        "to": "ada@xn--bcher-kva.example",
        f"v:{MESSAGE_KEY}": str(UID),
        "o:tracking": "no",
    }
    check_mime(re.search(rb"message/rfc822\r\n\r\n(.*)\r\n--sojourn", request.body, re.DOTALL)[1])
    assert receipt.provider_id == MESSAGE_ID.strip("<>")


def test_sendgrid_is_given_the_parts_and_tracks_nothing():
    request, _ = requested("sendgrid")
    asked = json.loads(request.body)
    assert asked["personalizations"] == [
        {
            "to": [{"email": "ada@xn--bcher-kva.example", "name": "Ada L."}],
            "custom_args": {MESSAGE_KEY: str(UID)},
        }
    ]
    assert asked["from"] == {"email": "news@shop.example", "name": 'Käthe "K" Shop'}
    assert asked["reply_to"] == {"email": "hilfe@shop.example", "name": "Hilfe, Käthe"}
    assert asked["subject"] == "Grüße, 5 €"
    assert asked["content"] == [
        {"type": "text/plain", "value": "Hallo, Grüße\n"},
        {"type": "text/html", "value": "<p>Grüße</p>"},
    ]
    assert asked["headers"] == {**EXTRA, "Message-ID": MESSAGE_ID}
    assert not any(each["enable"] for each in asked["tracking_settings"].values())


def test_postmark_is_given_the_parts_and_keeps_the_message_id():
    request, _ = requested("postmark")
    asked = json.loads(request.body)
    headers = {each["Name"]: each["Value"] for each in asked.pop("Headers")}
    assert headers == {**EXTRA, "Message-ID": MESSAGE_ID, "X-PM-KeepID": "true"}
    assert asked == {
        "From": '"Käthe \\"K\\" Shop" <news@shop.example>',
        "To": '"Ada L." <ada@xn--bcher-kva.example>',
        "ReplyTo": '"Hilfe, Käthe" <hilfe@shop.example>',
        "Subject": "Grüße, 5 €",
        "TextBody": "Hallo, Grüße\n",
        "HtmlBody": "<p>Grüße</p>",
        "Metadata": {MESSAGE_KEY: str(UID)},
        "MessageStream": "news",
        "TrackOpens": False,
        "TrackLinks": "None",
    }


def test_resend_is_given_the_parts_and_our_id_as_key_and_tag():
    request, _ = requested("resend")
    assert json.loads(request.body) == {
        "from": '"Käthe \\"K\\" Shop" <news@shop.example>',
        "to": ['"Ada L." <ada@xn--bcher-kva.example>'],
        "reply_to": '"Hilfe, Käthe" <hilfe@shop.example>',
        "subject": "Grüße, 5 €",
        "text": "Hallo, Grüße\n",
        "html": "<p>Grüße</p>",
        "headers": EXTRA,
        "tags": [{"name": MESSAGE_KEY, "value": str(UID)}],
    }
    assert request.headers["idempotency-key"] == str(UID)


def test_a_letter_of_plain_text_without_names_is_taken(name):
    bare = dataclasses.replace(
        to("ada"), html=None, reply_to=None, sender=EmailAddress("a@shop.example"), headers=()
    )
    with http_server(PROVIDERS[name][1]()) as (base, requests):
        (receipt,) = send(name, base, bare)
    assert (
        receipt.verdict is Verdict.ACCEPTED and b"Gr\xc3\xbc\xc3\x9fe</p>" not in requests[0].body
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"subject": "a\r\nBcc: x@y.example"},
        {"sender": EmailAddress("news@shop.example", "a\nb")},
        {"recipient": EmailAddress("a@b.example, c@d.example")},
        {"recipient": EmailAddress('"><"@x.y')},
        {"reply_to": EmailAddress("no address")},
        {"headers": (("Bcc", "x@y.example"),)},
        {"headers": (("X-A", "a\r\nBcc: x@y.example"),)},
        {"subject": "a\ud800"},
    ],
)
def test_what_could_add_a_header_never_reaches_the_wire(name, broken):
    with http_server(PROVIDERS[name][1]()) as (base, requests):
        receipts = send(name, base, dataclasses.replace(LETTER, **broken), to("ada"))
    assert [each.verdict for each in receipts] == [Verdict.PERMANENT, Verdict.ACCEPTED]
    assert receipts[0].code == "header_refused" and len(requests) == 1


# Ugly answers


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


@pytest.mark.parametrize("status", [408, 500, 502, 529])
def test_a_failure_of_theirs_is_temporary(name, status):
    receipt, _ = answering(name, Response(status, b'{"message": 5, "errors": [7], "name": []}'))
    assert receipt.verdict is Verdict.TEMPORARY


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


@pytest.mark.parametrize("status", [301, 302, 308, 401, 402, 403, 404])
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
    ("ses", "temporary", "temporary", "TooManyRequestsException", ""),
    ("ses", "limit", "temporary", "LimitExceededException", ""),
    ("sendgrid", "dead", "permanent", "personalizations.0.to.0.email", "dead"),
    ("sendgrid", "unverified", "not_sent", "from", "account"),
    ("sendgrid", "temporary", "temporary", "429", ""),
    ("mailgun", "dead", "permanent", "400", "dead"),
    ("mailgun", "unverified", "not_sent", "403", "account"),
    ("mailgun", "temporary", "temporary", "429", ""),
    ("postmark", "dead", "permanent", "406", "dead"),
    ("postmark", "unverified", "not_sent", "400", "account"),
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


def test_sendgrid_names_the_instant_from_which_it_takes_more():
    with http_server(letter_apis.sendgrid(KEY)) as (base, _):
        (receipt,) = send("sendgrid", base, to("temporary"))
    assert receipt.retry_after == timedelta(seconds=10)


# Addresses of accounts


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("ses://AKID:s@eu-central-1", "https://email.eu-central-1.amazonaws.com:443"),
        ("ses://AKID:s@cn-north-1", "https://email.cn-north-1.amazonaws.com.cn:443"),
        ("ses://AKID:s@us-gov-west-1", "https://email.us-gov-west-1.amazonaws.com:443"),
        ("sendgrid://SG.a-b.c_d", "https://api.sendgrid.com:443"),
        ("sendgrid://SG.a?region=eu", "https://api.eu.sendgrid.com:443"),
        ("mailgun://key@mg.shop.example", "https://api.mailgun.net:443"),
        ("mailgun://key@mg.shop.example?region=eu", "https://api.eu.mailgun.net:443"),
        ("postmark://token", "https://api.postmarkapp.com:443"),
        ("resend://re_abc", "https://api.resend.com:443"),
    ],
)
def test_an_address_says_where_the_account_is(url, target):
    provider = registry.open_email(url)
    assert provider._dialect.target.origin == target
    assert provider.name == url.partition(":")[0] and not provider.keeps_content


@pytest.mark.parametrize(
    "url",
    [
        "ses://",
        "ses://eu-central-1",
        "ses://AKID@eu-central-1",
        "ses://AKID:xyzzyx@",
        "ses://AKID:xyzzyx@frankfurt",
        "ses://AKID:xyzzyx@169.254.169.254",
        "ses://AK/ID:xyzzyx@eu-central-1",
        "ses://AKID:xyz zyx@eu-central-1",
        "ses://AKID:xyzzyx@eu-central-1:99",
        "ses://AKID:xyzzyx@eu-central-1?configuration_set=a b",
        "ses://AKID:xyzzyx@eu-central-1?base=http://api.example",
        "sendgrid://user:xyzzyx@host",
        "sendgrid://xyzzyx?region=mars",
        "sendgrid://xyzzyx%0Ax",
        "sendgrid://xyzzyxé",
        "sendgrid://xyzzyx?base=ftp://x",
        "mailgun://xyzzyx",
        "mailgun://xyzzyx@",
        "mailgun://xyzzyx@domain",
        "mailgun://xyzzyx@a.example/../b.example",
        "mailgun://xyzzyx@mg.shop.example?region=xx",
        "mailgun://xyzzyx%0D%0A@mg.shop.example",
        "postmark://xyzzyx?stream=a b",
        "postmark://u@xyzzyx",
        "postmark://xyzzyx:1",
        "resend://u:xyzzyx@host",
        "resend://xyzzyx?region=eu",
        "resend://",
    ],
)
def test_a_malformed_address_is_refused_without_showing_the_key(url):
    with pytest.raises(BadAddress) as refused:
        registry.open_email(url)
    assert "xyzzyx" not in str(refused.value) and "xyz zyx" not in str(refused.value)


def test_an_account_does_not_show_its_key():
    shown = [
        read_ses_url("ses://AKID:xyzzyx@eu-central-1"),
        read_sendgrid_url("sendgrid://xyzzyx"),
        read_mailgun_url("mailgun://xyzzyx@mg.shop.example"),
        read_postmark_url("postmark://xyzzyx"),
        read_resend_url("resend://xyzzyx"),
        *(
            registry.open_email(f"{scheme}://xyzzyx")
            for scheme in ("sendgrid", "postmark", "resend")
        ),
    ]
    assert "xyzzyx" not in repr(shown)
