"""Webhooks as providers send them, signed by code that is not ours."""

import base64
import hashlib
import hmac
import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from standardwebhooks.webhooks import Webhook

from channels.feedback import FeedbackRequest

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
UID = "01961234-5678-7abc-8def-0123456789ab"
TOPIC = "arn:aws:sns:eu-central-1:123456789012:bounces"
CERTIFICATE = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-abc123.pem"
MAILGUN_KEY = "abcdef0123456789abcdef0123456789"
LOGIN = "hook:correct-horse"
WHSEC = "whsec_" + b64encode(b"swordfish" * 3).decode()
OTHER_WHSEC = "whsec_" + b64encode(b"sailfish!" * 3).decode()


def request(body, headers=()):
    octets = body if isinstance(body, bytes) else json.dumps(body).encode()
    return FeedbackRequest(headers=dict(headers), query={}, body=octets)


@cache
def ec_key(number=0):
    return ec.generate_private_key(ec.SECP256R1())


def ec_public(number=0):
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    der = ec_key(number).public_key().public_bytes(serialization.Encoding.DER, form)
    return b64encode(der).decode()


def sendgrid(body, at=NOW, key=0, stamp=None):
    octets = body if isinstance(body, bytes) else json.dumps(body).encode() + b"\r\n"
    stamp = stamp or str(int(at.timestamp()))
    signature = ec_key(key).sign(stamp.encode() + octets, ec.ECDSA(hashes.SHA256()))
    return request(
        octets,
        {
            "x-twilio-email-event-webhook-signature": b64encode(signature).decode(),
            "x-twilio-email-event-webhook-timestamp": stamp,
        },
    )


def mailgun(event, at=NOW, key=MAILGUN_KEY, stamp=None, token="e0b5477167110d68991efc6b9f89f0a1"):
    stamp = stamp or str(int(at.timestamp()))
    digest = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    signature = {"timestamp": stamp, "token": token, "signature": digest}
    return request({"signature": signature, "event-data": event})


def postmark(body, login=LOGIN):
    return request(body, {"authorization": f"Basic {b64encode(login.encode()).decode()}"})


def resend(body, at=NOW, secret=WHSEC, own="msg_2Ab", prefix="svix"):
    octets = body if isinstance(body, bytes) else json.dumps(body).encode()
    signature = Webhook(secret).sign(own, at, octets.decode())
    return request(
        octets,
        {
            f"{prefix}-id": own,
            f"{prefix}-timestamp": str(int(at.timestamp())),
            f"{prefix}-signature": signature,
        },
    )


@cache
def rsa_key(number=0):
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate(number=0, from_=-1, until=300):
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(rsa_key(number).public_key())
        .serial_number(1)
        .not_valid_before(NOW + timedelta(days=from_))
        .not_valid_after(NOW + timedelta(days=until))
        .sign(rsa_key(number), hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


class Certificates:
    """Gives the certificate, and remembers what was asked for."""

    def __init__(self, pem=None):
        self.pem, self.asked = pem or certificate(), []

    def __call__(self, url):
        self.asked.append(url)
        return self.pem


def sns(message, at=NOW, key=0, version="2", **changed):
    """A message of SNS, signed over what it says after the changes; `unsigned` comes after."""
    unsigned = changed.pop("unsigned", {})
    said = {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "SignatureVersion": version,
        "SigningCertURL": CERTIFICATE,
        **changed,
    }
    names = [
        "Message",
        "MessageId",
        "Subject",
        "SubscribeURL",
        "Timestamp",
        "Token",
        "TopicArn",
        "Type",
    ]
    content = "".join(f"{name}\n{said[name]}\n" for name in names if name in said)
    algorithm = hashes.SHA1() if version == "1" else hashes.SHA256()
    signature = rsa_key(key).sign(content.encode(), padding.PKCS1v15(), algorithm)
    said["Signature"] = base64.b64encode(signature).decode()
    return request({**said, **unsigned}, {"x-amz-sns-message-type": said["Type"]})


def sum_up(sayings):
    """Return the kind, the sort of bounce and the code of each."""
    return [(each.kind.value, each.bounce and each.bounce.value, each.code) for each in sayings]
