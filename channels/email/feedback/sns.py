"""Messages of Amazon SNS: who signed them, and for which topic.

Only a topic that the account names is believed, and only certificates and confirmations at Amazon's
own addresses of that topic's region are fetched.
Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html,
…/sns-message-and-json-formats.html, …/sns-message-delivery-retries.html.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.x509 import Certificate, load_pem_x509_certificate

from channels.base import BadAddress
from channels.email.feedback.reading import (
    as_object,
    as_text,
    check_age,
    decode_signature,
    load_json,
    read_instant,
)
from channels.feedback import FeedbackPutOff, FeedbackRefused, SubscribeAsked
from channels.http_client import HttpClient, NoAnswer
from channels.target import parse_target

Fetch: TypeAlias = Callable[[str], bytes]
"""Returns what is at a URL; raises `FeedbackPutOff` where that cannot be had."""

OLDEST: Final = timedelta(days=1)  # SNS tries for an hour; a genuine one once more does no harm
_TIMEOUT: Final = timedelta(seconds=10)
_OK: Final = 200
_MOST_CERTIFICATES: Final = 8
_TOPIC: Final = re.compile(
    r"arn:aws[a-z-]{0,20}:sns:([a-z0-9-]{4,30}):\d{12}:[A-Za-z0-9_.-]{1,256}"
)
_HOST: Final = r"https://sns\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/"
_CERTIFICATE: Final = re.compile(_HOST + r"SimpleNotificationService-[A-Za-z0-9]{1,64}\.pem")
_CONFIRMATION: Final = re.compile(_HOST + r"\?Action=ConfirmSubscription&[!-~]{1,1500}")
_HASHES: Final[Mapping[str, HashAlgorithm]] = {"1": SHA1(), "2": SHA256()}  # noqa: S303 - theirs
_SIGNED: Final = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        "Message",
        "MessageId",
        "SubscribeURL",
        "Timestamp",
        "Token",
        "TopicArn",
        "Type",
    ),
}
_SIGNED_ALIKE: Final = {"UnsubscribeConfirmation": "SubscriptionConfirmation"}


def check_topic(arn: str) -> str:
    """Return the ARN of a topic.

    Raises:
        BadAddress: it is none.
    """
    if not _TOPIC.fullmatch(arn):
        raise BadAddress("the webhook of SES needs the topic: arn:aws:sns:REGION:ACCOUNT:NAME")
    return arn


class SnsReader:
    """Reads the messages of one topic; threads may share it."""

    def __init__(self, topic: str, fetch: Fetch) -> None:
        self._topic = topic
        self._region = topic.split(":")[3]
        self._fetch = fetch
        self._certificates: dict[str, Certificate] = {}

    def read(self, body: bytes, *, now: datetime) -> dict[str, Any] | None:
        """Return what was published; None where nothing was.

        Raises:
            FeedbackRefused: not signed by Amazon, for another topic, or too old.
            FeedbackPutOff: the certificate cannot be had just now.
            SubscribeAsked: the topic asks whether its messages may come.
        """
        message = as_object(load_json(body))
        kind = as_text(message.get("Type"))
        names = _SIGNED.get(_SIGNED_ALIKE.get(kind, kind))
        if names is None or message.get("TopicArn") != self._topic:
            raise FeedbackRefused("no message of this account's topic")
        self._verify(message, names, now=now)
        if kind == "SubscriptionConfirmation":
            url = as_text(message.get("SubscribeURL"))
            self._check_place(_CONFIRMATION, url)
            raise SubscribeAsked(url)
        return (
            as_object(load_json(as_text(message.get("Message")).encode()))
            if kind in _SIGNED
            else None
        )

    def _verify(self, message: dict[str, Any], names: tuple[str, ...], *, now: datetime) -> None:
        signed_at = read_instant(message.get("Timestamp"))
        algorithm = _HASHES.get(as_text(message.get("SignatureVersion")))
        if signed_at is None or algorithm is None:
            raise FeedbackRefused("the message has no time or no signature")
        check_age(signed_at, now=now, oldest=OLDEST)
        signature = decode_signature(as_text(message.get("Signature")))
        lines = [f"{name}\n{_read_field(message, name)}\n" for name in names if name in message]
        key = self._find_certificate(as_text(message.get("SigningCertURL")), now=now).public_key()
        if not isinstance(key, RSAPublicKey):
            raise FeedbackRefused("the certificate has no RSA key")
        try:
            key.verify(signature, "".join(lines).encode(), PKCS1v15(), algorithm)
        except InvalidSignature:
            raise FeedbackRefused("the signature is not right") from None

    def _find_certificate(self, url: str, *, now: datetime) -> Certificate:
        self._check_place(_CERTIFICATE, url)
        certificate = self._certificates.get(url)
        if certificate is None:
            try:
                certificate = load_pem_x509_certificate(self._fetch(url))
            except ValueError:
                raise FeedbackRefused("the certificate is none") from None
            if len(self._certificates) >= _MOST_CERTIFICATES:
                self._certificates.clear()
            self._certificates[url] = certificate
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            raise FeedbackRefused("the certificate is not valid now")
        return certificate

    def _check_place(self, pattern: re.Pattern[str], url: str) -> None:
        found = pattern.fullmatch(url)
        if found is None or found[1] != self._region:
            raise FeedbackRefused("an address that is not Amazon's")


def _read_field(message: dict[str, Any], name: str) -> str:
    value = message[name]
    if not isinstance(value, str):
        raise FeedbackRefused("a signed field is no text")
    return value


def fetch_certificate(url: str) -> bytes:
    """Return the certificate at one of Amazon's addresses.

    Raises:
        FeedbackPutOff: it cannot be had just now.
    """
    return _get(url, _CERTIFICATE)


def confirm(url: str) -> None:
    """Call the address by which a subscription is confirmed.

    Raises:
        FeedbackRefused: it is not Amazon's.
        FeedbackPutOff: it did not answer 200.
    """
    _get(url, _CONFIRMATION)


def _get(url: str, pattern: re.Pattern[str]) -> bytes:
    if not pattern.fullmatch(url):
        raise FeedbackRefused("an address that is not Amazon's")
    client = HttpClient()
    try:
        answer = client.request("GET", parse_target(url), _HEADERS, b"", timeout=_TIMEOUT)
    except NoAnswer as failure:
        raise FeedbackPutOff(f"Amazon SNS: {failure}") from None
    finally:
        client.close()
    if answer.status != _OK or answer.flaw:
        raise FeedbackPutOff(f"Amazon SNS answered {answer.status}")
    return answer.body


_HEADERS: Final = [("Accept-Encoding", "identity"), ("User-Agent", "Sojourn")]
