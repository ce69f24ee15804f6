"""Forged, stale, bent and repeated webhooks: none is believed (security rows B1 to B11)."""

import dataclasses
import json
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest

from channels import registry
from channels.base import BadAddress
from channels.email.feedback.sendgrid import SendGridFeedback
from channels.feedback import FeedbackRefused
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.cases import (
    HEADERS,
    JUNK,
    READERS,
    SENDGRID_EVENT,
    make,
    make_reader,
    read_signature,
    refuse,
    with_signature,
)
from tests.channels.email.feedback.genuine import NOW


@pytest.fixture(params=READERS)
def name(request):
    return request.param


def test_a_genuine_one_is_read(name):
    (feedback,) = make_reader(name).read(make(name), now=NOW)
    assert feedback.kind == "delivered" and feedback.recipient == "ada@example.org"
    assert abs(feedback.occurred_at - NOW) < timedelta(seconds=60)


def test_b1_without_a_signature_nothing_is_believed(name):
    reader, good = make_reader(name), make(name)
    refuse(reader, dataclasses.replace(good, headers={}, body=b"[]"))
    refuse(reader, dataclasses.replace(good, headers={}, body=b"{}"))
    if name in HEADERS:
        refuse(reader, dataclasses.replace(good, headers={}))
    for junk in JUNK:
        refuse(reader, with_signature(name, good, junk))


def test_b2_b3_another_spelling_of_the_same_body_is_another_body():
    for name in ("sendgrid", "resend"):
        reader, good = make_reader(name), make(name)
        for body in (
            json.dumps(json.loads(good.body), separators=(",", ":")).encode(),
            good.body + b" ",
            b"\xef\xbb\xbf" + good.body,
            good.body.replace(b"ada@", b"bob@"),
        ):
            refuse(reader, dataclasses.replace(good, body=body))


def test_b3_a_changed_field_of_a_topics_message_is_noticed():
    reader = make_reader("ses")
    for changed in (
        {"Message": "{}"},
        {"MessageId": "another"},
        {"Timestamp": "2026-03-01T11:59:59.000Z"},
        {"Subject": "added"},
        {"Type": "UnsubscribeConfirmation"},
        {"Message": 5},
        {"Message": None},
    ):
        refuse(reader, make("ses", unsigned=changed))


def test_b3_mailguns_token_can_say_one_thing_only():
    """Its signature is not over the event: so what came with a token is known by it."""
    first, second = make("mailgun"), make("mailgun")
    body = second.body.replace(b"delivered", b"complained")
    reader = make_reader("mailgun")
    told = [
        *reader.read(first, now=NOW),
        *reader.read(dataclasses.replace(second, body=body), now=NOW),
    ]
    assert [each.kind for each in told] == ["delivered", "complained"]
    assert len({each.id for each in told}) == 1


OLDEST = {
    "ses": timedelta(days=1),
    "sendgrid": timedelta(days=1),
    "mailgun": timedelta(hours=8, minutes=30),
    "resend": timedelta(minutes=5),
}


@pytest.mark.parametrize("name", OLDEST)
def test_b4_what_was_signed_too_long_ago_or_ahead_of_time_is_refused(name):
    reader, second = make_reader(name), timedelta(seconds=1)
    for late in (-timedelta(minutes=5), OLDEST[name]):
        assert reader.read(make(name, at=NOW - late), now=NOW)
    for late in (-timedelta(minutes=5) - second, OLDEST[name] + second):
        refuse(reader, make(name, at=NOW - late))


@pytest.mark.parametrize("stamp", ["NaN", "-1", "1e9", "1" * 20, " 1772366400", "١٧٧٢٣٦٦٤٠٠", "0"])
def test_b4_what_is_no_time_is_refused(stamp):
    refuse(make_reader("sendgrid"), make("sendgrid", stamp=stamp))
    refuse(make_reader("mailgun"), make("mailgun", stamp=stamp))
    good = make("resend")
    for header in ("svix-timestamp", "svix-id"):
        headers = {**good.headers, header: "" if header.endswith("id") else stamp}
        refuse(make_reader("resend"), dataclasses.replace(good, headers=headers))
    refuse(make_reader("ses"), make("ses", unsigned={"Timestamp": stamp}))


def test_b5_said_again_it_has_the_same_id(name):
    reader, good = make_reader(name), make(name)
    assert len({reader.read(good, now=NOW)[0].id for _ in range(20)}) == 1
    later = NOW + timedelta(minutes=3)
    assert reader.read(good, now=later)[0].id == reader.read(good, now=NOW)[0].id


def test_b7_the_signature_of_another_account_is_refused(name):
    refuse(make_reader(name), make(name, **READERS[name][2]))


@pytest.mark.parametrize(
    ("scheme", "secret"),
    [
        *(
            (scheme, secret)
            for scheme in READERS
            for secret in ("", " ", "x", "é" * 20, "xyzzyx\n" * 9)
        ),
        ("ses", "arn:aws:sqs:eu-central-1:123456789012:x"),
        ("ses", "https://sns.eu-central-1.amazonaws.com/"),
        ("sendgrid", b64encode(b"xyzzyx" * 15).decode()),
        ("postmark", "user:"),
        ("postmark", "user:short"),
        ("resend", "whsec_xyzzyx"),
        ("smtp", "whatever"),
        ("mailbox", "whatever"),
        ("", ""),
    ],
)
def test_b8_no_reader_is_made_without_a_right_secret(scheme, secret):
    with pytest.raises(BadAddress) as refused:
        registry.open_feedback(f"{scheme}://x", secret)
    assert "xyzzyx" not in str(refused.value)


