"""Delivery receipts and texts that come in: signed, read, and mapped honestly."""

import hashlib
import hmac
import json
from base64 import b64encode, urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import pytest

from channels import registry
from channels.base import BadAddress
from channels.feedback import BounceKind, FeedbackKind, FeedbackRefused, FeedbackRequest
from channels.sms.messagebird_hooks import read_token
from channels.sms.vonage_hooks import sign

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://example.com/hooks/sms/x"
UID = UUID("00000000-0000-7000-8000-000000000001")
ACCOUNTS = {
    "twilio": "twilio://AC1:token@+15559999999",
    "vonage": "vonage://abcd1234:secret@+15559999999?signature=swordfish",
    "messagebird": "messagebird://key-123456@+15559999999?signature=swordfish",
}


def by_twilio(form, *, url=URL, token="token", now=NOW):
    body = urlencode(form).encode()
    signed = url + "".join(name + form[name] for name in sorted(form))
    signature = b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest())
    query = dict(parse_qsl(url.partition("?")[2]))
    return FeedbackRequest({"x-twilio-signature": signature.decode()}, query, body, url)


def by_vonage(said, *, secret="swordfish", method="md5hash", now=NOW, how="form"):
    said = said | {"timestamp": str(int(now.timestamp())), "nonce": "n", "api-key": "abcd1234"}
    said["sig"] = sign(said, secret, method).upper()
    if how == "query":
        return FeedbackRequest({}, said, b"", URL)
    body = json.dumps(said) if how == "json" else urlencode(said)
    return FeedbackRequest({}, {}, body.encode(), URL)


def by_messagebird(said, *, key="swordfish", now=NOW, how="query", algorithm="HS256", **claims):
    url, body = URL, b""
    if how == "query":
        url += "?" + urlencode(said)
    else:
        body = urlencode(said).encode()
    second = int(now.timestamp())
    told = {
        "iss": "MessageBird", "nbf": second, "exp": second + 60, "jti": "1",
        "url_hash": hashlib.sha256(url.encode()).hexdigest(),
    }  # fmt: skip
    if body:
        told["payload_hash"] = hashlib.sha256(body).hexdigest()
    head = {"alg": algorithm, "typ": "JWT"}
    pieces = [
        urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in (head, told | claims)
    ]
    mac = hmac.new(key.encode(), b".".join(pieces), hashlib.sha256).digest()
    token = b".".join([*pieces, urlsafe_b64encode(mac).rstrip(b"=")]).decode()
    query = said if how == "query" else {}
    return FeedbackRequest({"messagebird-signature-jwt": token}, query, body, url)


def feedback(name, request, now=NOW):
    return registry.open_feedback(ACCOUNTS[name], "").read(request, now=now)


def inbound(name, request, now=NOW):
    return registry.open_inbound_sms(ACCOUNTS[name]).read(request, now=now)


def twilio_status(status, code=""):
    form = {"MessageSid": "SM1", "AccountSid": "AC1", "MessageStatus": status, "To": "+15550000001"}
    return by_twilio(form | ({"ErrorCode": code} if code else {}))


def vonage_status(status, code="0"):
    return by_vonage(
        {
            "messageId": "0A", "msisdn": "15550000001", "to": "Shop", "status": status,
            "err-code": code, "price": "0.03330000", "client-ref": str(UID),
            "message-timestamp": "2026-03-01 11:59:00",
        }
    )  # fmt: skip


def messagebird_status(status, code="", reason=""):
    return by_messagebird(
        {
            "id": "e8", "reference": str(UID), "recipient": "15550000001", "status": status,
            "statusErrorCode": code, "statusReason": reason, "messagePartCount": "2",
            "price[amount]": "0.07", "price[currency]": "EUR",
            "statusDatetime": "2026-03-01T11:59:00+00:00",
        }
    )  # fmt: skip


