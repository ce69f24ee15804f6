"""What Resend says, from the examples of its documentation, and what it means here.

Source: resend.com/docs/webhooks/emails/bounced and its siblings.
"""

import json
from uuid import UUID

import pytest

from channels.email.feedback.resend import ResendFeedback
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.genuine import NOW, UID, sum_up


def read_resend(kind, **data):
    whole = {
        "type": kind,
        "created_at": "2026-03-01T11:55:02.669Z",
        "data": {
            "created_at": "2026-03-01T11:50:00.000Z",
            "email_id": "56761188-7520-42d8-8898-ff6fc54ce618",
            "from": "News <news@shop.example>",
            "to": ["delivered@example.com"],
            "tags": {"sojourn_message": UID},
            **data,
        },
    }
    return ResendFeedback(genuine.WHSEC).read(genuine.resend(whole), now=NOW)


def resend_bounce(kind, subkind, *lines):
    words = "The recipient's email provider sent a bounce message."
    return {"type": kind, "subType": subkind, "message": words, "diagnosticCode": list(lines)}


@pytest.mark.parametrize(
    ("kind", "data", "meant"),
    [
        ("email.delivered", {}, ("delivered", None, None)),
        ("email.delivery_delayed", {}, ("deferred", None, None)),
        ("email.complained", {}, ("complained", None, None)),
        (
            "email.bounced",
            {"bounce": resend_bounce("Permanent", "General")},
            ("bounced", "hard", None),
        ),
        (
            "email.bounced",
            {"bounce": resend_bounce("Permanent", "Suppressed")},
            ("bounced", "hard", None),
        ),
        (
            "email.bounced",
            {"bounce": resend_bounce("Transient", "MailboxFull")},
            ("bounced", "soft", None),
        ),
        (
            "email.bounced",
            {"bounce": resend_bounce("Permanent", "General", "smtp; 550 5.7.26 unauthenticated")},
            ("bounced", "policy", "5.7.26"),
        ),
        ("email.bounced", {}, ("bounced", "soft", None)),
        (
            "email.failed",
            {"failed": {"reason": "reached_daily_quota"}},
            ("bounced", "policy", None),
        ),
        ("email.suppressed", {"suppressed": {"message": "on the list"}}, ("bounced", "hard", None)),
        (
            "email.bounced",
            {"tags": [{"name": "sojourn_message", "value": UID}]},
            ("bounced", "soft", None),
        ),
    ],
)
def test_r119_each_event_of_resend_means_what_it_should(kind, data, meant):
    (feedback,) = read_resend(kind, **data)
    assert sum_up([feedback]) == [meant]
    assert feedback.message_uid == UUID(UID) and feedback.recipient == "delivered@example.com"
    assert feedback.provider_id == "56761188-7520-42d8-8898-ff6fc54ce618"
    assert feedback.id == "msg_2Ab" and feedback.occurred_at.minute == 55


def test_what_resend_says_beyond_that_is_left_out():
    for kind in ("email.sent", "email.opened", "email.clicked", "contact.created", ""):
        assert read_resend(kind) == []


def test_the_headers_of_standard_webhooks_serve_as_well_as_svixs():
    reader = ResendFeedback(genuine.WHSEC)
    body = json.dumps({"type": "email.delivered", "data": {}})
    signed = genuine.resend(body.encode(), prefix="webhook")
    assert sum_up(reader.read(signed, now=NOW)) == [("delivered", None, None)]
