"""Forged, stale, bent and repeated webhooks: none is believed (security rows B1 to B13)."""

import dataclasses
import json
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest

from channels import registry
from channels.base import BadAddress
from channels.email.feedback.mailgun import MailgunFeedback
from channels.email.feedback.postmark import PostmarkFeedback
from channels.email.feedback.resend import ResendFeedback
from channels.email.feedback.sendgrid import SendGridFeedback
from channels.email.feedback.ses import SesFeedback
from channels.email.feedback.sns import fetch_certificate
from channels.feedback import FeedbackPutOff, FeedbackRefused, SubscribeAsked
from channels.http_client import Answer, NoAnswer
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.genuine import NOW, Certificates

SES_EVENT = {
    "eventType": "Delivery",
    "mail": {"messageId": "0107-1", "destination": ["ada@example.org"]},
    "delivery": {"timestamp": "2026-03-01T11:59:58.100Z", "recipients": ["ada@example.org"]},
}
SENDGRID_EVENT = {
    "email": "ada@example.org",
    "timestamp": 1772366390,
    "event": "delivered",
    "sg_event_id": "e1",
    "sg_message_id": "m1.filter0001.16648.5515E0B88.0",
}
MAILGUN_EVENT = {"event": "delivered", "timestamp": 1772366390.5, "recipient": "ada@example.org"}
POSTMARK_EVENT = {
    "RecordType": "Delivery",
    "MessageID": "m1",
    "Recipient": "ada@example.org",
    "DeliveredAt": "2026-03-01T11:59:58Z",
}
RESEND_EVENT = {
    "type": "email.delivered",
    "created_at": "2026-03-01T11:59:58.126Z",
    "data": {"email_id": "m1", "to": ["ada@example.org"]},
}

READERS = {
    "ses": (
        lambda: SesFeedback(genuine.TOPIC, Certificates()),
        lambda **how: genuine.sns(SES_EVENT, **how),
        {"key": 1},
    ),
    "sendgrid": (
        lambda: SendGridFeedback(genuine.ec_public()),
        lambda **how: genuine.sendgrid([SENDGRID_EVENT], **how),
        {"key": 1},
    ),
    "mailgun": (
        lambda: MailgunFeedback(genuine.MAILGUN_KEY),
        lambda **how: genuine.mailgun(MAILGUN_EVENT, **how),
        {"key": "another-key-of-16-signs"},
    ),
    "postmark": (
        lambda: PostmarkFeedback(genuine.LOGIN),
        lambda **how: genuine.postmark(POSTMARK_EVENT, **how),
        {"login": "hook:another-horse"},
    ),
    "resend": (
        lambda: ResendFeedback(genuine.WHSEC),
        lambda **how: genuine.resend(RESEND_EVENT, **how),
        {"secret": genuine.OTHER_WHSEC},
    ),
}
HEADERS = {
    "sendgrid": "x-twilio-email-event-webhook-signature",
    "postmark": "authorization",
    "resend": "svix-signature",
}
FIELDS = {"ses": ("Signature",), "mailgun": ("signature", "signature")}
JUNK = [
    "",
    "v1,",
    "v0,abc",
    "v1a,abc",
    "Bearer x",
    "Basic",
    "x" * 1_000_000,
    "é",
    "\ud800",
    "\n",
    "=" * 60,
]


@pytest.fixture(params=READERS)
def name(request):
    return request.param


def make_reader(name):
    return READERS[name][0]()


def make(name, **how):
    return READERS[name][1](**how)


def read_signature(name, request):
    if name in HEADERS:
        return request.headers[HEADERS[name]]
    said = json.loads(request.body)
    for key in FIELDS[name]:
        said = said[key]
    return said


def with_signature(name, request, written):
    if name in HEADERS:
        headers = {**request.headers, HEADERS[name]: written}
        return dataclasses.replace(request, headers=headers)
    said = json.loads(request.body)
    place = said
    for key in FIELDS[name][:-1]:
        place = place[key]
    place[FIELDS[name][-1]] = written
    return dataclasses.replace(request, body=json.dumps(said).encode())


def refuse(reader, request, now=NOW):
    with pytest.raises(FeedbackRefused):
        reader.read(request, now=now)


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


SUBSCRIBE = (
    "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=x&Token=2336"
)
NOT_AMAZONS = [
    "http://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=1",
    "http://169.254.169.254/?Action=ConfirmSubscription&Token=1",
    "https://sns.evil.com/?Action=ConfirmSubscription&Token=1",
    "http://sns.us-east-1.amazonaws.com@127.0.0.1/?Action=ConfirmSubscription&Token=1",
    "https://sns.eu-central-1.amazonaws.com@127.0.0.1/?Action=ConfirmSubscription&Token=1",
    "https://sns.eu-central-1.amazonaws.com.evil.com/?Action=ConfirmSubscription&Token=1",
    "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=1",
    "https://sns.eu-central-1.amazonaws.com:444/?Action=ConfirmSubscription&Token=1",
    "https://sns.eu-central-1.amazonaws.com/?Action=DeleteTopic&Token=1",
    "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=1\n",
    "",
]


