"""Topics, certificates and confirmations: nothing but Amazon's is believed or called (row B13)."""

import pytest

from channels import registry
from channels.email.feedback.ses import SesFeedback
from channels.email.feedback.sns import fetch_certificate
from channels.feedback import FeedbackPutOff, FeedbackRefused, SubscribeAsked
from channels.http_client import Answer, NoAnswer
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.cases import (
    make,
    make_reader,
    read_signature,
    refuse,
    with_signature,
)
from tests.channels.email.feedback.genuine import NOW, Certificates

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
    for answer in (None, Answer(503, {}, b""), Answer(302, {}, b""), Answer(200, {}, b"", "short")):
        monkeypatch.setattr(Amazon, "answer", answer)
        with pytest.raises(FeedbackPutOff):
            registry.confirm_subscription(SubscribeAsked(SUBSCRIBE))
    monkeypatch.setattr(Amazon, "answer", Answer(403, {}, b""))
    with pytest.raises(FeedbackRefused):
        fetch_certificate(genuine.CERTIFICATE)


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


def test_a_signature_with_bits_to_spare_is_another_spelling():
    good = make("ses")
    right = read_signature("ses", good)  # 256 octets end in one sign of which two bits count
    assert right.endswith("==")
    bent = f"{right[:-3]}{chr(ord(right[-3]) + 1)}=="
    refuse(make_reader("ses"), with_signature("ses", good, bent))