def test_a_reader_is_made_from_an_address_or_its_scheme():
    secrets = {
        "ses": genuine.TOPIC,
        "sendgrid": genuine.ec_public(),
        "mailgun": genuine.MAILGUN_KEY,
        "postmark": genuine.LOGIN,
        "resend": genuine.WHSEC,
    }
    assert set(secrets) == set(registry.FEEDBACK) < set(registry.EMAIL)
    for scheme, secret in secrets.items():
        for url in (scheme, f"{scheme}://key@host?x=y"):
            reader = registry.open_feedback(url, f" {secret}\n")
            assert reader.name == scheme and secret not in repr(reader)


def test_b9_one_of_a_few_signatures_suffices():
    good, reader = make("resend"), make_reader("resend")
    right, name = read_signature("resend", good), "resend"
    assert reader.read(with_signature(name, good, f"v1,AAAA {right}"), now=NOW)
    assert reader.read(with_signature(name, good, f"v1a,x v2,y v1,z v1,w {right}"), now=NOW)
    refuse(reader, with_signature(name, good, " ".join(["v1,AAAA"] * 5 + [right])))
    refuse(reader, with_signature(name, good, " ".join(["v1,AAAA"] * 500 + [right])))


def test_b9_mailguns_subaccounts_are_signed_for_by_their_parent():
    good, reader = make("mailgun"), make_reader("mailgun")
    said = json.loads(good.body)
    said["signature"]["parent-signature"] = said["signature"]["signature"]
    said["signature"]["signature"] = "0" * 64
    assert reader.read(genuine.request(said), now=NOW)


@pytest.mark.parametrize("own", ["msg.1772366400", "msg\n1", "", "é", "x" * 201])
def test_b10_an_id_that_could_shift_what_is_signed_is_refused(own):
    good = make("resend")
    stamp = int(NOW.timestamp())
    headers = {**good.headers, "svix-id": own}
    refuse(make_reader("resend"), dataclasses.replace(good, headers=headers))
    shifted = genuine.resend(f"{stamp}.".encode() + good.body, own="msg")
    headers = {**shifted.headers, "svix-id": f"msg.{stamp}"}
    refuse(make_reader("resend"), dataclasses.replace(shifted, headers=headers, body=good.body))


@pytest.mark.parametrize("name", ["ses", "sendgrid", "mailgun", "resend", "postmark"])
def test_b11_a_signature_has_one_spelling(name):
    reader, good = make_reader(name), make(name)
    right = read_signature(name, good)
    prefix, bare = ("v1,", right[3:]) if name == "resend" else ("", right)
    prefix, bare = ("Basic ", right[6:]) if name == "postmark" else (prefix, bare)
    for bent in {
        bare + "A",
        bare + "====",
        bare + "\n",
        " " + bare,
        bare[:-1],
        bare.upper(),
        bare.replace("+", "-").replace("/", "_") + "_",
        b64decode(bare + "===").hex(),
        bare.rstrip("=") + "B",
    }:
        refuse(reader, with_signature(name, good, prefix + bent))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'"x"',
        b"5",
        b"[[[]]]",
        b"[null, 5, {}]",
        b'{"type": 5, "data": []}',
        b'{"type": "email.bounced", "data": {"bounce": [], "to": "x", "tags": [5]}}',
        b'{"type": "email.bounced", "created_at": 1e300, "data": {"to": [5], "tags": {"a": {}}}}',
        b'{"RecordType": "Bounce", "Type": ["x"]}',
        b'{"RecordType": "Bounce", "Type": "HardBounce", "ID": {}, "Details": []}',
        b'[{"event": "bounce", "sg_event_id": 5, "timestamp": 1e300, "reason": {}}]',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"a": NaN}',
    ],
)
def test_a_signed_body_of_another_form_says_nothing_or_is_refused(body):
    signed = {
        "postmark": genuine.postmark(body),
        "sendgrid": genuine.sendgrid(body),
        "ses": genuine.sns(body.decode("latin-1")),
    }
    if body.isascii():
        signed["resend"] = genuine.resend(body)
    for name, request in signed.items():
        try:
            sayings = make_reader(name).read(request, now=NOW)
        except FeedbackRefused:
            continue
        assert all(each.id and len(each.text) <= 500 for each in sayings)


def test_thousands_of_events_at_once_are_read():
    events = [{**SENDGRID_EVENT, "sg_event_id": f"e{number}"} for number in range(5_000)]
    assert len(make_reader("sendgrid").read(genuine.sendgrid(events), now=NOW)) == 5_000


def test_sendgrids_own_example_is_read():
    """Of github.com/sendgrid/sendgrid-python, test/unit/test_eventwebhook.py."""
    key = (
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62"
        "gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g=="
    )
    event = {
        "email": "hello@world.com",
        "event": "dropped",
        "reason": "Bounced Address",
        "sg_event_id": "ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",
        "sg_message_id": "LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",
        "smtp-id": "<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>",
        "timestamp": 1600112492,
    }
    body = json.dumps(event, sort_keys=True, separators=(",", ":"))
    signed = genuine.request(
        f"[{body}]\r\n".encode(),
        {
            "x-twilio-email-event-webhook-timestamp": "1600112502",
            "x-twilio-email-event-webhook-signature": "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAi"
            "EAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
        },
    )
    now = NOW.fromtimestamp(1600112600, tz=NOW.tzinfo)
    (feedback,) = SendGridFeedback(key).read(signed, now=now)
    assert (feedback.kind, feedback.bounce) == ("bounced", "hard")
    assert feedback.provider_id == "LRzXl_NHStOGhQ4kofSm_A"