DELIVERED, UNSUBSCRIBED = (FeedbackKind.DELIVERED, None), (FeedbackKind.UNSUBSCRIBED, None)
DEFERRED = (FeedbackKind.DEFERRED, None)
HARD, SOFT, POLICY = ((FeedbackKind.BOUNCED, kind) for kind in BounceKind)


@pytest.mark.parametrize(
    ("name", "request_", "expected"),
    [
        ("twilio", twilio_status("delivered"), DELIVERED),
        ("twilio", twilio_status("sent"), None),
        ("twilio", twilio_status("undelivered", "30005"), HARD),  # unknown handset
        ("twilio", twilio_status("undelivered", "30006"), HARD),  # a landline
        ("twilio", twilio_status("undelivered", "30003"), SOFT),  # switched off
        ("twilio", twilio_status("undelivered", "30007"), POLICY),  # a carrier's filter
        ("twilio", twilio_status("failed", "30034"), POLICY),  # an unregistered number of ours
        ("twilio", twilio_status("failed", "21610"), UNSUBSCRIBED),
        ("vonage", vonage_status("delivered"), DELIVERED),
        ("vonage", vonage_status("accepted"), None),
        ("vonage", vonage_status("buffered"), DEFERRED),
        ("vonage", vonage_status("failed", "3"), HARD),
        ("vonage", vonage_status("failed", "2"), SOFT),
        ("vonage", vonage_status("expired", "1"), SOFT),
        ("vonage", vonage_status("rejected", "6"), POLICY),
        ("vonage", vonage_status("rejected", "9"), UNSUBSCRIBED),
        ("messagebird", messagebird_status("delivered"), DELIVERED),
        ("messagebird", messagebird_status("sent"), None),
        ("messagebird", messagebird_status("delivery_failed", "1"), HARD),
        ("messagebird", messagebird_status("delivery_failed", "", "unknown subscriber"), HARD),
        ("messagebird", messagebird_status("delivery_failed", "27"), SOFT),
        ("messagebird", messagebird_status("expired"), SOFT),
        ("messagebird", messagebird_status("delivery_failed", "110"), POLICY),
        ("messagebird", messagebird_status("delivery_failed", "103", "opted out"), UNSUBSCRIBED),
    ],
)
def test_a_receipt_is_mapped_honestly(name, request_, expected):
    said = feedback(name, request_)
    assert [(one.kind, one.bounce) for one in said] == ([] if expected is None else [expected])
    for one in said:
        assert one.recipient == "+15550000001" and one.provider_id


def test_price_parts_and_our_own_id_are_read():
    (vonage,) = feedback("vonage", vonage_status("delivered"))
    assert (vonage.message_uid, vonage.price_micro, vonage.currency) == (UID, 33_300, "EUR")
    assert vonage.occurred_at == NOW - timedelta(minutes=1)
    (bird,) = feedback("messagebird", messagebird_status("delivered"))
    assert (bird.message_uid, bird.parts, bird.price_micro) == (UID, 2, 70_000)
    assert bird.occurred_at == NOW - timedelta(minutes=1)