def subscribe(url=SUBSCRIBE, **how):
    return genuine.sns(
        "You have chosen to subscribe",
        Type="SubscriptionConfirmation",
        SubscribeURL=url,
        Token="2336",
        **how,
    )


def test_b13_a_subscription_is_asked_for_by_its_own_topic_only():
    reader = make_reader("ses")
    with pytest.raises(SubscribeAsked) as asked:
        reader.read(subscribe(), now=NOW)
    assert asked.value.url == SUBSCRIBE
    refuse(reader, subscribe(TopicArn=genuine.TOPIC + "2"))
    refuse(reader, subscribe(key=1))
    ended = genuine.sns("x", Type="UnsubscribeConfirmation", SubscribeURL=SUBSCRIBE, Token="1")
    assert reader.read(ended, now=NOW) == []


@pytest.mark.parametrize("url", NOT_AMAZONS)
def test_b13_only_amazons_own_address_confirms_a_subscription(url, monkeypatch):
    monkeypatch.setattr("channels.email.feedback.sns.HttpClient", None)  # a request would raise
    refuse(make_reader("ses"), subscribe(url))
    if "us-east-1.amazonaws.com/?" not in url:  # which region is ours, the reader alone knows
        with pytest.raises(FeedbackRefused):
            registry.confirm_subscription(SubscribeAsked(url))


@pytest.mark.parametrize(
    "url",
    [
        genuine.CERTIFICATE.replace("https", "http"),
        genuine.CERTIFICATE.replace("amazonaws.com", "amazonaws.com.evil.com"),
        genuine.CERTIFICATE.replace("amazonaws.com", "amazonaws.com@127.0.0.1"),
        genuine.CERTIFICATE.replace("sns.eu", "sns.evil.com/eu"),
        genuine.CERTIFICATE.replace("eu-central-1", "us-east-1"),
        genuine.CERTIFICATE.replace("/Simple", "/x/Simple"),
        genuine.CERTIFICATE + "?x=.pem",
        genuine.CERTIFICATE + "\n",
        "https://169.254.169.254/SimpleNotificationService-abc123.pem",
        "file:///etc/passwd",
        "",
    ],
)
def test_b13_no_certificate_is_fetched_from_elsewhere(url, monkeypatch):
    monkeypatch.setattr("channels.email.feedback.sns.HttpClient", None)
    certificates = Certificates()
    refuse(SesFeedback(genuine.TOPIC, certificates), make("ses", SigningCertURL=url))
    assert certificates.asked == []
    if "us-east-1" not in url:
        with pytest.raises(FeedbackRefused):
            fetch_certificate(url)


class Amazon:
    """Answers as Amazon does, in place of the network."""

    answer = Answer(200, {}, b"yes")

    def request(self, method, target, headers, body, *, timeout):
        asked.append((method, target.host, target.path))
        if self.answer is None:
            raise NoAnswer("away", may_have_arrived=True)
        return self.answer

    def close(self):
        pass


asked = []


def test_a_subscription_is_confirmed_by_one_call(monkeypatch):
    monkeypatch.setattr("channels.email.feedback.sns.HttpClient", Amazon)
    asked.clear()
    registry.confirm_subscription(SubscribeAsked(SUBSCRIBE))
    path = "/?Action=ConfirmSubscription&TopicArn=x&Token=2336"
    assert asked == [("GET", "sns.eu-central-1.amazonaws.com", path)]
    assert fetch_certificate(genuine.CERTIFICATE) == b"yes"
    for answer in (None, Answer(403, {}, b""), Answer(302, {}, b""), Answer(200, {}, b"", "short")):
        monkeypatch.setattr(Amazon, "answer", answer)
        with pytest.raises(FeedbackPutOff):
            registry.confirm_subscription(SubscribeAsked(SUBSCRIBE))


def test_b13_another_topic_costs_no_request():
    certificates = Certificates()
    reader = SesFeedback(genuine.TOPIC, certificates)
    refuse(reader, make("ses", TopicArn="arn:aws:sns:eu-central-1:999999999999:bounces"))
    assert certificates.asked == []


def test_a_certificate_is_fetched_once_and_must_be_valid():
    certificates = Certificates()
    reader = SesFeedback(genuine.TOPIC, certificates)
    for version in ("1", "2", "2"):
        assert reader.read(make("ses", version=version), now=NOW)
    assert certificates.asked == [genuine.CERTIFICATE]
    for pem in (b"", b"<html>", genuine.certificate(1), genuine.certificate(0, -9, -2)):
        refuse(SesFeedback(genuine.TOPIC, Certificates(pem or b"x")), make("ses"))
    refuse(reader, make("ses", unsigned={"SignatureVersion": "3"}))


def test_a_certificate_that_cannot_be_had_puts_it_off():
    def away(url):
        raise FeedbackPutOff("away")

    with pytest.raises(FeedbackPutOff):
        SesFeedback(genuine.TOPIC, away).read(make("ses"), now=NOW)


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
