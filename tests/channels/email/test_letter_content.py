"""What every e-mail API is given of a letter."""

import dataclasses
import json
import re
from base64 import b64decode
from email import message_from_bytes, policy
from email.headerregistry import Address

import pytest

from channels.base import EmailAddress, Verdict
from channels.email.letter_api import MESSAGE_KEY
from channels.email.ses import Ses, read_ses_url
from tests.channels.email.api_cases import LETTER, NOW, PROVIDERS, UID, send, to
from tests.channels.servers import http_server


@pytest.fixture(params=PROVIDERS)
def name(request):
    return request.param


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
    body = Ses(read_ses_url(url)).write(LETTER, now=NOW).body
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


def test_sendgrid_is_given_no_recipients_name_that_it_would_take_for_addresses():
    """It drops such a letter as "Invalid", after a yes (sendgrid-python, issue 291)."""
    letter = dataclasses.replace(LETTER, recipient=EmailAddress("ada@b.example", "L., Ada; Dr"))
    with http_server(PROVIDERS["sendgrid"][1]()) as (base, requests):
        send("sendgrid", base, letter)
    (asked,) = json.loads(requests[0].body)["personalizations"]
    assert asked["to"] == [{"email": "ada@b.example", "name": "L. Ada Dr"}]


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