TEXTS = {
    "twilio": by_twilio(
        {"MessageSid": "SM9", "AccountSid": "AC1", "From": "+15550000001", "To": "+15559999999",
         "Body": "Stop\r\nplease\x1b"}
    ),
    "vonage": by_vonage(
        {"messageId": "0B", "msisdn": "15550000001", "to": "15559999999", "text": "Stop\nplease\x1b",
         "type": "text", "keyword": "STOP", "message-timestamp": "2026-03-01 12:00:00"}
    ),
    "messagebird": by_messagebird(
        {"id": "m1", "originator": "15550000001", "recipient": "15559999999",
         "body": "Stop\nplease\x1b", "createdDatetime": "2026-03-01T12:00:00Z"}, how="form"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_text_that_came_in_is_read_without_control_signs(name):
    (text,) = inbound(name, TEXTS[name])
    assert (text.sender, text.recipient) == ("+15550000001", "+15559999999")
    assert (text.body, text.received_at, text.is_rest) == ("Stop\nplease", NOW, False)


@pytest.mark.parametrize("own", ["https://example.com:8443", "https://example.com"])
@pytest.mark.parametrize("port", ["", ":8443", ":443"])
def test_twilio_signs_an_address_with_its_port_or_without(own, port):
    """As the validator of Twilio's own libraries takes both (twilio-python, issues 392 and 402)."""
    form = {
        "MessageSid": "SM9",
        "AccountSid": "AC1",
        "From": "+15550000001",
        "To": "+1",
        "Body": "Stop",
    }
    path = "/hooks/sms/x?a=1"
    signed = by_twilio(form, url=f"https://example.com{port}{path}")
    came = FeedbackRequest(signed.headers, {}, signed.body, own + path)
    if port not in {"", own.removeprefix("https://example.com") or ":443"}:
        with pytest.raises(FeedbackRefused):
            inbound("twilio", came)
    else:
        assert inbound("twilio", came)[0].body == "Stop"


def test_twilio_may_be_told_to_get_instead_of_post():
    """A number's setting; the text then stands in the address, which is what is signed."""
    said = {
        "MessageSid": "SM9",
        "AccountSid": "AC1",
        "From": "+15550000001",
        "To": "+1",
        "Body": "Stop",
    }
    url = f"{URL}?{urlencode(said)}"
    signed = by_twilio({}, url=url)
    (text,) = inbound("twilio", FeedbackRequest(signed.headers, said, b"", url))
    assert (text.body, text.sender) == ("Stop", "+15550000001")


@pytest.mark.parametrize(
    ("sender", "is_text"),
    [("+15550000001", True), ("rcs:+15550000001", True), ("whatsapp:+15550000001", False),
     ("messenger:1234567", False)],
)  # fmt: skip
def test_what_comes_by_another_channel_of_twilio_is_no_text(sender, is_text):
    """START by WhatsApp is no yes to texts; RCS is what takes their place."""
    form = {"MessageSid": "SM9", "AccountSid": "AC1", "From": sender, "To": "+1", "Body": "Start"}
    assert bool(inbound("twilio", by_twilio(form))) == is_text


def spoil(name):
    """Requests that are not to be believed."""
    form = {"MessageSid": "SM9", "AccountSid": "AC1", "From": "+1", "To": "+2", "Body": "Stop"}
    said = {"messageId": "0B", "msisdn": "1", "text": "Stop"}
    good = TEXTS[name]
    late = NOW + timedelta(days=2)
    return {
        "twilio": [
            by_twilio(form, token="other"),
            by_twilio(form | {"AccountSid": "AC2"}),
            FeedbackRequest(good.headers, {}, good.body, URL + "?a=1"),
            FeedbackRequest(good.headers, {}, good.body + b"&Body=more", URL),
            FeedbackRequest({}, {}, good.body, URL),
            FeedbackRequest({"x-twilio-signature": "é"}, {}, b"\xff", URL),
        ],
        "vonage": [
            by_vonage(said, secret="other"),
            by_vonage(said, method="sha256"),
            by_vonage(said, now=late),
            by_vonage(said, now=NOW - timedelta(days=2)),
            FeedbackRequest({}, {}, good.body.replace(b"Stop", b"Go"), URL),
            FeedbackRequest({}, {}, b"{", URL),
            FeedbackRequest({}, {}, b"", URL),
        ],
        "messagebird": [
            by_messagebird(said, key="other"),
            by_messagebird(said, algorithm="none"),
            by_messagebird(said, iss="Somebody"),
            by_messagebird(said, now=late),
            by_messagebird(said, exp=None),
            by_messagebird(said, exp=10**30),
            by_messagebird(said, url_hash="0"),
            FeedbackRequest(good.headers, {}, good.body, URL + "?a=1"),
            FeedbackRequest(good.headers, {}, b"", URL),
            FeedbackRequest(good.headers, {}, good.body + b"x", URL),
            FeedbackRequest({"messagebird-signature-jwt": "a.b.c"}, {}, b"", URL),
            FeedbackRequest({"messagebird-signature-jwt": "é"}, {}, b"", URL),
        ],
    }[name]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_what_is_not_signed_by_the_account_is_not_believed(name):
    for request in spoil(name):
        with pytest.raises(FeedbackRefused):
            inbound(name, request)
        with pytest.raises(FeedbackRefused):
            feedback(name, request)


@pytest.mark.parametrize("how", ["form", "json", "query"])
@pytest.mark.parametrize("method", ["md5hash", "md5", "sha1", "sha256", "sha512"])
def test_vonage_signs_by_any_method_and_sends_in_any_form(how, method):
    request = by_vonage(
        {"messageId": "0B", "msisdn": "15550000001", "to": "1", "text": "a=b & c", "concat-part": "2"},
        method=method, how=how,
    )  # fmt: skip
    url = ACCOUNTS["vonage"] + f"&method={method}"
    (text,) = registry.open_inbound_sms(url).read(request, now=NOW)
    assert text.body == "a=b & c" and text.is_rest


def test_the_signature_of_vonages_own_example_is_right():
    """The vector of Vonage's Python SDK."""
    params = {"a": "1", "b": "2", "timestamp": "1461605396"}
    assert sign(params, "secret", "md5hash") == "6af838ef94998832dbfc29020b564830"


def test_the_token_of_messagebirds_own_example_is_right():
    """The reference vector of MessageBird's SDKs."""
    token = (
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWdlQmlyZCIsIm5iZiI6MTYyNTQ3OTIwMCwiZXh"
        "wIjoxNjI1NDc5MjYwLCJqdGkiOiI5M2U1NTAwNi1hMGU4LTQ1MjYtYTE5MC1mYTVmZjAwZWExMTYiLCJ1cmxfaGFzaCI6"
        "IjQxZjA1ZjBkZGQwYTIyYWIyMDlhYzQ2ZjQ3YzQ1NzJkOWNlZmEyNTdlZDc0YjI0MDA0YmFlNzUzZWNlNmMyNjAiLCJwY"
        "Xlsb2FkX2hhc2giOiJkZmZkNjAyMWJiMmJkNWIwYWY2NzYyOTA4MDllYzNhNTMxOTFkZDgxYzdmNzBhNGIyODY4OGEzNj"
        "IxODI5ODZmIn0._H--TOuYFLpeEH39-rg5E3IHVkjHozBcaKVWPRC5m9I"
    )
    key = "36efdd1aace2e26cd490f0d951138253bef2f7c6d34d18981da781555cc4cebb"
    within = datetime.fromtimestamp(1_625_479_230, UTC)
    claims = read_token(token, key, now=within)
    assert claims["url_hash"] == hashlib.sha256(b"https://example.com/path?bar=1&foo=2").hexdigest()
    assert claims["payload_hash"] == hashlib.sha256(b"Hello, World!").hexdigest()
    with pytest.raises(FeedbackRefused):
        read_token(token, key, now=within + timedelta(minutes=2))


def test_webhooks_need_a_secret_to_be_checked_by():
    for url in ("vonage://abcd1234:s@Shop", "messagebird://key-123456@Shop", "mailbox:"):
        with pytest.raises(BadAddress):
            registry.open_inbound_sms(url)


def test_twilio_gives_back_our_id_in_the_address_that_it_signs():
    """A receipt may come before the answer that names its sid, or where that answer was lost."""
    form = {"MessageSid": "SM1", "AccountSid": "AC1", "MessageStatus": "delivered"}
    (said,) = feedback("twilio", by_twilio(form, url=f"{URL}?sojourn_message={UID}"))
    assert (said.message_uid, said.provider_id) == (UID, "SM1")
    (said,) = feedback("twilio", by_twilio(form, url=f"{URL}?sojourn_message=nobody"))
    assert said.message_uid is None
    other = by_twilio(form, url=f"{URL}?sojourn_message={UID}")
    forged = replace(other, query={"sojourn_message": str(UID)}, url=URL)
    with pytest.raises(FeedbackRefused):
        feedback("twilio", forged)
