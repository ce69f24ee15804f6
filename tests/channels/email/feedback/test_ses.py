"""What Amazon SES says, from the examples of its documentation, and what it means here.

Source: docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html.
"""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from channels.email.feedback.ses import SesFeedback
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.genuine import NOW, UID, Certificates, sum_up

MAIL = {
    "timestamp": "2026-03-01T11:50:00.012Z",
    "source": "News <news@shop.example>",
    "messageId": "EXAMPLE7c191be45-e9aedb9a-000000",
    "destination": ["recipient@example.com"],
    "headersTruncated": False,
    "headers": [{"name": "Message-ID", "value": f"<{UID}@shop.example>"}],
    "tags": {"ses:configuration-set": ["news"], "sojourn_message": [UID]},
}


def read_ses(event):
    reader = SesFeedback(genuine.TOPIC, Certificates())
    return reader.read(genuine.sns({"mail": MAIL, **event}), now=NOW)


def bounce(kind="Permanent", subkind="General", **recipient):
    return {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": kind,
            "bounceSubType": subkind,
            "bouncedRecipients": [{"emailAddress": "recipient@example.com", **recipient}],
            "timestamp": "2026-03-01T11:55:02.669Z",
            "feedbackId": "01000157c44f053b-000000",
            "reportingMTA": "dsn; mta.example.com",
        },
    }


def test_a_bounce_of_ses_is_read_with_everything_it_says():
    event = bounce(action="failed", status="5.1.1", diagnosticCode="smtp; 550 5.1.1 user unknown")
    (feedback,) = read_ses(event)
    assert sum_up([feedback]) == [("bounced", "hard", "5.1.1")]
    assert feedback.message_uid == UUID(UID)
    assert feedback.provider_id == MAIL["messageId"]
    assert feedback.recipient == "recipient@example.com"
    assert feedback.text == "smtp; 550 5.1.1 user unknown"
    assert feedback.occurred_at == datetime(2026, 3, 1, 11, 55, 2, 669_000, UTC)


@pytest.mark.parametrize(
    ("event", "meant"),
    [
        (bounce(), ("bounced", "hard", None)),
        (bounce(subkind="NoEmail"), ("bounced", "hard", None)),
        (bounce(subkind="OnAccountSuppressionList"), ("bounced", "hard", None)),
        (
            bounce(status="5.7.1", diagnosticCode="smtp; 550 5.7.1 rejected"),
            ("bounced", "policy", "5.7.1"),
        ),
        (bounce("Transient", "MailboxFull"), ("bounced", "soft", None)),
        (bounce("Transient", "ContentRejected"), ("bounced", "policy", None)),
        (bounce("Transient", status="4.4.7"), ("bounced", "soft", "4.4.7")),
        (bounce("Transient", diagnosticCode="user unknown"), ("bounced", "soft", None)),
        (bounce("Undetermined", "Undetermined"), ("bounced", "soft", None)),
        ({"eventType": "Reject", "reject": {"reason": "Bad content"}}, ("bounced", "policy", None)),
        (
            {
                "notificationType": "Complaint",
                "complaint": {
                    "complainedRecipients": [{"emailAddress": "recipient@example.com"}],
                    "feedbackId": "f2",
                    "complaintFeedbackType": "abuse",
                },
            },
            ("complained", None, None),
        ),
        (
            {
                "eventType": "DeliveryDelay",
                "deliveryDelay": {
                    "timestamp": "2026-03-01T11:55:02.669Z",
                    "delayType": "TransientCommunicationFailure",
                    "delayedRecipients": [
                        {"emailAddress": "recipient@example.com", "status": "4.4.1"}
                    ],
                },
            },
            ("deferred", None, "4.4.1"),
        ),
        (
            {
                "eventType": "Subscription",
                "subscription": {"newTopicPreferences": {"unsubscribeAll": True}},
            },
            ("unsubscribed", None, None),
        ),
    ],
)
def test_r119_each_sort_of_ses_means_what_it_should(event, meant):
    sayings = read_ses(event)
    assert sum_up(sayings) == [meant]
    assert sayings[0].recipient == "recipient@example.com" and sayings[0].message_uid == UUID(UID)


@pytest.mark.parametrize(
    "event",
    [
        {"eventType": "Send", "send": {}},
        {"eventType": "Open", "open": {}},
        {"eventType": "Click", "click": {}},
        {"eventType": "Complaint", "complaint": {"complaintFeedbackType": "not-spam"}},
        {"eventType": "Subscription", "subscription": {"newTopicPreferences": {}}},
    ],
)
def test_what_ses_says_beyond_that_is_left_out(event):
    assert read_ses(event) == []


def test_without_tags_the_message_is_known_by_its_original_headers():
    mail = {key: value for key, value in MAIL.items() if key != "tags"}
    (feedback,) = read_ses({**bounce(), "mail": mail})
    assert feedback.message_uid == UUID(UID)
    (feedback,) = read_ses({**bounce(), "mail": {"messageId": "m1"}})
    assert feedback.message_uid is None and feedback.provider_id == "m1"


def test_what_is_kept_is_one_bounded_line_without_an_address():
    event = bounce(diagnosticCode="smtp; 550\r\n ada@example.org\x00 said " + "x" * 9_000)
    (feedback,) = read_ses(event)
    assert feedback.text.startswith("smtp; 550 <address> said xxx")
    assert len(feedback.text) == 500 and feedback.text.isprintable()
