"""What Mailgun says, from the examples of its documentation, and what it means here.

Source: documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads.
"""

from uuid import UUID

import pytest

from channels.email.feedback.mailgun import MailgunFeedback
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.genuine import NOW, UID, sum_up


def read_mailgun(event):
    whole = {
        "id": "CPgfbmQMTCKtHW6uIWtuVe",
        "timestamp": 1772366390.5,
        "recipient": "alice@example.com",
        "message": {"headers": {"message-id": f"{UID}@shop.example"}},
        "user-variables": {"sojourn_message": UID},
        **event,
    }
    return MailgunFeedback(genuine.MAILGUN_KEY).read(genuine.mailgun(whole), now=NOW)


def failed(severity, reason, **status):
    return {"event": "failed", "severity": severity, "reason": reason, "delivery-status": status}


@pytest.mark.parametrize(
    ("event", "meant"),
    [
        (
            {"event": "delivered", "delivery-status": {"code": 250, "message": "OK"}},
            ("delivered", None, None),
        ),
        (
            failed(
                "permanent", "bounce", code=550, message="5.1.1 The email account that you tried"
            ),
            ("bounced", "hard", "5.1.1"),
        ),
        (
            failed("permanent", "bounce", code=550, message="No such user"),
            ("bounced", "hard", "550"),
        ),
        (
            failed("permanent", "bounce", code=550, message="5.7.1 blocked"),
            ("bounced", "policy", "5.7.1"),
        ),
        (failed("permanent", "suppress-bounce", code=605), ("bounced", "hard", None)),
        (failed("permanent", "suppress-complaint", code=607), ("bounced", "hard", None)),
        (failed("permanent", "suppress-unsubscribe", code=606), ("unsubscribed", None, None)),
        (failed("permanent", "old", code=602, message="Too old"), ("bounced", "soft", None)),
        (
            failed("temporary", "greylisted", code=450, description="Greylisted"),
            ("deferred", None, "450"),
        ),
        ({"event": "rejected", "reject": {"reason": "Sandbox"}}, ("bounced", "policy", None)),
        ({"event": "complained"}, ("complained", None, None)),
        ({"event": "unsubscribed"}, ("unsubscribed", None, None)),
    ],
)
def test_r119_each_event_of_mailgun_means_what_it_should(event, meant):
    (feedback,) = read_mailgun(event)
    assert sum_up([feedback]) == [meant]
    assert feedback.message_uid == UUID(UID) and feedback.recipient == "alice@example.com"
    assert feedback.provider_id == f"{UID}@shop.example"


def test_opens_and_clicks_of_mailgun_are_left_out():
    for word in ("opened", "clicked", "accepted", "stored", ""):
        assert read_mailgun({"event": word}) == []
