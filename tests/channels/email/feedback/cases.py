"""Every reader of feedback, with a genuine webhook for it, and ways to bend one."""

import dataclasses
import json

import pytest

from channels.email.feedback.mailgun import MailgunFeedback
from channels.email.feedback.postmark import PostmarkFeedback
from channels.email.feedback.resend import ResendFeedback
from channels.email.feedback.sendgrid import SendGridFeedback
from channels.email.feedback.ses import SesFeedback
from channels.feedback import FeedbackRefused
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
