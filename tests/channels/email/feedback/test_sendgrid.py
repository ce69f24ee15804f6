"""What SendGrid says, from the examples of its documentation, and what it means here.

Source: www.twilio.com/docs/sendgrid/for-developers/tracking-events/event.
"""

from datetime import timedelta
from uuid import UUID

import pytest

from channels.email.feedback.sendgrid import SendGridFeedback
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.genuine import NOW, UID, sum_up


def read_sendgrid(*events):
    whole = [
        {
            "email": "example@test.com",
            "timestamp": 1772366390,
            "smtp-id": "<14c5d75ce93.dfd.64b469@ismtpd-555>",
            "sg_event_id": f"id{number}",
            "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
            "sojourn_message": UID,
            **event,
        }
        for number, event in enumerate(events)
    ]
    return SendGridFeedback(genuine.ec_public()).read(genuine.sendgrid(whole), now=NOW)


@pytest.mark.parametrize(
    ("event", "meant"),
    [
        ({"event": "delivered", "response": "250 OK"}, ("delivered", None, None)),
        ({"event": "deferred", "response": "400 try again later"}, ("deferred", None, "400")),
        (
            {"event": "bounce", "type": "bounce", "reason": "550 5.1.1 no", "status": "5.1.1"},
            ("bounced", "hard", "5.1.1"),
        ),
        (
            {
                "event": "bounce",
                "type": "bounce",
                "reason": "500 unknown recipient",
                "status": "5.0.0",
            },
            ("bounced", "hard", "5.0.0"),
        ),
        (
            {"event": "bounce", "type": "blocked", "reason": "550 5.7.1 spam", "status": "5.7.1"},
            ("bounced", "policy", "5.7.1"),
        ),
        ({"event": "bounce", "type": "blocked", "reason": "no"}, ("bounced", "policy", None)),
        (
            {"event": "bounce", "type": "blocked", "bounce_classification": "Technical"},
            ("bounced", "soft", None),
        ),
        (
            {"event": "bounce", "type": "bounce", "bounce_classification": "Technical Failure"},
            ("bounced", "soft", None),
        ),
        (
            {"event": "bounce", "type": "bounce", "bounce_classification": "Invalid Address"},
            ("bounced", "hard", None),
        ),
        (
            {"event": "bounce", "status": "5.2.2", "bounce_classification": "Mailbox Unavailable"},
            ("bounced", "soft", "5.2.2"),
        ),
        ({"event": "dropped", "reason": "Bounced Address"}, ("bounced", "hard", None)),
        ({"event": "dropped", "reason": "Invalid SMTPAPI header"}, ("bounced", "policy", None)),
        ({"event": "dropped", "reason": "Spam Content"}, ("bounced", "policy", None)),
        ({"event": "dropped", "reason": "Unsubscribed Address"}, ("unsubscribed", None, None)),
        ({"event": "spamreport"}, ("complained", None, None)),
        ({"event": "unsubscribe"}, ("unsubscribed", None, None)),
        ({"event": "group_unsubscribe", "asm_group_id": 10}, ("unsubscribed", None, None)),
    ],
)
def test_r119_each_event_of_sendgrid_means_what_it_should(event, meant):
    (feedback,) = read_sendgrid(event)
    assert sum_up([feedback]) == [meant]
    assert feedback.message_uid == UUID(UID) and feedback.recipient == "example@test.com"
    assert feedback.provider_id == "14c5d75ce93.dfd.64b469" and feedback.id == "id0"
    assert feedback.occurred_at == NOW - timedelta(seconds=10)


def test_opens_clicks_and_the_rest_of_sendgrid_are_left_out():
    words = ("processed", "open", "click", "group_resubscribe", "account_status_change", "")
    assert read_sendgrid(*({"event": word} for word in words)) == []
